import Languages
import RootCause
import Telemetry
import Testing

struct EndedBuildLogTests {
    private static let refusal = "[acme-deployer] approval gate said no (change freeze CHG-1234)"

    /// Four lines of one build, which nothing else tells of.
    private static func story(
        _ ending: String = "FAILURE", gaps: [Gap] = [Gap(.traces, "not there", isTotal: true, isStanding: true)]
    ) -> Story {
        var story = Story()
        story.services = ["jenkins"]
        story.log("Running on maven-u1 in /home/jenkins/agent/workspace/shop_main", at: 10)
        story.log(refusal, at: 50)
        story.log("script returned exit code 3", at: 51)
        story.log("Finished: \(ending)", at: 52)
        story.gaps = gaps
        return story
    }

    @Test func `where the cause is unknown the log's telling line is shown, and not that the build failed`() throws {
        let diagnosis = Self.story().diagnosis()
        #expect(diagnosis.verdict == "unknown")
        #expect(diagnosis.keyLines.first?.text == Self.refusal)
        #expect(!diagnosis.keyLines.contains { $0.text.hasPrefix("Finished: ") })
        let unknown = try #require(diagnosis.hypotheses.first)
        #expect(
            unknown.statement.english
                == "A build ended with FAILURE; its log says why in words that fit no known cause.")
        #expect(unknown.evidence.first?.text.english == "the log of a failed build: \(Self.refusal)")
    }

    @Test func `missing traces do not hide it either`() {
        let diagnosis = Self.story(gaps: []).diagnosis()
        #expect(diagnosis.verdict == "telemetry-gap jenkins")
        #expect(diagnosis.keyLines.first?.text == Self.refusal)
    }

    @Test(arguments: ["SUCCESS", "ABORTED"])
    func `the log of a build that did not fail explains nothing`(ending: String) {
        #expect(!Self.story(ending).diagnosis().keyLines.contains { $0.text == Self.refusal })
    }

    @Test func `each stream is a log of its own, and ends where its build does`() {
        var story = Self.story()
        story.log("Deploying to production", at: 20, service: "other")
        story.log("[acme-deployer] approval gate said yes", at: 53)
        story.log("Finished: SUCCESS", at: 54)
        let lines = story.diagnosis().keyLines.map(\.text)
        #expect(lines.first == Self.refusal)
        #expect(!lines.contains("Deploying to production"))
        #expect(!lines.contains("[acme-deployer] approval gate said yes"))
    }

    @Test func `nothing is compared with a time before of which there is nothing`() {
        var story = Story()
        story.log("INFO served 3 requests", at: 10, service: "shop")
        #expect(
            story.diagnosis().hypotheses[0].statement.english.contains("there is no time before to compare it with"))
        story.log("INFO served 3 requests", at: -100, service: "shop")
        #expect(story.diagnosis().hypotheses[0].statement.english.contains("differs from the time before"))
    }

    @Test func `an unknown cause is the surer, the more was looked at`() throws {
        let all = try #require(Story().diagnosis().hypotheses.first)
        let some = try #require(Self.story().diagnosis().hypotheses.first)
        var none = Story()
        none.gaps = EvidenceSource.allCases.map { Gap($0, "not there", isTotal: true) }
        #expect(all.confidence == 0.9)
        #expect(some.confidence < all.confidence && some.confidence > 0.7)
        #expect(none.diagnosis().hypotheses.first?.confidence == 0)
    }
}
