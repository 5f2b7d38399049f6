import Settings
import Testing

@Suite struct StrictDecodingTests {
    @Test func `an empty file, and one of comments only, mean the defaults`() throws {
        #expect(try LoadedFrom("").settings() == Settings())
        #expect(try LoadedFrom("# nothing\n---\n").settings() == Settings())
    }

    @Test(arguments: [
        ("servr: {port: 1}", "sabueso.yaml:1: servr: unknown key; did you mean server?"),
        ("server:\n  prot: 9096", "sabueso.yaml:2: server.prot: unknown key; did you mean port?"),
        (
            "receivers:\n  - name: a\n    slak: {}\n",
            "sabueso.yaml:3: receivers[0].slak: unknown key; did you mean slack?"
        ),
        (
            "server:\n  tls: true",
            "sabueso.yaml:2: server.tls: unknown key; here can be: authorization, host, max_alerts, max_body_size, port"
        ),
        ("server:\n  Port: 1", "sabueso.yaml:2: server.Port: unknown key; did you mean port?"),
        ("tempo:\n  url: http://t\n  <<: {}", "sabueso.yaml:3: tempo.<<: unknown key; here can be: "),
    ])
    func `a key that does not exist is refused with its line and the nearest that does`(yaml: String, problem: String) {
        #expect(LoadedFrom(yaml).problems().first { $0.hasPrefix(problem) } != nil, "\(LoadedFrom(yaml).problems())")
    }

