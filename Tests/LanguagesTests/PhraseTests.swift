import Testing

@testable import Languages

struct PhraseTests {
    private let name = "aks-1"

    @Test func `a literal is a sentence with places`() {
        let phrase: Phrase = "node \(name) was lost, \(3) builds with it"
        #expect(phrase.english == "node aks-1 was lost, 3 builds with it")
        #expect(phrase.templates == ["node {} was lost, {} builds with it"])
        #expect(phrase.texts == ["aks-1", "3"])
    }

    @Test func `a phrase in a phrase is translated too`() {
        let inner: Phrase = "\(2) agents"
        let outer: Phrase = "node \(name): \(inner)"
        #expect(outer.english == "node aks-1: 2 agents")
        #expect(outer.templates == ["node {}: {}", "{} agents"])
    }

    @Test func `phrases are put together one by one`() {
        var phrase: Phrase = "a" + ", b"
        phrase += Phrase(verbatim: " (c)")
        #expect(phrase.english == "a, b (c)")
        #expect(phrase.templates == ["a", ", b"])
        let list: [Phrase] = ["one", "two"]
        #expect(list.joined(separator: "; ").english == "one; two")
        #expect([Phrase]().joined(separator: "; ").isEmpty)
    }

    @Test func `what comes from outside is no sentence, braces and all`() {
        let line = "panic: {} {1} at"
        let phrase: Phrase = "it says \(line)"
        #expect(phrase.english == "it says panic: {} {1} at")
        #expect(Phrase(verbatim: line).english == line)
        #expect(Phrase(verbatim: line).templates.isEmpty)
    }

    @Test(arguments: [("1.5", "1,5"), ("-0.25", "-0,25"), ("12", "12"), ("", ""), ("∞", "∞")])
    func `digits behind the point are set apart as the reader does`(digits: String, spanish: String) {
        #expect(Phrase(decimal: digits).english == digits)
        #expect(Phrase(decimal: digits).said(in: .spanish) == spanish)
    }

    @Test func `a capital comes after the translation`() {
        let phrase: Phrase = "node \(name)"
        #expect(phrase.capitalized.english == "Node aks-1")
        #expect(phrase.capitalized.templates == ["node {}"])
        #expect(Phrase.empty.capitalized.isEmpty)
    }

    @Test(arguments: [
        ("{} in {}", "a in b"), ("{2} de {1}", "b de a"), ("{1} y {1}", "a y a"), ("{3} {x} {", "{3} {x} {"), ("", ""),
    ])
    func `places are filled in their order or by their number`(template: String, filled: String) {
        #expect(Places.filled(template, with: ["a", "b"]) == filled)
    }

    @Test func `what is kept in parts is said the same later, in every language`() {
        let builds: Phrase = "\(3) builds"
        let phrase =
            ("node \(name): \(builds) of \("{}")" as Phrase).capitalized + Phrase(verbatim: " · ")
            + builds.shortened(to: 5)
        let again = Phrase(parts: phrase.parts)
        #expect(again.parts == phrase.parts)
        for language in Language.allCases { #expect(again.said(in: language) == phrase.said(in: language)) }
    }

    @Test func `no sentence stands in two parts of the catalogue`() {
        let sentences = SpanishCatalogue.parts.flatMap { $0.keys }
        let twice = Dictionary(grouping: sentences) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        #expect(twice.isEmpty)
    }

    @Test func `every translation has the places of its sentence`() {
        for (sentence, translation) in SpanishCatalogue.sentences {
            let count = Places.used(in: sentence).count
            #expect(Set(Places.used(in: translation)) == Set((0..<count).map { $0 + 1 }), "\(sentence)")
        }
    }

    @Test func `no sentence is translated twice`() {
        #expect(SpanishCatalogue.parts.reduce(0) { $0 + $1.count } == SpanishCatalogue.sentences.count)
    }

    @Test func `a translation begins and ends as its sentence does`() {
        for (sentence, translation) in SpanishCatalogue.sentences {
            // What is put together with others relies on the space at its beginning and on the mark at its end.
            #expect(sentence.first == " " ? translation.first == " " : translation.first != " ", "\(sentence)")
            #expect(sentence.last == "." ? translation.last == "." : translation.last != ".", "\(sentence)")
        }
    }

    @Test func `a phrase is cut at a word of what is said`() {
        let line = "Cannot contact maven-1: java.lang.InterruptedException"
        let phrase: Phrase = "agent \(name) lost: \(line)"
        #expect(phrase.shortened(to: 40).english == "agent aks-1 lost: Cannot contact…")
        #expect(phrase.shortened(to: 200).english == phrase.english)
        #expect(phrase.shortened(to: 40).templates == ["agent {} lost: {}"])
        #expect(phrase.shortened(to: 40).texts == ["aks-1", line])
        #expect("one\ntwo".shortened(to: 10) == "one")
        #expect(Phrase.empty.shortened(to: 10).isEmpty)
    }
}
