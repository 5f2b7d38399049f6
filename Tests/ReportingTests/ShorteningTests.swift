import Languages
import RootCause
import Telemetry
import Testing

@testable import Reporting

@Suite struct ShorteningTests {
    @Test(
        arguments: [
            ("node n-1 (spot): PreemptScheduled: VM n-1 Preempt Scheduled", "node n-1 (spot): PreemptScheduled"),
            ("node n-1: NodeNotReady: Node n-1 status is now: NodeNotReady", "node n-1: NotReady"),
            ("pods a, b and 4 more: TaintManagerEviction", "pods a, b and 4 more: evicted"),
            ("pod a: Killing: Stopping container jnlp (×3)", "pod a: killed (×3)"),
            ("pod a: Killing (×3)", "pod a: killed (×3)"),
            // These messages name what nobody could guess from the reason.
            ("pod a: FailedScheduling: 0/3 nodes are available: 3 Insufficient memory", nil),
            ("pod a: Evicted: The node was low on resource: memory", nil),
            ("pod a", nil), ("", nil), (": : ", nil), ("image x: Killing", nil),
        ] as [(String, String?)])
    func `what the cluster reports is told by its reason where that says it all`(_ text: String, _ short: String?) {
        let step = ClusterStep(TimelineEntry(at: Instant.at("14:30:00"), source: .events, text: Phrase(verbatim: text)))
        #expect(step?.text.english == short)
    }

    @Test func `a log line that looks like an event is left alone`() {
        #expect(ClusterStep(TimelineEntry(at: Instant.at("14:30:00"), source: .logs, text: "pod a: Killing")) == nil)
    }

    private func names(_ names: [(String, Int)]) -> BuildNames {
        BuildNames(names.map { .init(kind: .build, name: $0.0, number: $0.1, outcome: "ABORTED") })
    }

    @Test(arguments: [
        ("Re-run a/b #7, a/b #77 and c #1.", "Re-run the 3 builds."),
        ("Re-run c #1, a/b #77 and a/b #7 after that.", "Re-run the 3 builds after that."),
        ("Re-run a/b #77 and 2 more.", "Re-run the 3 builds."),
        ("3 builds failed: c #1, a/b #7 and a/b #77", "3 builds failed"),
        ("3 builds did not finish (c #1, a/b #7 and a/b #77).", "3 builds did not finish."),
        ("Re-run a/b #7 and c #1.", "Re-run a/b #7 and c #1."), ("Re-run c #1.", "Re-run c #1."),
        ("Re-run c #1, a/b #77 and a/b #70.", "Re-run c #1, a/b #77 and a/b #70."), ("", ""),
    ])
    func `builds that are listed with their links are not listed again`(_ sentence: String, _ short: String) {
        #expect(names([("a/b", 7), ("a/b", 77), ("c", 1)]).shortened(sentence) == short)
    }

    @Test func `one build keeps its name`() {
        #expect(names([("c", 1)]).shortened("Re-run c #1.") == "Re-run c #1.")
    }

    @Test(arguments: [
        ("it began at 14:29:41 UTC.", "it began at 15:29:41 CET."),
        ("from 22:59:59 UTC to 23:00:00 UTC", "from 23:59:59 CET to 00:00:00 CET"),
        ("UTC", "UTC"), ("at UTC", "at UTC"), ("at 14:29 UTC", "at 14:29 UTC"), ("25:00:00 UTC", "25:00:00 UTC"),
        ("é4:29:41 UTC", "é4:29:41 UTC"), ("", ""),
    ])
    func `times in sentences are those of the reader's zone`(_ sentence: String, _ local: String) {
        #expect(ClockZone.cet.local(sentence, near: Instant.at("14:30:00")) == local)
        #expect(ClockZone.utc.local(sentence, near: Instant.at("14:30:00")) == sentence)
    }

    @Test func `a time belongs to the day that is nearest, summer time included`() {
        let zone = ClockZone { instant in
            instant < Instant.at("00:00:00")
                ? .init(abbreviation: "CEST", secondsEastOfUTC: 7200)
                : .init(abbreviation: "CET", secondsEastOfUTC: 3600)
        }
        #expect(zone.local("at 23:00:00 UTC", near: Instant.at("00:10:00")) == "at 01:00:00 CEST")
        #expect(zone.local("at 00:00:00 UTC", near: Instant.at("00:10:00")) == "at 01:00:00 CET")
    }

    @Test func `names of services and nodes are written plainly, commands and operations as code`() {
        let prose = Prose(SpotEvictionIncident.diagnosis, zone: .cet, in: .english)
        #expect(
            prose.text("`aks-spot-3` lost `maven-x7k2p` at 14:30:02 UTC: see `kubectl describe node aks-spot-3`")
                == "aks-spot-3 lost maven-x7k2p at 15:30:02 CET: see `kubectl describe node aks-spot-3`")
    }
}
