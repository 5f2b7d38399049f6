/// Finds the name of an agent in a line of text.
enum NamedAgent {
    /// The first word of the line that is one of these names; a name within a longer one does not count.
    static func find(in line: String, among names: Set<String>) -> String? {
        guard !names.isEmpty else { return nil }
        for word in line.utf8.split(whereSeparator: { !isPartOfName($0) }) {
            if let name = String(word), names.contains(name) { return name }
        }
        return nil
    }

    /// What Kubernetes allows in the name of a pod, but the point: names of agents have none, and sentences end in one.
    private static func isPartOfName(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "z"))
            || (UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}
