import Languages
import Telemetry
import Testing

@testable import RootCause

/// What is said once is not said again.
struct EventWordsTests {
    @Test(arguments: [
        ("NodeNotReady", "Node", "aks-spot-3", "Node aks-spot-3 status is now: NodeNotReady", false),
        ("NodeNotReady", "Pod", "maven-1", "Node is not ready", false), ("Killing", "Pod", "maven-1", "", false),
        ("PreemptScheduled", "Node", "aks-spot-3", "Preempt Scheduled for aks-spot-3", false),
        ("Killing", "Pod", "maven-1", "Stopping container jnlp", true),
        ("Evicted", "Pod", "maven-1", "The node was low on resource: memory.", true),
        ("NodeNotReady", "Node", "aks-spot-3", "Node aks-spot-4 status is now: NodeNotReady", true),
    ])
    func `a message is told only where it adds something to the reason and the name`(
        _ reason: String, _ kind: String, _ name: String, _ message: String, _ isTold: Bool
    ) {
        let event = ClusterEvent(
            at: Timestamp(seconds: 0), reason: reason, message: message, object: .init(kind: kind, name: name))
        #expect(EventWords.message(of: event) == (isTold ? message : ""))
    }

    @Test func `a node that is not ready is told once`() {
        var story = Story()
        story.node("aks-spot-3", spot: true, ready: false)
        story.event("NodeNotReady", "Node", "aks-spot-3", at: 20, "Node aks-spot-3 status is now: NodeNotReady")
        let texts = story.diagnosis().timeline.map(\.text.english)
        #expect(texts.contains("node aks-spot-3 (spot): NodeNotReady"), "\(texts)")
    }
}

/// Log lines that tell what happened.
struct KeyLinesTests {
    private static func story(everyday before: Int, after: Int) -> Story {
        var story = Story()
        let build = story.build(
            "shop/main", 1, on: "maven-1", at: 5, takes: 60, .failure("script returned exit code 1"))
        let minute = story.evidence.baseline.duration.inSeconds
        for number in 0..<before {
            story.log(
                "git fetch --force # timeout=10 failed once", at: -minute * Double(number + 1) / Double(before + 1))
        }
        for number in 0..<after {
            story.log("git fetch --force # timeout=10 failed once", at: Double(number) * 0.5)
        }
        story.log("ERROR: compilation failed at Checkout.java", at: 50, span: build)
        return story
    }

    @Test func `a line that comes as often as ever is no part of what happened`() {
        let story = Self.story(everyday: 100, after: 3)
        let diagnosis = story.diagnosis()
        #expect(!diagnosis.keyLines.contains { $0.text.contains("git fetch") })
        #expect(!diagnosis.timeline.contains { $0.text.english.contains("git fetch") })
        #expect(diagnosis.keyLines.contains { $0.text.contains("Checkout.java") })
    }

    @Test func `the same line that comes far more often than before is one`() {
        let diagnosis = Self.story(everyday: 2, after: 90).diagnosis()
        #expect(diagnosis.keyLines.contains { $0.text.contains("git fetch") })
    }
}
