import Telemetry

/// The host that a step spoke of last: tools say which address they ask, and later only that it was refused.
enum MentionedHost {
    /// Lines of the step, and of everybody, that are looked at: farther away it is about something else.
    private static let mostOfStep = 30
    private static let mostOfAll = 600

    /// - Parameter position: of the line in the table; its own addresses come first.
    static func find(before position: Int, in logs: LogTable) -> String? {
        let line = logs.entries[position]
        guard let origin = StepOrigin(line) else { return last(in: line.line) }
        var own = 0
        for number in stride(from: position, through: max(0, position - mostOfAll), by: -1) {
            let entry = logs.entries[number]
            guard entry.traceID == origin.trace, StepOrigin(entry) == origin else { continue }
            if let host = last(in: entry.line) { return host }
            own += 1
            guard own < mostOfStep else { return nil }
        }
        return nil
    }

    /// The host of the last address in a text: `repo.example.com` of `from https://ci@repo.example.com:8443/maven2`.
    static func last(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let mark = Array("://".utf8)
        var found: String?
        var position = 0
        while position + mark.count < bytes.count {
            guard bytes[position] == mark[0], bytes[position + 1] == mark[1], bytes[position + 2] == mark[2] else {
                position += 1
                continue
            }
            position += mark.count
            var host: [UInt8] = []
            while position < bytes.count, isOfAuthority(bytes[position]) {
                host.append(bytes[position])
                position += 1
            }
            if let user = host.lastIndex(of: UInt8(ascii: "@")) { host.removeFirst(user + 1) }
            if let port = host.firstIndex(of: UInt8(ascii: ":")) { host.removeSubrange(port...) }
            while host.last == UInt8(ascii: ".") { host.removeLast() }
            if !host.isEmpty { found = String(decoding: host, as: UTF8.self).lowercased() }
        }
        return found
    }

    private static func isOfAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "*"):
            true
        default: false
        }
    }
}
