import TestSupport
import Testing

@testable import RootCause

/// Fisher's test against counting all tables with the same margins, for every table that is small enough.
struct ExactTestPropertyTests {
    private struct Table {
        let hits: Int
        let of: Int
        let baselineHits: Int
        let baselineOf: Int

        var probability: Double {
            ExactTest.fisher(hits: hits, of: of, baselineHits: baselineHits, of: baselineOf)
        }

        static func all(upTo most: Int) -> [Table] {
            (1...most).flatMap { of in
                (1...most).flatMap { baselineOf in
                    (0...of).flatMap { hits in
                        (0...baselineOf).map {
                            Table(hits: hits, of: of, baselineHits: $0, baselineOf: baselineOf)
                        }
                    }
                }
            }
        }
    }

    /// Pascal's triangle: exact as long as a double holds the whole numbers.
    private static let choose: [[Double]] = {
        var rows: [[Double]] = [[1]]
        for n in 1...40 {
            rows.append((0...n).map { ($0 > 0 ? rows[n - 1][$0 - 1] : 0) + ($0 < n ? rows[n - 1][$0] : 0) })
        }
        return rows
    }()

    /// The probability of exactly so many hits in the first group, when `allHits` are dealt out by chance.
    private func chance(of count: Int, of total: Int, allHits: Int, baselineOf: Int) -> Double {
        guard count <= total, allHits - count >= 0, allHits - count <= baselineOf else { return 0 }
        return Self.choose[total][count] * Self.choose[baselineOf][allHits - count]
            / Self.choose[total + baselineOf][allHits]
    }

    @Test func `it is the sum over all tables that are as extreme`() {
        var worst = 0.0
        for table in Table.all(upTo: 12) {
            let allHits = table.hits + table.baselineHits
            let counted = (table.hits...table.of).reduce(0) {
                $0 + chance(of: $1, of: table.of, allHits: allHits, baselineOf: table.baselineOf)
            }
            worst = max(worst, abs(table.probability - counted))
        }
        #expect(worst < 1e-12)
    }

    @Test func `it is a probability, and more hits are never more likely`() {
        for table in Table.all(upTo: 12) {
            #expect((0...1).contains(table.probability))
            guard table.hits > 0 else { continue }
            let fewer = Table(
                hits: table.hits - 1, of: table.of, baselineHits: table.baselineHits, baselineOf: table.baselineOf)
            #expect(table.probability <= fewer.probability + 1e-13)
        }
    }

    @Test func `more hits here are fewer misses there`() {
        for table in Table.all(upTo: 12) {
            let mirrored = Table(
                hits: table.baselineOf - table.baselineHits, of: table.baselineOf,
                baselineHits: table.of - table.hits, baselineOf: table.of)
            #expect(abs(table.probability - mirrored.probability) < 1e-12)
        }
    }

    @Test(arguments: [0.01, 0.05, 0.2])
    func `where nothing differs it calls at most the promised share a difference`(limit: Double) {
        for total in 1...10 {
            for baselineTotal in 1...10 {
                for allHits in 0...(total + baselineTotal) {
                    let alarms = (0...total).reduce(0) { sum, hits in
                        let chance = chance(of: hits, of: total, allHits: allHits, baselineOf: baselineTotal)
                        guard chance > 0 else { return sum }
                        let probability = ExactTest.fisher(
                            hits: hits, of: total, baselineHits: allHits - hits, of: baselineTotal)
                        return probability <= limit ? sum + chance : sum
                    }
                    #expect(alarms <= limit + 1e-12)
                }
            }
        }
    }

    @Test func `a rarer tail is never fewer standard errors`() {
        var last = ExactTest.z(ofTail: 1)
        for exponent in stride(from: 0.0, through: 320, by: 0.25) {
            let z = ExactTest.z(ofTail: Exponential.exp(-exponent * 2.302_585_092_994_046))
            #expect(z >= last)
            last = z
        }
        #expect(last > 36 && last.isFinite)
        #expect(ExactTest.z(ofTail: 0) == last)
        #expect(ExactTest.z(ofTail: .nan) == 0)
    }

    @Test func `the number of choices follows Pascal's triangle`() {
        for n in 0...40 {
            for k in 0...n {
                #expect(abs(Exponential.exp(ExactTest.logChoose(n, k)) / Self.choose[n][k] - 1) < 1e-8)
            }
        }
        #expect(ExactTest.logChoose(3, 4) == -.infinity)
        #expect(ExactTest.logChoose(3, -1) == -.infinity)
    }

    @Test func `with several strata it is a probability that falls with the hits`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<300 {
            let strata = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                let of = Int.random(in: 1...8, using: &random)
                let elsewhereOf = Int.random(in: 1...30, using: &random)
                return StratifiedTest.Table(
                    hits: Int.random(in: 1...of, using: &random), of: of,
                    elsewhereHits: Int.random(in: 0..<elsewhereOf, using: &random), elsewhereOf: elsewhereOf)
            }
            // One hit with the label less, and one of the others more, keeps the margins.
            var fewer = strata
            fewer[0].hits -= 1
            fewer[0].elsewhereHits += 1
            let (result, weaker) = (StratifiedTest.test(strata), StratifiedTest.test(fewer))
            #expect((0...1).contains(result.probability))
            #expect(result.probability <= weaker.probability + 1e-12)
            #expect(result.least <= result.probability + 1e-12)
            #expect(abs(result.least - weaker.least) < 1e-12)
            // The order of the strata does not matter.
            #expect(abs(StratifiedTest.test(strata.reversed()).probability - result.probability) < 1e-12)
        }
    }
}
