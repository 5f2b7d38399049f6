import Settings
import Signatures
import Testing

@Suite struct SignatureFileTests {
    private static let good = """
        signatures:
          - id: shop-license
            title: The licence server refused
            cause: dependency-download-failure
            provider: aks
            subject: {kind: host, from: [host, node]}
            signs:
              - {log: [licence refused by, license refused by], pattern: 'by (?<host>\\S+)', weight: 2.5}
              - {event: [FailedMount], object: Pod, text: volume, unless: registered, weight: 1}
              - {container: OOMKilled, weight: 3.5}
              - {exit_code: 137, weight: 1.2}
              - {pod: Evicted, weight: 3}
              - {exception: UnknownHostException, text: x, pattern: '(?<host>x)', weight: 1}
              - {span: {attribute: error.type, value: timeout}, weight: 1}
            stronger: [{log: licence pool is empty, weight: 0.5}]
            ruled_out_by: [{event: Pulled, weight: -4}]
            statement: 'Licence server `{host}` refused'
            recommendations: ['Call {subject}']
            examples:
              positive: [{log: 'licence refused by lic.example.com', subject: lic.example.com}]
              negative: [{log: 'licence granted by lic.example.com'}]
              stronger: [{log: 'the licence pool is empty'}]
              ruled_out_by: [{event: {reason: Pulled}}]
            runbook: Runbooks/dns-failure.md

        """

    private func loaded(_ text: String) -> LoadedFrom {
        LoadedFrom("signatures: [own.yaml]\n", files: ["/etc/sabueso/own.yaml": text])
    }

