import Settings
import TestSupport
import Testing

@Suite struct FileReadingTests {
    @Test func `a file is read whole`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a: 1\n", to: "file.yaml")
        #expect(try readFileFromDisk(path) == [UInt8]("a: 1\n".utf8))
    }

    @Test func `a missing file is told from one that cannot be read`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: FileReadError.notFound) { try readFileFromDisk(folder.path("nothing")) }
        #expect(throws: FileReadError.unreadable(reason: "it is a folder or cannot be read")) {
            try readFileFromDisk(folder.path)
        }
    }

    @Test func `a configuration on the disk is loaded with its neighbours`() throws {
        let folder = try TemporaryFolder()
        try folder.write("s3cret\n", to: "token")
        try folder.write("playbooks: [{name: mine}]\n", to: "playbooks.yaml")
        let path = try folder.write("server: {authorization: {bearer_file: token}}\n", to: "sabueso.yaml")
        let settings = try Settings.load(path: path, environment: [:])
        #expect(settings.server.authorization == .bearer(Secret("s3cret")))
        #expect(settings.playbooks.map(\.name) == ["mine"])
    }
}
