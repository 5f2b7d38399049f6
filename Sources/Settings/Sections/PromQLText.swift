import Telemetry

/// Checks a metric query as far as that is possible without a parser of PromQL: literals and brackets end, and each
/// placeholder exists and stands where a name can be filled in safely.
enum PromQLText {
    static func problems(in promQL: String) -> [String] {
        var scanner = Scanner()
        for part in MetricQuery("", promQL).parts {
            switch part {
            case .text(let text): scanner.read(text)
            case .placeholder(let word): scanner.meet(word)
            }
        }
        return scanner.problems + scanner.endProblems
    }

    private struct Scanner {
        private(set) var problems: [String] = []
        private var open: [Character] = []
        private var quote: Character?
        private var isEscaped = false
        private var isComment = false
        /// The code before the literal that is open, without white space at its end.
        private var codeBefore = ""
        private var code = ""

        mutating func read(_ text: String) {
            for character in text { read(character) }
        }

        private mutating func read(_ character: Character) {
            if isComment {
                isComment = !character.isNewline
            } else if let quote {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\", quote != "`" {
                    isEscaped = true
                } else if character == quote {
                    self.quote = nil
                }
            } else if "\"'`".contains(character) {
                quote = character
                codeBefore = code
            } else if character == "#" {
                isComment = true
            } else {
                readCode(character)
            }
        }

        private mutating func readCode(_ character: Character) {
            if !character.isWhitespace { code.append(character) }
            if let bracket = Self.brackets.first(where: { $0.open == character }) { open.append(bracket.close) }
            guard Self.brackets.contains(where: { $0.close == character }) else { return }
            if open.last == character {
                open.removeLast()
            } else {
                problems.append("the query has a \(character) that nothing opened")
            }
        }

        mutating func meet(_ word: String) {
            guard !isComment else { return }
            let names = MetricQuery.Placeholder.allCases.map { "$\($0.rawValue)" }
            switch MetricQuery.Placeholder(rawValue: word) {
            case nil:
                let advice =
                    NearestWord.to("$\(word)", among: names).map { "did you mean \($0)?" }
                    ?? "here can be: \(names.joined(separator: ", "))"
                problems.append("there is no placeholder $\(word); \(advice)")
            case .interval:
                if quote != nil || open.last != "]" {
                    problems.append("$interval has to stand in brackets: rate(x[$interval])")
                }
            case .namespace, .service, .pod, .job:
                // Single quotes would need another escape, and backticks know none.
                if quote != "\"" || !codeBefore.hasSuffix("=~") {
                    problems.append("$\(word) has to stand in double quotes behind =~: \(word)=~\"$\(word)\"")
                }
            }
        }

        var endProblems: [String] {
            if quote != nil { return ["the query has a quote that does not end"] }
            return open.last.map { ["the query ends before its \($0)"] } ?? []
        }

        private static let brackets: [(open: Character, close: Character)] = [("(", ")"), ("[", "]"), ("{", "}")]
    }
}
