import Testing

@testable import Settings

@Suite struct ConfigurationVersionTests {
    private static let first = """
        # Ours.

        # Where links lead.
        grafana:
          url: https://grafana.example.com   # as browsers reach it
          dashboard_uid: jenkins-tracing   # the one for builds
          org_id: 2
        receivers:
          - name: on-call
            slack: {webhook_url: "${HOOK}"}
            time_zone: UTC   # for now
        """

    private static let second = """
        # Ours.

        version: 2
        # Where links lead.
        grafana:
          url: https://grafana.example.com   # as browsers reach it
          dashboard:
            uid: jenkins-tracing   # the one for builds
          org_id: 2
        receivers:
          - name: on-call
            slack: {webhook_url: "${HOOK}"}
            time_zone: UTC   # for now
        """

    private static let environment = ["HOOK": "https://hooks.slack.com/services/T/B/x"]

    private func settings(_ text: String) throws -> Settings {
        try LoadedFrom(text, environment: Self.environment).settings()
    }

    @Test func `a file of version 1 is rewritten, with its comments`() throws {
        let rewrite = try ConfigurationRewrite(Self.first, file: "sabueso.yaml")
        #expect(rewrite.text == Self.second)
        #expect(rewrite.from == 1)
        #expect(rewrite.changes.map(\.line) == [6])
        #expect(rewrite.changes.first?.text == "grafana.dashboard_uid is grafana.dashboard.uid since version 2")
        #expect(try ConfigurationRewrite(rewrite.text, file: "sabueso.yaml").text == rewrite.text)
    }

    @Test func `read as it is, it means what the rewritten one means`() throws {
        var old = try settings(Self.first)
        #expect(old.migrated.count == 1 && old.grafana?.dashboard?.uid == "jenkins-tracing")
        old.migrated = []
        #expect(try old == settings(Self.second))
    }

    @Test(arguments: [
        (
            "version: 2\ngrafana: {url: http://g, dashboard_uid: x}",
            "x.yaml:2: grafana.dashboard_uid is grafana.dashboard.uid since version 2, and the file says version: 2. "
                + "Write the new key, or say version: 1 and run this again"
        ),
        (
            "grafana:\n  url: http://g\n  dashboard_uid: x\n  dashboard: {uid: y}",
            "x.yaml:3: grafana.dashboard_uid is grafana.dashboard.uid since version 2, and both are given: keep one of "
                + "the two"
        ),
    ])
    func `what is refused at the start is not called well by the rewriting`(_ text: String, _ problem: String) throws {
        #expect(throws: SettingsError.self) { try settings(text) }
        let error = #expect(throws: SettingsError.self) { _ = try ConfigurationRewrite(text, file: "x.yaml") }
        #expect(error?.problems.map(\.description) == [problem])
    }

    @Test func `a file without older keys needs no version, and is told of none`() throws {
        #expect(try settings("logging: {level: debug}").migrated == [])
        #expect(try settings("version: 1\nlogging: {level: debug}").migrated == [])
        #expect(try settings("").migrated == [])
    }

    @Test(arguments: [
        ("", "version: 2\n"), ("# only this\n", "version: 2\n# only this\n"),
        ("---\nlogging: {level: info}\n", "---\nversion: 2\nlogging: {level: info}\n"),
        ("{logging: {level: info}}", "{version: 2, logging: {level: info}}"),
        ("logging: {level: info}\nversion: 1 # old\n", "logging: {level: info}\nversion: 2 # old\n"),
        (
            "grafana: {url: \"http://g\", dashboard_uid: 'a b' , org_id: 1}\n",
            "version: 2\ngrafana: {url: \"http://g\", dashboard: {uid: 'a b'} , org_id: 1}\n"
        ),
        (
            "grafana:\r\n  url: http://g\r\n  \"dashboard_uid\": x\r\n",
            "version: 2\ngrafana:\r\n  url: http://g\r\n  dashboard:\n    uid: x\r\n"
        ),
        ("grafana: {url: http://g, dashboard_uid: x}\n", "version: 2\ngrafana: {url: http://g, dashboard: {uid: x}}\n"),
    ])
    func `the version is set whatever the file looks like`(_ old: String, _ new: String) throws {
        #expect(try ConfigurationRewrite(old, file: "x").text == new)
    }

    @Test func `a newer version is refused with both, and nothing else`() {
        let problems = LoadedFrom("version: 3\nfuture: true\ntempo: 5").problems()
        #expect(
            problems == [
                "sabueso.yaml:1: version: this file is of version 3, and this program knows versions up to 2: run the "
                    + "program that the file was written for"
            ])
        #expect(throws: SettingsError.self) { try ConfigurationRewrite("version: 3", file: "x") }
    }

    @Test(arguments: ["version: two", "version: 0", "version: 1.5", "version: [2]", "version:"])
    func `what is no version is refused`(_ text: String) {
        #expect(LoadedFrom(text).problems().contains { $0.contains("expected a version from 1 to 2") })
        #expect(throws: SettingsError.self) { try ConfigurationRewrite(text, file: "x") }
    }

    @Test func `an older key in a file of today's version is refused with its new name`() {
        let problems = LoadedFrom("version: 2\ngrafana: {url: \"http://g\", dashboard_uid: x}").problems()
        #expect(
            problems == [
                "sabueso.yaml:2: grafana.dashboard_uid: unknown key; grafana.dashboard_uid is grafana.dashboard.uid since "
                    + "version 2"
            ])
    }

    @Test func `where both are given a person has to choose`() {
        let text = "grafana: {url: \"http://g\", dashboard_uid: x, dashboard: {uid: y}}"
        #expect(LoadedFrom(text).problems().contains { $0.contains("is grafana.dashboard.uid since version 2") })
    }

    @Test func `problems of an older file are told with the lines that it has`() {
        let text =
            "grafana:\n  dashboard_uid: x\n  url: http://g\nreceivers:\n  - name: a\n    slak: {}"
        let problems = LoadedFrom(text).problems()
        #expect(problems.contains { $0.hasPrefix("sabueso.yaml:6: receivers[0].slak: unknown key") }, "\(problems)")
    }

    @Test func `what cannot be rewritten is said, not guessed`() {
        // The value goes over several lines.
        let text = "grafana: {url: http://g, dashboard_uid: >-\n  x}\n"
        #expect(throws: SettingsError.self) { try ConfigurationRewrite(text, file: "x") }
        #expect(throws: SettingsError.self) { try ConfigurationRewrite("a: [", file: "x") }
    }
}
