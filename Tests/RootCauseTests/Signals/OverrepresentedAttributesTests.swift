import Languages
import Telemetry
import Testing

@testable import RootCause

struct OverrepresentedAttributesTests {
    private let pods = Fleet.four

    @Test func `a pod that fails alone is found, with its numbers`() throws {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[number % 4], at: at, fails: at >= 20 && number % 4 == 2)
        }
        let found = try #require(fleet.found.first)
        #expect(fleet.names == ["failing checkout k8s.pod.name=checkout-2"])
        #expect([found.hits, found.of, found.elsewhereHits] == [13, 13, 0])
        #expect(found.operation == "POST /pay")
        #expect(found.node == "node-0")
        #expect(found.wasThereBefore == true)
        #expect(found.limit < 1e-6 && found.probability <= found.limit)
        #expect(
            found.sentence.english
                == "13 of 13 failures of `checkout` `POST /pay` come from pod `checkout-2`, which serves 13 of 49 calls"
        )
    }

    @Test func `a pod that is slow alone is found`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let usual = 0.05 + Double(number * 7 % 10) * 0.001
            fleet.call(pods[number % 4], at: at, takes: at >= 20 && number % 4 == 1 ? usual * 6 : usual)
        }
        #expect(fleet.names == ["slow checkout k8s.pod.name=checkout-1"])
    }

    @Test func `the only pod explains nothing`() {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[0], at: at, fails: at >= 20 && number % 2 == 0)
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `a pod that takes almost all calls has almost all failures, which says nothing of it`() {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[number % 12 == 0 ? 1 : 0], at: at, fails: at >= 20 && number % 5 < 2)
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `two pods of one node that fail while their siblings elsewhere do not blame the node`() throws {
        let six = (0..<6).map { Fleet.Instance(pod: "checkout-\($0)", node: "node-\($0 % 3)") }
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(six[number % 6], at: at, fails: at >= 20 && number % 3 == 1)
        }
        #expect(fleet.names == ["failing checkout k8s.node.name=node-1"])
        #expect(fleet.found.first?.pods == 2)
    }

    @Test func `single pods of two services that fail on one node blame the node`() {
        let stock = (0..<4).map { Fleet.Instance(service: "stock", pod: "stock-\($0)", node: "node-\($0 % 4)") }
        let checkout = (0..<4).map { Fleet.Instance(pod: "checkout-\($0)", node: "node-\($0 % 4)") }
        let fleet = Fleet.traffic(every: 1) { fleet, number, at in
            let service = number % 2 == 0 ? stock : checkout
            fleet.call(service[number / 2 % 4], at: at, fails: at >= 20 && number / 2 % 4 == 3)
        }
        #expect(Set(fleet.names) == ["failing checkout k8s.node.name=node-3", "failing stock k8s.node.name=node-3"])
    }

    @Test func `a new version that fails on every pod is the version, an old one on the same nodes being well`() throws
    {
        let fleet = Fleet.traffic { fleet, number, at in
            var pod = pods[number % 4]
            let isNew = at >= 10 && number % 4 >= 2
            if isNew {
                pod = Fleet.Instance(pod: "checkout-new-\(number % 4)", node: "node-\(number % 2)", version: "1.1")
            }
            fleet.call(pod, at: at, fails: isNew && number % 3 != 0)
        }
        let found = try #require(fleet.found.first)
        #expect(fleet.names == ["failing checkout service.version=1.1"])
        #expect(found.wasThereBefore == false)
        #expect(found.firstSeen == Story.at(12))
        #expect(found.pods == 2)
    }

    @Test func `the canary is its version before it is its pod, unless the version ran before`() {
        func fleet(since: Double) -> Fleet {
            Fleet.traffic { fleet, number, at in
                var pod = pods[number % 4]
                if number % 4 == 3, at >= since { pod = Fleet.Instance(pod: "canary", node: "node-1", version: "1.1") }
                fleet.call(pod, at: at, fails: at >= 20 && pod.pod == "canary")
            }
        }
        #expect(fleet(since: 10).names == ["failing checkout service.version=1.1"])
        #expect(fleet(since: -600).names == ["failing checkout k8s.pod.name=canary"])
    }

    @Test func `one bad pod of a new version is the pod`() {
        let fleet = Fleet.traffic(every: 1) { fleet, number, at in
            var pod = pods[number % 4]
            if at >= 10, number % 4 > 0 {
                pod = Fleet.Instance(pod: "checkout-new-\(number % 4)", node: "node-\(number % 2)", version: "1.1")
            }
            fleet.call(pod, at: at, fails: at >= 20 && pod.pod == "checkout-new-2")
        }
        #expect(fleet.names == ["failing checkout k8s.pod.name=checkout-new-2"])
    }

    @Test func `versions that fail alike are not to blame`() {
        let fleet = Fleet.traffic { fleet, number, at in
            var pod = pods[number % 4]
            if at >= 10, number % 4 >= 2 { pod = Fleet.Instance(pod: "checkout-new-\(number % 4)", version: "1.1") }
            fleet.call(pod, at: at, fails: at >= 20 && number % 3 == 0)
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `a rollout that was over when something else began to fail is not to blame`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let pod = Fleet.Instance(
                pod: "checkout-\(at < 30 ? "old" : "new")-\(number % 4)", version: at < 30 ? "1.0" : "1.1")
            fleet.call(pod, at: at, fails: at >= 40 && number % 3 == 0)
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `a caller whose new version asks for what its callee cannot do is found above the failures`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let isNew = at >= 10 && number % 3 == 0
            let web = Fleet.Instance(
                service: "web", pod: isNew ? "web-new" : "web-\(number % 3)", node: "node-9",
                version: isNew ? "8.1" : "8.0")
            fleet.call(pods[number / 3 % 4], from: web, at: at, fails: isNew)
        }
        #expect(fleet.names == ["failing web service.version=8.1"])
        #expect(fleet.found.first?.targets == ["checkout"])
    }

    @Test func `a tenant, a flag or a shard stands out as well`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let tenant = ["acme", "globex", "initech", "umbrella"][number / 3 % 4]
            fleet.call(
                pods[number % 3], at: at, fails: at >= 20 && tenant == "acme",
                ["tenant": .string(tenant), "http.request.method": .string("POST"), "order": .int(Int64(number))])
        }
        #expect(fleet.names == ["failing checkout tenant=acme"])
        #expect(
            fleet.found.first?.sentence.english.contains("failures of `checkout` `POST /pay` have `tenant=acme`")
                == true)
    }

    @Test(arguments: ["http.response.status_code", "error.type", "grpc.status", "app.result", "retry.count"])
    func `how a call ended is no reason for it`(name: String) {
        let fleet = Fleet.traffic { fleet, number, at in
            let fails = at >= 20 && number % 3 == 0
            fleet.call(pods[number % 4], at: at, fails: fails, [name: .string(fails ? "bad" : "good")])
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `an attribute that comes only with failures is no reason either`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let fails = at >= 20 && number % 3 == 0
            fleet.call(
                pods[number % 4], at: at, fails: fails,
                fails ? ["breaker": .string(number % 2 == 0 ? "open" : "half")] : [:])
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `what one trace repeats counts once`() {
        let fleet = Fleet.traffic { fleet, number, at in
            var trace: TraceID?
            for retry in 0..<(number == 330 ? 40 : 1) {
                trace = fleet.call(
                    pods[number == 330 ? 2 : number % 4], at: at + Double(retry) * 0.01, takes: 0.005,
                    fails: number == 330, in: trace)
            }
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `a pod that always failed like this is no news`() {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[number % 4], at: at, fails: number % 4 == 2)
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `an operation that only one pod serves does not blame the pod for its failures`() {
        let fleet = Fleet.traffic { fleet, number, at in
            if number % 4 == 0 {
                fleet.call(pods[0], "POST /refund", at: at, fails: at >= 20 && number % 3 == 0)
            } else {
                fleet.call(pods[number % 4], "POST /pay", at: at, fails: at >= 20 && number % 41 == 0)
            }
        }
        #expect(fleet.names.isEmpty)
    }

    @Test func `few failures of many operations add up to one bad pod`() throws {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[number / 8 % 4], "GET /\(number % 8)", at: at, fails: at >= 20 && number / 8 % 4 == 3)
        }
        #expect(fleet.names == ["failing checkout k8s.pod.name=checkout-3"])
        #expect(fleet.found.first?.operation == nil)
    }

    @Test func `two independent reasons are both told`() {
        let fleet = Fleet.traffic(every: 0.5) { fleet, number, at in
            let tenant = ["acme", "globex", "initech"][number / 4 % 3]
            fleet.call(
                pods[number % 4], at: at, fails: at >= 20 && (number % 4 == 2 || tenant == "globex"),
                ["tenant": .string(tenant)])
        }
        #expect(
            Set(fleet.names) == ["failing checkout k8s.pod.name=checkout-2", "failing checkout tenant=globex"])
    }

    @Test func `a value of an inner call stands out by itself`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let trace = fleet.call(pods[number % 4], at: at)
            let shard = "shard-\(number / 4 % 3)"
            let server = fleet.story.spans[fleet.story.spans.count - 1]
            fleet.story.spans.append(
                Span(
                    traceID: trace, id: SpanID(UInt64(number) + 1), parentID: server.id, name: "SELECT", kind: .client,
                    start: server.start, end: server.end,
                    status: at >= 20 && shard == "shard-1" ? .error(message: "refused") : .unset,
                    attributes: ["server.address": .string(shard), "db.system.name": .string("postgresql")],
                    resource: pods[number % 4].resource))
        }
        #expect(fleet.names == ["failing checkout server.address=shard-1"])
        #expect(fleet.found.first?.targets == ["shard-1"])
    }

    @Test func `the same evidence in another order finds the same`() {
        var fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[number % 4], at: at, fails: at >= 20 && (number % 4 == 2 || number % 7 == 0))
        }
        let found = fleet.found
        #expect(!found.isEmpty)
        var random = Sequence64(seed: 5)
        for _ in 0..<3 {
            fleet.story.spans.shuffle(using: &random)
            #expect(fleet.found == found)
        }
    }

    @Test func `nothing fails where there is nothing`() {
        #expect(Fleet().found.isEmpty)
    }
}

