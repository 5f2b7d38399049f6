import TestSupport
import Testing

@testable import RootCause

struct ExponentialPropertyTests {
    /// To 17 digits, from Abramowitz and Stegun, table 4.2 and 4.4, and the constants of analysis.
    @Test(arguments: [
        (2.0, 0.693_147_180_559_945_31), (3.0, 1.098_612_288_668_109_7), (10.0, 2.302_585_092_994_045_7),
        (2.718_281_828_459_045_2, 1.0), (0.5, -0.693_147_180_559_945_31), (1e-10, -23.025_850_929_940_457),
        (1e100, 230.258_509_299_404_57), (0x1.00001p0, 9.536_738_616_591_883e-7), (7.0, 1.945_910_149_055_313_3),
    ])
    func `logarithms are those of the tables`(x: Double, expected: Double) {
        #expect(abs(Exponential.log(x) / expected - 1) < 1e-14)
    }

    @Test(arguments: [
        (1.0, 2.718_281_828_459_045_2), (-1.0, 0.367_879_441_171_442_32), (0.0, 1.0), (10.0, 22026.465_794_806_717),
        (0.5, 1.648_721_270_700_128_1), (-20.0, 2.061_153_622_438_557_8e-9), (100.0, 2.688_117_141_816_135_4e43),
        (-700.0, 9.859_676_543_759_770e-305), (700.0, 1.014_232_054_735_004_5e304),
    ])
    func `powers of e are those of the tables`(x: Double, expected: Double) {
        #expect(abs(Exponential.exp(x) / expected - 1) < 1e-13)
    }

    @Test func `one undoes the other, over the whole range`() {
        for exponent in -1020...1020 {
            for significand in stride(from: 1.0, to: 2, by: 0.17) {
                let x = Double(sign: .plus, exponent: exponent, significand: significand)
                #expect(abs(Exponential.exp(Exponential.log(x)) / x - 1) < 1e-12)
            }
        }
        for x in stride(from: -700.0, through: 700, by: 0.37) {
            #expect(abs(Exponential.log(Exponential.exp(x)) - x) < 1e-12)
        }
    }

    @Test func `products become sums, and both only rise`() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<2000 {
            let (x, y) = ((random.uniform() - 0.5) * 600, (random.uniform() - 0.5) * 600)
            #expect(abs(Exponential.exp(x) * Exponential.exp(y) / Exponential.exp(x + y) - 1) < 1e-12)
        }
        for step in 1...5000 {
            let x = Double(step) * 0.01
            #expect(Exponential.log(x) < Exponential.log(x + 0.01))
            #expect(Exponential.exp(x - 25) < Exponential.exp(x - 24.99))
        }
    }

    @Test func `numbers too small for full precision do not trap`() {
        #expect(abs(Exponential.log(.leastNonzeroMagnitude) + 744.440_071_921_381_2) < 1e-9)
        #expect(Exponential.exp(-744).isSubnormal || Exponential.exp(-744) == 0)
        #expect(Exponential.log(.infinity) == .infinity)
    }
}

struct SquashPropertyTests {
    @Test func `a stronger signal always scores higher, and never 1`() {
        var last = 0.0
        for z in stride(from: 0.001, through: 200, by: 0.1) {
            let score = Squash.score(z: z, half: 6)
            #expect(last < score && score < 1)
            last = score
        }
        #expect(Squash.score(z: 6, half: 6) == 0.5)
        #expect(Squash.score(z: -3, half: 6) == 0 && Squash.score(z: 0, half: 6) == 0)
        #expect(Squash.score(z: .nan, half: 6) == 0 && Squash.score(z: .infinity, half: 6) == 1)
    }

    @Test func `odds for and odds against make up 1`() {
        var last = 0.0
        for odds in stride(from: -30.0, through: 30, by: 0.25) {
            let probability = Squash.probability(logOdds: odds)
            #expect(abs(probability + Squash.probability(logOdds: -odds) - 1) < 1e-14)
            #expect(last < probability)
            last = probability
        }
        #expect(abs(Squash.probability(logOdds: 0.693_147_180_559_945_3) - 2.0 / 3) < 1e-14)
        #expect(Squash.probability(logOdds: -1e6) == 0 && Squash.probability(logOdds: 1e6) == 1)
    }
}
