extension SpanTable {
    /// Links parents with children, cuts cycles, and gives every span of one trace its depth.
    ///
    /// The spans come from outside: a span may be its own ancestor. Such a ring is cut above its earliest span.
    mutating func link(_ range: Range<Int>) {
        // Backwards, so that the list of children is in the order of their start.
        for row in range.reversed() {
            let parent = Int(rows[row].parent)
            guard parent >= 0 else { continue }
            rows[row].nextSibling = rows[parent].firstChild
            rows[parent].firstChild = Int32(clamping: row)
        }
        var reached = [Bool](repeating: false, count: range.count)
        for row in range where rows[row].parent < 0 { descend(from: row, range: range, reached: &reached) }
        var walked = reached
        for row in range where !reached[row - range.lowerBound] {
            let first = earliestOfRing(above: row, range: range, walked: &walked)
            leftOut.rings += 1
            detach(first)
            descend(from: first, range: range, reached: &reached)
        }
    }

    /// Of a span that no root is above of, and so a ring: the ring's earliest span.
    private func earliestOfRing(above row: Int, range: Range<Int>, walked: inout [Bool]) -> Int {
        var entry = row
        while !walked[entry - range.lowerBound] {
            walked[entry - range.lowerBound] = true
            entry = Int(rows[entry].parent)
        }
        var earliest = entry
        var other = Int(rows[entry].parent)
        while other != entry {
            earliest = min(earliest, other)
            other = Int(rows[other].parent)
        }
        return earliest
    }

    private mutating func descend(from root: Int, range: Range<Int>, reached: inout [Bool]) {
        var pending = [root]
        rows[root].depth = 0
        reached[root - range.lowerBound] = true
        while let row = pending.popLast() {
            var child = rows[row].firstChild
            while child >= 0 {
                let number = Int(child)
                if !reached[number - range.lowerBound] {
                    reached[number - range.lowerBound] = true
                    rows[number].depth = rows[row].depth + 1
                    pending.append(number)
                }
                child = rows[number].nextSibling
            }
        }
    }

    private mutating func detach(_ row: Int) {
        let parent = Int(rows[row].parent)
        guard parent >= 0 else { return }
        if Int(rows[parent].firstChild) == row {
            rows[parent].firstChild = rows[row].nextSibling
        } else {
            var sibling = Int(rows[parent].firstChild)
            while sibling >= 0, Int(rows[sibling].nextSibling) != row { sibling = Int(rows[sibling].nextSibling) }
            if sibling >= 0 { rows[sibling].nextSibling = rows[row].nextSibling }
        }
        rows[row].nextSibling = -1
        rows[row].parent = -1
    }
}
