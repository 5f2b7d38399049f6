import Runbooks
import TestSupport
import Testing

/// What a page names must exist: a command with a wrong option costs a tired person the minutes that it should save.
@Suite struct PageReferencesTests {
    @Test func `every metric is one of ours, of the configuration or of a well-known exporter`() throws {
        let known = try ProjectVocabulary.metrics().union(ExporterMetrics.names)
        for page in try Pages.all() {
            for query in page.code("promql") {
                let metrics = PromQLMetrics.names(in: query)
                #expect(!metrics.isEmpty, "\(page.name) asks for nothing: \(query)")
                #expect(metrics.subtracting(known) == [], "\(page.name)")
            }
            for word in page.inlineCode.flatMap(ExporterMetrics.words) {
                #expect(known.contains(word), "\(page.name): \(word)")
            }
        }
    }

    @Test func `every file of the repository that is named is there`() throws {
        let folders = ["Config/", "deploy/", "Runbooks/", "Sources/", "Tests/"]
        for page in try Pages.all() + [Pages.readme()] {
            for path in page.inlineCode where folders.contains(where: path.hasPrefix) {
                let parts = path.split(separator: "/")
                let names = try Repository.names(in: parts.dropLast().joined(separator: "/"))
                #expect(parts.last.map { names.contains(String($0)) } == true, "\(page.name): \(path)")
            }
        }
    }

    @Test func `every configuration key that is named is in the annotated configuration`() throws {
        let keys = try ProjectVocabulary.configurationKeys()
        let sections = Set(keys.compactMap { $0.split(separator: ".").first })
        #expect(keys.contains("loki.trace_id.place") && keys.contains("analysis.min_confidence"))
        for page in try Pages.all() + [Pages.readme()] {
            // An attribute of spans that looks like one.
            for key in page.inlineCode where key != "server.address" && key.wholeMatch(of: /[a-z_]+(\.[a-z_]+)+/) != nil
            {
                guard let section = key.split(separator: ".").first, sections.contains(section) else { continue }
                #expect(keys.contains(key), "\(page.name): \(key)")
            }
        }
    }

    @Test func `every command of sabueso that is named exists, with its options`() throws {
        let commands = try ProjectVocabulary.commands()
        #expect(commands["check"]?.contains("--offline") == true && commands["analyze"]?.contains("--case") == true)
        var seen = 0
        for page in try Pages.all() + [Pages.readme()] {
            for line in page.code("sh").flatMap({ $0.split(separator: "\n").map(String.init) }) + page.inlineCode {
                for call in line.split(separator: "|").map({ $0.split(separator: " ") }) where call.first == "sabueso" {
                    let options = try #require(
                        call.dropFirst().first.flatMap { commands[String($0)] }, "\(page.name): \(line)")
                    for word in call where word.hasPrefix("--") {
                        #expect(options.contains(String(word)), "\(page.name): \(word) of \(line)")
                    }
                    seen += 1
                }
            }
        }
        #expect(seen > 5)
    }

    @Test func `every command is one that people have, and confirming changes nothing`() throws {
        for page in try Pages.all() {
            for line in page.code("sh").flatMap({ $0.split(separator: "\n") }) {
                let words = line.split(separator: " ").map(String.init)
                let program = try #require(words.first, "\(page.name)")
                #expect(Programs.names.contains(program), "\(page.name): \(line)")
                guard program == "kubectl", let verb = words.dropFirst().first else { continue }
                #expect(Programs.kubectlVerbs.contains(verb), "\(page.name): \(line)")
            }
            for case .code("sh", let text) in page.section("How to confirm") {
                for line in text.split(separator: "\n") where line.hasPrefix("kubectl") {
                    let verb = line.split(separator: " ")[1]
                    #expect(Programs.readingVerbs.contains(String(verb)), "\(page.name): \(line)")
                    #expect(!line.contains("rollout") || line.contains("rollout history"), "\(page.name): \(line)")
                }
            }
        }
    }

    @Test func `nothing in capitals in a command is a placeholder that nobody fills in`() throws {
        let known = Set(Placeholder.allCases.map(\.rawValue))
        for page in try Pages.all() {
            for text in page.code("sh", "traceql", "logql", "promql") {
                // A word by itself, or behind one of `=`, `/`, `:` and quotes: not a variable, not a heading of a table.
                for match in text.matches(of: #/(?:^|[ =\/:"'])(?<word>[A-Z][A-Z_]{1,})(?=$|[ \/:"'\n])/#) {
                    let word = String(match.word)
                    #expect(known.contains(word) || Programs.wordsInCapitals.contains(word), "\(page.name): \(word)")
                }
                #expect(!text.contains("<") || !text.contains(/<[a-z-]+>/), "\(page.name): \(text)")
            }
        }
    }

    @Test func `no page has a secret, the address of a machine or somebody's mail`() throws {
        for page in try Pages.all() + [Pages.readme()] {
            #expect(!page.text.contains(#/\b\d{1,3}(\.\d{1,3}){3}\b/#), "\(page.name): an address")
            #expect(!page.text.contains(#/admin:|password=|-u [a-z]+:/#), "\(page.name): a credential")
            #expect(!page.text.contains(#/[a-z]@[a-z]+\.[a-z]/#), "\(page.name): a mail address")
        }
    }
}
