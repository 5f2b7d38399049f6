import Testing

@testable import RootCause

struct StratifiedTestTests {
    private func table(_ hits: Int, _ of: Int, _ elsewhereHits: Int, _ elsewhereOf: Int) -> StratifiedTest.Table {
        StratifiedTest.Table(hits: hits, of: of, elsewhereHits: elsewhereHits, elsewhereOf: elsewhereOf)
    }

    @Test(arguments: [(4, 4, 0, 4), (3, 4, 1, 4), (0, 4, 4, 4), (12, 12, 8, 33), (40, 43, 12, 165), (1, 1, 0, 900)])
    func `with one table it is Fisher's test`(hits: Int, of: Int, elsewhereHits: Int, elsewhereOf: Int) {
        let exact = ExactTest.fisher(hits: hits, of: of, baselineHits: elsewhereHits, of: elsewhereOf)
        let result = StratifiedTest.test([table(hits, of, elsewhereHits, elsewhereOf)])
        #expect(abs(result.probability / exact - 1) < 1e-9)
    }

    @Test func `two tables multiply where all hits have the label`() {
        let result = StratifiedTest.test([table(4, 4, 0, 4), table(2, 2, 0, 4)])
        #expect(abs(result.probability - 1 / 70.0 / 15) < 1e-15)
        #expect(abs(result.least - result.probability) < 1e-18)
    }

    @Test func `what differs between the strata proves nothing`() {
        // All failures are in the first operation, which only the labelled pod serves.
        let whole = table(20, 20, 5, 100)
        #expect(StratifiedTest.test([whole]).probability < 1e-9)
        #expect(StratifiedTest.test([table(20, 20, 5, 5), table(0, 0, 0, 95)]).probability == 1)
    }

    @Test func `margins that leave no choice prove nothing`() {
        for empty in [[], [table(0, 0, 0, 0)], [table(5, 5, 5, 5)], [table(0, 5, 0, 5)], [table(3, 5, 0, 0)]] {
            #expect(StratifiedTest.test(empty).probability == 1)
            #expect(StratifiedTest.test(empty).least == 1)
        }
    }

    @Test func `large tables neither overflow nor leave 0 to 1`() {
        let result = StratifiedTest.test([table(900, 1000, 100, 20_000), table(50, 100, 9000, 18_000)])
        #expect((0...1e-100).contains(result.probability))
        let even = StratifiedTest.test([table(500, 1000, 10_000, 20_000)])
        #expect((0.4...0.6).contains(even.probability))
    }
}
