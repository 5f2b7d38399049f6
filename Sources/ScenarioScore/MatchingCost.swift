import RootCause
import Signatures

/// What it costs to look for all known failures in the kinds of lines of a log, timed.
///
/// Each line here is a kind of its own, which is what a diagnosis looks at once whatever the number of its lines. One in
/// twenty has a mark: an example of a signature. Compiling the regular expressions is part of it.
struct MatchingCost {
    let signatures: [Signature]

    private static let words = [
        "fetched", "indexed", "queued", "rendered", "cached", "merged", "flushed", "routed", "stored", "sent", "opened",
        "closed", "parsed", "joined", "split", "signed", "loaded", "moved", "copied", "listed",
    ]
    private static let linesPerMark = 20
    private static let repeats = 10

    var report: String {
        let lines = self.lines
        var fastest = Duration.seconds(Int64.max)
        var marks = 0
        for _ in 0..<Self.repeats {
            marks = 0
            let took = ContinuousClock().measure {
                var search = LineMarks(signatures)
                for line in lines { marks += search.count(in: line) }
            }
            fastest = min(fastest, took)
        }
        let perThousand = fastest / .milliseconds(1) * 1000 / Double(lines.count)
        let tenths = Int((perThousand * 10).rounded())
        return "known failures: \(tenths / 10).\(tenths % 10) ms for 1000 kinds of lines "
            + "(\(signatures.count) signatures, \(lines.count) kinds, \(marks) marks found, fastest of \(Self.repeats))"
    }

    private var lines: [String] {
        let examples = signatures.flatMap { signature in
            signature.examples.positive.compactMap { if case .log(let line) = $0.sight { line } else { nil } }
        }
        let words = Self.words
        return (0..<words.count * words.count * words.count).map { number in
            let line =
                "\(words[number % words.count]) the \(words[number / words.count % words.count]) entry of "
                + "com.example.shop.cart and \(words[number / words.count / words.count]) it after \(number) ms"
            guard number % Self.linesPerMark == 0, !examples.isEmpty else { return line }
            return "\(line): \(examples[number / Self.linesPerMark % examples.count])"
        }
    }
}
