import Settings
import Signatures
import Telemetry
import Testing

@testable import RootCause

/// What looking for known failures costs, counted and not timed: regular expressions are the slow part.
struct MatchingCostTests {
    private func failures(in logs: [LogEntry]) -> KnownFailures {
        var story = Story()
        story.logs = logs
        return Scene(story.evidence, alert: nil, options: .init(signatures: Signature.builtIn)).knownFailures
    }

    private func lines(_ count: Int, _ text: (Int) -> String) -> [LogEntry] {
        (0..<count).map { LogEntry(at: Story.at(Double($0 % 100)), line: text($0), labels: ["app": "jenkins"]) }
    }

    @Test func `no expression is tried on a thousand kinds of lines that have no mark`() {
        let words = [
            "fetched", "indexed", "queued", "rendered", "cached", "merged", "flushed", "routed", "stored", "sent",
        ]
        let logs = lines(3000) { number in
            let kind = number % 1000
            return "\(words[kind % 10]) \(words[kind / 10 % 10]) then \(words[kind / 100]) after \(number) ms"
        }
        let found = failures(in: logs)
        #expect(found.patternsTried == 0)
        #expect(found.found.isEmpty)
    }

    @Test func `of many lines of one kind a bounded number is looked at`() throws {
        let logs = lines(5000) {
            "fatal: unable to access 'https://git.example.com/x\($0).git/': Could not resolve host: git.example.com"
        }
        let found = failures(in: logs)
        #expect(found.patternsTried < 500)
        let first = try #require(found.found.first { $0.cause == .dnsFailure })
        #expect(first.subject.name == "git.example.com")
        #expect(!found.found.contains { $0.cause == .scmFailure })
    }
}
