/// Where a database is, and how to get in; what it prints is without the password.
package struct PostgresAddress: Sendable, CustomStringConvertible {
    let text: String
    let library: PostgresLibrary
    private static let form =
        "it is not of the form postgresql://user:password@host:5432/database; in a password / is %2F, @ is %40, % is %25"

    /// Host, port and database, for people.
    package let description: String

    /// Reads the address; nothing is connected.
    ///
    /// - Parameter text: a URL (`postgresql://…`), or words like `host=… dbname=…`.
    /// - Throws: `missing` without the client library; `badAddress` when it cannot be read.
    package init(_ text: String) throws(PostgresError) {
        let library = try PostgresLibrary()
        var complaint: UnsafeMutablePointer<CChar>? = nil
        guard let options = unsafe library.readOptions(text, &complaint) else {
            // The library's sentence may repeat the address, and with it the password.
            if let complaint = unsafe complaint { unsafe library.freeMemory(complaint) }
            throw .badAddress(Self.form)
        }
        defer { unsafe library.freeOptions(options) }
        var values: [String: String] = [:]
        var option = unsafe options.assumingMemoryBound(to: PostgresLibrary.Option.self)
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.value {
                unsafe values[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option = unsafe option.successor()
        }
        // A password with a sign that was not escaped reads as a part of what follows it, and would be told as such.
        let isMisread =
            values["host"]?.contains("@") == true || values["dbname"]?.contains("@") == true
            || values["port"]?.contains { !$0.isNumber && $0 != "," } == true
        guard !isMisread else { throw .badAddress(Self.form) }
        self.text = text
        self.library = library
        let host = values["host"] ?? values["hostaddr"] ?? "the local socket"
        // Of several hosts without a port the library reads a list of nothing.
        let port = values["port"].flatMap { $0.contains(where: \.isNumber) ? ":\($0)" : nil } ?? ""
        let database = values["dbname"] ?? values["user"]
        description = "PostgreSQL at \(host)\(port)" + (database.map { ", database \($0)" } ?? "")
    }
}
