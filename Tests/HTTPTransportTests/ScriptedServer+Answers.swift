/// The bytes of an answer with a body of known length.
func answer(_ status: String = "200 OK", _ headers: [String] = [], _ body: [UInt8]) -> [UInt8] {
    head(status, headers + ["Content-Length: \(body.count)"]) + body
}

func answer(_ text: String) -> [UInt8] { answer("200 OK", ["Content-Type: text/plain"], Array(text.utf8)) }

/// The bytes of an answer up to its body.
func head(_ status: String, _ headers: [String]) -> [UInt8] {
    Array("HTTP/1.1 \(status)\r\n\(headers.map { $0 + "\r\n" }.joined())\r\n".utf8)
}
