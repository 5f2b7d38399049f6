import TestSupport
import Testing
import Yams

@testable import ChainCheck

@Suite struct SeriesNeedTests {
    private static func missing(
        _ promQL: String, existing: Set<String>, recorded: [String: String] = [:]
    ) throws -> [[String]] {
        let need = try #require(SeriesNeed(promQL: promQL))
        return need.missing(existing.contains, recorded: recorded.compactMapValues { SeriesNeed(promQL: $0) })
    }

    @Test(arguments: [
        ("up", ["up"]),
        ("rate(traces_total{status=\"error\"}[5m]) > 0.1", ["traces_total"]),
        ("sum by (job, instance) (rate(a[5m] offset 1h)) / on (job) group_left (x) sum(b) by (job)", ["a", "b"]),
        ("{__name__=\"c\", job=~\"x|y\"} and on () {\"d.e\"}", ["c", "d.e"]),
        ("histogram_quantile(0.9, sum(rate(h_bucket[5m])) by (le)) >= bool 1e3", ["h_bucket"]),
        ("max_over_time(sum(x)[6h:5m] @ end() offset -1m) - -inf", ["x"]),
        ("absent(gone) and absent(there)", []),
        ("label_replace(y, \"a\", \"$1\", \"b\", \"(.+) by \\\"or\\\" ){\")  # or z", ["y"]),
        ("topk(3, w) unless w offset 10m == 1", ["w"]),
        ("vector(1) or time() > 5", []),
    ])
    func `the metrics of an expression are found`(_ promQL: String, _ metrics: [String]) throws {
        #expect(try #require(SeriesNeed(promQL: promQL)).metrics == metrics)
    }

    @Test(arguments: [
        "rate(x[5m]", "a +", "x{job=\"y\"", "sum by (a", ")", "\"open", String(repeating: "(", count: 500),
    ])
    func `what is no PromQL is not guessed at`(_ text: String) {
        #expect(SeriesNeed(promQL: text) == nil)
    }

    @Test func `one of the operands of or is enough, and of and each is needed`() throws {
        #expect(try Self.missing("a or b", existing: ["b"]) == [])
        #expect(try Self.missing("a or b", existing: []) == [["a", "b"]])
        #expect(try Self.missing("a and b", existing: ["b"]) == [["a"]])
        #expect(try Self.missing("a unless b", existing: ["a"]) == [])
        #expect(try Self.missing("clamp_min(a - on (x) (b or 0 * a), 0)", existing: ["a"]) == [])
        #expect(
            try Self.missing("(a unless a offset 10m) and on () group(c) or increase(a[10m])", existing: ["a"]) == [])
    }

    @Test func `a recorded series without samples is well when its source is there`() throws {
        let recorded = ["job:x:rate5m": "rate(x[5m]) or rate(y[5m])", "loop": "loop"]
        #expect(try Self.missing("job:x:rate5m > 1", existing: ["y"], recorded: recorded) == [])
        #expect(try Self.missing("job:x:rate5m > 1", existing: [], recorded: recorded) == [["x", "y"]])
        #expect(try Self.missing("job:x:rate5m > 1", existing: [], recorded: [:]) == [["job:x:rate5m"]])
        #expect(try Self.missing("loop", existing: [], recorded: recorded) == [["loop"]])
    }

    @Test func `every expression of the shipped rules is read`() throws {
        let text = try Repository.text("deploy/prometheus/rules.yaml")
        let root = try #require(try compose(yaml: text)?.mapping)
        let rules = (root["groups"]?.sequence.map(Array.init) ?? []).flatMap {
            $0["rules"]?.sequence.map(Array.init) ?? []
        }
        #expect(rules.count > 20)
        for rule in rules {
            let expression = try #require(rule["expr"]?.string)
            let need = try #require(SeriesNeed(promQL: expression), "\(expression)")
            #expect(!need.metrics.isEmpty || expression.contains("absent("), "\(expression)")
        }
    }
}
