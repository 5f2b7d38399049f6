import FoundationEssentials
import Telemetry
import TestSupport
import Testing
import Yams

@testable import Settings

@Suite struct ShippedConfigurationTests {
    /// Every variable that the shipped files mention.
    private static let environment = [
        "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T/B/x",
        "TEAMS_WORKFLOW_URL": "https://x.environment.api.powerplatform.com/workflows/1?sig=y",
        "LOKI_PASSWORD": "p", "KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443",
    ]

    @Test func `the annotated configuration states exactly the defaults`() throws {
        let path = Repository.path("Config/sabueso.yaml")
        #expect(try Settings.load(path: path, environment: [:]) == Settings())
    }

    @Test func `the playbooks in the file are the built-in ones`() throws {
        let path = Repository.path("Config/sabueso.yaml")
        let file = try Settings.load(path: path, environment: [:]).playbooks
        #expect(file == Playbook.builtIn)
        #expect(file.map(\.name) == ["HighTraceErrorRate", "JenkinsJobTraceFailure", "default"])
        let alone = try Settings.load(path: "/c/sabueso.yaml", environment: [:]) { path throws(FileReadError) in
            guard path == "/c/sabueso.yaml" else { throw .notFound }
            return []
        }
        #expect(alone.playbooks == Playbook.builtIn)
    }

    @Test func `the minimal configuration has ten lines and needs one variable`() throws {
        let text = try Repository.text("Config/sabueso.minimal.yaml")
        #expect(text.split(separator: "\n").count == 10)
        let path = Repository.path("Config/sabueso.minimal.yaml")
        let settings = try Settings.load(path: path, environment: Self.environment)
        #expect(settings.tempo?.connection.url == "http://tempo.monitoring:3200")
        #expect(settings.loki?.labels == Settings.Loki.Labels())
        #expect(settings.prometheus?.connection.url == "http://prometheus.monitoring:9090")
        #expect(settings.grafana?.tempoUID == "tempo")
        #expect(settings.receivers(of: .anything).map(\.name) == ["on-call"])
        #expect(throws: SettingsError.self) { try Settings.load(path: path, environment: [:]) }
    }

    @Test func `the annotated configuration, switched on, is valid but for its alternatives`() throws {
        let problems = try everything().problems
        #expect(!problems.isEmpty)
        // Where the file shows two ways of doing one thing, both are on now.
        #expect(problems.allSatisfy { $0.message.contains("keep one of the two") }, "\(problems)")
    }

    @Test func `the metric queries in the annotated configuration are the built-in ones`() throws {
        let settings = try #require(try everything().settings)
        let prometheus = try #require(settings.prometheus)
        #expect(prometheus.queries == MetricQuery.builtIn)
        #expect(prometheus.minimumStep == Settings.Prometheus(connection: Connection(url: "")).minimumStep)
        #expect(Set(prometheus.queries.map(\.name)).count == prometheus.queries.count)
    }

    @Test func `the annotated configuration has every key that can be set`() throws {
        let everything = try everything()
        // An authorization is the same wherever it stands; the file shows one kind here and the other there.
        let vocabulary = Set(everything.vocabulary.map(withoutOwner))
        let written = Set(everything.written.map(withoutOwner))
        #expect(vocabulary.count > 60)
        let missing = vocabulary.filter { key in
            // A secret has two keys, of which one is enough to show how.
            let twin = key.hasSuffix("_file") ? String(key.dropLast(5)) : "\(key)_file"
            return !written.contains(key) && !(vocabulary.contains(twin) && written.contains(twin))
        }
        #expect(missing.sorted() == [])
    }

    private func withoutOwner(_ path: String) -> String {
        path.replacing(#/^[a-z.]+\.authorization/#, with: "authorization")
    }

    private struct Everything {
        let settings: Settings?
        let problems: [SettingsProblem]
        /// The key paths that the reader asked for.
        let vocabulary: Set<String>
        /// The key paths of the file.
        let written: Set<String>
    }

    /// The annotated configuration with all switched on that it offers behind `#`.
    private func everything() throws -> Everything {
        let text = try Repository.text("Config/sabueso.yaml")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.replacing(#/^( *)#(\S| {2,}\S)/#) { "\($0.1)\($0.2)" } }
            .joined(separator: "\n")
        let context = DecodingContext(file: "sabueso.yaml", environment: Self.environment) { path in
            // The files that have to be what their keys say.
            let zone = path.hasPrefix("/usr/share/zoneinfo/") ? try? Data(contentsOf: URL(filePath: path)) : nil
            if path.hasSuffix("journal-url") { return Array("postgresql://db.example.com/sabueso".utf8) }
            if path.hasSuffix("teams-security-token") { return Array("c2VjcmV0".utf8) }
            return zone.map { [UInt8]($0) } ?? Array("https://hooks.example.com/x".utf8)
        }
        var playbooks: [YAMLNode]?
        var signatures: [YAMLNode] = []
        let settings = YAMLDocument.read(Array(text.utf8), context) {
            Settings($0, playbookFiles: &playbooks, signatureFiles: &signatures)
        }
        #expect(settings != nil)
        #expect(playbooks?.count == 1)
        var written: Set<String> = []
        let root = try compose(yaml: text)
        collect(try #require(root), "", &written)
        return Everything(
            settings: settings, problems: context.problems, vocabulary: context.vocabulary, written: written)
    }

    private func collect(_ node: Yams.Node, _ path: String, _ paths: inout Set<String>) {
        paths.insert(path)
        for item in node.sequence ?? [] { collect(item, "\(path)[]", &paths) }
        for (key, value) in node.mapping ?? [:] {
            collect(value, path.isEmpty ? "\(key.string ?? "")" : "\(path).\(key.string ?? "")", &paths)
        }
    }
}
