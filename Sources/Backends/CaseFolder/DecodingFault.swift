import FoundationEssentials
import Telemetry

/// What is wrong with a JSON value, said by its key path: "items[3].metadata.name has the wrong type".
enum DecodingFault {
    /// Names of keys come from outside.
    private static let longest = 200

    static func explain(_ error: any Error) -> String { reason(error).printableLine(atMost: longest) }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "\(path(context.codingPath + [key])) is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(subject(context.codingPath)) has the wrong type"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(path(context.codingPath)): \(context.debugDescription)"
        case DecodingError.dataCorrupted: "not valid JSON"
        default: "\(error)"
        }
    }

    private static func subject(_ keys: [any CodingKey]) -> String { keys.isEmpty ? "the whole" : path(keys) }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { text, key in
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }
}

/// An element that may be damaged without spoiling the list it is in.
struct Attempt<Value: Decodable>: Decodable {
    let value: Value?
    /// What is wrong with it; nil when it could be read.
    let fault: String?

    init(from decoder: any Decoder) throws {
        do {
            value = try Value(from: decoder)
            fault = nil
        } catch {
            value = nil
            fault = DecodingFault.explain(error)
        }
    }
}
