extension SpanishCatalogue {
    /// Figures of reports, what was looked at and what is missing.
    static let figures: [String: String] = [
        "Trace success rate": "Trazas sin fallo",
        " counted, there are more": " contadas, hay más",
        "incomplete: {}": "incompleto: {}",
        "no answer: {}": "sin respuesta: {}",
        " looked at, the failing ones first": " revisadas, primero las que fallan",
        "of {} counted, there are more": "de {} contadas, hay más",
        "of {} looked at, the failing ones first": "de {} revisadas, primero las que fallan",
        "Average trace duration": "Duración media de una traza",
        "queue and agents": "cola y agentes",
        "stage {}": "etapa {}",
        "the rest": "el resto",
        "of 1 failing trace": "de 1 traza con fallo",
        "With matching logs or events": "Con logs o eventos que lo explican",
        "{} ({} looked at)": "{} ({} revisadas)",
        "Lost to spot evictions": "Perdido por desalojos spot",
        "{} on spot agents ({})": "{} en agentes spot ({})",
        "{} on other agents ({})": "{} en otros agentes ({})",
        "; the kind of node is known of {}": "; el tipo de nodo se conoce de {}",
        "; traces: {}": "; trazas: {}",
        "Failed builds": "Builds con fallo",
        "Branches": "Ramas",
        "{}; no {}": "{}; sin {}",
        "{}: no {}": "{}: sin {}",
        // Only behind "no".
        "{} or {}": "{} ni {}",
        "cluster events": "eventos del clúster",
        "pod states": "estados de pods",
        "node states": "estados de nodos",
    ]
}
