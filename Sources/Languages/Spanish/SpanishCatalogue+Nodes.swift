extension SpanishCatalogue {
    /// What is said of nodes that go away, run short or take their agents with them.
    static let nodes: [String: String] = [
        "by its labels": "según sus etiquetas",
        "like the others of its pool": "como los demás de su pool",
        "by its name": "según su nombre",
        "container {} was OOMKilled": "el contenedor {} terminó con OOMKilled",
        "node {}: {}": "nodo {}: {}",
        "node {} went NotReady": "el nodo {} pasó a NotReady",
        "node {} was removed from the cluster": "el nodo {} fue retirado del clúster",
        "node {} is measured no more": "el nodo {} ya no envía métricas",
        "node {} is no longer in the cluster": "el nodo {} ya no está en el clúster",
        "{} of node {} were lost at once, none of another":
            "{} del nodo {} se perdieron a la vez, ninguno de otro nodo",
        "no agent is known to have been lost": "no consta que se perdiera ningún agente",
        "{} agent lost": "{} agente perdido",
        "{} agents lost": "{} agentes perdidos",
        ", {} build did not finish ({})": ", {} build no terminó ({})",
        ", {} builds did not finish ({})": ", {} builds no terminaron ({})",
        ": {} did not finish": ": {} no terminó",
        " did not finish": " no terminaron",
        "Re-run {}{}.": "Volver a lanzar {}{}.",
        " after that": " después",
        "Wrap the stages that run on agents in `retry(count: 2, conditions: [kubernetesAgent(), nonresumable()])`.":
            "Envolver las etapas que usan agentes en `retry(count: 2, conditions: [kubernetesAgent(), nonresumable()])`.",
        "node {} is a spot node {}": "el nodo {} es un nodo spot {}",
        "the autoscaler removed node {}": "el autoscaler retiró el nodo {}",
        "the controller {} ran on node {}": "el controlador {} estaba en el nodo {}",
        "{} go wrong since, with {} on node {}": "problemas desde entonces en {}, con {} en el nodo {}",
        "no agent is known to have been lost with it": "no consta que se perdiera ningún agente con él",
        "Node `{}` was removed by the autoscaler": "El autoscaler retiró el nodo `{}`",
        "Node `{}` was shut down": "El nodo `{}` fue apagado",
        "Node `{}` stopped answering": "El nodo `{}` dejó de responder",
        "Keep the autoscaler off nodes with agents: annotation `cluster-autoscaler.kubernetes.io/safe-to-evict: \"false\"`.":
            "Mantener el autoscaler lejos de los nodos con agentes: anotación `cluster-autoscaler.kubernetes.io/safe-to-evict: \"false\"`.",
        "Look at the node's conditions and kubelet: `kubectl describe node {}`.":
            "Revisar las condiciones del nodo y su kubelet: `kubectl describe node {}`.",
        "Ask the cloud's activity log what stopped the machine.":
            "Ver en el registro de actividad de la nube qué detuvo la máquina.",
        "Keep new agents off it until it is understood: `kubectl cordon {}`.":
            "No admitir agentes nuevos en él hasta entender la causa: `kubectl cordon {}`.",
        "calls to {} of {} fail": "fallan las llamadas a {} de {}",
        "pod {} evicted: {}": "pod {} desalojado: {}",
        "{} pods were evicted: {}": "{} pods fueron desalojados: {}",
        "no build is known to have ended with it": "no consta que terminara ningún build con ello",
        "node {} reports {}": "el nodo {} informa de {}",
        "resources": "recursos",
        "Its node ran short of {} and evicted {}.": "Su nodo se quedó sin {} y desalojó {}.",
        "Node `{}` ran short of {} and evicted {}.": "El nodo `{}` se quedó sin {} y desalojó {}.",
        "Give the agents' containers a request and a limit for {}, so that they are placed where it fits.":
            "Dar a los contenedores de los agentes «request» y «limit» de {}, para que se coloquen donde caben.",
        "See what filled the node: `kubectl describe node {}`.": "Ver qué llenó el nodo: `kubectl describe node {}`.",
        "node {} is still there and ready": "el nodo {} sigue ahí y está listo",
        "Spot node `{}` went away": "El nodo spot `{}` desapareció",
        "Spot node `{}` was preempted": "El nodo spot `{}` fue desalojado",
        "Move jobs that must not lose their agent, releases for instance, to an on-demand node pool.":
            "Mover a un pool de nodos bajo demanda los jobs que no deben perder su agente, por ejemplo los de release.",
        "the volume of claim {} is {} full": "el volumen del claim {} está al {}",
    ]
}
