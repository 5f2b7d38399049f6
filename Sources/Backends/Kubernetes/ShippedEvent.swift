import FoundationEssentials
import Telemetry

/// An event as a line in Loki tells it.
struct ShippedEvent: Hashable, Sendable {
    let event: ClusterEvent
    /// Whether the line tells only when it was seen last: it may have been seen before.
    let isContinued: Bool

    /// nil when the line is no event of this format.
    init?(_ entry: LogEntry, _ format: ShippedEvents.Format) {
        switch format {
        case .exporter, .fluentBit:
            guard let wire = try? JSONDecoder().decode(WireEvent.self, from: Data(entry.line.utf8)),
                !wire.event.object.name.isEmpty
            else { return nil }
            event = wire.event
            isContinued = false
        case .alloy:
            guard let fields = AlloyFields(entry.line) else { return nil }
            let count = fields.count
            event = ClusterEvent(
                at: entry.at, reason: fields["reason"], message: fields["msg"],
                type: fields["type"].isEmpty ? "Normal" : fields["type"],
                object: ClusterEvent.Object(
                    kind: fields["kind"], namespace: entry.labels[ShippedEvents.namespaceLabel] ?? "",
                    name: fields["name"]),
                count: max(1, count),
                reporter: fields["reportingcontroller"].isEmpty
                    ? fields["sourcecomponent"] : fields["reportingcontroller"])
            isContinued = count > 1
        }
    }
}

/// What a line of Alloy's or the Agent's says: `name=maven-x7k2p kind=Pod … reason=BackOff type=Warning count=7 msg="…"`,
/// or the same names in a JSON object. Only the message, which comes last, is in quotes, whatever the others hold.
private struct AlloyFields {
    private var fields: [String: String] = [:]

    /// nil without the name of an object and a reason or message.
    init?(_ line: String) {
        if line.hasPrefix("{") {
            guard let object = try? JSONDecoder().decode([String: Scalar].self, from: Data(line.utf8)) else {
                return nil
            }
            fields = object.mapValues(\.text)
        } else {
            readLogfmt(line)
        }
        guard !self["name"].isEmpty, !self["reason"].isEmpty || !self["msg"].isEmpty else { return nil }
    }

    subscript(name: String) -> String { fields[name] ?? "" }

    var count: Int { Int(self["count"]).map { Int(Int32(clamping: $0)) } ?? 1 }

    private mutating func readLogfmt(_ line: String) {
        var rest = line[...]
        while true {
            rest = rest.drop { $0 == " " }
            guard let equals = rest.firstIndex(of: "=") else { return }
            let key = String(rest[..<equals])
            rest = rest[rest.index(after: equals)...]
            if rest.first == "\"" {
                guard let text = GoQuotedText(&rest).text else { return }
                fields[key] = text
            } else {
                let value = rest.prefix { $0 != " " }
                fields[key] = String(value)
                rest = rest[value.endIndex...]
            }
        }
    }

    /// A text, a number or anything else, which is not read.
    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = (try? container.decode(String.self)) ?? (try? container.decode(Int.self)).map(String.init) ?? ""
        }
    }
}

/// A text as Go's `%q` writes it: https://pkg.go.dev/strconv#Quote.
private struct GoQuotedText {
    /// nil when it does not end, or has an escape that Go does not know.
    private(set) var text: String?

    /// - Parameter rest: begins with the quotation mark; afterwards, with what follows the text.
    init(_ rest: inout Substring) {
        var bytes: [UInt8] = []
        var input = rest.dropFirst().utf8
        while let byte = input.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                text = String(decoding: bytes, as: UTF8.self)
                rest = Substring(input)
                return
            case UInt8(ascii: "\\"):
                guard let escape = input.popFirst(), Self.append(escape, &input, to: &bytes) else { return }
            default: bytes.append(byte)
            }
        }
    }

    private static let short: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
        UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92, UInt8(ascii: "\""): 34,
    ]

    /// Whether it is an escape of Go's.
    private static func append(_ escape: UInt8, _ input: inout Substring.UTF8View, to bytes: inout [UInt8]) -> Bool {
        if let byte = short[escape] {
            bytes.append(byte)
            return true
        }
        let length: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
        guard let length = length[escape], let number = UInt32(Substring(input.prefix(length)), radix: 16),
            input.count >= length
        else { return false }
        input = input.dropFirst(length)
        if escape == UInt8(ascii: "x") {
            bytes.append(UInt8(truncatingIfNeeded: number))
        } else {
            guard let scalar = Unicode.Scalar(number) else { return false }
            bytes += Array(String(Character(scalar)).utf8)
        }
        return true
    }
}
