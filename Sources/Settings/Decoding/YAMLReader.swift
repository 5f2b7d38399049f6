/// Reads a mapping key by key, and knows in the end which keys nobody asked for.
///
/// Problems are collected, not thrown: a key that cannot be read leaves the default in place, and the reading goes on, so
/// that a person gets to see everything that is wrong with a file at once.
final class YAMLReader {
    struct Entry {
        let name: String
        let value: YAMLNode
    }

    let key: String
    let line: Int
    let context: DecodingContext
    let entries: [Entry]
    private var known: [String] = []

    init(_ entries: [Entry], key: String, line: Int, _ context: DecodingContext) {
        self.entries = entries
        self.key = key
        self.line = line
        self.context = context
    }

    func report(_ message: String) {
        context.report(line: line, key: key, message)
    }

    func has(_ name: String) -> Bool { entries.contains { $0.name == name } }

    /// The value of a key that may be left out; nil also when it cannot be read, which is reported.
    func optional<Value>(_ name: String, as shape: YAMLShape<Value>) -> Value? {
        node(name).flatMap(shape.read)
    }

    /// Overwrites a default with the key's value, if it is there and readable.
    func read<Value>(_ name: String, as shape: YAMLShape<Value>, into value: inout Value) {
        if let given = optional(name, as: shape) { value = given }
    }

    /// The same for a setting that is off or unknown by default.
    func read<Value>(_ name: String, as shape: YAMLShape<Value>, into value: inout Value?) {
        if let given = optional(name, as: shape) { value = given }
    }

    /// The value of a key that must be there.
    func required<Value>(_ name: String, as shape: YAMLShape<Value>) -> Value? {
        guard let node = node(name) else {
            report("\(name) is missing")
            return nil
        }
        return shape.read(node)
    }

    /// Reports the keys that nobody asked for, each with the nearest one that exists.
    func finish() {
        for entry in entries where !known.contains(entry.name) {
            let advice: String
            let path = key.isEmpty ? entry.name : "\(key).\(entry.name)"
            if let hint = ConfigurationVersion.hint(for: path.withoutIndices) {
                advice = hint
            } else if let nearest = NearestWord.to(entry.name, among: known) {
                advice = "did you mean \(nearest)?"
            } else {
                advice = "here can be: \(known.sorted().joined(separator: ", "))"
            }
            entry.value.report("unknown key; \(advice)")
        }
    }

    /// The node of a key, which is known from now on.
    func node(_ name: String) -> YAMLNode? {
        if !known.contains(name) { known.append(name) }
        let path = key.isEmpty ? name : "\(key).\(name)"
        context.register(key: path.withoutIndices)
        return entries.first { $0.name == name }?.value
    }
}

extension String {
    /// `a[].b` for `a[17].b`. By hand, for it is asked for every key, and a regular expression takes a hundred times longer.
    fileprivate var withoutIndices: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        var isIndex = false
        for byte in utf8 {
            if byte == UInt8(ascii: "]") { isIndex = false }
            if !isIndex { bytes.append(byte) }
            if byte == UInt8(ascii: "[") { isIndex = true }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
