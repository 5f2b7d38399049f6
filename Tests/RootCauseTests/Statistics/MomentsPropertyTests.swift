import TestSupport
import Testing

@testable import RootCause

struct MomentsPropertyTests {
    @Test(arguments: 1...30)
    func `parts together are the whole`(seed: Int) {
        var random = SeededRandom(seed: seed)
        let values = random.values(60) { 10 + $0.normal() }
        let cut = Int.random(in: 0...60, using: &random)
        let together = moments(values.prefix(cut)) + moments(values.dropFirst(cut))
        let whole = moments(values[...])
        #expect(together.count == whole.count)
        #expect(abs(together.mean - whole.mean) < 1e-9)
        #expect(abs(together.variance - whole.variance) < 1e-9)
        let mean = values.reduce(0, +) / 60
        #expect(abs(whole.variance - values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59) < 1e-9)
    }

    @Test(arguments: [0.0, 1, 5, 1000])
    func `trials of which none counted are as many zeros`(zeros: Double) {
        var counted = moments([3, 4, 5])
        counted.addZeros(zeros)
        let written = moments(([3, 4, 5] + [Double](repeating: 0, count: Int(zeros)))[...])
        #expect(counted == written)
        counted.addZeros(-7)
        #expect(counted == written)
    }

    @Test func `no value and one value have no variance`() {
        #expect(Moments().mean == 0 && Moments().variance == 0)
        #expect(moments([7]).mean == 7 && moments([7]).variance == 0)
        #expect(moments([1e9, 1e9, 1e9]).variance == 0)
    }

    private func moments(_ values: ArraySlice<Double>) -> Moments {
        values.reduce(into: Moments()) { $0.add($1) }
    }
}
