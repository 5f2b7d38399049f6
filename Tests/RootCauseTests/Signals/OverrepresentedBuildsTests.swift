import Languages
import Telemetry
import Testing

@testable import RootCause

/// What failed builds have in common.
struct OverrepresentedBuildsTests {
    /// Twenty-four builds of the window, of four jobs by turns.
    private func builds(_ place: (Int) -> (agent: String, node: String?), fails: (Int) -> Bool) -> Story {
        var story = Story()
        for number in 0..<24 {
            let (agent, node) = place(number)
            story.build(
                "team/job-\(number % 4)", number, on: agent, at: Double(number) * 4 + 1, takes: 15,
                fails(number) ? .failure("exit code 1") : .success)
            if let node { story.agentPod(agent, node: node) }
        }
        return story
    }

    private func found(_ story: Story) -> [String] {
        Scene(story.evidence, alert: nil).overrepresented.map { "\($0.kind) \($0.name)=\($0.value)" }
    }

    @Test func `builds that fail on one node are told from their job`() throws {
        let story = builds({ ("agent-\($0)", "node-\($0 / 4 % 3)") }, fails: { $0 / 4 % 3 == 1 })
        #expect(found(story) == ["builds k8s.node.name=node-1"])
        let only = try #require(Scene(story.evidence, alert: nil).overrepresented.first)
        #expect(only.sentence.english == "8 of 8 failed builds are on node `node-1`, like 8 of 24 builds")
        #expect(story.diagnosis().suspects.contains { $0.kind == .node && $0.name == "node-1" })
    }

    @Test func `builds of one job that fail wherever they run are the job's`() {
        let story = builds({ ("agent-\($0)", "node-\($0 / 4 % 3)") }, fails: { $0 % 4 == 2 })
        #expect(found(story) == ["builds ci.pipeline.id=team/job-2"])
    }

    @Test func `spot nodes stand out where the builds on them fail`() {
        var story = builds({ ("agent-\($0)", "node-\($0 / 4 % 6)") }, fails: { $0 / 4 % 6 < 2 })
        for number in 0..<6 { story.node("node-\(number)", spot: number < 2) }
        #expect(found(story) == ["builds spot node=yes"])
    }

    @Test func `agents that each ran one build, on nodes that nobody knows, explain nothing`() {
        #expect(found(builds({ ("agent-\($0)", nil) }, fails: { $0 / 4 % 3 == 1 })).isEmpty)
    }

    @Test func `builds that people stopped are neither failed nor good`() {
        var story = builds({ ("agent-\($0)", "node-\($0 / 4 % 3)") }, fails: { _ in false })
        for number in 24..<32 {
            story.build("team/job-0", number, on: "agent-\(number)", at: 50, takes: 10, .byPerson)
            story.agentPod("agent-\(number)", node: "node-1")
        }
        #expect(found(story).isEmpty)
    }
}
