/// What stays of a line from run to run: its letters and marks, with whatever holds a digit taken as one.
///
/// Durations, counts, hashes, dates and process ids differ between two runs of the same build; words do not.
enum LineFingerprint {
    /// FNV-1a (Fowler, Noll, Vo), 64 bits: the same on every machine and in every process.
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01B3

    static func of(_ line: CleanLine) -> UInt64 {
        var hash = offset
        let bytes = line.bytes
        var position = line.indent
        while position < bytes.count {
            guard bytes[position].isName else {
                hash = (hash ^ UInt64(bytes[position])) &* prime
                position += 1
                continue
            }
            var end = position
            var hasDigit = false
            while end < bytes.count, bytes[end].isName {
                if bytes[end].isDigit { hasDigit = true }
                end += 1
            }
            if hasDigit {
                hash = (hash ^ UInt64(UInt8(ascii: "0"))) &* prime
                // `1.25`, `12:30:01` and `7` are one number each.
                while end + 1 < bytes.count, ".,:".utf8.contains(bytes[end]), bytes[end + 1].isDigit {
                    end += 1
                    while end < bytes.count, bytes[end].isName { end += 1 }
                }
            } else {
                for byte in bytes[position..<end] { hash = (hash ^ UInt64(byte)) &* prime }
            }
            position = end
        }
        return hash
    }
}
