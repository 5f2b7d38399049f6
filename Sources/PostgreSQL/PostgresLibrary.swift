import Glibc

/// PostgreSQL's own client library (libpq), found when it is first needed.
///
/// It is not linked: the program starts on a machine that has no PostgreSQL, and building it takes no header of it. The
/// functions and their types are those of libpq 12 and later (libpq-fe.h), whose binary interface has been the same since
/// `libpq.so.5`.
@safe final class PostgresLibrary: Sendable {
    typealias Connection = OpaquePointer
    typealias Answer = OpaquePointer
    typealias Text = UnsafePointer<CChar>
    typealias Texts = UnsafePointer<Text?>

    /// A parameter of a connection as the library reads it from a URL (`PQconninfoOption`).
    @safe struct Option {
        let keyword: Text?
        let environmentVariable: Text?
        let compiled: Text?
        let value: UnsafeMutablePointer<CChar>?
        let label: Text?
        let display: Text?
        let displaySize: CInt
    }

    let connect: @convention(c) (Texts, Texts, CInt) -> Connection?
    let finish: @convention(c) (Connection) -> Void
    let status: @convention(c) (Connection) -> CInt
    let connectionError: @convention(c) (Connection) -> Text?
    let send: @convention(c) (Connection, Text) -> CInt
    let sendWithArguments:
        @convention(c) (
            Connection, Text, CInt, UnsafePointer<UInt32>?, Texts?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
        ) -> CInt
    let socket: @convention(c) (Connection) -> CInt
    let consumeInput: @convention(c) (Connection) -> CInt
    let isBusy: @convention(c) (Connection) -> CInt
    let nextAnswer: @convention(c) (Connection) -> Answer?
    let answerStatus: @convention(c) (Answer) -> CInt
    let errorField: @convention(c) (Answer, CInt) -> Text?
    let rowCount: @convention(c) (Answer) -> CInt
    let columnCount: @convention(c) (Answer) -> CInt
    let columnName: @convention(c) (Answer, CInt) -> Text?
    let columnType: @convention(c) (Answer, CInt) -> UInt32
    let isNull: @convention(c) (Answer, CInt, CInt) -> CInt
    let value: @convention(c) (Answer, CInt, CInt) -> Text?
    let length: @convention(c) (Answer, CInt, CInt) -> CInt
    let changedRows: @convention(c) (Answer) -> Text?
    let commandTag: @convention(c) (Answer) -> Text?
    let clear: @convention(c) (Answer) -> Void
    let onNotice:
        @convention(c) (
            Connection, (@convention(c) (UnsafeMutableRawPointer?, Answer?) -> Void)?, UnsafeMutableRawPointer?
        ) -> OpaquePointer?
    /// Gives an array of `Option`; the one after the last has no keyword.
    let readOptions:
        @convention(c) (Text, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> UnsafeMutableRawPointer?
    let freeOptions: @convention(c) (UnsafeMutableRawPointer) -> Void
    let freeMemory: @convention(c) (UnsafeMutableRawPointer) -> Void

    /// Finds the library as the dynamic linker does.
    ///
    /// - Throws: `missing` when it is not installed, or too old to have one of the functions.
    init(name: String = "libpq.so.5") throws(PostgresError) {
        // Not RTLD_GLOBAL: its symbols concern nobody else. It is never unloaded, for connections may outlive everything.
        guard let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw .missing(Self.linkerError() ?? "\(name) cannot be loaded")
        }
        func function<Function>(_ symbol: String) throws(PostgresError) -> Function {
            guard let address = unsafe dlsym(handle, symbol) else {
                throw .missing("\(name) has no \(symbol)")
            }
            return unsafe unsafeBitCast(address, to: Function.self)
        }
        unsafe connect = try unsafe function("PQconnectdbParams")
        unsafe finish = try unsafe function("PQfinish")
        unsafe status = try unsafe function("PQstatus")
        unsafe connectionError = try unsafe function("PQerrorMessage")
        unsafe send = try unsafe function("PQsendQuery")
        unsafe sendWithArguments = try unsafe function("PQsendQueryParams")
        unsafe socket = try unsafe function("PQsocket")
        unsafe consumeInput = try unsafe function("PQconsumeInput")
        unsafe isBusy = try unsafe function("PQisBusy")
        unsafe nextAnswer = try unsafe function("PQgetResult")
        unsafe answerStatus = try unsafe function("PQresultStatus")
        unsafe errorField = try unsafe function("PQresultErrorField")
        unsafe rowCount = try unsafe function("PQntuples")
        unsafe columnCount = try unsafe function("PQnfields")
        unsafe columnName = try unsafe function("PQfname")
        unsafe columnType = try unsafe function("PQftype")
        unsafe isNull = try unsafe function("PQgetisnull")
        unsafe value = try unsafe function("PQgetvalue")
        unsafe length = try unsafe function("PQgetlength")
        unsafe changedRows = try unsafe function("PQcmdTuples")
        unsafe commandTag = try unsafe function("PQcmdStatus")
        unsafe clear = try unsafe function("PQclear")
        unsafe onNotice = try unsafe function("PQsetNoticeReceiver")
        unsafe readOptions = try unsafe function("PQconninfoParse")
        unsafe freeOptions = try unsafe function("PQconninfoFree")
        unsafe freeMemory = try unsafe function("PQfreemem")
    }

    private static func linkerError() -> String? {
        guard let text = unsafe dlerror() else { return nil }
        return unsafe String(cString: text)
    }
}
