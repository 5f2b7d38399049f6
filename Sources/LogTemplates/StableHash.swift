/// A hash that is the same in every process, unlike `Hasher`: FNV-1a with 64 bits.
///
/// Source: http://www.isthe.com/chongo/tech/comp/fnv/
struct StableHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    /// A piece that begins a word differs from one with the same text that continues one.
    init(beginsWord: Bool) {
        if beginsWord { combine(UInt8(ascii: " ")) }
    }

    init(of text: String, beginsWord: Bool) {
        self.init(beginsWord: beginsWord)
        for byte in text.utf8 { combine(byte) }
    }

    mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* Self.prime
    }

    /// Mixes a whole number at once, with a rotation so that its high bits count too.
    mutating func combine(_ number: UInt64) {
        value = (value ^ number) &* Self.prime
        value ^= value >> 32
    }

    private static let prime: UInt64 = 0x0000_0100_0000_01b3
}
