/// A form of line, or several that were merged: what a miner keeps of the lines it has read.
struct FormEntry: Sendable {
    var pieces: [MaskedLine.Piece]
    /// The text of the pieces; a mark where lines differ.
    var text: [UInt8]
    var count: Int
    let example: [UInt8]

    /// Bytes of memory that it takes, about.
    var size: Int { pieces.count * MemoryLayout<MaskedLine.Piece>.stride + text.count + example.count }

    /// Where a piece's text stands in `text`.
    func range(of piece: Int) -> Range<Int> {
        (piece == 0 ? 0 : pieces[piece - 1].end)..<pieces[piece].end
    }

    /// The text as people read it.
    var displayed: String {
        var shown: [UInt8] = []
        var start = 0
        for piece in pieces {
            if start > 0, piece.traits.contains(.beginsWord) { shown.append(UInt8(ascii: " ")) }
            for byte in text[start..<piece.end] {
                if byte == MaskedLine.mark {
                    shown.append(contentsOf: Template.variable.utf8)
                } else {
                    shown.append(byte)
                }
            }
            start = piece.end
        }
        return String(decoding: shown, as: UTF8.self)
    }

    /// Whether a line with these pieces differs from it only where its own lines differ.
    func matches(_ line: [MaskedLine.Piece]) -> Bool {
        guard line.count == pieces.count else { return false }
        for index in pieces.indices where pieces[index].hash != line[index].hash {
            guard pieces[index].traits.contains(.differs), line[index].traits.contains(.hasContent) else {
                return false
            }
        }
        return true
    }

    /// One entry for all of these, which have equally many pieces; the first one's example.
    static func merged(_ entries: [FormEntry]) -> FormEntry {
        guard entries.count > 1, let first = entries.first else { return entries[0] }
        var merged = FormEntry(pieces: [], text: [], count: 0, example: first.example)
        for entry in entries { merged.count += entry.count }
        for index in first.pieces.indices {
            let piece = first.pieces[index]
            let range = first.range(of: index)
            if piece.traits.contains(.differs) || entries.contains(where: { $0.pieces[index].hash != piece.hash }) {
                let head = first.text[range.lowerBound]
                if range.count > 1, ByteTraits.table[Int(head)].contains(.quote),
                    entries.allSatisfy({ $0.text[$0.range(of: index).lowerBound] == head })
                {
                    merged.text.append(head)
                }
                merged.text.append(MaskedLine.mark)
                // `user <*>, port <*>`: the comma is no part of the variable.
                let last = first.text[range.upperBound - 1]
                if range.count > 1, ByteTraits.table[Int(last)].isDisjoint(with: [.letter, .digit, .mark]),
                    entries.allSatisfy({ $0.text[$0.pieces[index].end - 1] == last })
                {
                    merged.text.append(last)
                }
                merged.pieces.append(
                    MaskedLine.Piece(
                        hash: Self.hashWhereLinesDiffer, end: merged.text.count,
                        traits: piece.traits.intersection([.beginsWord, .isKey]).union([.differs, .hasContent])))
            } else {
                merged.text.append(contentsOf: first.text[range])
                merged.pieces.append(
                    MaskedLine.Piece(hash: piece.hash, end: merged.text.count, traits: piece.traits))
            }
        }
        return merged
    }

    /// No line's piece has it, as good as.
    static let hashWhereLinesDiffer: UInt64 = 0
}
