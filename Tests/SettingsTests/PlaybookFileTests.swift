import Settings
import Telemetry
import Testing

@Suite struct PlaybookFileTests {
    private static let receivers = """
        receivers:
          - {name: on-call, slack: {webhook_url: "${HOOK}"}}
          - {name: team, teams: {workflow_url: "${HOOK}"}}

        """

    private func loaded(_ playbooks: String, settings: String = "") -> LoadedFrom {
        LoadedFrom(
            Self.receivers + settings, files: ["/etc/sabueso/playbooks.yaml": playbooks],
            environment: ["HOOK": "https://hooks.example.com/x"])
    }

    @Test func `a playbook is read with all that it can say`() throws {
        let settings = try loaded(
            """
            playbooks:
              - name: shop
                match:
                  alertname: [Shop*, CartDown]
                  labels: {team: shop, spot: true}
                scope:
                  services: {labels: [svc], last_resort: [job], except: ["x*"], otherwise: [checkout]}
                windows: {before: 10m, after: 0s, baseline: 1d}
                evidence: [logs, traces]
                filters: {traceql: 'span.http.route != "/health"', logql: '!= "healthcheck"'}
                receivers: [team]
                jenkins: true
            """
        ).settings()
        var playbook = Playbook(name: "shop")
        playbook.match.alertNames = ["Shop*", "CartDown"]
        playbook.match.labels = ["team": "shop", "spot": "true"]
        playbook.scope.services = Playbook.Source(
            labels: ["svc"], lastResort: ["job"], except: ["x*"], otherwise: ["checkout"])
        playbook.windows.before = .seconds(600)
        playbook.windows.after = .zero
        playbook.windows.baseline = .seconds(86_400)
        playbook.evidence = [.logs, .traces]
        playbook.filters.traceQL = "span.http.route != \"/health\""
        playbook.filters.logQL = "!= \"healthcheck\""
        playbook.receivers = ["team"]
        playbook.isJenkins = true
        #expect(settings.playbooks == [playbook])
        #expect(settings.receivers(of: playbook).map(\.name) == ["team"])
        #expect(settings.receivers(of: .anything).map(\.name) == ["on-call", "team"])
        playbook.receivers = []
        #expect(settings.receivers(of: playbook).isEmpty)
    }

    @Test(arguments: [
        (
            "playbooks:\n  - name: a\n    receivers: [on-cal]", 3,
            "playbooks[0].receivers[0]: "
                + "there is no receiver \"on-cal\" in the configuration; did you mean on-call?"
        ),
        ("playbooks:\n  - match: {}", 2, "playbooks[0]: name is missing"),
        ("playbooks:\n  - name: a\n    mach: {}", 3, "playbooks[0].mach: unknown key; did you mean match?"),
        (
            "playbooks:\n  - {name: a, match: {alertname: X}}\n  - {name: a}", 3,
            "playbooks[1].name: there is a playbook of this name already"
        ),
        (
            "playbooks:\n  - name: a\n  - {name: b}", 3,
            "playbooks[1]: is never used: a stands before it and matches every alert"
        ),
        ("playbooks:\n  - {name: a, evidence: []}", 2, "playbooks[0].evidence: expected one kind of evidence at least"),
        (
            "playbooks:\n  - {name: a, evidence: [logs, logs]}", 2,
            "playbooks[0].evidence: a kind of evidence is given twice"
        ),
        (
            "playbooks:\n  - {name: a, evidence: [traces, event]}", 2,
            "playbooks[0].evidence[1]: expected one of traces, logs, events, pods, nodes, metrics, found \"event\"; "
                + "did you mean events?"
        ),
        ("playbooks:\n  - {name: a, windows: {before: 0s}}", 2, "playbooks[0].windows.before: expected a duration"),
        ("playbooks:\n  - {name: a, windows: {baseline: 7d}}", 2, "playbooks[0].windows.baseline: expected a duration"),
        (
            "playbooks:\n  - {name: a, filters: {traceql: '{ status = error }'}}", 2,
            "playbooks[0].filters.traceql: expected a condition without braces"
        ),
        (
            "playbooks:\n  - {name: a, filters: {logql: 'healthcheck'}}", 2,
            "playbooks[0].filters.logql: expected what follows a stream selector"
        ),
        ("playbook: []", 1, "playbooks is missing"),
    ])
    func `problems in a playbook are told with the playbook's file`(yaml: String, line: Int, problem: String) {
        let problems = loaded(yaml).problems()
        #expect(problems.first?.hasPrefix("playbooks.yaml:\(line): \(problem)") == true, "\(problems)")
    }

    @Test(arguments: [
        (#"span.a = "}" || (name =~ `x|{2}` && status = error)"#, true), (#"span.a = "x\"{""#, true),
        ("status = error } || { true", false), (#"span.a = "x"#, false), ("status = error | rate()", false),
        ("(status = error", false), ("status = error) || (true", false), (#"span.a = "x\" && true"#, false),
    ])
    func `a filter of spans cannot leave its braces`(filter: String, isAccepted: Bool) {
        let yaml = "playbooks:\n  - name: a\n    filters:\n      traceql: '\(filter)'\n"
        #expect(loaded(yaml).problems().isEmpty == isAccepted, "\(loaded(yaml).problems())")
    }

    @Test func `files of playbooks are asked one after the other`() throws {
        var loaded = loaded("", settings: "playbooks: [a.yaml, /b.yaml]")
        loaded.files["/etc/sabueso/a.yaml"] = "playbooks: [{name: a, match: {alertname: A}}]"
        loaded.files["/b.yaml"] = "playbooks: [{name: b}]"
        #expect(try loaded.settings().playbooks.map(\.name) == ["a", "b"])
        loaded.files["/b.yaml"] = "playbooks: [{name: a}]"
        #expect(loaded.problems() == ["/b.yaml:1: playbooks[0].name: there is a playbook of this name already"])
        loaded.files["/b.yaml"] = nil
        #expect(loaded.problems() == ["sabueso.yaml:4: playbooks[1]: there is no file /b.yaml"])
    }

    @Test func `problems of the configuration and of its playbooks come together`() {
        var loaded = loaded("playbooks: [{nam: a}]", settings: "servr: {}")
        #expect(
            loaded.problems().map { String($0.prefix { $0 != " " }) } == [
                "sabueso.yaml:4:", "playbooks.yaml:1:", "playbooks.yaml:1:",
            ])
        loaded.files["/etc/sabueso/playbooks.yaml"] = nil
        loaded.forbidden = ["/etc/sabueso/playbooks.yaml"]
        #expect(loaded.problems().last == "playbooks.yaml: cannot be read: permission denied")
    }

    @Test func `a receiver with a problem of its own is still a receiver to a playbook`() {
        let broken = LoadedFrom(
            "receivers: [{name: on-call, slack: {webhook_url: \"${HOOK}\"}}]",
            files: ["/etc/sabueso/playbooks.yaml": "playbooks: [{name: a, receivers: [on-call]}]"])
        #expect(
            broken.problems() == [
                "sabueso.yaml:1: receivers[0].slack.webhook_url: the environment variable HOOK is not set"
            ])
    }
}
