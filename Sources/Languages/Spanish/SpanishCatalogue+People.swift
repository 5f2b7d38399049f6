extension SpanishCatalogue {
    /// Who took care of an incident, and what is said where nothing could be investigated.
    static let people: [String: String] = [
        "Taken by {} at {}": "A cargo de {} desde las {}",
        "Silenced by {} at {}": "Silenciado por {} a las {}",
        "Silence ended by {} at {}": "Silencio quitado por {} a las {}",
        "{} fires for {}; it could not be investigated": "Saltó {} de {}; no se pudo investigar",
        "{} fires; it could not be investigated": "Saltó {}; no se pudo investigar",
        "since {}": "desde {}",
        "the investigation was broken off; nothing was looked at": "la investigación se interrumpió; no se revisó nada",
        "the investigation was broken off {} times; nothing was looked at":
            "la investigación se interrumpió {} veces; no se revisó nada",
    ]
}
