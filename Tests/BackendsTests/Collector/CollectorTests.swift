import Telemetry
import Testing

@testable import Backends

struct CollectorTests: CollectorExample {
    @Test func `failing traces lead to their lines, their pods' lines and their namespaces`() async {
        let asked = Notebook<String>()
        let failing = traces(failing: [hit(0xABC)]) { (id) throws(BackendError) in
            trace(id, isError: true, pod: "checkout-7f-x", namespace: "shop")
        }
        let logs = ScriptedLogs { (query, _, _, _) throws(BackendError) in
            asked.note(query)
            return LogPage(entries: query.contains("pod=") ? [line("killed")] : [], isTruncated: false)
        }
        let lists = Notebook<String>()
        let cluster = ScriptedCluster(
            onEvents: { (namespace, during) throws(BackendError) in
                lists.note("events \(namespace ?? "*") \(during.start.seconds)-\(during.end.seconds)")
                return []
            },
            onPods: { (namespace) throws(BackendError) in
                lists.note("pods \(namespace ?? "*")")
                return [PodState(name: "p", namespace: namespace ?? "")]
            })
        let evidence = await Collector(traces: failing, logs: logs, cluster: cluster, logFields: fields)
            .collect(request(Scope(services: ["checkout"], namespaces: ["monitoring"])))
        let id = "00000000000000000000000000000abc"
        for expected in [
            #"{app="checkout"} |= "\#(id)""#, #"{ns=~"monitoring|shop"} | trace_id="\#(id)""#,
            #"{pod="checkout-7f-x"}"#, #"{app="checkout"} |= "checkout-7f-x""#,
        ] {
            #expect(asked.all.contains(expected), "\(expected) not in \(asked.all)")
        }
        #expect(evidence.logs.map(\.line) == ["killed"])
        #expect(
            Set(lists.all) == [
                "events monitoring 2000-6000", "events default 2000-6000", "events shop 2000-6000", "pods monitoring",
                "pods shop",
            ])
        #expect(evidence.pods.map(\.namespace) == ["monitoring", "shop"])
    }
}
