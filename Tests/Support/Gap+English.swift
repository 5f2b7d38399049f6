import Languages
package import Telemetry

extension Gap {
    /// With its reason as it is said in English, so that it can be compared with what a test spells out.
    package var inEnglish: Gap {
        Gap(source, Phrase(verbatim: reason.english), isTotal: isTotal, isStanding: isStanding)
    }

    package static func saying(
        _ source: EvidenceSource, _ words: String, isTotal: Bool, isStanding: Bool = false
    ) -> Gap {
        Gap(source, Phrase(verbatim: words), isTotal: isTotal, isStanding: isStanding)
    }
}
