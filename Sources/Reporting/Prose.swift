import Languages
import RootCause
import Telemetry

/// Makes of a diagnosis' sentences what a person reads: plain names, times of one zone, nothing listed twice.
struct Prose {
    private let builds: BuildNames
    /// Of what the message is about.
    private let names: [String]
    private let zone: ClockZone
    private let instant: Timestamp
    private let language: Language

    init(_ diagnosis: Diagnosis, zone: ClockZone, in language: Language) {
        self.language = language
        builds = BuildNames(diagnosis.impact.affected, in: language)
        let all = diagnosis.scope.services + diagnosis.suspects.map(\.name) + diagnosis.hypotheses.map(\.subject.name)
        names = Set(all.map(\.plainLine)).filter { !$0.isEmpty }.sorted()
        self.zone = zone
        instant = diagnosis.onset ?? diagnosis.window.start
    }

    /// The sentence as it is shown. Services, pods and nodes are names and no code: the headline writes them plainly too.
    func text(_ sentence: Phrase) -> String {
        let plain = names.reduce(sentence.said(in: language).plainLine) { $0.replacing("`\($1)`", with: $1) }
        return zone.local(builds.shortened(plain), near: instant)
    }
}
