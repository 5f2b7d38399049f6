import FoundationEssentials
import Scenarios
import Telemetry
import TestSupport
import Testing

struct ScenarioTests {
    private static let names = ["spot-eviction", "dependency-failure", "faulty-instance", "bad-deploy", "no-traces"]

    private static func scenario(_ name: String) throws -> Scenario { try #require(Scenario.named(name)) }

    @Test func `there is a scenario of every name, and none of another`() {
        #expect(Scenario.all.map(\.name) == Self.names)
        #expect(Scenario.named("SPOT-EVICTION") == nil)
    }

    @Test(arguments: names)
    func `the committed folder is what the generator makes, byte for byte`(_ name: String) throws {
        let folder = "Tests/Fixtures/Scenarios/\(name)"
        let writer = CaseWriter(try Self.scenario(name))
        if ProcessInfo.processInfo.environment["SABUESO_UPDATE_GOLDEN"] == "1" {
            try writer.write(to: Repository.path(folder))
        }
        #expect(try Repository.names(in: folder) == writer.files.map(\.name))
        for file in writer.files {
            let committed = try Repository.text("\(folder)/\(file.name)")
            #expect(committed == file.text, "\(folder)/\(file.name): SABUESO_UPDATE_GOLDEN=1 make test writes it")
        }
    }

    @Test(arguments: names)
    func `a folder stays small enough to be committed`(_ name: String) throws {
        let bytes = CaseWriter(try Self.scenario(name)).files.reduce(0) { $0 + $1.text.utf8.count }
        #expect(bytes < 400_000)
    }

    @Test(arguments: names)
    func `an incident can be moved to another time and changes in nothing else`(_ name: String) throws {
        let original = try Self.scenario(name)
        let day: Duration = .seconds(86_400)
        let moved = try #require(Scenario.named(name, alertedAt: original.alertedAt + day))
        #expect(moved.evidence.window.start - original.evidence.window.start == day)
        #expect(moved.evidence.baseline.end - original.evidence.baseline.end == day)
        #expect(moved.evidence.traces.map(\.id) == original.evidence.traces.map(\.id))
        #expect(
            zip(moved.evidence.traces, original.evidence.traces).allSatisfy { new, old in
                zip(new.spans, old.spans).allSatisfy { $0.start - $1.start == day && $0.id == $1.id }
            })
        #expect(
            zip(moved.evidence.logs, original.evidence.logs).allSatisfy { $0.at - $1.at == day && $0.line == $1.line })
        #expect(moved.evidence.pods == original.evidence.pods)
    }

    @Test(arguments: names)
    func `everything lies between the baseline's start and the window's end`(_ name: String) throws {
        let evidence = try Self.scenario(name).evidence
        let whole = TimeWindow(start: evidence.baseline.start, end: evidence.window.end)
        #expect(evidence.baseline.end == evidence.window.start)
        for trace in evidence.traces {
            #expect(trace.window.map { whole.contains($0.start) && whole.contains($0.end) } == true)
        }
        for entry in evidence.logs { #expect(whole.contains(entry.at), "\(entry.at) \(entry.line)") }
        for event in evidence.events { #expect(whole.contains(event.at), "\(event.at) \(event.reason)") }
    }

    @Test(arguments: names)
    func `the webhook's body names the alert, and its end when it is over`(_ name: String) throws {
        let scenario = try Self.scenario(name)
        let firing = try #require(JSON(parsing: scenario.webhookBody))
        let resolved = try #require(JSON(parsing: scenario.resolvedWebhookBody))
        #expect(firing["version"] == "4")
        #expect(firing["status"] == "firing")
        #expect(resolved["status"] == "resolved")
        #expect(firing["groupKey"] == resolved["groupKey"])
        let (alert, end) = (firing["alerts"]?.elements?.first, resolved["alerts"]?.elements?.first)
        #expect(alert?["startsAt"]?.text == scenario.alertedAt.description)
        #expect(alert?["endsAt"] == "0001-01-01T00:00:00Z")
        #expect(alert?["fingerprint"] == end?["fingerprint"])
        let over = try #require((end?["endsAt"]?.text).flatMap { Timestamp(rfc3339: $0) })
        #expect(over > scenario.evidence.window.end)
    }
}

/// What the incident on the spot node has to show, as Jenkins and Kubernetes show it.
struct SpotEvictionScenarioTests {
    private func evidence() throws -> Evidence { try #require(Scenario.named("spot-eviction")).evidence }

    private func builds(_ evidence: Evidence, endingIn window: TimeWindow) -> [Trace] {
        evidence.traces.filter {
            $0.root?.name.hasPrefix("BUILD ") == true && window.contains($0.root?.end ?? .init(seconds: 0))
        }
    }

    @Test func `three of 41 builds of the window are aborted, and no root span is an error`() throws {
        let evidence = try evidence()
        let builds = builds(evidence, endingIn: evidence.window).filter { evidence.window.contains($0.spans[0].start) }
        let aborted = builds.filter { $0.root?.attributes.text("ci.pipeline.run.result") == "ABORTED" }
        #expect(builds.count == 41)
        let names = aborted.compactMap { trace -> String? in
            guard let root = trace.root, let job = root.attributes.text("ci.pipeline.id"),
                let number = root.attributes.text("ci.pipeline.run.number")
            else { return nil }
            return "\(job) #\(number)"
        }
        #expect(names.sorted() == ["payments/main #418", "shop/PR-17 #6", "shop/main #77"])
        #expect(aborted.allSatisfy { $0.root?.status == .unset })
        #expect(evidence.traces.allSatisfy { $0.root?.isError == false })
    }

    @Test func `no build comes twice`() throws {
        let urls = try evidence().traces.compactMap { $0.root?.attributes.text("ci.pipeline.run.url") }
        #expect(Set(urls).count == urls.count)
    }

    @Test func `in a build that lost its agent an inner step is the error, interrupted by the removal`() throws {
        let evidence = try evidence()
        let failed = evidence.traces.filter { $0.spans.contains(where: \.isError) }
        #expect(failed.count == 3)
        for trace in failed {
            let step = try #require(trace.spans.last { $0.isError && !$0.events.isEmpty })
            let causes = step.attributes.text("jenkins.pipeline.step.interruption.causes")
            #expect(causes == "[RemovedNodeCause: Agent was removed]")
            let exception = step.events[0].attributes.text("exception.type")
            #expect(exception == "org.jenkinsci.plugins.workflow.steps.FlowInterruptedException")
            let pods = evidence.pods.filter { $0.name == step.attributes.text("jenkins.computer.name") }
            #expect(pods.map(\.node) == ["aks-spot-31542618-vmss000003"])
        }
    }

    @Test func `a pull request's root span has the placeholder and only the id has the number`() throws {
        let roots = try evidence().traces.compactMap(\.root)
        let pull = roots.filter { $0.attributes.text("ci.pipeline.id")?.contains("/PR-") == true }
        #expect(!pull.isEmpty)
        #expect(pull.allSatisfy { $0.name == "BUILD shop/PR-{number}" })
    }

    @Test func `no span of Jenkins carries anything of Kubernetes`() throws {
        for span in try evidence().traces.flatMap(\.spans) {
            #expect(!span.attributes.contains { $0.name.hasPrefix("k8s.") })
            #expect(!span.resource.contains { $0.name.hasPrefix("k8s.") })
        }
    }

    @Test func `a build that a newer one replaced is aborted and has no error at all`() throws {
        let traces = try evidence().traces
        let replaced = traces.filter { trace in
            trace.spans.contains {
                $0.attributes.text("jenkins.pipeline.step.interruption.causes")?.contains("Superseded") == true
            }
        }
        #expect(replaced.count == 1)
        #expect(replaced.flatMap(\.spans).allSatisfy { !$0.isError })
    }

    @Test func `the node's events come in the order of a preemption`() throws {
        let evidence = try evidence()
        let reasons = evidence.events.filter {
            $0.object.name.hasPrefix("aks-spot") || $0.reason == "TaintManagerEviction"
        }
        #expect(
            reasons.map(\.reason) == [
                "PreemptScheduled", "NodeNotReady", "TaintManagerEviction", "TaintManagerEviction",
                "TaintManagerEviction", "RemovingNode",
            ])
        #expect(reasons.first?.at == Timestamp(rfc3339: "2026-11-19T14:29:41Z"))
        let node = try #require(evidence.nodes.first { $0.conditions.contains { $0.status == "Unknown" } })
        #expect(node.isSpot)
    }

    @Test func `the logs say it in the plugin's words, once for each build`() throws {
        let logs = try evidence().logs
        for words in [
            "was just deleted, so removing corresponding Jenkins agent", "Cannot contact maven-",
            "; cancelling node body",
        ] {
            #expect(logs.filter { $0.line.contains(words) }.count == 3, "\(words)")
        }
        let contact = logs.filter { $0.line.contains("Cannot contact") }
        #expect(contact.allSatisfy { $0.traceID != nil && $0.level == "info" })
    }
}

struct OtherScenarioTests {
    @Test func `checkout fails only where payments-gateway does, and the logs carry the trace ids`() throws {
        let evidence = try #require(Scenario.named("dependency-failure")).evidence
        let failed = evidence.traces.filter { $0.spans.contains(where: \.isError) }
        #expect(failed.count == 12)
        #expect(
            failed.map { $0.spans[0].start }.min().map { $0.seconds }
                == Timestamp(rfc3339: "2026-11-19T09:42:10Z")?.seconds)
        for trace in failed {
            let gateway = trace.spans.filter { $0.service == "payments-gateway" && $0.isError }
            #expect(gateway.contains { $0.attributes.text("http.response.status_code") == "502" })
            #expect(!trace.spans.contains { $0.attributes.text("server.address") == "acquirer.example.net" })
            #expect(evidence.logs.contains { $0.traceID == trace.id && $0.line.contains("no connection from pool") })
        }
        // Both of its pods, so that no single one is to blame.
        #expect(Set(failed.flatMap(\.spans).filter { $0.service == "payments-gateway" }.compactMap(\.pod)).count == 2)
    }

    @Test func `the slow search began earlier and touches no request of checkout`() throws {
        let evidence = try #require(Scenario.named("dependency-failure")).evidence
        let searches = evidence.traces.filter { $0.root?.name == "GET /search" }
        let slow = searches.filter { ($0.root?.duration ?? .zero) > .milliseconds(250) }
        #expect(slow.count > 2 && slow.count < searches.count)
        #expect(slow.map { $0.spans[0].start }.min().map(evidence.baseline.contains) == true)
        #expect(searches.flatMap(\.spans).allSatisfy { !$0.isError && $0.service != "checkout" })
    }

    @Test func `a service without traces was asked for traces and had none, and logs as always`() throws {
        let evidence = try #require(Scenario.named("no-traces")).evidence
        #expect(evidence.traces.isEmpty)
        #expect(evidence.wasFetched(.traces))
        #expect(evidence.wasFetched(.events) && evidence.events.isEmpty)
        #expect(evidence.logs.allSatisfy { $0.service == "invoice-renderer" && $0.traceID == nil })
        func perHour(_ window: TimeWindow) -> Double {
            Double(evidence.logs.count { window.contains($0.at) }) / window.duration.inSeconds * 3600
        }
        #expect(abs(perHour(evidence.window) / perHour(evidence.baseline) - 1) < 0.15)
    }
}

