import FoundationEssentials

/// Reads a whole file. The loader gets it as an argument, so that it is the same with files in memory.
package typealias FileReader = (_ path: String) throws(FileReadError) -> [UInt8]

/// The names in a folder; nil for what is no folder.
package typealias FolderLister = (_ path: String) -> [String]?

/// Why a file's content is not known.
package enum FileReadError: Error, Hashable, Sendable {
    case notFound
    /// - Parameter reason: in the operating system's words.
    case unreadable(reason: String)
}

/// The reader for the files of this machine.
package func readFileFromDisk(_ path: String) throws(FileReadError) -> [UInt8] {
    do {
        return try [UInt8](Data(contentsOf: URL(filePath: path)))
    } catch {
        throw switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: .notFound
        case .fileReadNoPermission: .unreadable(reason: "permission denied")
        default: .unreadable(reason: "it is a folder or cannot be read")
        }
    }
}

/// The names in a folder of this machine.
package func listFolderOnDisk(_ path: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: path)
}
