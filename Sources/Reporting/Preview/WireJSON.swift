import FoundationEssentials

/// JSON as the platform that gets it reads it: by another decoder than the writer of our own messages.
indirect enum WireJSON: Decodable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([WireJSON])
    case object([String: WireJSON])

    /// - Returns: nil for what is no JSON.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONDecoder().decode(WireJSON.self, from: Data(bytes)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let values = try? container.decode([WireJSON].self) {
            self = .list(values)
        } else {
            self = .object(try container.decode([String: WireJSON].self))
        }
    }

    subscript(name: String) -> WireJSON? {
        if case .object(let fields) = self { fields[name] } else { nil }
    }

    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var items: [WireJSON] {
        if case .list(let values) = self { values } else { [] }
    }

    /// This value and all inside it.
    var all: [WireJSON] {
        switch self {
        case .list(let values): [self] + values.flatMap(\.all)
        case .object(let fields): [self] + fields.sorted { $0.key < $1.key }.flatMap { $0.value.all }
        default: [self]
        }
    }
}