/// What the incidents have to show in which only some runs of a service go wrong.
struct PartialFailureScenarioTests {
    private func failed(_ evidence: Evidence) -> [Trace] {
        evidence.traces.filter { $0.spans.contains(where: \.isError) }
    }

    @Test func `the cart's stale pod refuses every write since the failover, reads well, and is not alone on its node`()
        throws
    {
        let evidence = try #require(Scenario.named("faulty-instance")).evidence
        let stale = "cart-6d5b4c7f98-w7t4c"
        func pod(_ trace: Trace) -> String? { trace.spans.first { $0.service == "cart" }?.pod }
        let failed = failed(evidence)
        #expect(failed.count == 11)
        #expect(failed.count { pod($0) == stale } == 10)
        #expect(failed.allSatisfy { $0.root?.name == "POST /cart/{id}/items" })
        let since = try #require(failed.filter { pod($0) == stale }.map { $0.spans[0].start }.min())
        let later = evidence.traces.filter { $0.spans[0].start >= since && pod($0) == stale }
        let writes = later.filter { $0.root?.name == "POST /cart/{id}/items" }
        #expect(writes.allSatisfy { write in failed.contains { $0.id == write.id } })
        #expect(later.contains { $0.root?.name == "GET /cart/{id}" })
        let node = evidence.pods.first { $0.name == stale }?.node
        #expect(evidence.pods.count { $0.name.hasPrefix("cart-") && $0.node == node } == 2)
        #expect(!evidence.logs.contains { $0.pod == stale && $0.line.contains("connected to cart-redis") })
    }

    @Test func `only checkout's new version fails, on either node, while two versions of storefront do alike`() throws {
        let evidence = try #require(Scenario.named("bad-deploy")).evidence
        let failed = failed(evidence)
        func versions(_ service: String, _ traces: [Trace]) -> Set<String> {
            Set(
                traces.flatMap(\.spans).filter { $0.service == service }.compactMap {
                    $0.resource.text("service.version")
                })
        }
        #expect(failed.count == 11)
        #expect(versions("checkout", failed) == ["1.19.0"])
        #expect(versions("storefront", failed) == ["1.18.2", "1.18.3"])
        #expect(Set(failed.flatMap(\.spans).filter { $0.service == "checkout" }.compactMap(\.node)).count == 2)
        let good = evidence.traces.filter { trace in !failed.contains { $0.id == trace.id } }
        #expect(versions("checkout", good) == ["1.18.2", "1.19.0"])
        let before = evidence.traces.filter { evidence.baseline.contains($0.spans[0].start) }
        #expect(versions("checkout", before) == ["1.18.2"])
        #expect(evidence.events.count { $0.reason == "ScalingReplicaSet" } == 2)
    }
}
