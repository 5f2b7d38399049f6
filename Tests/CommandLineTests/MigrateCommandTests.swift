import FoundationEssentials
import TestSupport
import Testing

@Suite struct MigrateCommandTests {
    private static let old = "grafana:\n  url: https://grafana.example.com\n  dashboard_uid: builds # ours\n"

    @Test func `what would change is shown and nothing is written, until that is asked for`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.old, to: "sabueso.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        let shown = try await Program("migrate-config", file)
        #expect(shown.code == 0)
        #expect(
            shown.text == """
                \(file): from version 1 to 2
                  line 3: grafana.dashboard_uid is grafana.dashboard.uid since version 2
                + version: 2
                -   dashboard_uid: builds # ours
                +   dashboard:
                +     uid: builds # ours
                Nothing was written: add --write.

                """)
        #expect(try String(contentsOf: URL(filePath: file), encoding: .utf8) == Self.old)

        let written = try await Program("migrate-config", file, "--write")
        #expect(written.code == 0 && written.text.hasSuffix("Written; the old one is \(file).v1.\n"), "\(written.text)")
        #expect(try String(contentsOf: URL(filePath: file + ".v1"), encoding: .utf8) == Self.old)
        #expect(
            try String(contentsOf: URL(filePath: file), encoding: .utf8)
                == "version: 2\ngrafana:\n  url: https://grafana.example.com\n  dashboard:\n    uid: builds # ours\n")
        let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(rights == 0o640)

        let again = try await Program("migrate-config", file)
        #expect(again.text == "\(file) is of version 2, which is today's: nothing to do.\n")
        let check = try await Program("check", "--offline", "--config", file)
        #expect(check.code == 0 && !check.text.contains("older"))
        let older = try await Program("check", "--offline", "--config", file + ".v1")
        #expect(older.code == 0 && older.text.contains("older       line 3: grafana.dashboard_uid is"), "\(older.text)")
    }

    @Test func `what check refuses is refused here, with what to do`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("version: 2\n" + Self.old, to: "sabueso.yaml")
        for run in [
            try await Program("check", "--offline", "--config", file), try await Program("migrate-config", file),
        ] {
            #expect(run.code == 1)
            #expect(run.text.contains("sabueso.yaml:4: "), "\(run.text)")
            #expect(run.text.contains("grafana.dashboard_uid is grafana.dashboard.uid since version 2"), "\(run.text)")
        }
    }

    @Test func `behind a link the file itself is written, with its rights, and its old text is kept`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.old, to: "real.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        let link = file.replacing("real.yaml", with: "sabueso.yaml")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.yaml")
        let written = try await Program("migrate-config", link, "--write")
        #expect(written.code == 0 && written.text.contains("real.yaml.v1."), "\(written.text)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.yaml")
        #expect(try String(contentsOf: URL(filePath: file), encoding: .utf8).hasPrefix("version: 2"))
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.type] as? FileAttributeType == .typeRegular)
        #expect(attributes[.posixPermissions] as? Int == 0o640)
        let kept = try FileManager.default.attributesOfItem(atPath: file + ".v1")
        #expect(kept[.type] as? FileAttributeType == .typeRegular)
        #expect(try String(contentsOf: URL(filePath: file + ".v1"), encoding: .utf8) == Self.old)
    }

    @Test func `an older copy is never overwritten`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.old, to: "sabueso.yaml")
        try folder.write("kept", to: "sabueso.yaml.v1")
        #expect(try await Program("migrate-config", file, "--write").text.contains("\(file).v1.2."))
        #expect(try String(contentsOf: URL(filePath: file + ".v1"), encoding: .utf8) == "kept")
    }

    @Test func `a service starts with an older file and warns`() async throws {
        let folder = try TemporaryFolder()
        // The journal cannot be opened, so that it ends by itself.
        let file = try folder.write(Self.old + "journal: {path: /proc/nowhere/journal.sqlite}\n", to: "sabueso.yaml")
        let run = try await Program("serve", "--config", file)
        #expect(run.text.contains("of an older version") && run.text.contains("line=3"), "\(run.text)")
        #expect(run.text.contains("/proc/nowhere/journal.sqlite"))
    }

    @Test func `a file that is not there, or newer, is told`() async throws {
        let missing = try await Program("migrate-config", "nowhere.yaml")
        #expect(missing.code == 1 && missing.text.contains("nowhere.yaml cannot be read: there is no such file"))
        let folder = try TemporaryFolder()
        let newer = try await Program("migrate-config", try folder.write("version: 9\n", to: "sabueso.yaml"))
        #expect(newer.code == 1 && newer.text.contains("of version 9, and this program knows versions up to 2"))
    }
}
