/// Which build a URL of Jenkins is about: `…/job/team/job/app/job/main/418/` → `team/app/main` #418.
///
/// The Kubernetes plugin writes it to a pod's annotations: `runUrl` is relative, `buildUrl` absolute.
struct RunAddress: Hashable, Sendable {
    let job: String
    let number: Int

    init(job: String, number: Int) {
        self.job = job
        self.number = number
    }

    init?(_ url: String) {
        let parts = url.split(separator: "/").map { Self.decoded($0) }
        var names: [String] = []
        var position = 0
        while position < parts.count {
            if parts[position] == "job", position + 1 < parts.count {
                names.append(parts[position + 1])
                position += 2
            } else if !names.isEmpty {
                break
            } else {
                position += 1
            }
        }
        guard !names.isEmpty, position < parts.count, let number = Int(parts[position]) else { return nil }
        job = names.joined(separator: "/")
        self.number = number
    }

    init?(annotations: [String: String]) {
        for name in ["runUrl", "buildUrl"] {
            if let found = annotations[name].flatMap({ RunAddress($0) }) {
                self = found
                return
            }
        }
        return nil
    }

    /// Percent signs are read once: a branch's `/` is `%2F` in its job's name, and `%252F` in the URL.
    private static func decoded(_ part: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = part.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(Substring(digits)), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
