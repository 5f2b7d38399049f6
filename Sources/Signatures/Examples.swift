/// What a signature must recognise, and what it must leave alone: it is tried whenever the file is checked.
package struct Examples: Hashable, Sendable {
    package var positive: [Example]
    package var negative: [Example]
    /// What has one of the marks that make it stronger.
    package var stronger: [Example]
    /// What has one of the marks that rule it out.
    package var ruledOut: [Example]

    package init(
        positive: [Example] = [], negative: [Example] = [], stronger: [Example] = [], ruledOut: [Example] = []
    ) {
        self.positive = positive
        self.negative = negative
        self.stronger = stronger
        self.ruledOut = ruledOut
    }

    package var count: Int { positive.count + negative.count + stronger.count + ruledOut.count }
}

/// One piece of evidence, as it is written in a signature's file.
package struct Example: Hashable, Sendable {
    package enum Sight: Hashable, Sendable {
        case log(String)
        case event(reason: String, object: String, name: String, message: String)
        case container(String)
        case exitCode(Int)
        case pod(String)
        case exception(type: String, message: String)
        case span(attribute: String, value: String)
    }

    package var sight: Sight
    /// The name that must come out, where the text itself tells it.
    package var subject: String?

    package init(_ sight: Sight, subject: String? = nil) {
        self.sight = sight
        self.subject = subject
    }
}

extension Example {
    /// What a signature promises of an example.
    package enum Promise: Hashable, Sendable {
        /// It has a sign.
        case positive
        /// It has none.
        case negative
        /// It has a mark that makes the signature stronger, or one that rules it out.
        case stronger, ruledOut
    }

    /// What does not come out as the signature promises; nil when all is well.
    package func fault(in signature: Signature, _ promise: Promise) -> String? {
        let marks =
            switch promise {
            case .positive, .negative: signature.signs
            case .stronger: signature.stronger
            case .ruledOut: signature.ruledOutBy
            }
        let seen = marks.compactMap(captures)
        guard seen.isEmpty else {
            return promise == .negative
                ? "a sign is in this example, which should be left alone" : wrongSubject(seen, signature.subject)
        }
        return switch promise {
        case .positive: "none of the signs is in this example"
        case .negative: nil
        case .stronger: "none of the marks under stronger is in this example"
        case .ruledOut: "none of the marks under ruled_out_by is in this example"
        }
    }

    /// Whether a mark is in it: what is never shown by an example was never tried.
    package func shows(_ mark: Mark) -> Bool { captures(mark) != nil }

    private func wrongSubject(_ seen: [[String: String]], _ rule: SubjectRule) -> String? {
        guard let subject else { return nil }
        let names = seen.compactMap { name(by: rule, $0) }
        guard let wrong = names.first(where: { $0 != subject }) else {
            return names.isEmpty ? "the subject should be \(subject), found none" : nil
        }
        return "the subject should be \(subject), found \(wrong)"
    }

    /// What the mark's groups hold in this example; nil when the mark is not in it.
    private func captures(_ mark: Mark) -> [String: String]? {
        switch sight {
        case .log(let line):
            for literal in mark.literals {
                guard let position = line.firstBytes(of: literal) else { continue }
                let part = MarkPattern.line(of: line, around: position)
                return mark.isAllowed(in: part) ? Self.captures(mark.pattern, in: part) : nil
            }
            return nil
        case .event(let reason, let object, let name, let message):
            guard mark.fits(event: reason, object: object, message: message) else { return nil }
            return Self.captures(mark.pattern, in: message)?.merging([Place.object.rawValue: name]) { first, _ in first
            }
        case .container(let reason):
            return mark.fits(endOfContainer: reason, exitCode: 0) ? [:] : nil
        case .exitCode(let code): return mark.fits(endOfContainer: "", exitCode: code) ? [:] : nil
        case .pod(let reason): return mark.fits(podReason: reason) ? [:] : nil
        case .exception(let type, let message):
            return mark.fits(exception: type, message: message) ? Self.captures(mark.pattern, in: message) : nil
        case .span(let attribute, let value): return mark.fits(attribute: attribute, value: value) ? [:] : nil
        }
    }

    private static func captures(_ pattern: String?, in text: String) -> [String: String]? {
        guard let pattern else { return [:] }
        return (try? MarkPattern(pattern))?.captures(in: text)
    }

    private func name(by rule: SubjectRule, _ captures: [String: String]) -> String? {
        rule.from.lazy.compactMap { captures[$0] }.first { !$0.isEmpty }.map { SubjectName.tidied($0, rule.kind) }
    }
}
