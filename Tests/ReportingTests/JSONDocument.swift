import FoundationEssentials

/// JSON as another decoder than ours reads it.
indirect enum JSONDocument: Decodable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONDocument])
    case object([String: JSONDocument])

    init(_ text: String) throws { self = try JSONDecoder().decode(JSONDocument.self, from: Data(text.utf8)) }

    init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(JSONDocument.self, from: Data(bytes)) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let values = try? container.decode([JSONDocument].self) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: JSONDocument].self))
        }
    }

    subscript(name: String) -> JSONDocument {
        guard case .object(let fields) = self else { return .null }
        return fields[name] ?? .null
    }

    subscript(index: Int) -> JSONDocument { items.indices.contains(index) ? items[index] : .null }

    var items: [JSONDocument] {
        guard case .array(let values) = self else { return [] }
        return values
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var keys: Set<String> {
        guard case .object(let fields) = self else { return [] }
        return Set(fields.keys)
    }

    /// This value and all inside it.
    var all: [JSONDocument] {
        switch self {
        case .array(let values): [self] + values.flatMap(\.all)
        case .object(let fields): [self] + fields.sorted { $0.key < $1.key }.flatMap { $0.value.all }
        default: [self]
        }
    }
}
