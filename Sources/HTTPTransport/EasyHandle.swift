internal import CLibcurl
internal import CurlShims

/// libcurl's handle of one transfer, with the memory that has to live as long.
@safe final class EasyHandle {
    /// libcurl does not take an option: it is older than 7.87, was built without it, or memory has run out.
    struct Refusal: Error, CustomStringConvertible {
        let option: CURLoption
        let code: CURLcode

        var description: String {
            let name = unsafe curl_easy_option_by_id(option).map { unsafe String(cString: $0.pointee.name) }
            let meaning = unsafe String(cString: curl_easy_strerror(code))
            return "libcurl refuses CURLOPT_\(name ?? String(option.rawValue)): \(meaning)"
        }
    }

    let pointer: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var headers: UnsafeMutablePointer<curl_slist>?

    /// nil when there is no memory.
    init?() {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = unsafe pointer
        unsafe errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe _ = curl_shim_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer)
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe curl_slist_free_all(headers)
        unsafe errorBuffer.deallocate()
    }

    // MARK: Options

    func set(_ option: CURLoption, _ value: Int) throws(Refusal) {
        try check(option, unsafe curl_shim_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: Bool) throws(Refusal) { try set(option, value ? 1 : 0) }

    /// In whole milliseconds, at least one: to libcurl 0 means "for ever".
    func set(_ option: CURLoption, _ value: Duration) throws(Refusal) {
        try set(option, min(max(1, value.wholeMilliseconds), Int(Int32.max)))
    }

    /// - Parameter value: nil takes the built-in default away too, `""` may mean something (curl_easy_setopt(3)).
    func set(_ option: CURLoption, _ value: String?) throws(Refusal) {
        try check(option, unsafe curl_shim_set_string(pointer, option, value))
    }

    func setHeaders(_ lines: [String]) throws(Refusal) {
        for line in lines {
            guard let longer = unsafe curl_slist_append(headers, line) else {
                throw Refusal(option: CURLOPT_HTTPHEADER, code: CURLE_OUT_OF_MEMORY)
            }
            unsafe headers = unsafe longer
        }
        try check(CURLOPT_HTTPHEADER, unsafe curl_shim_set_list(pointer, CURLOPT_HTTPHEADER, headers))
    }

    /// Copied by libcurl.
    func setBody(_ body: [UInt8]) throws(Refusal) {
        let size = CURLOPT_POSTFIELDSIZE_LARGE
        try check(size, unsafe curl_shim_set_offset(pointer, size, curl_off_t(body.count)))
        guard !body.isEmpty else { return try set(CURLOPT_COPYPOSTFIELDS, "") }
        let code = unsafe body.withUnsafeBytes { bytes in
            unsafe curl_shim_set_pointer(
                pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
        }
        try check(CURLOPT_COPYPOSTFIELDS, code)
    }

    /// - Parameter receiver: not retained; `function` gets it, and `of` finds it again.
    func setReceiver(_ receiver: UnsafeMutableRawPointer, _ function: @escaping curl_write_callback) throws(Refusal) {
        try check(CURLOPT_WRITEFUNCTION, unsafe curl_shim_set_write_function(pointer, function))
        try check(CURLOPT_WRITEDATA, unsafe curl_shim_set_pointer(pointer, CURLOPT_WRITEDATA, receiver))
        try check(CURLOPT_PRIVATE, unsafe curl_shim_set_pointer(pointer, CURLOPT_PRIVATE, receiver))
    }

    /// Copied by libcurl.
    func set(_ option: CURLoption, _ bytes: [UInt8]) throws(Refusal) {
        let code = unsafe bytes.withUnsafeBytes { buffer in
            var blob = unsafe curl_blob(
                data: UnsafeMutableRawPointer(mutating: buffer.baseAddress), len: buffer.count,
                flags: UInt32(CURL_BLOB_COPY))
            return unsafe curl_shim_set_pointer(pointer, option, &blob)
        }
        try check(option, code)
    }

    func keepSocketFromChildren() throws(Refusal) {
        try check(CURLOPT_OPENSOCKETFUNCTION, unsafe curl_shim_keep_sockets_from_children(pointer))
    }

    private func check(_ option: CURLoption, _ code: CURLcode) throws(Refusal) {
        guard code == CURLE_OK else { throw Refusal(option: option, code: code) }
    }

    // MARK: What came of it

    static func receiver(of easy: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        var receiver: UnsafeMutablePointer<CChar>?
        unsafe _ = curl_shim_get_pointer(easy, CURLINFO_PRIVATE, &receiver)
        return unsafe receiver.map { UnsafeMutableRawPointer($0) }
    }

    /// libcurl's own words about a failure, often none.
    var errorDetail: String { unsafe String(cString: errorBuffer) }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        unsafe _ = curl_shim_get_long(pointer, info, &value)
        return value
    }

    /// The headers of the final answer: none of a proxy's, none of an interim one's.
    var responseHeaders: [HTTPHeader] {
        var headers: [HTTPHeader] = []
        var current: UnsafeMutablePointer<curl_header>?
        while let next = unsafe curl_easy_nextheader(pointer, UInt32(CURLH_HEADER), -1, current) {
            unsafe headers.append(
                HTTPHeader(String(cString: next.pointee.name), String(cString: next.pointee.value)))
            unsafe current = unsafe next
        }
        return headers
    }
}

extension Duration {
    /// Rounded up.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (whole, overflow) = Int(seconds).multipliedReportingOverflow(by: 1000)
        return overflow ? Int.max : whole + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
