import Testing

@testable import RootCause

struct FalseDiscoveryTests {
    @Test func `the limits are those of Benjamini and Hochberg's own example`() {
        // The fifteen tests of their paper, of which the first four are discoveries at 0.05.
        let tests = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0000,
        ]
        let limits = FalseDiscovery.limits(tests)
        #expect(limits.count { $0 <= 0.05 } == 4)
        #expect(abs(limits[0] - 0.0015) < 1e-12)
        #expect(abs(limits[3] - 0.0095 * 15 / 4) < 1e-12)
        #expect(limits == limits.sorted())
    }

    @Test func `the order of the tests does not matter, and equals stay equal`() {
        #expect(FalseDiscovery.limits([0.04, 0.01, 0.01, 0.5]) == [0.16 / 3, 0.02, 0.02, 0.5])
        #expect(FalseDiscovery.limits([0.5, 0.01, 0.04, 0.01]) == [0.5, 0.02, 0.16 / 3, 0.02])
    }

    @Test func `tests that are not in the list count all the same`() {
        #expect(FalseDiscovery.limits([0.01], tests: 10) == [0.1])
        #expect(FalseDiscovery.limits([0.01], tests: 0) == [0.01])
    }

    @Test func `what is no probability discovers nothing`() {
        #expect(FalseDiscovery.limits([.nan, 7, -1, 0.5]) == [1, 1, 0, 1])
        #expect(FalseDiscovery.limits([]).isEmpty)
    }
}
