import FoundationEssentials

/// Where the repository's own files are, whatever folder the tests run in.
package enum Repository {
    /// Found from this file's own path, which the compiler knows.
    package static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    package static func path(_ relative: String) -> String { "\(root)/\(relative)" }

    /// - Parameter relative: a path below the repository's root.
    package static func bytes(_ relative: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: path(relative))))
    }

    package static func text(_ relative: String) throws -> String {
        try String(decoding: bytes(relative), as: UTF8.self)
    }

    /// The names in a folder, sorted; subfolders included by their name.
    package static func names(in relative: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(relative)).sorted()
    }
}
