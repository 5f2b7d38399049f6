/// The fields of a protobuf message as they are on the wire, for comparing two of them without a schema.
struct ProtobufFields: Hashable {
    struct Field: Hashable {
        let number: UInt64
        let bytes: [UInt8]
    }

    let fields: [Field]

    /// nil when the bytes are not a message.
    init?(_ bytes: [UInt8]) {
        var fields: [Field] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = Self.varint(&rest) else { return nil }
            let value: ArraySlice<UInt8>
            switch tag & 7 {
            case 0:
                let before = rest
                guard Self.varint(&rest) != nil else { return nil }
                value = before.prefix(before.count - rest.count)
            case 1: value = rest.prefix(8)
            case 2:
                guard let count = Self.varint(&rest), count <= rest.count else { return nil }
                value = rest.prefix(Int(count))
            case 5: value = rest.prefix(4)
            default: return nil
            }
            if tag & 7 != 0 { rest = rest.dropFirst(value.count) }
            fields.append(Field(number: tag >> 3, bytes: Array(value)))
        }
        self.fields = fields
    }

    func all(_ number: UInt64) -> [[UInt8]] { fields.filter { $0.number == number }.map(\.bytes) }

    /// Each span of a `Trace` message with its resource, lists of attributes sorted.
    static func spans(_ trace: [UInt8]) -> Set<[Field]>? {
        guard let trace = ProtobufFields(trace) else { return nil }
        var spans: Set<[Field]> = []
        for batch in trace.all(1).compactMap(ProtobufFields.init) {
            let resource = batch.all(1).compactMap(ProtobufFields.init).flatMap { $0.all(1) }
            let owner = resource.map { Field(number: 0, bytes: $0) }
            for span in batch.all(2).compactMap(ProtobufFields.init).flatMap({ $0.all(2) }) {
                guard let fields = ProtobufFields(span)?.fields else { return nil }
                spans.insert(sorted(owner + fields.flatMap(expanded)))
            }
        }
        return spans
    }

    /// An event's fields in the place of the event, sorted; of a link the ids alone, which is what a `Span` keeps.
    private static func expanded(_ field: Field) -> [Field] {
        switch field.number {
        case 11:
            sorted(ProtobufFields(field.bytes)?.fields ?? []).map { Field(number: 1100 + $0.number, bytes: $0.bytes) }
        case 13: (ProtobufFields(field.bytes)?.fields ?? []).filter { $0.number < 3 }
        default: [field]
        }
    }

    private static func sorted(_ fields: [Field]) -> [Field] {
        fields.sorted { ($0.number, "\($0.bytes)") < ($1.number, "\($1.bytes)") }
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst(), shift < 64 {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