    @Test(arguments: [
        ("server: 9096", "server: expected keys and values, found \"9096\""),
        ("server: [port]", "server: expected keys and values, found a list"),
        ("server:", "server: has no value: give it one, or remove the key"),
        ("- server", "expected keys and values, found a list"),
        ("just text", "expected keys and values, found \"just text\""),
        ("server: {port: high}", "server.port: expected a whole number from 0 to 65535, found \"high\""),
        (
            "server: {port: \"9096\"}",
            "server.port: expected a whole number from 0 to 65535, found text: remove the quotes"
        ),
        ("server: {port: 65536}", "server.port: expected a whole number from 0 to 65535, found \"65536\""),
        ("server: {port: -1}", "server.port: expected a whole number from 0 to 65535, found \"-1\""),
        ("server: {port: 010}", "server.port: expected a whole number from 0 to 65535, found \"010\""),
        ("server: {port: 9096.0}", "server.port: expected a whole number from 0 to 65535, found \"9096.0\""),
        ("server: {port: 99999999999999999999}", "server.port: expected a whole number from 0 to 65535"),
        ("server: {port: ~}", "server.port: expected a whole number from 0 to 65535, found nothing"),
        ("server: {port: [1]}", "server.port: expected a whole number from 0 to 65535, found a list"),
        ("server: {host: true}", "server.host: expected a text, found true: put it in quotes if it is meant as text"),
        ("server: {host: \"\"}", "server.host: expected a text, found an empty one"),
        ("server: {host: {a: b}}", "server.host: expected a text, found keys"),
        ("server: {max_body_size: 4194304}", "server.max_body_size: expected a size such as 4MiB"),
        ("server: {max_body_size: 4MB}", "server.max_body_size: expected a size such as 4MiB"),
        ("server: {max_body_size: 9007199254740992GiB}", "server.max_body_size: expected a size such as 4MiB"),
        (
            "server: {max_body_size: 1B}",
            "server.max_body_size: expected a size such as 4MiB (B, KiB, MiB or GiB), from 1KiB to 1GiB"
        ),
        (
            "shutdown_grace: 25",
            "shutdown_grace: expected a duration such as 20s, 5m or 1h30m, from 1s to 10m, found \"25\""
        ),
        ("shutdown_grace: 1.5m", "shutdown_grace: expected a duration"),
        ("shutdown_grace: 5s1m", "shutdown_grace: expected a duration"),
        ("shutdown_grace: 5s5s", "shutdown_grace: expected a duration"),
        ("shutdown_grace: -5s", "shutdown_grace: expected a duration"),
        ("shutdown_grace: 500ms", "shutdown_grace: expected a duration"),
        ("analysis: {min_confidence: 40}", "analysis.min_confidence: expected a number from 0.0 to 1.0, found \"40\""),
        ("analysis: {slow_build_floor: -5m}", "analysis.slow_build_floor: expected a duration"),
        ("analysis: {min_confidence: .nan}", "analysis.min_confidence: expected a number from 0.0 to 1.0"),
        (
            "logging: {level: wraning}",
            "logging.level: expected one of trace, debug, info, notice, warning, error, critical, found \"wraning\"; did you mean warning?"
        ),
        ("kubernetes: {in_cluster: yes}", "kubernetes.in_cluster: expected true or false, found \"yes\""),
        ("receivers: {name: a}", "receivers: expected a list, found keys"),
        ("receivers:", "receivers: expected a list, found nothing"),
        ("receivers: [slack]", "receivers[0]: expected keys and values, found \"slack\""),
        ("tempo: {timeout: 5s}", "tempo: url is missing"),
        ("loki: {url: http://l, labels: {service: []}}", "loki.labels.service: expected the names of labels"),
        ("loki: {url: http://l, labels: {service: [a-b]}}", "loki.labels.service[0]: expected the name of a label"),
        ("grafana: {org_id: 1}", "grafana: url is missing"),
        ("kubernetes: {timeout: 1s}", "kubernetes: url is missing (or in_cluster: true, or kubeconfig)"),
        ("playbooks: playbooks.yaml", "playbooks: expected a list"),
    ])
    func `a value that does not fit is refused where it stands`(yaml: String, problem: String) {
        let problems = LoadedFrom(yaml).problems()
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.hasPrefix("sabueso.yaml:1: \(problem)") == true, "\(problems)")
    }

    @Test func `all problems are told at once, in the order of the lines`() {
        let problems = LoadedFrom(
            """
            sever: {}
            server:
              port: 70000
              hots: a
            tempo:
              timeout: 5
            receivers:
              - slack: {webhook_url: https://hooks.slack.com/services/T0/B0/x}
                pacing: {burst: 0}
            """
        ).problems()
        #expect(
            problems == [
                "sabueso.yaml:1: sever: unknown key; did you mean server?",
                "sabueso.yaml:3: server.port: expected a whole number from 0 to 65535, found \"70000\"",
                "sabueso.yaml:4: server.hots: unknown key; did you mean host?",
                "sabueso.yaml:5: tempo: url is missing",
                "sabueso.yaml:6: tempo.timeout: expected a duration such as 20s, 5m or 1h30m, from 100ms to 5m, found \"5\"",
                "sabueso.yaml:8: receivers[0]: name is missing",
                "sabueso.yaml:8: receivers[0].slack.webhook_url: a secret must not stand in the configuration: "
                    + "use webhook_url_file, or ${VARIABLE}",
                "sabueso.yaml:9: receivers[0].pacing.burst: expected a whole number from 1 to 1000, found \"0\"",
            ])
    }

    @Test(arguments: [
        ("server:\n  port: 1\njournal:\n  path: a\nserver:\n  port: 2\n", 5, 1, "server"),
        ("server:\n  port: 1\n  # twice\n  host: h\n\n  \"port\": 2\n", 6, 2, "port"),
        ("receivers:\n  - name: a\n    name: b\n", 3, 2, "name"),
    ])
    func `a key that is given twice is refused with both lines`(yaml: String, line: Int, first: Int, key: String) {
        #expect(
            LoadedFrom(yaml).problems() == [
                "sabueso.yaml:\(line): \(key): the key is given twice; first in line \(first): keep one"
            ])
    }

    @Test func `a key that is given twice in one line is refused too`() {
        #expect(
            LoadedFrom("server: {port: 1, port: 2}").problems() == [
                "sabueso.yaml:1: port: the key is given twice: keep one"
            ])
    }

    @Test(arguments: ["server: [", "server:\n\tport: 1", "a: *nowhere", "a: b: c", "--- a\n--- b\n"])
    func `what is not YAML is refused with its line`(yaml: String) throws {
        let problem = try #require(LoadedFrom(yaml).problems().first)
        #expect(problem.contains(#/^sabueso\.yaml:[1-3]: not valid YAML: /#), "\(problem)")
    }

    @Test func `a file that is missing, unreadable or not text is refused with its path`() {
        var forbidden = LoadedFrom("")
        forbidden.forbidden = [LoadedFrom.main]
        #expect(forbidden.problems() == ["sabueso.yaml: cannot be read: permission denied"])
        var missing = LoadedFrom("")
        missing.files = [:]
        #expect(missing.problems() == ["sabueso.yaml: there is no such file"])
        #expect(throws: SettingsError([SettingsProblem(file: "s.yaml", message: "the file is not UTF-8 text")])) {
            try Settings.load(path: "s.yaml", environment: [:]) { path throws(FileReadError) in
                guard path == "s.yaml" else { throw .notFound }
                return [0x61, 0x3A, 0x20, 0xFF]
            }
        }
    }

    @Test(arguments: [
        ("http://tempo:3200/", "http://tempo:3200"), ("https://[fd00::1]:443/a/", "https://[fd00::1]:443/a"),
        ("HTTP://tempo", "HTTP://tempo"),
    ])
    func `a server's URL loses the slash at its end`(url: String, expected: String) throws {
        #expect(try LoadedFrom("tempo: {url: \"\(url)\"}").settings().tempo?.connection.url == expected)
    }

    @Test(arguments: [
        ("tempo:3200", "is not a URL of a web server"), ("tempo", "is not a URL of a web server"),
        ("ftp://tempo", "is not a URL of a web server"), ("http://", "is a URL without a host"),
        ("http:///search", "is a URL without a host"), ("http://te mpo", "is not a URL"),
        ("http://tempo:99999", "has a port that does not exist"), ("http://tempo:0", "has a port that does not exist"),
        ("http://tempo?a=b", "has a query"), ("http://tempo#a", "has a fragment"),
        ("http://user:hunter2@tempo", "has a user or password in the URL"),
    ])
    func `a bad URL is refused, and not repeated`(url: String, problem: String) throws {
        let problems = LoadedFrom("tempo: {url: \"\(url)\"}").problems()
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("sabueso.yaml:1: tempo.url: \(problem)") == true, "\(problems)")
        #expect(!problems.joined().contains("hunter2"))
    }
}
