import Delivery
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import PictureConversion

/// One after the other: a program that is started while another test writes its script keeps that file open for an
/// instant, and a file that is open for writing cannot be started (ETXTBSY).
@Suite(.serialized) struct RsvgConvertTests {
    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    private static let isInstalled = ChildProgram.path(of: RsvgConvert.programName, in: path) != nil
    private static let square = """
        <svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10"/></svg>
        """

    @Test(.enabled(if: isInstalled, "rsvg-convert is not installed: deploy/prerequisites.sh test installs it"))
    func `a picture becomes a PNG of three times its size`() async throws {
        let png = try await RsvgConvert.found(in: Self.path).png(of: [UInt8](Self.square.utf8))
        // The header's first chunk has width and height, the most significant byte first.
        #expect(Array(png[16..<24]) == [0, 0, 0, 60, 0, 0, 0, 30])
    }

    @Test(.enabled(if: isInstalled, "rsvg-convert is not installed: deploy/prerequisites.sh test installs it"))
    func `what is no picture is an error and no PNG`() async throws {
        let converter = try RsvgConvert.found(in: Self.path)
        await #expect(throws: PictureError("rsvg-convert: it ended with status 1")) {
            _ = try await converter.png(of: [UInt8]("<svg".utf8))
        }
    }

    @Test func `a missing program is told with the package that brings it`() throws {
        #expect(throws: PictureError.self) { try RsvgConvert.found(in: "/nowhere:/") }
        do {
            _ = try RsvgConvert.found(in: "/nowhere")
        } catch {
            #expect(error.description.contains("apt-get install librsvg2-bin"))
        }
    }

    /// A program of the test's own, as a script of the shell.
    private func program(_ script: String, in folder: TemporaryFolder) throws -> String {
        let path = try folder.write("#!/bin/sh\n\(script)\n", to: "program")
        unsafe chmod(path, 0o700)
        return path
    }

    @Test func `a program that does not end is ended`() async throws {
        let folder = try TemporaryFolder()
        let note = try folder.write("", to: "id")
        let path = try program("echo $$ >\(note); exec sleep 600", in: folder)
        let converter = RsvgConvert(program: path, limit: .milliseconds(500))
        await #expect(throws: PictureError("program: it took too long")) { _ = try await converter.png(of: [1]) }
        let id = String(decoding: try Data(contentsOf: URL(filePath: note)), as: UTF8.self)
        // On a busy machine it may not have come so far as to say its id.
        if let id = Int32(id.dropLast()) { #expect(kill(id, 0) == -1) }
    }

    @Test func `a program that writes without end is ended`() async throws {
        let folder = try TemporaryFolder()
        let converter = RsvgConvert(program: try program("exec cat /dev/zero", in: folder), maximumSize: 100_000)
        await #expect(throws: PictureError("program: it wrote more than 100000 bytes")) {
            _ = try await converter.png(of: [1])
        }
    }

    @Test func `a program that fails before it has read is an error, however long the picture`() async throws {
        let folder = try TemporaryFolder()
        let converter = RsvgConvert(program: try program("exit 3", in: folder))
        await #expect(throws: PictureError("program: it ended with status 3")) {
            _ = try await converter.png(of: [UInt8](repeating: 32, count: 3_000_000))
        }
    }

    @Test func `what is no PNG is not passed on`() async throws {
        let folder = try TemporaryFolder()
        let converter = RsvgConvert(program: try program("echo no picture", in: folder))
        await #expect(throws: PictureError("rsvg-convert wrote 11 bytes that are no PNG")) {
            _ = try await converter.png(of: [1])
        }
    }

    @Test func `more than fits into a socket goes in and comes out`() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let output = try ChildProgram(path: "/bin/cat", arguments: [])
            .output(of: bytes, within: .seconds(60), atMost: bytes.count)
        #expect(output == bytes)
    }

    @Test func `a program sees nothing of the environment that could be a secret`() throws {
        unsafe setenv("SABUESO_TEST_SECRET", "hunter2", 1)
        defer { unsafe _ = unsetenv("SABUESO_TEST_SECRET") }
        let output = try ChildProgram(path: "/usr/bin/env", arguments: [])
            .output(of: [], within: .seconds(60), atMost: 100_000)
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.contains("PATH="))
        #expect(!text.contains("hunter2"))
    }
}
