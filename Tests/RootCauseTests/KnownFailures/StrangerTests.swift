import RootCause
import Telemetry
import Testing

/// What happens to pods of others, while builds were stopped.
@Suite struct StrangerTests {
    private static func story(namespace: String) -> Story {
        var story = Story.quiet
        story.agentPod("maven-x7k2p", node: "n1")
        story.build("shop/main", 1, on: "maven-x7k2p", at: 10, takes: 40, .byPerson)
        story.events.append(
            ClusterEvent(
                at: Story.at(20), reason: "BackOff", message: "Back-off pulling image \"registry.example.com/x:9\"",
                type: "Warning", object: .init(kind: "Pod", namespace: namespace, name: "x-9-abcde")))
        return story
    }

    @Test func `a pod of another namespace is not why builds end`() {
        #expect(Self.story(namespace: "reports").diagnosis().hypotheses.first?.cause == .unknown)
    }

    @Test func `an agent that cannot start is`() {
        #expect(Self.story(namespace: "ci").diagnosis().verdict == "image-pull-failure registry.example.com/x:9")
    }
}