    @Test func `a signature is read with all that it can say, and stands behind the built-in ones`() throws {
        let signatures = try loaded(Self.good).settings().signatures
        #expect(signatures.dropLast() == Signature.builtIn[...])
        let own = try #require(signatures.last)
        #expect(own.id == "shop-license")
        #expect(own.provider == .aks)
        #expect(own.subject == SubjectRule(.host, from: ["host", "node"]))
        #expect(
            own.signs == [
                Mark(
                    .log(["licence refused by", "license refused by"]), pattern: "by (?<host>\\S+)", weight: 2.5),
                Mark(
                    .event(reasons: ["FailedMount"], object: "Pod"), text: "volume", unless: ["registered"], weight: 1),
                Mark(.container(["OOMKilled"]), weight: 3.5), Mark(.exitCode(137), weight: 1.2),
                Mark(.pod(["Evicted"]), weight: 3),
                Mark(.exception(["UnknownHostException"]), text: "x", pattern: "(?<host>x)", weight: 1),
                Mark(.span(attribute: "error.type", value: "timeout"), weight: 1),
            ])
        #expect(own.stronger == [Mark(.log(["licence pool is empty"]), weight: 0.5)])
        #expect(own.ruledOutBy == [Mark(.event(reasons: ["Pulled"], object: nil), weight: -4)])
        #expect(own.examples.count == 4)
        #expect(own.runbook == "Runbooks/dns-failure.md")
    }

    @Test func `one with the id of a built-in one replaces it in its place`() throws {
        let first = try #require(Signature.builtIn.first)
        let text = Self.good.replacing("shop-license", with: first.id).replacing("    provider: aks\n", with: "")
        let signatures = try loaded(text).settings().signatures
        #expect(signatures.count == Signature.builtIn.count)
        #expect(signatures[0].title == "The licence server refused")
        #expect(signatures.dropFirst() == Signature.builtIn.dropFirst())
    }

    @Test func `one for a cloud stands beside the built-in one, which other clouds need`() throws {
        let first = try #require(Signature.builtIn.first)
        let signatures = try loaded(Self.good.replacing("shop-license", with: first.id)).settings().signatures
        #expect(signatures.dropLast() == Signature.builtIn[...])
        #expect(signatures.last?.id == first.id && signatures.last?.provider == .aks)
    }

    @Test func `the address of a page elsewhere is kept as it is`() throws {
        let address = "https://wiki.example.com/licences?view=1#full"
        let text = Self.good.replacing("runbook: Runbooks/dns-failure.md", with: "runbook: '\(address)'")
        #expect(try loaded(text).settings().signatures.last?.runbook == address)
    }

    @Test func `without the key there are the built-in ones`() throws {
        #expect(try LoadedFrom("").settings().signatures == Signature.builtIn)
    }

    @Test(arguments: [
        (
            "cause: dependency-download-failure", "cause: dependency-download", 4,
            "signatures[0].cause: there is no cause"
        ),
        (
            "kind: host", "kind: pod", 6,
            "signatures[0].subject.kind: the subject of dependency-download-failure is host"
        ),
        ("kind: host", "kind: hots", 6, "signatures[0].subject.kind: expected one of"),
        (
            "from: [host, node]", "from: [hosst]", 6,
            "signatures[0].subject.from[0]: is neither a place nor a named group"
        ),
        ("from: [host, node]", "from: []", 6, "signatures[0].subject.from: expected one name at least"),
        ("log: [licence refused by, license refused by]", "log: 'by '", 8, "signatures[0].signs[0].log: expected 4"),
        ("log: [licence refused by, license refused by]", "log: '137 1'", 8, "signatures[0].signs[0].log: expected 4"),
        ("log: [licence refused by, license refused by]", "log: []", 8, "signatures[0].signs[0].log: expected a text"),
        ("'by (?<host>\\S+)'", "'by (?<host>\\S+'", 8, "signatures[0].signs[0].pattern: is no regular expression"),
        ("weight: 2.5", "weight: 25", 8, "signatures[0].signs[0].weight: expected a weight from 0.1 to 6.0"),
        ("weight: -4", "weight: 4", 16, "signatures[0].ruled_out_by[0].weight: expected a weight from -6.0 to -0.1"),
        ("exit_code: 137, weight", "exit_code: 137, text: x, weight", 11, "signatures[0].signs[3].text: is for events"),
        ("{pod: Evicted,", "{pod: Evicted, exit_code: 1,", 12, "signatures[0].signs[4]: has exit_code and pod"),
        ("{pod: Evicted, weight: 3}", "{weight: 3}", 12, "signatures[0].signs[4]: says not where to look"),
        ("{pod: Evicted,", "{pods: Evicted,", 12, "signatures[0].signs[4].pods: unknown key; did you mean pod?"),
        ("`{host}` refused", "`{hots}` refused", 17, "signatures[0].statement: nothing gives {hots} a value"),
        ("refused'\n", "refused.'\n", 17, "signatures[0].statement: ends in a full stop"),
        ("subject: lic.example.com}", "subject: other}", 20, "signatures[0].examples.positive[0]: the subject should"),
        ("granted by", "refused by", 21, "signatures[0].examples.negative[0]: a sign is in this example"),
        ("'licence refused by lic", "'nothing by lic", 20, "signatures[0].examples.positive[0]: none of the signs"),
        ("[{log: 'licence granted by lic.example.com'}]", "[]", 19, "signatures[0].examples: a negative example"),
        ("{log: 'the licence pool is empty'}", "{log: 'no pool'}", 22, "signatures[0].examples.stronger[0]: none of"),
        ("[{log: 'the licence pool is empty'}]", "[]", 15, "signatures[0].stronger[0]: is never tried: no example"),
        (
            "{event: {reason: Pulled}}", "{event: {reason: Started}}", 16,
            "signatures[0].ruled_out_by[0]: is never tried"
        ),
        (
            "Runbooks/dns-failure.md", "Runbooks/dns-failures.md", 24,
            "signatures[0].runbook: there is no page Runbooks/dns-failures.md; did you mean Runbooks/dns-failure.md?"
        ),
        ("Runbooks/dns-failure.md", "'javascript:alert(1)'", 24, "signatures[0].runbook: is not a URL"),
        ("Runbooks/dns-failure.md", "http://wiki.example.com/x", 24, "signatures[0].runbook: must begin with https"),
        ("Runbooks/dns-failure.md", "https://a:b@wiki.example.com/", 24, "signatures[0].runbook: has a user"),
        ("id: shop-license", "id: Shop License", 2, "signatures[0].id: expected an id of small letters"),
        ("title: The", "titel: The", 2, "signatures[0]: title is missing"),
    ])
    func `what is wrong is told with its place`(old: String, new: String, line: Int, problem: String) {
        #expect(Self.good.contains(old))
        let problems = loaded(Self.good.replacing(old, with: new)).problems()
        #expect(problems.contains { $0.hasPrefix("own.yaml:\(line): \(problem)") }, "\(problems)")
    }

    @Test func `an id that is there twice is a problem, in one file and over several`() {
        let twice = Self.good + Self.good.replacing("signatures:\n", with: "")
        #expect(
            loaded(twice).problems() == [
                "own.yaml:25: signatures[1].id: there is a signature of this id in the file already"
            ])
        let files = LoadedFrom(
            "signatures: [a.yaml, b.yaml]",
            files: ["/etc/sabueso/a.yaml": Self.good, "/etc/sabueso/b.yaml": Self.good])
        #expect(files.problems() == ["b.yaml: shop-license: /etc/sabueso/a.yaml has a signature of this id"])
    }

    @Test func `a file that is not there is told where it is named`() {
        #expect(
            LoadedFrom("signatures:\n  - gone.yaml").problems() == [
                "sabueso.yaml:2: signatures[0]: there is no file /etc/sabueso/gone.yaml"
            ])
    }

    @Test func `of a folder its YAML files are read in the order of their names`() throws {
        func load(_ names: [String]) throws -> Settings {
            try Settings.load(path: "/c/sabueso.yaml", environment: [:]) { path throws(FileReadError) in
                switch path {
                case "/c/sabueso.yaml": return Array("signatures: [mine]".utf8)
                case "/c/mine/a.yaml": return Array(Self.good.utf8)
                case "/c/mine/b.yml": return Array(Self.good.replacing("shop-license", with: "other").utf8)
                default: throw .notFound
                }
            } listFolder: { path in
                path == "/c/mine" ? names : nil
            }
        }
        let settings = try load(["b.yml", "README.md", "a.yaml"])
        #expect(settings.signatures.suffix(2).map(\.id) == ["shop-license", "other"])
        #expect(throws: SettingsError.self) { try load(["README.md"]) }
    }
}
