import Glibc

/// One connection to a PostgreSQL server, for one user at a time; its calls wait for the server.
///
/// Answers come in the binary form, so that bytes need no escaping. Whoever vanishes without a word, server or network, is
/// noticed after about 25 s (`patience`).
@safe package final class PostgresConnection {
    /// What the library should do where the address says nothing of it (libpq's documentation, "Parameter Key Words").
    /// They stand before the address, whose own words win. Times are in seconds, the last one in milliseconds.
    private static let patience = [
        ("connect_timeout", "10"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "25000"), ("fallback_application_name", "sabueso"),
        // A standby takes no notification.
        ("target_session_attrs", "read-write"),
    ]

    /// More than the server takes for a statement by its own limit, less than people wait for a webhook's answer twice.
    private static let longestSilence = Duration.seconds(12)

    /// Whether the server was silent for too long: what it says later is not listened to.
    private var isGivenUp = false
    private let library: PostgresLibrary
    private let connection: PostgresLibrary.Connection

    /// Connects and waits until that is done.
    ///
    /// - Parameter address: `postgresql://user:password@host:5432/database?sslmode=verify-full`, several hosts, or words
    ///   like `host=… dbname=…`: all that libpq takes, its environment variables and password file included.
    package init(_ address: PostgresAddress) throws(PostgresError) {
        let library = address.library
        // Behind the address, whose own word does not count: texts are UTF-8 here.
        let words = Self.patience + [("dbname", address.text), ("client_encoding", "UTF8")]
        let opened = unsafe Self.withTexts(words.map(\.0)) { keys in
            unsafe Self.withTexts(words.map(\.1)) { values in
                // 1: the database's "name" is an address.
                unsafe library.connect(keys, values, 1)
            }
        }
        guard let connection = unsafe opened else { throw .disconnected("there is no memory for a connection") }
        self.library = library
        unsafe self.connection = unsafe connection
        guard unsafe library.status(connection) == Status.connectionOK else {
            let reason = unsafe Self.text(library.connectionError(connection))
            throw .disconnected(Self.oneLine(reason))
        }
        // Notices would be written to the standard error stream.
        _ = unsafe library.onNotice(connection, { _, _ in }, nil)
    }

    deinit {
        unsafe library.finish(connection)
    }

    /// Whether the server can still be asked, as far as that is known without asking.
    package var isAlive: Bool {
        let status = unsafe library.status(connection)
        return !isGivenUp && status == Status.connectionOK
    }

    /// Runs statements without arguments, separated by semicolons; what they give back is dropped.
    package func run(_ statements: String) throws(PostgresError) {
        _ = try unsafe answers(library.send(connection, statements)) { _ in }
    }

    /// Ends the transaction under way, so that all of it stays.
    ///
    /// - Throws: also where one of its statements has failed: PostgreSQL would take back the rest without a word.
    package func commit() throws(PostgresError) {
        let tags = try unsafe answers(library.send(connection, "COMMIT")) { answer in
            unsafe Self.text(library.commandTag(answer))
        }
        guard tags.last == "COMMIT" else {
            throw .refused(code: "25P02", message: "a statement of the transaction had failed")
        }
    }

    /// Runs one statement.
    ///
    /// - Parameter arguments: stand for `$1`, `$2`… in it.
    package func ask(_ statement: String, _ arguments: [PostgresValue] = []) throws(PostgresError) -> PostgresAnswer {
        let values = arguments.map(\.wireBytes)
        let types = arguments.map(\.typeID)
        let lengths = values.map { CInt($0?.count ?? 0) }
        let formats = [CInt](repeating: 1, count: arguments.count)
        // One block of memory for all of them; an empty value still needs an address that is not null.
        let block: [UInt8] = values.flatMap { ($0 ?? []) + [0] }
        let isSent = unsafe block.withUnsafeBytes { block -> CInt in
            var offset = 0
            var places: [PostgresLibrary.Text?] = unsafe []
            for value in values {
                unsafe places.append(
                    value == nil ? nil : block.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self))
                offset += (value?.count ?? 0) + 1
            }
            return unsafe library.sendWithArguments(
                connection, statement, CInt(arguments.count), types, places, lengths, formats, 1)
        }
        let answers = try unsafe answers(isSent) { answer throws(PostgresError) in try unsafe read(answer) }
        return answers.last ?? PostgresAnswer(columns: [], rows: [], changedRows: 0)
    }

    // MARK: - Waiting

    /// What is read of the statements' answers, one for each statement that was sent.
    ///
    /// - Parameter isSent: what the library said to the sending.
    /// - Throws: the first refusal, when all have answered; `disconnected` when the server says nothing for too long.
    private func answers<Part>(
        _ isSent: CInt, _ read: (PostgresLibrary.Answer) throws(PostgresError) -> Part
    ) throws(PostgresError) -> [Part] {
        guard isSent == 1 else { throw lost() }
        var parts: [Part] = []
        var refusal: PostgresError?
        let end = ContinuousClock.now + Self.longestSilence
        while true {
            try waitForAnswer(until: end)
            guard let answer = unsafe library.nextAnswer(connection) else { break }
            defer { unsafe library.clear(answer) }
            do throws(PostgresError) {
                try unsafe refuse(answer)
                parts.append(try unsafe read(answer))
            } catch {
                refusal = refusal ?? error
            }
        }
        if let refusal { throw refusal }
        return parts
    }

    /// Returns when the library has something to give without waiting.
    private func waitForAnswer(until end: ContinuousClock.Instant) throws(PostgresError) {
        while unsafe library.isBusy(connection) == 1 {
            let left = (end - ContinuousClock.now).components
            let milliseconds = max(0, left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000)
            var socket = pollfd(fd: unsafe library.socket(connection), events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&socket, 1, CInt(milliseconds))
            if ready == 0 {
                isGivenUp = true
                throw .disconnected("the server has said nothing for \(Self.longestSilence)")
            }
            if ready < 0, errno != EINTR { throw lost() }
            guard unsafe library.consumeInput(connection) == 1 else { throw lost() }
        }
    }

    // MARK: - Answers

    private func read(_ answer: PostgresLibrary.Answer) throws(PostgresError) -> PostgresAnswer {
        let columns = unsafe library.columnCount(answer)
        let names = (0..<columns).map { unsafe Self.text(library.columnName(answer, $0)) }
        var rows: [[PostgresValue]] = []
        for row in 0..<(unsafe library.rowCount(answer)) {
            var values: [PostgresValue] = []
            for column in 0..<columns { values.append(try unsafe value(in: answer, row: row, column: column)) }
            rows.append(values)
        }
        return PostgresAnswer(
            columns: names, rows: rows, changedRows: Int(unsafe Self.text(library.changedRows(answer))) ?? 0)
    }

    private func value(
        in answer: PostgresLibrary.Answer, row: CInt, column: CInt
    ) throws(PostgresError) -> PostgresValue {
        guard unsafe library.isNull(answer, row, column) == 0, let start = unsafe library.value(answer, row, column)
        else { return .null }
        let count = Int(unsafe library.length(answer, row, column))
        let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
        return try PostgresValue(bytes, typeID: unsafe library.columnType(answer, column))
    }

    /// - Throws: what the server said against the statement.
    private func refuse(_ answer: PostgresLibrary.Answer) throws(PostgresError) {
        let status = unsafe library.answerStatus(answer)
        guard status != Status.commandOK, status != Status.rows, status != Status.emptyQuery else { return }
        guard isAlive else { throw lost() }
        let code = unsafe Self.text(library.errorField(answer, ErrorField.code))
        let message = unsafe Self.text(library.errorField(answer, ErrorField.message))
        throw .refused(code: code, message: Self.oneLine(message))
    }

    private func lost() -> PostgresError {
        .disconnected(Self.oneLine(unsafe Self.text(library.connectionError(connection))))
    }

    // MARK: - C

    /// `ConnStatusType` and `ExecStatusType` of libpq-fe.h.
    private enum Status {
        static let connectionOK: CInt = 0
        static let emptyQuery: CInt = 0
        static let commandOK: CInt = 1
        static let rows: CInt = 2
    }

    /// `PG_DIAG_…` of postgres_ext.h.
    private enum ErrorField {
        static let code = CInt(UInt8(ascii: "C"))
        static let message = CInt(UInt8(ascii: "M"))
    }

    private static func text(_ pointer: PostgresLibrary.Text?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }

    /// The library's sentences have several lines, and tabs in them.
    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .joined(separator: "; ")
    }

    /// The texts as an array of C strings that ends with a null.
    private static func withTexts<Result>(_ texts: [String], _ body: (PostgresLibrary.Texts) -> Result) -> Result {
        let copies = unsafe texts.map { unsafe strdup($0) }
        defer { unsafe copies.forEach { unsafe free($0) } }
        let places = unsafe copies.map { unsafe PostgresLibrary.Text($0) } + [nil]
        return unsafe body(places)
    }
}
