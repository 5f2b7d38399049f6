/// A request as the lab's servers see it, free of the HTTP server beneath.
package struct LabRequest: Hashable, Sendable {
    package let method: String
    /// Below the server's own prefix, undecoded: `/api/search`.
    package let path: String
    /// Name and value of each parameter, decoded, in the order of the request.
    package let parameters: [Parameter]
    /// By lower-case name.
    package let headers: [String: String]
    package let body: [UInt8]

    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// - Parameter target: path and query as on the request line: `/api/search?q=%7B%7D`.
    package init(_ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8] = []) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        self.path = String(parts.first ?? "")
        self.parameters = parts.count > 1 ? Self.parameters(form: parts[1]) : []
        self.headers = headers
        self.body = body
    }

    /// The first value of a parameter; nil when it is missing or empty, which Go's servers do not tell apart.
    package func parameter(_ name: String) -> String? {
        let value = parameters.first { $0.name == name }?.value
        return value?.isEmpty == true ? nil : value
    }

    /// The request with its form-encoded body read as parameters in front of those of the URL.
    func readingForm() -> LabRequest {
        guard headers["content-type"]?.hasPrefix("application/x-www-form-urlencoded") == true else { return self }
        return LabRequest(
            self, path: path, parameters: Self.parameters(form: String(decoding: body, as: UTF8.self)) + parameters)
    }

    /// The request as the server behind `prefix` sees it; nil when it is not for that server.
    func below(_ prefix: String) -> LabRequest? {
        guard path == prefix || path.hasPrefix(prefix + "/") else { return nil }
        return LabRequest(self, path: String(path.dropFirst(prefix.count)), parameters: parameters)
    }

    private init(_ request: LabRequest, path: String, parameters: [Parameter]) {
        self.method = request.method
        self.path = path
        self.parameters = parameters
        self.headers = request.headers
        self.body = request.body
    }

    private static func parameters(form: some StringProtocol) -> [Parameter] {
        form.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Parameter(name: decoded(parts[0]), value: parts.count > 1 ? decoded(parts[1]) : "")
        }
    }

    /// Percent-decoding where `+` is a space; a broken escape stays as it is.
    private static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                if let escaped = UInt8(Substring(rest.prefix(2)), radix: 16), rest.count >= 2 {
                    bytes.append(escaped)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
