/// One value of an OpenTelemetry attribute.
package indirect enum AttributeValue: Hashable, Sendable {
    case string(String)
    case int(Int64)
    case double(Double)
    case bool(Bool)
    case bytes([UInt8])
    case array([AttributeValue])
    case map([String: AttributeValue])
}

extension AttributeValue: CustomStringConvertible {
    /// The value as a person would type it in a query: strings bare, arrays in brackets, bytes by their count.
    package var description: String {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .bytes(let bytes): "<\(bytes.count) bytes>"
        case .array(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }
}

/// The attributes of a span, an event or a resource: name → value, kept in the order of the names.
///
/// A sorted array instead of a dictionary: a span has about ten of them, there are a hundred thousand spans, and
/// iteration has to give the same order every time.
package struct Attributes: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private let entries: [Entry]

    package struct Entry: Hashable, Sendable {
        package let name: String
        package let value: AttributeValue
    }

    /// - Parameter pairs: in any order; of a name that comes twice, the last value counts.
    package init(_ pairs: [(String, AttributeValue)]) {
        guard pairs.count <= Self.fewPairs else {
            entries = Self.sortedAtOnce(pairs)
            return
        }
        var sorted: [Entry] = []
        sorted.reserveCapacity(pairs.count)
        for (name, value) in pairs {
            let index = sorted.firstIndex { $0.name >= name } ?? sorted.endIndex
            if index < sorted.endIndex, sorted[index].name == name {
                sorted[index] = Entry(name: name, value: value)
            } else {
                sorted.insert(Entry(name: name, value: value), at: index)
            }
        }
        entries = sorted
    }

    /// Up to here, putting each into its place is the quickest; a hostile span may have a hundred thousand.
    private static let fewPairs = 128

    private static func sortedAtOnce(_ pairs: [(String, AttributeValue)]) -> [Entry] {
        // The last one of a name first.
        let order = pairs.indices.sorted { (pairs[$0].0, $1) < (pairs[$1].0, $0) }
        var sorted: [Entry] = []
        for index in order where sorted.last?.name != pairs[index].0 {
            sorted.append(Entry(name: pairs[index].0, value: pairs[index].1))
        }
        return sorted
    }

    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init(elements)
    }

    package subscript(name: String) -> AttributeValue? {
        entries.first { $0.name == name }?.value
    }

    /// The attribute as text, whatever its type; nil when it is not there or is the empty string.
    package func text(_ name: String) -> String? {
        guard let text = self[name]?.description, !text.isEmpty else { return nil }
        return text
    }

    package var isEmpty: Bool { entries.isEmpty }
}

extension Attributes: Sequence {
    package func makeIterator() -> IndexingIterator<[Entry]> { entries.makeIterator() }
}
