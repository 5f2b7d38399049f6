/// A value that goes to PostgreSQL or comes from it.
package enum PostgresValue: Hashable, Sendable {
    case null
    /// `bigint`, and what is smaller; a `boolean` is 1 or 0.
    case integer(Int64)
    /// `double precision`.
    case real(Double)
    /// A character 0, which PostgreSQL has no place for, arrives as U+FFFD.
    case text(String)
    /// `bytea`.
    case bytes([UInt8])

    /// Identifiers of the types that are spoken here, from the server's catalogue (`pg_type.dat`).
    enum TypeID {
        static let boolean: UInt32 = 16
        static let bytes: UInt32 = 17
        static let bigint: UInt32 = 20
        static let smallint: UInt32 = 21
        static let integer: UInt32 = 23
        static let text: UInt32 = 25
        static let objectID: UInt32 = 26
        static let name: UInt32 = 19
        static let real: UInt32 = 701
        static let varchar: UInt32 = 1043
        /// The server decides by the place where the value stands.
        static let unknown: UInt32 = 0
    }

    /// What the server is told that the value is.
    var typeID: UInt32 {
        switch self {
        case .null: TypeID.unknown
        case .integer: TypeID.bigint
        case .real: TypeID.real
        case .text: TypeID.text
        case .bytes: TypeID.bytes
        }
    }

    /// The value in the server's binary form, numbers with the highest byte first; nil for null.
    var wireBytes: [UInt8]? {
        switch self {
        case .null: nil
        case .integer(let number): Self.bigEndian(UInt64(bitPattern: number))
        case .real(let number): Self.bigEndian(number.bitPattern)
        case .text(let text):
            text.utf8.contains(0) ? Array(text.replacing("\0", with: "\u{FFFD}").utf8) : Array(text.utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// Reads a value from its binary form.
    init(_ bytes: [UInt8], typeID: UInt32) throws(PostgresError) {
        switch typeID {
        case TypeID.bigint, TypeID.integer, TypeID.smallint:
            var number = bytes.first.map { $0 & 0x80 == 0 ? Int64(0) : -1 } ?? 0
            for byte in bytes { number = number << 8 | Int64(byte) }
            self = .integer(number)
        case TypeID.objectID:
            self = .integer(bytes.reduce(0) { $0 << 8 | Int64($1) })
        case TypeID.boolean:
            self = .integer(bytes.first == 1 ? 1 : 0)
        case TypeID.real:
            self = .real(Double(bitPattern: bytes.reduce(0) { $0 << 8 | UInt64($1) }))
        case TypeID.text, TypeID.varchar, TypeID.name:
            self = .text(String(decoding: bytes, as: UTF8.self))
        case TypeID.bytes:
            self = .bytes(bytes)
        default:
            throw .unreadable("a column is of the type \(typeID), which is not read here")
        }
    }

    private static func bigEndian(_ number: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
    }
}
