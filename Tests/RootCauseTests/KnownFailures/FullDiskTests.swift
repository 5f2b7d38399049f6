import Languages
import Settings
import Telemetry
import Testing

@testable import RootCause

/// Whose disk is full when a build finds no room.
struct FullDiskTests {
    private func story(_ agents: [(name: String, node: String)], saying line: String) -> Story {
        var story = Story.quiet
        for (number, agent) in agents.enumerated() {
            if !agent.node.isEmpty { story.agentPod(agent.name, node: agent.node) }
            let build = story.build(
                "shop/\(agent.name)", number, on: agent.name, at: 5, takes: 60, .failure("script returned exit code 1"))
            story.log(line, at: 60, span: build)
        }
        return story
    }

    private static let words = "tar: app.jar: Cannot write: No space left on device"

    @Test func `one pod without room on a node that is well has a full volume of its own`() {
        var story = story([("maven-1", "aks-build-1")], saying: Self.words)
        story.node("aks-build-1")
        #expect(story.diagnosis().verdict == "disk-full maven-1")
    }

    @Test func `a volume that is measured to be full is said beside it, one with room or of strangers is not`() {
        func evidence(_ namespace: String, _ share: Double) -> [String] {
            var story = story([("maven-1", "aks-build-1")], saying: Self.words)
            story.node("aks-build-1")
            story.metric(
                FullVolume.query, ["namespace": namespace, "persistentvolumeclaim": "maven-cache"],
                before: [0.7, 0.8], after: [share, share])
            return story.diagnosis().hypotheses[0].evidence.map(\.text.english)
        }
        #expect(MetricQuery.builtIn.contains { $0.name == FullVolume.query })
        let words = "the volume of claim maven-cache is 99 % full"
        #expect(evidence("ci", 0.99).contains(words))
        #expect(!evidence("ci", 0.9).contains { $0.contains("maven-cache") })
        #expect(!evidence("shop", 0.99).contains { $0.contains("maven-cache") })
    }

    @Test func `pods of one node without room have a node without room`() {
        let story = story([("maven-1", "aks-build-1"), ("maven-2", "aks-build-1")], saying: Self.words)
        #expect(story.diagnosis().verdict == "disk-full aks-build-1")
    }

    @Test func `where pods ran is not known, but one node is under pressure`() {
        var story = story([("maven-1", ""), ("maven-2", "")], saying: Self.words)
        story.nodes.append(
            NodeState(
                name: "aks-build-1",
                conditions: [
                    .init(type: "DiskPressure", status: "True", reason: "", message: "", since: Story.at(40))
                ]))
        story.node("aks-build-2")
        #expect(story.diagnosis().verdict == "disk-full aks-build-1")
    }

    @Test func `builds of several nodes have no room while the controller says that it has none`() {
        var story = story([("maven-1", "aks-build-1"), ("maven-2", "aks-build-2")], saying: Self.words)
        story.controllerPod()
        story.control("SEVERE\tFailed to save /var/jenkins_home/queue.xml: No space left on device", at: 58)
        let diagnosis = story.diagnosis()
        #expect(diagnosis.verdict == "disk-full jenkins-0")
        #expect(diagnosis.hypotheses[0].recommendations[0].english.contains("JENKINS_HOME"))
        #expect(diagnosis.hypotheses.count { $0.cause == .diskFull } == 1)
    }

    @Test(arguments: [
        ["Error: ENOSPC: System limit for number of file watchers reached, watch '/src'"],
        [
            "Error: ENOSPC: System limit for number of file watchers reached", "  syscall: 'watch',",
            "  code: 'ENOSPC',",
        ],
    ])
    func `too many watched files are no full disk`(lines: [String]) {
        var story = Story.quiet
        let build = story.build(
            "shop/web", 1, on: "node-1", at: 5, takes: 60, .failure("script returned exit code 1"))
        for (place, line) in lines.enumerated() { story.log(line, at: 60 + Double(place) / 100, span: build) }
        #expect(story.diagnosis().verdict == "build-failure shop/web")
    }
}
