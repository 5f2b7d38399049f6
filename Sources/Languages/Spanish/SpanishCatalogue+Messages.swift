extension SpanishCatalogue {
    /// The sentences of messages around a diagnosis: when, how it ended, what else is going on.
    static let messages: [String: String] = [
        "the alert": "la alerta",
        "alert": "alerta",
        "{} on {}": "{} en {}",
        "since {}{} {}": "desde {}{} {}",
        "over at {}": "terminó a las {}",
        "Over": "Resuelto",
        "Over after {} ({} {})": "Resuelto tras {} ({} {})",
        "{}, corrected by {}": "{}, corregido por {}",
        "{}: looking for the cause": "{}: buscando la causa",
        "traces, logs, events and metrics are being fetched": "recopilando trazas, logs, eventos y métricas",
        "{}, the same cause": "{}, misma causa",
        "Still firing after {}: {}": "Sigue activo tras {}: {}",
        "Still firing: {}": "Sigue activo: {}",
        "{} during the quiet time": "{} en el horario de silencio",
        "{} in this storm of alerts": "{} en esta tormenta de alertas",
        "all are over": "todo resuelto",
        "none is over": "nada resuelto aún",
        "1 still firing": "1 sigue activo",
        "{} still firing": "{} siguen activos",
        "began {}–{}{} {}": "inicio {}–{}{} {}",
        "{} (over)": "{} (resuelto)",
        // Of several.
        "{1} (over)": "{1} (todos resueltos)",
        "{} (1 over)": "{} (1 resuelto)",
        "{} ({} over)": "{} ({} resueltos)",
        "Looked at {}": "Revisado: {}",
        "incident {}": "incidente {}",
        "playbook {}": "playbook {}",
        "Evidence: {}": "Evidencia: {}",
        "the ends of long texts": "el final de textos largos",
        "…shortened: {} left out; all evidence is in incident {}":
            "…abreviado, se omite: {}; toda la evidencia está en el incidente {}",
        "…shortened: {} left out": "…abreviado, se omite: {}",
        "the timeline has {}: `--format markdown`": "la cronología tiene {}: `--format markdown`",
        "messages of sabueso arrive here": "los mensajes de sabueso llegan aquí",
        "sent at {} {}": "enviado a las {} {}",
        "REPLAY": "REPETICIÓN",
        "TEST": "PRUEBA",
        "DEMO": "DEMO",
        "A replay, asked for by somebody: not a new alert.": "Repetición pedida por alguien: no es una alerta nueva.",
        "A test message: nothing is wrong, nothing needs doing.":
            "Mensaje de prueba: no pasa nada, no hay que hacer nada.",
        "A demo with recorded data: no system of yours is affected.":
            "Demo con datos grabados: ningún sistema propio está afectado.",
    ]
}
