import FoundationEssentials
import GRDB
import Telemetry

/// Columns as the journal's own types. GRDB's subscripts would end the process on a damaged row; these throw.
extension Row {
    func bytes(_ column: String) throws -> [UInt8] {
        [UInt8](try decode(Data.self, forColumn: column))
    }

    func timestamp(_ column: String) throws -> Timestamp {
        Timestamp(nanoseconds: try decode(Int64.self, forColumn: column))
    }

    func timestampIfPresent(_ column: String) throws -> Timestamp? {
        try decode(Int64?.self, forColumn: column).map(Timestamp.init(nanoseconds:))
    }

    /// A column that holds the name of one of the enumeration's cases.
    func named<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        let name = try decode(String.self, forColumn: column)
        guard let value = Value(rawValue: name) else {
            throw JournalError.corrupt("\"\(name)\" in the column \(column) is no \(Value.self)")
        }
        return value
    }
}

extension Statement {
    /// The one number that the statement answers with.
    func fetchInt() throws -> Int { try Int.fetchOne(self) ?? 0 }
}
