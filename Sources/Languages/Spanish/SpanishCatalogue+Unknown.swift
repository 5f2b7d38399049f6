extension SpanishCatalogue {
    /// What is said when the evidence does not carry a cause.
    static let unknown: [String: String] = [
        "{} build failed": "{} build falló",
        "{} builds failed": "{} builds fallaron",
        "{} trace failed": "{} traza falló",
        "{} traces failed": "{} trazas fallaron",
        "{}{}; the cause is not in the evidence.": "{}{}; la causa no está en los datos.",
        "{} build ended aborted; nothing says by whom, and nothing else failed.":
            "{} build terminó abortado; nada dice por quién, y nada más falló.",
        "{} builds ended aborted; nothing says by whom, and nothing else failed.":
            "{} builds terminaron abortados; nada dice por quién, y nada más falló.",
        "{} build did not finish because people or newer builds stopped them; nothing else failed.":
            "{} build no terminó porque lo detuvo una persona o un build más nuevo; nada más falló.",
        "{} builds did not finish because people or newer builds stopped them; nothing else failed.":
            "{} builds no terminaron porque los detuvieron personas o builds más nuevos; nada más falló.",
        "Nothing could be looked at: there was no answer to the questions for {}.":
            "No se pudo examinar nada: no hubo respuesta a las consultas de {}.",
        "Nothing is certain enough to be named as the cause; what stands out most follows as a lead.":
            "Nada es lo bastante seguro para nombrarlo como causa; lo que más destaca sigue como pista.",
        "A build ended with {}; its log says why in words that fit no known cause.":
            "Un build terminó con {}; su log dice por qué con palabras que no encajan en ninguna causa conocida.",
        "Nothing in the evidence differs from the time before enough to name a cause.":
            "Nada en los datos difiere lo bastante de antes para nombrar una causa.",
        "Nothing in the evidence is enough to name a cause, and there is no time before to compare it with.":
            "Nada en los datos basta para nombrar una causa, y no hay un tiempo anterior con que compararlos.",
        "{} of {} failures begin in `{}` of `{}`": "{} de {} fallos empiezan en `{}` de `{}`",
        "the log of a failed build: {}": "el log de un build con fallo: {}",
        "looked at {}, {} and {}": "se examinaron {}, {} y {}",
        "Open trace {} at `{}` of `{}`.": "Abrir la traza {} en `{}` de `{}`.",
        "Bring back the {}, then replay this alert.": "Recuperar {} y repetir después esta alerta.",
    ]
}
