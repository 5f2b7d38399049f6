import Scenarios

/// What a JSON value has to be, as a platform's documentation says it: the platforms refuse a whole message for one
/// wrong member.
indirect enum JSONForm: Sendable {
    /// Any value.
    case anything
    /// A text with so many characters.
    case text(ClosedRange<Int>)
    /// A text that begins in one of these ways.
    case address([String], ClosedRange<Int>)
    case word(Set<String>)
    /// A word that may be written in capital letters as well; the set is in small ones.
    case anyCase(Set<String>)
    case flag
    case number
    case null
    case list(JSONForm, ClosedRange<Int>)
    /// An object with these members and no others.
    case record([Member])
    /// An object whose `type` says which members it has.
    case kinds([String: [Member]])
    case either([JSONForm])
    /// One of the forms that have a name, so that forms can hold themselves.
    case named(String)

    struct Member: Sendable {
        let name: String
        let form: JSONForm
        let isRequired: Bool

        static func required(_ name: String, _ form: JSONForm) -> Member {
            Member(name: name, form: form, isRequired: true)
        }

        static func optional(_ name: String, _ form: JSONForm) -> Member {
            Member(name: name, form: form, isRequired: false)
        }
    }

    /// What is wrong with a value, and where.
    struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// A JSON pointer (RFC 6901) into the message.
        let place: String
        let reason: String

        var description: String { "\(reason) [json-pointer:\(place)]" }
    }

    /// - Parameters:
    ///   - place: the value's own JSON pointer.
    ///   - names: the forms that have names.
    func problems(in value: JSON, at place: String, names: [String: JSONForm] = [:]) -> [Problem] {
        func no(_ reason: String) -> [Problem] { [Problem(place: place, reason: reason)] }
        switch self {
        case .anything: return []
        case .text(let length):
            guard let text = value.text else { return no("must be a string") }
            return Self.isWithin(text, length)
                ? [] : no("must have \(length.lowerBound) to \(length.upperBound) characters")
        case .address(let beginnings, let length):
            guard let text = value.text else { return no("must be a string") }
            guard beginnings.contains(where: text.hasPrefix) else {
                return no("must begin with \(beginnings.joined(separator: " or "))")
            }
            return Self.isWithin(text, length)
                ? [] : no("must have \(length.lowerBound) to \(length.upperBound) characters")
        case .word(let words):
            return value.text.map(words.contains) == true ? [] : no("must be one of \(words.sorted())")
        case .anyCase(let words):
            return (value.text?.lowercased()).map(words.contains) == true ? [] : no("must be one of \(words.sorted())")
        case .flag: if case .bool = value { return [] } else { return no("must be true or false") }
        case .number: if case .number = value { return [] } else { return no("must be a number") }
        case .null: if case .null = value { return [] } else { return no("must be null") }
        case .list(let form, let count):
            guard let elements = value.elements else { return no("must be a list") }
            guard count.contains(elements.count) else {
                return no("must have \(count.lowerBound) to \(count.upperBound) elements")
            }
            return elements.enumerated().flatMap { form.problems(in: $1, at: "\(place)/\($0)", names: names) }
        case .record(let members): return Self.problems(in: value, members, at: place, names)
        case .kinds(let kinds):
            guard case .object = value else { return no("must be an object") }
            guard let type = value["type"]?.text, let members = kinds[type] else {
                return [Problem(place: place + "/type", reason: "must be one of \(kinds.keys.sorted())")]
            }
            return Self.problems(in: value, members + [.required("type", .word([type]))], at: place, names)
        case .either(let forms):
            let answers = forms.map { $0.problems(in: value, at: place, names: names) }
            return answers.contains(where: \.isEmpty) ? [] : answers.first ?? []
        case .named(let name):
            return names[name]?.problems(in: value, at: place, names: names) ?? no("there is no form \(name)")
        }
    }

    private static func problems(
        in value: JSON, _ members: [Member], at place: String, _ names: [String: JSONForm]
    ) -> [Problem] {
        guard case .object(let given) = value else { return [Problem(place: place, reason: "must be an object")] }
        let missing = members.filter { member in member.isRequired && !given.contains { $0.name == member.name } }
            .map { Problem(place: place, reason: "missing required field: \($0.name)") }
        return missing
            + given.flatMap { member in
                let inner = "\(place)/\(member.name)"
                guard let known = members.first(where: { $0.name == member.name }) else {
                    return [Problem(place: inner, reason: "invalid additional property: \(member.name)")]
                }
                return known.form.problems(in: member.value, at: inner, names: names)
            }
    }

    private static func isWithin(_ text: String, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.unicodeScalars.count)
    }
}

extension JSON {
    /// The value and everything in it.
    var descendants: [JSON] {
        switch self {
        case .object(let members): [self] + members.flatMap(\.value.descendants)
        case .array(let elements): [self] + elements.flatMap(\.descendants)
        default: [self]
        }
    }

    /// The members that have one of these names removed.
    func without(_ names: Set<String>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !names.contains($0.name) })
    }
}
