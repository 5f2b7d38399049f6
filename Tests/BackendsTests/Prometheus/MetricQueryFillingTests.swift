import Telemetry
import Testing

@testable import Backends

struct MetricQueryFillingTests {
    private static let pods = MetricQuery("q", #"rate(x{namespace=~"$namespace", pod=~"$pod"}[$interval])"#)

    private func filled(_ query: MetricQuery = pods, _ names: MetricNames) -> String? {
        query.filled(with: names, rateWindow: .seconds(120))
    }

    @Test func `names become alternatives, and the rate gets its time`() {
        #expect(
            filled(MetricQueryFillingTests.pods, MetricNames(namespaces: ["shop", "ci"], pods: ["maven-x7k2p"]))
                == #"rate(x{namespace=~"(?:shop|ci)", pod=~"maven-x7k2p"}[120s])"#)
    }

    @Test func `a service's pods are those that begin with its name`() {
        #expect(
            filled(MetricQueryFillingTests.pods, MetricNames(services: ["checkout"], pods: ["a"]))
                == #"rate(x{namespace=~".*", pod=~"(?:a|checkout(-.*)?)"}[120s])"#)
    }

    @Test func `what nothing narrows down is not asked`() {
        #expect(filled(MetricQueryFillingTests.pods, MetricNames(jobs: ["shop/main"])) == nil)
        #expect(filled(MetricQueryFillingTests.pods, MetricNames()) == nil)
        // Without a placeholder for names there is nothing to narrow down.
        #expect(filled(MetricQuery("q", "rate(x[$interval])"), MetricNames()) == "rate(x[120s])")
    }

    /// What an alert's label may hold when somebody means ill, and how it stands in the query.
    @Test(arguments: [
        ("a.b", #"a\\.b"#), ("a\"} or up{x=\"", #"a\"\\} or up\\{x=\""#), ("a\\", #"a\\\\"#), ("a|.*", #"a\\|\\.\\*"#),
        ("(", #"\\("#), ("a\nb", #"a\nb"#), ("$pod", #"\\$pod"#), ("\u{0}", #"\u0000"#), ("`", "`"), ("'", "'"),
        ("a#b", "a#b"), ("ünï", "ünï"), ("^[x]+?$", #"\\^\\[x\\]\\+\\?\\$"#),
    ])
    func `no name can leave its literal`(_ name: String, _ literal: String) {
        let query = MetricQuery("q", #"x{namespace=~"$namespace"}"#)
        #expect(filled(query, MetricNames(namespaces: [name])) == "x{namespace=~\"\(literal)\"}")
    }

    @Test func `a name that looks like a placeholder is not filled again`() {
        let filled = filled(
            MetricQueryFillingTests.pods, MetricNames(services: ["$namespace"], namespaces: ["$service", "$interval"]))
        #expect(
            filled
                == #"rate(x{namespace=~"(?:\\$service|\\$interval)", pod=~"\\$namespace(-.*)?"}[120s])"#)
    }

    @Test func `a query takes a hundred names of a kind, each once, and the rest is counted`() {
        let many = (0..<250).map { "s\($0 % 150)" } + ["", ""]
        let names = MetricNames(services: many, jobs: ["a", "a"])
        #expect(names.bounded.services == (0..<100).map { "s\($0)" })
        #expect(names.bounded.jobs == ["a"])
        #expect(names.beyondLimit == 50)
    }

    @Test func `the pieces of a query are the query`() {
        let query = MetricQuery("q", #"a{x=~"$pod$"} $ $1 $$service"#)
        #expect(
            query.parts == [
                .text("a{x=~\""), .placeholder("pod"), .text("$\"} $ $1 $"), .placeholder("service"),
            ])
        #expect(query.placeholders == [.pod, .service])
    }
}
