/// Protobuf's wire format, as far as Tempo's answers need it.
///
/// Written by hand and not generated: the clients under test read with generated code, and a wrong field number in
/// their `.proto` must not cancel itself out. Source: https://protobuf.dev/programming-guides/encoding/
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
    }

    /// Zero is left out unless `always`, as proto3 has it.
    package mutating func varint(_ field: UInt64, _ value: UInt64, always: Bool = false) {
        guard value != 0 || always else { return }
        tag(field, .varint)
        append(varint: value)
    }

    package mutating func fixed64(_ field: UInt64, _ value: UInt64, always: Bool = false) {
        guard value != 0 || always else { return }
        tag(field, .fixed64)
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }

    package mutating func text(_ field: UInt64, _ value: String, always: Bool = false) {
        self.bytes(field, Array(value.utf8), always: always)
    }

    package mutating func bytes(_ field: UInt64, _ value: [UInt8], always: Bool = false) {
        guard !value.isEmpty || always else { return }
        tag(field, .lengthDelimited)
        append(varint: UInt64(value.count))
        bytes += value
    }

    /// An embedded message; written even when it is empty.
    package mutating func message(_ field: UInt64, _ write: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        write(&inner)
        bytes(field, inner.bytes, always: true)
    }

    private mutating func tag(_ field: UInt64, _ type: WireType) { append(varint: field << 3 | type.rawValue) }

    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
