/// Why a case folder could not be read: which file, which place in it, and what to do.
package enum CaseFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path is not that of a folder.
    case notAFolder(path: String)
    case unreadable(file: String, reason: String)
    /// - Parameter place: "line 3, byte 17", or a key path.
    case damaged(file: String, place: String, reason: String)
    /// A file of plain text, say.
    case notJSON(file: String, expected: String)
    /// - Parameter valid: the keys that this place knows, the nearest one first.
    case unknownKey(file: String, line: Int, key: String, valid: [String])
    case wrongValue(file: String, line: Int, key: String, reason: String)
    /// `traces.json` and `traces.jsonl` are both there.
    case ambiguous(file: String, other: String)
    /// The case says nowhere which time it is about.
    case noWindow(path: String)

    package var description: String {
        switch self {
        case .notAFolder(let path):
            "\(path) is not a folder; give the folder that holds traces.json, logs.json and so on"
        case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)"
        case .damaged(let file, let place, let reason):
            "\(file) is damaged" + (place.isEmpty ? "" : " at \(place)") + ": \(reason)"
        case .notJSON(let file, let expected): "\(file) is not JSON; \(expected) is expected"
        case .unknownKey(let file, let line, let key, let valid):
            "\(file):\(line): unknown key `\(key)`" + (valid.first.map { "; did you mean `\($0)`?" } ?? "")
                + " Known here: \(valid.sorted().joined(separator: ", "))"
        case .wrongValue(let file, let line, let key, let reason): "\(file):\(line): `\(key)` \(reason)"
        case .ambiguous(let file, let other): "\(file) and \(other) are both in the case folder; remove one"
        case .noWindow(let path):
            "\(path) does not say which time it is about: there is no alert and nothing with a time; "
                + "add `window: {start: …, end: …}` to its case.yaml"
        }
    }
}
