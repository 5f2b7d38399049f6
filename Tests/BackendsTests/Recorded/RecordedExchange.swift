import HTTPTransport
import TestSupport
import Testing

/// A request that was sent to a real server, and its answer, as kept under `Tests/Fixtures/Recorded`.
struct RecordedExchange: Sendable, CustomTestStringConvertible {
    /// `tempo/search_no_match`.
    let name: String
    let method: String
    let url: String
    let response: HTTPResponse

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter name: the `.meta` file's path below `Recorded`, without the suffix.
    init(_ name: String) throws {
        let folder = "Tests/Fixtures/Recorded"
        // Some requests carry a body that is not UTF-8 in their description.
        let meta = String(decoding: try Repository.bytes("\(folder)/\(name).meta"), as: UTF8.self)
        let lines = meta.split(separator: "\n").map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }
        let request = lines.first?.split(separator: " ", maxSplits: 1) ?? []
        guard request.count == 2, let statusLine = lines.firstIndex(where: { $0.hasPrefix("HTTP/1.1 ") }),
            let status = Int(lines[statusLine].split(separator: " ")[1]),
            let bodyLine = lines.first(where: { $0.hasPrefix("body-file: ") })
        else { throw Unreadable(description: "\(name).meta has another form") }
        let bodyFile = bodyLine.dropFirst("body-file: ".count).prefix { $0 != " " }
        let path = name.split(separator: "/").dropLast().joined(separator: "/")
        var body = try Repository.bytes("\(folder)/\(path)/\(bodyFile)")
        if bodyFile.hasSuffix(".gz") { body = try Gunzip.decompressed(body) }
        let headers = lines[(statusLine + 1)...].compactMap { line -> HTTPHeader? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return HTTPHeader(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
        }
        self.name = name
        method = String(request[0])
        url = String(request[1])
        response = HTTPResponse(status: status, headers: headers, body: body)
    }

    /// Without host and query.
    var path: String {
        let afterScheme = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
        let path = afterScheme.drop { $0 != "/" }.prefix { $0 != "?" }
        return String(path)
    }

    /// The decoded value of a parameter of the query; nil without it.
    func parameter(_ name: String) -> String? {
        let query = url.drop { $0 != "?" }.dropFirst()
        for pair in query.split(separator: "&") where pair.hasPrefix("\(name)=") {
            return Self.decoded(pair.dropFirst(name.count + 1))
        }
        return nil
    }

    var testDescription: String { name }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Every exchange in the folders of one server: `tempo` and all that begin with it.
    static func all(of server: String) throws -> [RecordedExchange] {
        let folder = "Tests/Fixtures/Recorded"
        return try Repository.names(in: folder).filter { $0.hasPrefix(server) }.flatMap { part in
            try Repository.names(in: "\(folder)/\(part)").filter { $0.hasSuffix(".meta") }.map { file in
                try RecordedExchange("\(part)/\(file.dropLast(".meta".count))")
            }
        }
    }
}
