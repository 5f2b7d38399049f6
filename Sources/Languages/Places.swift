/// The places of a sentence: `{}` is the next argument, `{2}` the second, for languages with another order.
enum Places {
    static let next = "{}"

    /// The sentence with its places filled; a place without an argument stays as it is written.
    static func filled(_ template: String, with arguments: [String]) -> String {
        var text = ""
        var rest = template[...]
        var position = 0
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            let number = name.isEmpty ? position + 1 : Int(name)
            if name.isEmpty { position += 1 }
            if let number, arguments.indices.contains(number - 1) {
                text += arguments[number - 1]
            } else {
                text += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// The numbers of the arguments that a sentence uses, in its order; nil for what is no number.
    static func used(in template: String) -> [Int?] {
        var numbers: [Int?] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            numbers.append(name.isEmpty ? numbers.count { $0 != nil } + 1 : Int(name))
            rest = rest[rest.index(after: close)...]
        }
        return numbers
    }
}
