extension SpanishCatalogue {
    /// What is said of the Jenkins controller.
    static let controller: [String: String] = [
        "{} running build sent no span after it, {} first":
            "{} build en marcha no envió ningún span después; el primero, {}",
        "{} running builds sent no span after it, {} first":
            "{} builds en marcha no enviaron ningún span después; el primero, {}",
        ", exit code {}": ", código de salida {}",
        "container {} of {} ended ({}{})": "el contenedor {} de {} terminó ({}{})",
        "the count of restarts of {} rose": "subió el número de reinicios de {}",
        "{} build went on after a restart of Jenkins, {} first":
            "{} build continuó tras un reinicio de Jenkins; el primero, {}",
        "{} builds went on after a restart of Jenkins, {} first":
            "{} builds continuaron tras un reinicio de Jenkins; el primero, {}",
        "all {} builds that ran then have no end; the next one began {} later":
            "los {} builds que corrían entonces no tienen final; el siguiente empezó {} después",
        "by a rollback of {} `{}`": "por un rollback de {} `{}`",
        "by a rollout restart of {} `{}`": "por un rollout restart de {} `{}`",
        "by a rollout of {} `{}`": "por un despliegue de {} `{}`",
        "image {} became {}": "imagen {} cambiada por {}",
        "by {}": "por {}",
        "{} {} was restarted{}": "{} {} se reinició{}",
        "{} {} was rolled back{}": "rollback de {} {}{}",
        "{} {} was rolled out{}": "despliegue de {} {}{}",
        "the controller restarted; {} ran at that time": "el controlador se reinició; en ese momento corrían {}",
        "was killed for using too much memory": "fue terminado por usar demasiada memoria",
        "used up its Java heap": "agotó su heap de Java",
        "The Jenkins controller `{}` {} at {}{}.": "El controlador de Jenkins `{}` {} a las {}{}.",
        "The Jenkins controller `{}` {} at {}{}{}.": "El controlador de Jenkins `{}` {} a las {}{}{}.",
        "Raise the memory limit of `{}`, or lower `-Xmx`: heap and the rest must fit into it.":
            "Subir el límite de memoria de `{}`, o bajar `-Xmx`: el heap y lo demás deben caber en él.",
        "Raise `-Xmx` of the controller, and its memory limit with it.":
            "Subir `-Xmx` del controlador, y con él su límite de memoria.",
        "See what fills the heap: a heap dump (`-XX:+HeapDumpOnOutOfMemoryError`), kept builds, large logs.":
            "Ver qué llena el heap: un heap dump (`-XX:+HeapDumpOnOutOfMemoryError`), builds conservados, logs grandes.",
        "{} of {} reached {}": "{} de {} llegó al {}",
        "{} did not finish": "{} no terminó",
        "The Jenkins controller `{}` is overloaded{}{}.": "El controlador de Jenkins `{}` está sobrecargado{}{}.",
        "See what keeps it busy: a thread dump (`jcmd 1 Thread.print` in pod {}).":
            "Ver qué lo ocupa: un volcado de hilos (`jcmd 1 Thread.print` en el pod {}).",
        "Raise the CPU limit of `{}`; look at its garbage collection before raising the heap.":
            "Subir el límite de CPU de `{}`; mirar su recolección de basura antes de subir el heap.",
        "Move work off the controller: no builds on it, less polling, fewer kept builds.":
            "Quitar trabajo al controlador: ningún build en él, menos sondeos, menos builds conservados.",
        "it uses its processor time to {}, {} before": "usa el {} de su tiempo de procesador, antes el {}",
        "it is held back from the processor to {}, {} before":
            "se le frena el {} del tiempo de procesador, antes el {}",
        "{} is {} times as high as before": "{} es {} veces mayor que antes",
        "{} grew to {} from {}": "{} subió a {} desde {}",
        "its web pages take {}, {} before": "sus páginas web tardan {}, antes {}",
        "{} agents did not answer its pings in time, and their nodes are well":
            "{} agentes no respondieron a tiempo a sus pings, y sus nodos están bien",
        "builds wait for agents of {} alike": "hay builds que esperan por igual agentes de {}",
        "{} agents lost their connection at that time": "{} agentes perdieron la conexión en ese momento",
        "{} build went on after it": "{} build continuó después",
        "{} builds went on after it": "{} builds continuaron después",
        "was restarted {}": "se reinició {}",
        "was restarted on purpose": "se reinició a propósito",
        "restarted": "se reinició",
        "Put the controller into quiet mode before a rollout, so that builds end first.":
            "Poner el controlador en modo silencioso antes de un despliegue, para que antes terminen los builds.",
        "See why it ended: `kubectl describe pod {}` and `kubectl logs --previous {}`.":
            "Ver por qué terminó: `kubectl describe pod {}` y `kubectl logs --previous {}`.",
        "Let pipelines survive it: durability `MAX_SURVIVABILITY` for jobs that must not be lost.":
            "Hacer que los pipelines lo sobrevivan: durabilidad `MAX_SURVIVABILITY` para los jobs que no deben perderse.",
        "{} running build never reported an end ({})": "{} build en marcha nunca informó de su final ({})",
        "{} running builds never reported an end ({})": "{} builds en marcha nunca informaron de su final ({})",
        "between steps builds of {} of {} lose {}, before {}": "entre pasos, builds de {} de {} pierden {}, antes {}",
    ]
}
