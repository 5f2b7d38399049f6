/// Words one after the other, without the blanks between them.
struct WordBuffer: Sendable {
    var bytes: [UInt8] = []
    /// Where each word ends in `bytes`; it begins where the one before ends.
    var ends: [Int] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Where the word with this number begins.
    func start(of word: Int) -> Int { word == 0 ? 0 : ends[word - 1] }

    func range(of word: Int) -> Range<Int> { start(of: word)..<ends[word] }
}
