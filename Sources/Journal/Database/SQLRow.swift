import Telemetry

/// One row of a statement's answer. A column that is missing or of another type is an error, never the process's end.
struct SQLRow: Sendable {
    /// The columns' names, as in `values`.
    let columns: [String]
    let values: [SQLValue]

    /// A column holds something else than its type allows: the schema is another, or the store is damaged.
    struct Mismatch: Error {
        let column: String
        let expected: String
    }

    func integer(_ column: String) throws(Mismatch) -> Int64 {
        guard case .integer(let number) = try value(column) else { throw mismatch(column, "a number") }
        return number
    }

    func integerIfPresent(_ column: String) throws(Mismatch) -> Int64? {
        try value(column) == .null ? nil : try integer(column)
    }

    func real(_ column: String) throws(Mismatch) -> Double {
        guard case .real(let number) = try value(column) else { throw mismatch(column, "a number") }
        return number
    }

    func text(_ column: String) throws(Mismatch) -> String {
        guard case .text(let text) = try value(column) else { throw mismatch(column, "a text") }
        return text
    }

    func textIfPresent(_ column: String) throws(Mismatch) -> String? {
        try value(column) == .null ? nil : try text(column)
    }

    func bytes(_ column: String) throws(Mismatch) -> [UInt8] {
        guard case .bytes(let bytes) = try value(column) else { throw mismatch(column, "bytes") }
        return bytes
    }

    func timestamp(_ column: String) throws(Mismatch) -> Timestamp {
        Timestamp(nanoseconds: try integer(column))
    }

    func timestampIfPresent(_ column: String) throws(Mismatch) -> Timestamp? {
        try integerIfPresent(column).map(Timestamp.init(nanoseconds:))
    }

    func incident(_ column: String) throws(Mismatch) -> IncidentID {
        IncidentID(number: try integer(column))
    }

    /// A column that holds the name of one of the enumeration's cases.
    func named<Value: RawRepresentable<String>>(_ column: String) throws(Mismatch) -> Value {
        guard let value = Value(rawValue: try text(column)) else { throw mismatch(column, "a \(Value.self)") }
        return value
    }

    private func value(_ column: String) throws(Mismatch) -> SQLValue {
        guard let index = columns.firstIndex(of: column), values.indices.contains(index) else {
            throw mismatch(column, "there")
        }
        return values[index]
    }

    private func mismatch(_ column: String, _ expected: String) -> Mismatch {
        Mismatch(column: column, expected: expected)
    }
}
