import Testing

@testable import RootCause

struct ProportionTests {
    @Test func `what never came before and now comes often is clear even with few observations`() {
        let z = Proportion.z(hits: [0, 0, 0, 0, 5], of: [25, 25, 25, 25, 8])
        #expect(z > 4.5)
    }

    @Test func `what always came and no longer comes is as clear, the other way`() {
        let z = Proportion.z(hits: [25, 25, 25, 25, 3], of: [25, 25, 25, 25, 8])
        #expect(z < -4.5)
        #expect(z == -Proportion.z(hits: [0, 0, 0, 0, 5], of: [25, 25, 25, 25, 8]))
    }

    @Test func `stretches that differ from each other anyway say less`() {
        let steady = Proportion.z(hits: [5, 5, 5, 5, 8], of: [20, 20, 20, 20, 10])
        let wild = Proportion.z(hits: [0, 10, 0, 10, 8], of: [20, 20, 20, 20, 10])
        #expect(steady > 3)
        #expect(wild > 0 && wild < steady / 2)
    }

    private static let empty: [([Double], [Double])] = [
        ([], []), ([3], [4]), ([0, 0], [0, 0]), ([0, 0], [5, 5]), ([5, 5], [5, 5]), ([0, 2], [0, 2]),
    ]

    @Test(arguments: empty)
    func `nothing to compare is no difference`(hits: [Double], trials: [Double]) {
        #expect(Proportion.z(hits: hits, of: trials) == 0)
    }
}
