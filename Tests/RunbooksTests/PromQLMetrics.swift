/// Finds the names of metrics in PromQL, as far as the pages need it.
enum PromQLMetrics {
    static func names(in query: String) -> Set<String> {
        // All of these names: `{__name__=~"a|b"}`.
        let listed = query.matches(of: #/__name__=~?"(?<names>[^"]*)"/#).flatMap { $0.names.split(separator: "|") }
        // What is between quotes, in braces and in the lists of labels is no metric.
        let bare =
            query
            .replacing(#/"[^"]*"/#, with: "")
            .replacing(#/\{[^{}]*\}/#, with: " ")
            .replacing(#/\b(by|without|on|ignoring|group_left|group_right) *\([^()]*\)/#, with: " ")
            .replacing(#/\[[^\[\]]*\]/#, with: " ")
        // A word before a parenthesis is a function, one that begins with a digit a number or a time.
        let words = bare.matches(of: #/(?<word>[\w:.$]+)(?<call> *\()?/#)
            .filter { $0.call == nil && ($0.word.first?.isLetter ?? false) }.map { String($0.word) }
        return Set(words + listed.map { String($0) }).subtracting(["and", "or", "unless", "offset", "bool"])
    }
}
