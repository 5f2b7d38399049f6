import FoundationEssentials
import Lab
import Scenarios
import Telemetry
import TestSupport
import Testing

/// One exchange with a real server, as it was recorded.
struct RecordedExchange: Sendable, CustomTestStringConvertible {
    /// `tempo/search_bad_limit`.
    let name: String
    let at: Timestamp
    let method: String
    /// Path and query.
    let target: String
    let requestHeaders: [String: String]
    let requestBody: [UInt8]
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]

    var testDescription: String { name }

    private static let root = "Tests/Fixtures/Recorded"

    /// Every exchange of a folder, by name.
    static func all(in folder: String) throws -> [RecordedExchange] {
        try Repository.names(in: "\(root)/\(folder)").filter { $0.hasSuffix(".meta") }
            .map { try RecordedExchange("\(folder)/\($0.dropLast(".meta".count))") }
    }

    init(_ name: String) throws {
        self.name = name
        let lines = try Repository.text("\(Self.root)/\(name).meta").split(separator: "\n").map(String.init)
        at = try #require(
            lines.first { $0.hasPrefix("at: ") }.flatMap { Timestamp(rfc3339: $0.dropFirst(4).prefix { $0 != " " }) })
        let request = lines[0].split(separator: " ", maxSplits: 1)
        method = String(request[0])
        target = String(request[1].dropFirst("http://".count).drop { $0 != "/" })
        var requestHeaders: [String: String] = [:]
        var requestBody: [UInt8] = []
        for line in lines where line.hasPrefix("> ") {
            if line.hasPrefix("> body: b'") {
                requestBody = Array(line.dropFirst("> body: b'".count).dropLast().utf8)
            } else {
                let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
                requestHeaders[parts[0].lowercased()] = parts[1].trimmed
            }
        }
        self.requestHeaders = requestHeaders
        self.requestBody = requestBody
        let statusLine = try #require(lines.firstIndex { $0.hasPrefix("HTTP/1.1 ") })
        status = try #require(Int(lines[statusLine].split(separator: " ")[1]))
        var headers: [String: String] = [:]
        for line in lines[(statusLine + 1)...] {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmed }
        }
        self.headers = headers
        let bodyLine = try #require(lines.first { $0.hasPrefix("body-file: ") })
        let file = bodyLine.dropFirst("body-file: ".count).prefix { $0 != " " }
        body = try Repository.bytes("\(Self.root)/\(name.prefix { $0 != "/" })/\(file)")
    }

    /// The same request to the server of a lab that stands below `prefix`.
    func request(below prefix: String) -> LabRequest {
        LabRequest(method, prefix + target, headers: requestHeaders, body: requestBody)
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> JSON { try #require(JSON(parsing: body)) }
}

extension Substring {
    /// Without spaces at either end.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
