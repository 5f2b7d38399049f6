import HTTPTransport

/// A request as it came over the wire.
struct ReceivedRequest: Sendable {
    let method: String
    let target: String
    let headers: [HTTPHeader]
    let body: [UInt8]

    /// The values of all headers of this name.
    func values(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    func header(_ name: String) -> String? { values(name).first }

    /// Takes the first whole request off the bytes that have come so far; nil when it is not all there yet.
    init?(takenFrom bytes: inout [UInt8]) {
        let end = Array("\r\n\r\n".utf8)
        guard
            let headEnd = bytes.indices.first(where: { bytes[$0...].starts(with: end) })
        else { return nil }
        let lines = String(decoding: bytes[..<headEnd], as: UTF8.self).split(separator: "\r\n")
        let first = lines.first.map { $0.split(separator: " ", omittingEmptySubsequences: false) } ?? []
        headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
            return HTTPHeader(parts.first.map { String($0) } ?? "", value)
        }
        method = first.first.map { String($0) } ?? ""
        target = first.dropFirst().first.map { String($0) } ?? ""
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let bodyStart = headEnd + end.count
        guard bytes.count >= bodyStart + length else { return nil }
        body = Array(bytes[bodyStart..<bodyStart + length])
        bytes.removeFirst(bodyStart + length)
    }
}
