import ArgumentParser
import FoundationEssentials
import Settings

/// `sabueso migrate-config`: a configuration of an older version, in today's words.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate-config",
        abstract: "Rewrite a configuration of an older version.",
        discussion: """
            Tells which keys of the file have another name or are gone, and what becomes of each line; comments stay. \
            Nothing is written without --write, which keeps the old file beside the new one, as FILE.v1. A service reads \
            older versions as they are, with a warning. Of a symbolic link, the file behind it is written.

            Examples:
              sabueso migrate-config /etc/sabueso/sabueso.yaml
              sabueso migrate-config /etc/sabueso/sabueso.yaml --write
            """)

    @Argument(help: "The configuration.")
    var file: String

    @Flag(help: "Write the file, and keep the old one beside it.")
    var write = false

    func run() async throws {
        let rewrite: ConfigurationRewrite
        let old: String
        do {
            old = String(decoding: try readFileFromDisk(file), as: UTF8.self)
            rewrite = try ConfigurationRewrite(old, file: file)
        } catch let error as SettingsError {
            throw RunFailure(error.description)
        } catch let error as FileReadError {
            throw RunFailure("\(file) cannot be read: \(Self.words(error))")
        }
        guard rewrite.text != old else {
            StandardOutput.write("\(file) is of version \(rewrite.from), which is today's: nothing to do.\n")
            return
        }
        let changes = rewrite.changes.map { "  \($0)\n" }.joined()
        StandardOutput.write(
            "\(file): from version \(rewrite.from) to \(ConfigurationVersion.current)\n"
                + (changes.isEmpty ? "  only `version` is new\n" : changes) + LineDifference(old, rewrite.text).text)
        guard write else {
            StandardOutput.write("Nothing was written: add --write.\n")
            return
        }
        let target = Self.behindLinks(file)
        let kept = try keep(target, version: rewrite.from)
        do {
            try replace(target, by: rewrite.text)
        } catch {
            throw RunFailure("\(target) cannot be written: \(error). The old one is kept as \(kept)")
        }
        StandardOutput.write("Written; the old one is \(kept).\n")
    }

    /// A link has no text and no rights of its own, and writing to it would put a file in its place.
    private static func behindLinks(_ file: String) -> String {
        guard (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) != nil else { return file }
        return URL(filePath: file).resolvingSymlinksInPath().path
    }

    /// Under a name that no file has: an older copy is worth keeping too.
    private func keep(_ file: String, version: Int) throws -> String {
        let names = ["\(file).v\(version)"] + (2...99).map { "\(file).v\(version).\($0)" }
        guard let name = names.first(where: { !FileManager.default.fileExists(atPath: $0) }) else {
            throw RunFailure("\(file).v\(version) and 98 others are there already: take some away")
        }
        do {
            try FileManager.default.copyItem(atPath: file, toPath: name)
        } catch {
            throw RunFailure("\(name) cannot be written, so \(file) was left as it is: \(error)")
        }
        return name
    }

    /// Whole or not at all, with the rights that the file has.
    private func replace(_ file: String, by text: String) throws {
        let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        if let rights { try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: file) }
    }

    private static func words(_ error: FileReadError) -> String {
        switch error {
        case .notFound: "there is no such file"
        case .unreadable(let reason): reason
        }
    }
}
