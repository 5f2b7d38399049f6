extension SpanishCatalogue {
    /// What stands before the parts of a message; a terminal has room for 15 columns.
    static let labels: [String: String] = [
        "Alert": "Alerta",
        "Probable cause": "Causa probable",
        "Possible cause": "Causa posible",
        "Also possible": "También posible",
        "Only a lead": "Solo una pista",
        "Only leads": "Solo pistas",
        "Affected": "Afectados",
        "Next": "Próximos pasos",
        "Do": "Qué hacer",
        "Log": "Log",
        "Missing": "Falta",
        "Looked at": "Revisado",
        "Found": "Hallazgos",
        "Timeline": "Cronología",
        "Links": "Enlaces",
        "Figures": "Cifras",
        "Figure": "Cifra",
        "Value": "Valor",
        "Show evidence": "Mostrar evidencia",
        "see": "ver",
    ]
}
