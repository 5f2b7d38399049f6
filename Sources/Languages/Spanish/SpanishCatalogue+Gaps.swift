extension SpanishCatalogue {
    /// What could not be looked at, and why.
    static let gaps: [String: String] = [
        "there are more than {} span names: {} span shares one name":
            "hay más de {} nombres de span: {} span comparte un mismo nombre",
        "there are more than {} span names: {} spans share one name":
            "hay más de {} nombres de span: {} spans comparten un mismo nombre",
        "calls are nested in more than {} ways: the rest is told apart by its names alone":
            "las llamadas se anidan de más de {} maneras: el resto se distingue solo por sus nombres",
        "requests take more than {} different steps; {} were not compared":
            "las peticiones dan más de {} pasos distintos; no se compararon {}",
        "there are too many services and operations to note which takes part in which: symptoms may be taken for causes":
            "hay demasiados servicios y operaciones para anotar cuál participa en cuál: algún síntoma puede pasar por causa",
        "spans that name each other as parents were cut apart in {}":
            "se separaron en {} spans que se nombran padre unos a otros",
        "{} left out: another one of the same trace has the same id and lasts longer":
            "sin contar {}: en la misma traza otro tiene el mismo id y dura más",
        "{} span ends before it begins: its duration is taken for 0":
            "{} span termina antes de empezar: su duración se toma como 0",
        "{} spans end before they begin: their duration is taken for 0":
            "{} spans terminan antes de empezar: su duración se toma como 0",
        "not compared: {} of {}, neither of the window nor of the time before":
            "sin comparar: {} de {}, ni de la ventana ni del tiempo anterior",
        "there are no traces from the time before: nothing could be compared, only failures themselves were seen":
            "no hay trazas del tiempo anterior: no se pudo comparar nada, solo se vieron los propios fallos",
        "the time to compare with overlaps the window: only what lies outside of it was compared":
            "el tiempo de comparación se solapa con la ventana: solo se comparó lo que queda fuera de ella",
        "of {} of more than {} KiB only the beginning was read": "de {} de más de {} KiB solo se leyó el principio",
        "the log has too many kinds of lines; {} of the rarest were taken together":
            "el log tiene demasiados tipos de línea; se agruparon {} de las menos frecuentes",
        "{} was not asked: the {} were used up": "no se preguntó a {}: se agotaron los {}",
        "{} did not answer before the {} were used up": "{} no respondió antes de agotarse los {}",
        "{} did not answer within {}": "{} no respondió en {}",
        "{} cannot be reached at {}: {}": "no se puede llegar a {} en {}: {}",
        "{}'s answer was larger than {} MiB": "la respuesta de {} superaba {} MiB",
        "{} was not asked: {}": "no se preguntó a {}: {}",
        "{} was not waited for: the investigation was stopped": "no se esperó a {}: la investigación se detuvo",
        "{} answered {}{}": "{} respondió {}{}",
        "{}'s answer cannot be read: {}": "no se puede leer la respuesta de {}: {}",
        "{} cannot be read: {}": "no se puede leer {}: {}",
        "{} (missing: {})": "{} (falta: {})",
        "the account of this service may not list {}: {}": "la cuenta de este servicio no puede listar {}: {}",
        "Kubernetes' list of {} ends after {}: {}": "la lista de {} de Kubernetes termina tras {}: {}",
        "its place in the list expired twice (410)": "su posición en la lista caducó dos veces (410)",
        "there were more, and the time for it was used up": "había más, y se agotó el tiempo para ella",
        "there were more, and {} pages are enough": "había más, y {} páginas bastan",
        "{} of {} {} cannot be read ({})": "no se pueden leer {} de {} {} ({})",
        "{} of {} metric series were left out ({}): {} of each query and {} samples in all are looked at":
            "se dejaron fuera {} de {} series de métricas ({}): se examinan {} de cada consulta y {} muestras en total",
        "{} of {} {} were not asked about ({}): a search has no room for them":
            "no se preguntó por {} de {} {} ({}): no caben en una búsqueda",
        "a sample of all traces": "una muestra de todas las trazas",
        "traces from before, for comparison": "trazas de antes, para comparar",
        "failing traces": "trazas con fallo",
        "traces that fail in other services": "trazas que fallan en otros servicios",
        "failing builds": "builds con fallo",
        "failing builds that never ended": "builds con fallo que nunca terminaron",
        "slow traces": "trazas lentas",
        "errors in {}": "errores en {}",
        "lines of {}": "líneas de {}",
        "lines of {} from before": "líneas de {} de antes",
        "lines that name the failing pods": "líneas que nombran los pods con fallo",
        "lines of the failing pods": "líneas de los pods con fallo",
        "lines of the failing traces": "líneas de las trazas con fallo",
        "lines of the jobs": "líneas de los jobs",
        "there are more {} than were fetched: the newest were looked at":
            "hay más de lo que se leyó ({}): se examinó lo más nuevo",
        "neither the alert nor a trace names a service, namespace or pod whose logs to read":
            "ni la alerta ni ninguna traza nombra un servicio, namespace o pod cuyos logs leer",
        "{} of {} log lines were left out: the budget of {} lines and {} MiB was used up":
            "se dejaron fuera {} de {} líneas de log: se agotó el presupuesto de {} líneas y {} MiB",
        "there is no time to ask Prometheus about": "no hay ningún tiempo por el que preguntar a Prometheus",
        "the expression of {} is neither in the alert's link nor among Prometheus' rules":
            "la expresión de {} no está en el enlace de la alerta ni entre las reglas de Prometheus",
        "Prometheus warns about {}: {}": "Prometheus avisa sobre {}: {}",
        "metrics not fetched, for neither the alert nor a trace says of which service or pod: {}":
            "métricas no pedidas, porque ni la alerta ni ninguna traza dice de qué servicio o pod: {}",
        "metrics of {} names were not asked for: a query has room for {} of a kind":
            "no se pidieron métricas de {} nombres: en una consulta caben {} de cada tipo",
        "there are more events in Loki than were fetched: of the older ones, warnings only":
            "hay más eventos en Loki de los que se leyeron: de los más antiguos, solo avisos",
        "no line in Loki is an event in the form of {}: check selector and format of kubernetes.events_from_loki":
            "ninguna línea de Loki es un evento en el formato de {}: revisar selector y formato de kubernetes.events_from_loki",
        "{} of {} lines in Loki are no events in the form of {}":
            "{} de {} líneas de Loki no son eventos en el formato de {}",
        "there are more {} than the {} that were looked at": "hay más {}; solo se examinaron {}",
        "{} of {} traces that were found": "{} de {} trazas encontradas",
        "{} of {} traces were found, but Tempo has no spans of them":
            "se encontraron {} de {} trazas, pero Tempo no tiene spans suyos",
        "{} of {} traces were left out: the budget of {} spans and {} MiB was used up":
            "se dejaron fuera {} de {} trazas: se agotó el presupuesto de {} spans y {} MiB",
        "events of {}": "eventos de {}",
        "events of all namespaces": "eventos de todos los namespaces",
        "events in Loki": "eventos en Loki",
        "pods of {}": "pods de {}",
        "pods of all namespaces": "pods de todos los namespaces",
        "workloads of {}": "workloads de {}",
        "workloads of all namespaces": "workloads de todos los namespaces",
        "no event of this time is in Loki: check kubernetes.events_from_loki.selector if there should be any":
            "no hay eventos de este tiempo en Loki: revisar kubernetes.events_from_loki.selector si debería haberlos",
        "Kubernetes forgets events after an hour, and the time in question is longer ago":
            "Kubernetes olvida los eventos al cabo de una hora, y el tiempo en cuestión es más antiguo",
        "{} are as they are now, not as they were then": "{}: tal como están ahora, no como estaban entonces",
        "{} of {} {} were left out: {} are looked at": "se dejaron fuera {} de {} {}: se examinan {}",
        "the playbook does not ask for {}": "el playbook no pide {}",
        "{} is not configured": "{} no está configurado",
        "Kubernetes is not configured": "Kubernetes no está configurado",
        "the traces of the case are not whole: {}": "las trazas del caso no están completas: {}",
        "{} of {} spans left out: their ids cannot be read":
            "se dejaron fuera {} de {} spans: no se pueden leer sus ids",
        "{} of {} log lines left out: their times cannot be read":
            "se dejaron fuera {} de {} líneas de log: no se puede leer su hora",
        "{}: {} of {} objects left out ({})": "{}: se dejaron fuera {} de {} objetos ({})",
        "{}, query `{}`: {}": "{}, consulta `{}`: {}",
        "{} is not in the case folder": "{} no está en la carpeta del caso",
        "line {}, byte {}: {}": "línea {}, byte {}: {}",
        "line {}: {}": "línea {}: {}",
        "and {} more": "y {} más",
        "{} has no line that can be read": "{} no tiene ninguna línea legible",
        "{}: {} of {} lines damaged and left out": "{}: {} de {} líneas dañadas y descartadas",
        "not part of the scenario": "no forma parte del escenario",
        "nothing is kept from before {}": "no se conserva nada anterior a {}",
    ]
}
