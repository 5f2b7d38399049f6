/// The header lines of a request as libcurl takes them.
struct RequestHeaders {
    let lines: [String]

    /// - Throws: `HTTPError.invalidRequest` for a name that is no token or a value with a control character, which
    ///   could end the header and begin another.
    init(_ request: HTTPRequest, tenant: HTTPHeader?) throws(HTTPError) {
        var headers = request.headers
        if let tenant, !headers.contains(where: { $0.name.lowercased() == tenant.name.lowercased() }) {
            headers.append(tenant)
        }
        var lines: [String] = []
        for header in headers {
            guard Self.isToken(header.name) else {
                throw .invalidRequest("a header's name is empty or holds a character that is not allowed")
            }
            guard Self.isFieldValue(header.value) else {
                throw .invalidRequest("the value of header \(header.name) holds a control character")
            }
            // "Name:" would take the header away; "Name;" sends it empty.
            lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        // libcurl waits a second for "100 Continue" before a large body, and calls every body a form.
        lines.append("Expect:")
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
        self.lines = lines
    }

    /// `tchar` of RFC 9110, section 5.6.2.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    static func isFieldValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7f) || $0 == 0x09 }
    }
}
