import Languages
import RootCause
import Telemetry
import Testing

@Suite struct ServiceRolloutTests {
    /// All calls fail two times out of three from `since` on, whatever the pod; no span tells a version.
    ///
    /// - Parameters:
    ///   - until: when they stop failing.
    ///   - pod: who serves, by number and time.
    private func story(
        failsFrom since: Double = 35, until: Double = 200,
        pod: (Int, Double) -> String = { "checkout-\($1 >= 30 ? "new" : "old")-\($0 % 4)" },
        _ changes: [WorkloadState.Change], of workload: String = "checkout"
    ) -> Story {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(
                Fleet.Instance(pod: pod(number, at), version: ""), at: at,
                fails: at >= since && at < until && number % 3 != 0)
        }
        var story = fleet.story
        story.workloads = [
            WorkloadState(kind: "Deployment", name: workload, namespace: "shop", changes: changes)
        ]
        return story
    }

    private static func change(
        _ kind: WorkloadState.Change.Kind = .rollout, at: Double, _ image: String = "r.example/checkout:1.1",
        after previous: String = "r.example/checkout:1.0", named name: String = "checkout-new"
    ) -> WorkloadState.Change {
        WorkloadState.Change(
            at: Story.at(at), kind: kind, revision: 2, revisionName: name, images: ["main": image],
            previousImages: previous.isEmpty ? [:] : ["main": previous], actor: "helm")
    }

    @Test func `a service that goes wrong just after its rollout is told so, with both images`() throws {
        let diagnosis = story([Self.change(at: 28)]).diagnosis()
        #expect(diagnosis.verdict == "bad-deploy checkout")
        let first = try #require(diagnosis.hypotheses.first)
        #expect(
            first.statement.english
                == "`checkout` goes wrong since 22:13:57 UTC; its rollout at 22:13:48 UTC brought image `1.1` in place of `1.0`."
        )
        let line =
            "Deployment checkout was rolled out: image r.example/checkout:1.0 became r.example/checkout:1.1, by helm"
        #expect(first.evidence.contains { $0.text.english == line && $0.at == Story.at(28) })
        #expect(diagnosis.timeline.contains { $0.text.english == line && $0.at == Story.at(28) })
        #expect(first.recommendations.first?.english.contains("before 1.1") == true)
    }

    @Test func `a rollout some minutes before the window is in the timeline all the same`() {
        let diagnosis = story([Self.change(at: -400)]).diagnosis()
        #expect(diagnosis.verdict == "bad-deploy checkout")
        #expect(diagnosis.timeline.first?.text.english.hasPrefix("Deployment checkout was rolled out") == true)
    }

    @Test func `a rollout that kept the image weighs less`() throws {
        let other = story([Self.change(at: 28)]).diagnosis()
        let same = story([Self.change(at: 28, "a:1", after: "a:1")]).diagnosis()
        let weights = [other, same].map { diagnosis in
            diagnosis.hypotheses.first { $0.cause == .badDeploy }?.evidence.first { $0.source == .pods }?.weight ?? 0
        }
        #expect(weights[1] > 0)
        #expect(weights[0] > weights[1])
    }

    @Test(arguments: [
        ("after the onset", "checkout", change(at: 60)),
        ("hours before", "checkout", change(at: -7000)),
        ("of another workload", "cart", change(at: 28, named: "cart-7d9f")),
        ("of more pods", "checkout", change(.scaling, at: 28)),
        ("of equal pods", "checkout", change(.restart, at: 28)),
    ])
    func `a change that cannot be why is not told as one`(
        why: String, workload: String, change: WorkloadState.Change
    ) {
        let diagnosis = story([change], of: workload).diagnosis()
        #expect(diagnosis.verdict == "dependency-failure checkout", "\(why)")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .badDeploy }, "\(why)")
        #expect(!diagnosis.timeline.contains { $0.text.english.contains("rolled out") }, "\(why)")
    }

    @Test func `a rollout is innocent where the pods from before fail as well`() {
        let diagnosis = story(
            pod: { number, at in "checkout-\(at >= 30 && number % 2 == 0 ? "new" : "old")-\(number % 4)" },
            [Self.change(at: -5000, named: "checkout-old"), Self.change(at: 28)]
        ).diagnosis()
        #expect(diagnosis.verdict == "dependency-failure checkout")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .badDeploy })
    }

    @Test func `two workloads of that name, with pods of neither known, say nothing`() {
        var story = story(pod: { _, _ in "c-0" }, [Self.change(at: 28)])
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .badDeploy })
        story = self.story([Self.change(at: 28, named: "")])
        #expect(story.diagnosis().hypotheses.contains { $0.cause == .badDeploy })
        story.workloads.append(
            WorkloadState(kind: "Deployment", name: "checkout", namespace: "stage", changes: []))
        #expect(!story.diagnosis().hypotheses.contains { $0.cause == .badDeploy })
    }

    @Test func `a rollback that ended the trouble speaks for the rollout and is told`() throws {
        func confidence(_ story: Story) -> Double {
            story.diagnosis().hypotheses.first { $0.cause == .badDeploy }?.confidence ?? 0
        }
        let back = Self.change(
            .rollback, at: 70, "r.example/checkout:1.0", after: "r.example/checkout:1.1", named: "checkout-old")
        let ended = story(until: 80, [Self.change(at: 28), back])
        let line =
            "Deployment checkout was rolled back: image r.example/checkout:1.1 became r.example/checkout:1.0, by helm; no call failed after 22:14:36 UTC"
        let diagnosis = ended.diagnosis()
        #expect(diagnosis.hypotheses.first?.evidence.map(\.text.english).contains(line) == true)
        #expect(diagnosis.timeline.map(\.text.english).contains(line))
        #expect(confidence(ended) >= confidence(story(until: 80, [Self.change(at: 28)])))
    }
}
