/// Finds which of many literals occur in a line, all at once (Aho and Corasick, 1975).
///
/// Case counts. The automaton is a full table over the byte classes that the literals use, so that a line costs one look-up
/// a byte however many literals there are.
package struct LiteralScanner: Sendable {
    /// Literal `index` ends just before `end`.
    package struct Match: Sendable {
        package let index: Int
        package let end: Int
    }

    private let classes: [UInt8]
    private let classCount: Int
    private let next: [Int32]
    /// The literals that end in a state: `outputs[outputStarts[state]..<outputStarts[state + 1]]`.
    private let outputs: [Int32]
    private let outputStarts: [Int32]

    package init(_ literals: [String]) {
        var classes = [UInt8](repeating: 0, count: 256)
        var classCount = 1
        for literal in literals {
            for byte in literal.utf8 where classes[Int(byte)] == 0 {
                classes[Int(byte)] = UInt8(classCount)
                classCount += 1
            }
        }
        var children: [Int32] = [Int32](repeating: -1, count: classCount)
        var ending: [[Int32]] = [[]]
        for (index, literal) in literals.enumerated() {
            var state = 0
            for byte in literal.utf8 {
                let slot = state * classCount + Int(classes[Int(byte)])
                if children[slot] < 0 {
                    children[slot] = Int32(ending.count)
                    ending.append([])
                    children.append(contentsOf: repeatElement(-1, count: classCount))
                }
                state = Int(children[slot])
            }
            ending[state].append(Int32(index))
        }
        // Breadth first: a state's missing children are those of its longest proper suffix.
        var failure = [Int](repeating: 0, count: ending.count)
        var queue = [0]
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            for byteClass in 0..<classCount {
                let slot = state * classCount + byteClass
                let inherited = state == 0 ? 0 : children[failure[state] * classCount + byteClass]
                let child = children[slot]
                if child >= 0 {
                    failure[Int(child)] = Int(inherited)
                    ending[Int(child)].append(contentsOf: ending[Int(inherited)])
                    queue.append(Int(child))
                } else {
                    children[slot] = inherited
                }
            }
        }
        var starts: [Int32] = [0]
        for literals in ending { starts.append(starts[starts.count - 1] + Int32(literals.count)) }
        self.classes = classes
        self.classCount = classCount
        next = children
        outputs = ending.flatMap { $0 }
        outputStarts = starts
    }

    /// Adds the matches in `line` to `matches`, in the order of their ends.
    package func scan(_ line: [UInt8], into matches: inout [Match]) {
        var state = 0
        for position in line.indices {
            state = Int(next[state * classCount + Int(classes[Int(line[position])])])
            let first = outputStarts[state]
            let last = outputStarts[state + 1]
            if first == last { continue }
            for output in first..<last { matches.append(Match(index: Int(outputs[Int(output)]), end: position + 1)) }
        }
    }
}
