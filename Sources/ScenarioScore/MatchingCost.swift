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

    /// What was measured, each the fastest of several runs.
    private struct Times {
        /// Finding marks in lines of which one in twenty has one, with all that has to be compiled for it.
        var whole = Duration.seconds(Int64.max)
        /// Once everything is compiled: lines without a mark, and lines with one.
        var clean = Duration.seconds(Int64.max)
        var marked = Duration.seconds(Int64.max)
    }

    var report: String {
        let lines = self.lines
        let marked = lines.indices.filter { $0.isMultiple(of: Self.linesPerMark) }.map { lines[$0] }
        let clean = lines.indices.filter { !$0.isMultiple(of: Self.linesPerMark) }.map { lines[$0] }
        var times = Times()
        var marks = 0
        for _ in 0..<Self.repeats {
            var search = LineMarks(signatures)
            let clock = ContinuousClock()
            let whole = clock.measure {
                search = LineMarks(signatures)
                marks = lines.reduce(0) { $0 + search.count(in: $1) }
            }
            times.whole = min(times.whole, whole)
            times.clean = min(times.clean, clock.measure { for line in clean { _ = search.count(in: line) } })
            times.marked = min(times.marked, clock.measure { for line in marked { _ = search.count(in: line) } })
        }
        let compiling = max(.zero, times.whole - times.clean - times.marked)
        return "known failures: \(Self.perThousand(times.whole, lines.count)) for 1000 kinds of lines "
            + "(\(signatures.count) signatures, \(lines.count) kinds, \(marks) marks found, fastest of \(Self.repeats)); "
            + "without a mark \(Self.perThousand(times.clean, clean.count)), "
            + "with one \(Self.perThousand(times.marked, marked.count)), "
            + "compiling \(Self.perThousand(compiling, 1000)) once"
    }

    /// `4.2 ms`
    private static func perThousand(_ time: Duration, _ count: Int) -> String {
        let tenths = Int((time / .milliseconds(1) * 10_000 / Double(max(count, 1))).rounded())
        return "\(tenths / 10).\(tenths % 10) ms"
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
