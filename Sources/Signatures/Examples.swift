/// What a signature must recognise, and what it must leave alone: it is tried whenever the file is checked.
package struct Examples: Hashable, Sendable {
    package var positive: [Example]
    package var negative: [Example]

    package init(positive: [Example] = [], negative: [Example] = []) {
        self.positive = positive
        self.negative = negative
    }

    package var count: Int { positive.count + negative.count }
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
    /// What does not come out as the signature promises; nil when all is well.
    package func fault(in signature: Signature, isPositive: Bool) -> String? {
        let seen = signature.signs.compactMap(captures)
        guard isPositive else {
            return seen.isEmpty ? nil : "a sign is in this example, which should be left alone"
        }
        guard !seen.isEmpty else { return "none of the signs is in this example" }
        guard let subject else { return nil }
        let names = seen.compactMap { name(by: signature.subject, $0) }
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
