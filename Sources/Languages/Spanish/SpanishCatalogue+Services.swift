extension SpanishCatalogue {
    /// What is said of services: what fails, slows down, was changed, is used up, or is not seen any more.
    static let services: [String: String] = [
        "its rollback at {}": "su rollback de las {}",
        "its rollout at {}": "su despliegue de las {}",
        "{} came just before": "{} fue justo antes",
        "{} brought image `{}` in place of `{}`": "{} puso la imagen `{}` en lugar de `{}`",
        "{}; no call failed after {}": "{}; ninguna llamada falló después de las {}",
        "{}; calls fail all the same": "{}; las llamadas siguen fallando",
        "`{}` goes wrong since {}; {}.": "`{}` va mal desde las {}; {}.",
        "`{}` goes wrong since {}; version `{}` took over from `{}` at {}.":
            "`{}` va mal desde las {}; la versión `{}` sustituyó a `{}` a las {}.",
        "version `{}` of `{}` took over from `{}` at {}, {} before it began":
            "la versión `{}` de `{}` sustituyó a `{}` a las {}, {} antes de que empezara",
        " of version `{}`": " de la versión `{}`",
        "Roll `{}` back to the version before {}: `kubectl rollout undo`.":
            "Revertir `{}` a la versión anterior a {}: `kubectl rollout undo`.",
        "Roll `{}` back to the version before: `kubectl rollout undo`.":
            "Revertir `{}` a la versión anterior: `kubectl rollout undo`.",
        "Compare a failing trace{} with one before the rollout.":
            "Comparar una traza con fallo{} con una de antes del despliegue.",
        "Compare a failing trace{} with one of another version.":
            "Comparar una traza con fallo{} con una de otra versión.",
        "Hold the pipeline of `{}` until the fix is released.":
            "Detener el pipeline de `{}` hasta publicar la corrección.",
        "version `{}` of `{}` was first seen at {}, none before":
            "la versión `{}` de `{}` se vio por primera vez a las {}; antes, nunca",
        "version `{}` of `{}` ran before as well": "la versión `{}` de `{}` ya corría antes",
        "it runs in {}": "corre en {}",
        ", first seen at {}": ", vista por primera vez a las {}",
        "no span of `{}` since {}, and calls to it fail ({} made)":
            "ningún span de `{}` desde las {}, y las llamadas a él fallan ({} hechas)",
        "{} of {} failing traces end in `{}`": "{} de {} trazas con fallo acaban en `{}`",
        "`{}` fails in {} of {} failing traces{}, at `{}`{}.": "`{}` falla en {} de {} trazas con fallo{}, en `{}`{}.",
        "no span of `{}` says that it failed": "ningún span de `{}` dice que fallara",
        "behaves differently{}": "se comporta de otra manera{}",
        "Open a trace of the evidence at `{}`, beside one from before: it shows where it stops.":
            "Abrir una traza de los datos en `{}`, junto a una de antes: muestra dónde se detiene.",
        "Open a failing trace at `{}` and the log lines with its trace id.":
            "Abrir una traza con fallo en `{}` y las líneas de log con su id de traza.",
        "Check what was rolled out to `{}` last, and roll it back if the times agree.":
            "Revisar qué se desplegó por último en `{}`, y revertirlo si las horas coinciden.",
        "Check what `{}` itself depends on that is not in the traces.":
            "Revisar de qué depende `{}` que no esté en las trazas.",
        "{} of {} to its siblings are slow": "{} de {} a sus réplicas hermanas son lentas",
        "{} of {} to its siblings failed": "con fallo {} de {} a sus réplicas hermanas",
        ", on node `{}`": ", en el nodo `{}`",
        "Save the logs of pod {}, then delete it: its controller makes a new one.":
            "Guardar los logs del pod {} y borrarlo: su controlador crea uno nuevo.",
        "If the new pod fails on {} as well, cordon that node.":
            "Si el pod nuevo también falla en {}, aislar ese nodo con `kubectl cordon`.",
        "Compare its configuration, connections and age with those of its siblings.":
            "Comparar su configuración, sus conexiones y su antigüedad con las de sus réplicas hermanas.",
        "Check CPU, throttling and network of the pods of `{}`.": "Revisar CPU, throttling y red de los pods de `{}`.",
        "`{}` is slower{}.": "`{}` va más lento{}.",
        "{} times slower": "{} veces más lento",
        "more slowly": "más lento",
        "p90 {}, before {}{}": "p90 {}, antes {}{}",
        "`{}` works {}{} at `{}` ({}).": "`{}` trabaja {}{} en `{}` ({}).",
        "Calls of `{}`, to `{}` above all, are answered {}{} ({}).":
            "Las llamadas de `{}`, sobre todo a `{}`, obtienen respuesta {}{} ({}).",
        "`{}` answers `{}` {}{} ({}).": "`{}` responde a `{}` {}{} ({}).",
        "no trace of `{}` is slower or fails more than before":
            "ninguna traza de `{}` es más lenta ni falla más que antes",
        "Pod `{}` of `{}`": "El pod `{}` de `{}`",
        "{} has used up its memory{} ({}){}.": "{} agotó su memoria{} ({}){}.",
        "{} has used up its processor time and is held back{} ({}){}.":
            "{} agotó su tiempo de procesador y está frenado{} ({}){}.",
        "{} has used up its processor time{} ({}){}.": "{} agotó su tiempo de procesador{} ({}){}.",
        "`{}` has used up its memory{} ({}).": "`{}` agotó su memoria{} ({}).",
        "`{}` has used up its connections{} ({}).": "`{}` agotó sus conexiones{} ({}).",
        "`{}` takes no more connections{}: all are given out ({}).":
            "`{}` no acepta más conexiones{}: todas están ocupadas ({}).",
        "`{}` gets no more connections from what it calls{} ({}).":
            "`{}` no obtiene más conexiones de aquello a lo que llama{} ({}).",
        "See who holds the connections of `{}`, and since when: idle ones in transactions first.":
            "Ver quién retiene las conexiones de `{}` y desde cuándo: primero las inactivas en transacción.",
        "Add up the pools of all its clients: together they must stay below its limit.":
            "Sumar los pools de todos sus clientes: juntos deben quedar por debajo de su límite.",
        "Restart or scale down the client that holds most, or raise the limit of `{}`.":
            "Reiniciar o reducir el cliente que más retiene, o subir el límite de `{}`.",
        "See who holds the connections of the database or cache that `{}` calls, and since when.":
            "Ver quién retiene las conexiones de la base de datos o caché a la que llama `{}`, y desde cuándo.",
        "`{}` has used up its threads{} ({}).": "`{}` agotó sus hilos{} ({}).",
        "`{}` has used up its open files{} ({}).": "`{}` agotó sus archivos abiertos{} ({}).",
        "See what holds the connections of `{}`: long transactions, or ones that are never given back.":
            "Ver qué retiene las conexiones de `{}`: transacciones largas, o conexiones que nunca se devuelven.",
        "Compare the size of its pool with what the other side allows, then raise it or add a replica.":
            "Comparar el tamaño de su pool con lo que permite el otro lado; después subirlo o añadir una réplica.",
        "Take a thread dump of `{}`: it shows what its threads wait for.":
            "Hacer un volcado de hilos de `{}`: muestra qué esperan sus hilos.",
        "Check the limits of its pool and of its container: `pids.max`.":
            "Revisar los límites de su pool y de su contenedor: `pids.max`.",
        "See what `{}` holds open: `ls /proc/1/fd` in its container.":
            "Ver qué mantiene abierto `{}`: `ls /proc/1/fd` en su contenedor.",
        "Raise the limit of open files of `{}`, if it must live until the leak is found.":
            "Subir el límite de archivos abiertos de `{}`, si debe aguantar hasta encontrar la fuga.",
        "Raise the memory limit of `{}` or add a replica, if it must live until the leak is found.":
            "Subir el límite de memoria de `{}` o añadir una réplica, si debe aguantar hasta encontrar la fuga.",
        "Check what grows: the heap, a cache, or the number of requests at the same time.":
            "Revisar qué crece: el heap, una caché o el número de peticiones simultáneas.",
        "See what runs in the pods of `{}`: `kubectl top pod --containers`, then a profile of the busiest.":
            "Ver qué corre en los pods de `{}`: `kubectl top pod --containers`, y después un perfil del más ocupado.",
        "Raise the CPU limit of `{}` or add a replica, if its traffic grew.":
            "Subir el límite de CPU de `{}` o añadir una réplica, si creció su tráfico.",
        ", with {}": ", con {}",
        "OOMKilled: {} of `{}`{}": "OOMKilled: {} de `{}`{}",
        "{} times: {}": "{} veces: {}",
        "{} traces of `{}` before, none since {}": "{} trazas de `{}` antes, ninguna desde las {}",
        "{} of {} to `{}` since then without a span of it": "{} de {} a `{}` desde entonces sin ningún span suyo",
        "No traces of `{}` arrive since {}; calls to it are still answered.":
            "No llegan trazas de `{}` desde las {}; las llamadas a él siguen teniendo respuesta.",
        "`{}` writes logs ({})": "`{}` escribe logs ({})",
        "Check that `{}` runs and that its exporter reaches the collector: its log names the endpoint.":
            "Comprobar que `{}` está en marcha y que su exportador llega al collector: su log nombra el endpoint.",
        "Check the collector's queue and its refused spans.": "Revisar la cola del collector y los spans que rechazó.",
        "Check that `{}` is the name that the service gives itself in `service.name`.":
            "Comprobar que `{}` es el nombre que el servicio se da en `service.name`.",
        "{} traces of `{}` before, none in the window": "{} trazas de `{}` antes, ninguna en la ventana",
        "no trace of `{}` in the window nor before it": "ninguna traza de `{}` en la ventana ni antes",
        "traces of other services arrive": "llegan trazas de otros servicios",
        "No traces of `{}` arrive since {}; {} did in the time before.":
            "No llegan trazas de `{}` desde las {}; antes llegaron {}.",
        "There are no traces of `{}`, neither since {} nor before.": "No hay trazas de `{}`, ni desde las {} ni antes.",
        "what goes wrong began {} after the rise": "los problemas empezaron {} después de la subida",
        "`{}` is slower or fails since": "`{}` va más lento o falla desde entonces",
        "; it {}": "; {}",
        "`{}` gets {} times the requests since {} ({}){}.":
            "`{}` recibe {} veces las peticiones de antes, desde las {} ({}){}.",
        "See who sends them: requests to `{}` by client and path, since {}.":
            "Ver quién las envía: peticiones a `{}` por cliente y ruta, desde las {}.",
        "Add replicas of `{}`, or limit the rate at the edge until it falls.":
            "Añadir réplicas de `{}`, o limitar la tasa en la entrada hasta que baje.",
        "Check the autoscaler of `{}` and its maximum: `kubectl describe hpa`.":
            "Revisar el autoscaler de `{}` y su máximo: `kubectl describe hpa`.",
        "`{}` of `{}` rose {} times at {}: {}": "`{}` de `{}` se multiplicó por {} a las {}: {}",
        "log lines of `{}` rose {} times at {}: {}": "las líneas de log de `{}` se multiplicaron por {} a las {}: {}",
        "requests to `{}` rose {} times at {}: {}": "las peticiones a `{}` se multiplicaron por {} a las {}: {}",
        " a second": " por segundo",
        " in {}": " en {}",
        "{}{}, before {}": "{}{}, antes {}",
    ]
}
