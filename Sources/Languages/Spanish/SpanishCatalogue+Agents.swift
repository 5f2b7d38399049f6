extension SpanishCatalogue {
    /// What is said of agents: that they were lost, killed, or never got a node.
    static let agents: [String: String] = [
        "{} were lost within a minute: {}": "{} se perdieron en un minuto: {}",
        "{} ran on it and did not finish": "{} se ejecutaba en él y no terminó",
        "its node {} is there and ready": "su nodo {} sigue ahí y está listo",
        "{} agents lost their connection": "{} agentes perdieron la conexión",
        "Agent `{}` lost its connection": "El agente `{}` perdió la conexión",
        "{} at {}{}.": "{} a las {}{}.",
        "Look for what these agents share, a node or a network: `kubectl get pods -o wide`.":
            "Buscar qué tienen en común estos agentes, un nodo o una red: `kubectl get pods -o wide`.",
        "Read the last log lines of agent {}, also those of its node.":
            "Leer las últimas líneas de log del agente {}, y también las de su nodo.",
        "Check what ended the connections: a proxy's idle timeout, a network policy, the controller's load.":
            "Revisar qué cortó las conexiones: el tiempo límite de inactividad de un proxy, una política de red, la carga del controlador.",
        "Keep the pod for a look the next time: `podRetention onFailure()` in its template.":
            "Conservar el pod para examinarlo la próxima vez: `podRetention onFailure()` en su plantilla.",
        "OOMKilling: {}": "OOMKilling: {}",
        "container {} of {} was OOMKilled": "el contenedor {} de {} terminó con OOMKilled",
        " (exit code 137)": " (código de salida 137)",
        "container {} of {} ended with exit code 137 (SIGKILL)":
            "el contenedor {} de {} terminó con código de salida 137 (SIGKILL)",
        "no build on it failed then or later": "ningún build en él falló entonces ni después",
        "Agent `{}` was killed for using too much memory{}{}.":
            "El agente `{}` fue terminado por usar demasiada memoria{}{}.",
        "Raise the memory limit of the agent's container{}, or lower the heap of the tool in it (`-Xmx`).":
            "Subir el límite de memoria del contenedor del agente{}, o bajar el heap de la herramienta que corre en él (`-Xmx`).",
        "Raise the memory limit of container `{}`{}, or lower the heap of the tool in it (`-Xmx`).":
            "Subir el límite de memoria del contenedor `{}`{}, o bajar el heap de la herramienta que corre en él (`-Xmx`).",
        "See what the build used: container_memory_working_set_bytes of pod {}.":
            "Ver cuánto usó el build: container_memory_working_set_bytes del pod {}.",
        "{} reached {}": "{} llegó al {}",
        "without a node since {}": "sin nodo desde las {}",
        "pod {}: {}": "pod {}: {}",
        "pod {}: {}: {}": "pod {}: {}: {}",
        "pod {} is still Pending": "el pod {} sigue en Pending",
        "all of them got a node later": "todos consiguieron un nodo más tarde",
        "an agent": "un agente",
        "an agent with label {}": "un agente con la etiqueta {}",
        "an agent of `{}`": "un agente de `{}`",
        "a node": "un nodo",
        "a node of `{}`": "un nodo de `{}`",
        "{} ended while it waited for {}": "{} terminó mientras esperaba {}",
        "{} still waits for {}": "{} sigue esperando {}",
        "{} builds wait so": "{} builds esperan así",
        ": the quota is used up": ": la cuota está agotada",
        "{} agent waited in vain for {}": "{} agente esperó en vano {}",
        "{} agents waited in vain for {}": "{} agentes esperaron en vano {}",
        "Agents wait for {}": "Hay agentes que esperan {}",
        "{} build waited in vain for {}": "{} build esperó en vano {}",
        "{} builds waited in vain for {}": "{} builds esperaron en vano {}",
        "Compare what the agents request with what a node of the pool has, and with its taints.":
            "Comparar lo que piden los agentes con lo que tiene un nodo del pool, y con sus taints.",
        "Raise the maximum size of the agents' node pool.": "Subir el tamaño máximo del pool de nodos de los agentes.",
        "Raise the maximum size of the node pool `{}` runs on.":
            "Subir el tamaño máximo del pool de nodos en que corre `{}`.",
        "Raise the namespace's quota, or lower the container cap of the cloud in Jenkins.":
            "Subir la cuota del namespace, o bajar el límite de contenedores de la nube en Jenkins.",
        "{} It is short of {}.": "{} Le falta: {}.",
        "Give the pod template the tolerations and node selector of its pool.":
            "Dar a la plantilla de pod las tolerations y el nodeSelector de su pool.",
        "Give the pod template of `{}` the tolerations and node selector of its pool.":
            "Dar a la plantilla de pod de `{}` las tolerations y el nodeSelector de su pool.",
        "the label `{}`": "la etiqueta `{}`",
        "the label that the pipeline asks for": "la etiqueta que pide el pipeline",
        "Check that a pod template or an agent of Jenkins has {}.":
            "Comprobar que una plantilla de pod o un agente de Jenkins tiene {}.",
        "{} waited {} for its agent, its job usually {}": "{} esperó {} a su agente; lo habitual en su job son {}",
        "builds of {} jobs wait alike": "builds de {} jobs esperan igual",
        "the controller is slow at everything: {}": "el controlador va lento en todo: {}",
        "agents of {}": "agentes de {}",
        "agents": "agentes",
        "{} build of {} waited {} for {}{}, before {}.": "{} build de {} esperó {} por {}{}, antes {}.",
        "{} builds of {} waited {} for {}{}, before {}.": "{} builds de {} esperaron {} por {}{}, antes {}.",
        "Compare the agents{} that run with their limits: container cap, pool size, quota.":
            "Comparar los agentes{} en marcha con sus límites: límite de contenedores, tamaño del pool, cuota.",
        "Look for pods that are still Pending: `kubectl get pods --field-selector=status.phase=Pending`.":
            "Buscar pods que sigan en Pending: `kubectl get pods --field-selector=status.phase=Pending`.",
        "If this repeats, raise the maximum size of the pool{}, or keep a spare node in it.":
            "Si se repite, subir el tamaño máximo del pool{}, o mantener en él un nodo de reserva.",
    ]
}
