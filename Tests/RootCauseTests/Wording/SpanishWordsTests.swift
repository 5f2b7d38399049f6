import Languages
import Settings
import Signatures
import Telemetry
import Testing

@testable import BuildLogs
@testable import RootCause

/// What no scenario needs to bring up is there in Spanish as well.
struct SpanishWordsTests {
    private func hasTranslations(_ phrase: Phrase) -> Bool {
        phrase.templates.allSatisfy { Language.spanish.translation(of: $0) != nil }
    }

    @Test(arguments: Signature.builtIn)
    func `every sentence of a shipped signature`(_ signature: Signature) throws {
        for text in [signature.title, signature.statement] + signature.recommendations {
            let values = Dictionary(Filling.names(in: text).map { ($0, "x") }) { first, _ in first }
            let phrase = try #require(Filling.fill(text, values))
            #expect(!phrase.templates.isEmpty && hasTranslations(phrase), "\(text)")
        }
    }

    @Test func `why a line of a build's log was chosen`() {
        for why in Set(RuleBook().rules.map(\.why)) where !why.isEmpty {
            #expect(hasTranslations(Phrase(template: why, [])), "\(why)")
        }
    }

    @Test(arguments: [
        "agent", "build", "call", "event", "further step", "job", "line", "log line", "other job", "place", "pod",
        "restart", "run", "span", "trace",
    ])
    func `numbers of things`(noun: String) {
        #expect(hasTranslations(Words.count(1, noun)) && hasTranslations(Words.count(2, noun)))
    }

    @Test func `numbers of things that alerts are about`() {
        let labels = [
            "node", "persistentvolumeclaim", "pod", "deployment", "statefulset", "daemonset", "job_name", "service",
            "host", "instance", "namespace",
        ]
        for label in labels {
            let kind = AlertLabels([label: "x"]).subject?.kind ?? ""
            #expect(hasTranslations(Words.count(2, kind)), "\(label)")
        }
    }

    @Test func `the kinds of evidence`() {
        for source in EvidenceSource.allCases {
            #expect(source.words.english == source.rawValue)
            #expect(hasTranslations(source.words))
        }
    }

    @Test func `a sentence with names, a list and a time is told in the reader's language`() {
        let agents = ["maven-1", "maven-2", "maven-3", "maven-4"]
        let phrase: Phrase = "agents \(Words.list(agents)) lost: \(Words.quotation("Cannot contact maven-1"))"
        #expect(phrase.english == "agents maven-1, maven-2, maven-3 and 1 more lost: Cannot contact maven-1")
        #expect(
            phrase.said(in: .spanish) == "agentes maven-1, maven-2, maven-3 y 1 más perdidos: Cannot contact maven-1")
        #expect(Words.duration(seconds: 1.94).said(in: .spanish) == "1,9 s")
        #expect(Words.decimal(-0.25, places: 2).said(in: .spanish) == "-0,25")
        #expect(Words.decimal(-0.25, places: 2).english == "-0.25")
        #expect(Words.duration(seconds: .nan).said(in: .spanish) == "un tiempo desconocido")
        #expect(Words.count(1, "log line").said(in: .spanish) == "1 línea de log")
    }
}
