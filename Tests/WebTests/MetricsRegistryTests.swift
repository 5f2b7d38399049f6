import Metrics
import Testing
import Web

@Suite struct MetricsRegistryTests {
    @Test func `series are written in the text format, sorted, each name's type once`() {
        let registry = MetricsRegistry()
        Counter(label: "b_total", dimensions: [("x", "2")], factory: registry).increment(by: 2)
        Counter(label: "b_total", dimensions: [("x", "1")], factory: registry).increment()
        Metrics.Timer(label: "a_seconds", factory: registry).recordNanoseconds(1_500_000_000)
        Metrics.Timer(label: "a_seconds", factory: registry).recordNanoseconds(500_000_000)
        Meter(label: "c", factory: registry).set(7)
        #expect(
            registry.exposition() == """
                # TYPE a_seconds summary
                a_seconds_sum 2.0
                a_seconds_count 2
                # TYPE b_total counter
                b_total{x="1"} 1.0
                b_total{x="2"} 2.0
                # TYPE c gauge
                c 7.0

                """)
    }

    @Test func `a label's value cannot break a line`() {
        let registry = MetricsRegistry()
        Counter(label: "n_total", dimensions: [("x", "a\"b\\c\nd")], factory: registry).increment()
        #expect(registry.exposition().contains(#"n_total{x="a\"b\\c\nd"} 1.0"#))
    }

    @Test func `a quote with an accent and a line break of two characters cannot either`() {
        let registry = MetricsRegistry()
        let value = "a\"\u{301}b\r\nc"
        Counter(label: "n_total", dimensions: [("x", value)], factory: registry).increment()
        #expect(registry.exposition().unicodeScalars.count { $0 == "\n" } == 2)
        #expect(registry.exposition().contains("a\\\"\u{301}b"))
    }

    @Test func `what is no number is spelt as the format spells it`() {
        let registry = MetricsRegistry()
        Meter(label: "a", factory: registry).set(Double.nan)
        Meter(label: "b", factory: registry).set(-Double.infinity)
        #expect(registry.exposition().contains("a NaN\n") && registry.exposition().contains("b -Inf\n"))
    }
}
