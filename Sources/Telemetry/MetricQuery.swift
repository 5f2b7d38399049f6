/// A question for metrics under a name, as it is configured: PromQL that leaves open what it is asked about.
package struct MetricQuery: Hashable, Sendable {
    /// What an investigation fills in. In the text it stands behind a `$`, inside of a `=~"…"`; but `interval`, which
    /// stands in brackets: `rate(x{pod=~"$pod"}[$interval])`.
    package enum Placeholder: String, Hashable, Sendable, CaseIterable {
        case namespace, service, pod
        /// Jenkins jobs by full name; not Prometheus' own label `job`.
        case job
        /// The time over which a rate is taken, which depends on the distance of the samples.
        case interval
    }

    /// The series that answer it are called by this name.
    package var name: String
    package var promQL: String
    /// nil for what the diagnosis knows by its name, or only shows.
    package var measures: MetricMeaning?

    package init(_ name: String, _ promQL: String, measures: MetricMeaning? = nil) {
        self.name = name
        self.promQL = promQL
        self.measures = measures
    }

    /// A piece of the text.
    package enum Part: Hashable, Sendable {
        case text(String)
        /// The word behind a `$`, whether it is a ``Placeholder`` or not.
        case placeholder(String)
    }

    /// The text in pieces; joined again, with a `$` before each placeholder, they are the text.
    ///
    /// A `$` before anything but a letter or `_` is text: the end of a regular expression, or `$1` of `label_replace`.
    package var parts: [Part] {
        var parts: [Part] = []
        var text = ""
        var rest = promQL[...]
        while let next = rest.popFirst() {
            let word = next == "$" ? Self.word(at: rest) : ""
            guard !word.isEmpty else {
                text.append(next)
                continue
            }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.placeholder(word))
            rest = rest.dropFirst(word.count)
        }
        if !text.isEmpty { parts.append(.text(text)) }
        return parts
    }

    package var placeholders: Set<Placeholder> {
        Set(
            parts.compactMap { part in
                if case .placeholder(let word) = part { Placeholder(rawValue: word) } else { nil }
            })
    }

    private static func word(at text: Substring) -> String {
        guard let first = text.first, first == "_" || first.isASCII && first.isLetter else { return "" }
        return String(text.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
}
