/// Gives the same short text for the same bytes without making it anew.
///
/// The names in a document repeat a hundred thousand times: `traceId`, `GET /cart`, `k8s.pod.name`. The cache is a table
/// of fixed size in which a newcomer displaces what was in its slot, so hostile input can make it useless but not slow.
struct TextCache {
    private struct Slot {
        var start = 0
        var count = -1
        var text = ""
    }

    private var slots = [Slot](repeating: Slot(), count: Self.size)

    /// A power of two; 160 KB, and more than the distinct names of any real document.
    private static let size = 4096
    /// In bytes: longer texts are hardly ever names.
    private static let longest = 96
    /// In bytes: up to here Swift keeps a string in itself, without an allocation that could be saved.
    private static let longestInline = 15

    /// - Parameter bytes: the same document in every call.
    mutating func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        let count = range.count
        guard count > Self.longestInline, count <= Self.longest else {
            return String(decoding: bytes[range], as: UTF8.self)
        }
        // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): short, and good enough for a cache.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3 }
        let slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (Self.size - 1)
        if slots[slot].count == count {
            var (left, right) = (slots[slot].start, range.lowerBound)
            while right < range.upperBound, bytes[left] == bytes[right] { (left, right) = (left + 1, right + 1) }
            if right == range.upperBound { return slots[slot].text }
        }
        let text = String(decoding: bytes[range], as: UTF8.self)
        slots[slot] = Slot(start: range.lowerBound, count: count, text: text)
        return text
    }
}