/// What chance alone brings forth, and how little it takes to be found.
struct ChanceTests {
    /// Calls whose labels are drawn; the window's may fail or be slow.
    private func fleet(seed: Int, calls: Int, bad: (_ pod: Int, _ draw: Int) -> (fails: Bool, isSlow: Bool)) -> Fleet {
        var random = Sequence64(seed: UInt64(seed))
        func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
        var fleet = Fleet()
        for number in 0..<(calls + 40) {
            let isBefore = number < 40
            let pod = below(4)
            let instance = Fleet.Instance(
                pod: "checkout-\(pod)", node: "node-\(pod % 3)", version: pod == 3 ? "1.1" : "1.0")
            let bad = bad(pod, below(100))
            fleet.call(
                instance, at: isBefore ? Double(number) * 14 - 590 : Double(number - 40) * 115 / Double(calls),
                takes: (bad.isSlow && !isBefore ? 0.2 : 0.01) + Double(below(100)) * 0.0003,
                fails: bad.fails && !isBefore,
                [
                    "tenant": .string("t\(below(5))"), "flag": .bool(below(2) == 0), "shard": .int(Int64(below(9))),
                    "agent": .string("a\(below(20))"),
                ])
        }
        return fleet
    }

    @Test func `labels that have nothing to do with what goes wrong are rarely found`() {
        let seeds = 120
        let alarms = (0..<seeds).count { seed in
            let rate = 3 + seed % 40
            return !fleet(seed: seed, calls: 90) { _, draw in (draw < rate, draw >= 100 - rate) }.found.isEmpty
        }
        // The limit that is promised.
        #expect(Double(alarms) / Double(seeds) <= 0.05, "\(alarms) of \(seeds)")
    }

    @Test func `a pod that fails in half of its calls is found in a hundred, and nothing else is`() {
        let seeds = 25
        var found = 0
        var others = 0
        for seed in 0..<seeds {
            let names = fleet(seed: 1000 + seed, calls: 100) { pod, draw in (pod == 1 && draw < 50, false) }.names
            if names.contains("failing checkout k8s.pod.name=checkout-1") { found += 1 }
            others += names.count { !$0.hasSuffix("checkout-1") }
        }
        #expect(Double(found) / Double(seeds) >= 0.9, "\(found) of \(seeds)")
        #expect(Double(others) / Double(seeds) <= 0.1, "\(others) of \(seeds)")
    }
}
