import LogTemplates
import Testing

struct TemplateMinerTests {
    @Test func `the first line is the example, and all are counted`() {
        var miner = TemplateMiner()
        let first = miner.add("order 7 shipped")
        _ = miner.add("nothing to do")
        let second = miner.add("order 8 shipped")
        let mined = miner.mined()
        #expect(mined.id(of: first) == mined.id(of: second))
        #expect(mined.template(of: first).id == TemplateID(0))
        #expect(mined.template(of: first).count == 2)
        #expect(mined.template(of: first).example == "order 7 shipped")
    }

    @Test func `every line is counted once, and equal lines share a template`() {
        var random = Sequence64(seed: 7)
        var miner = TemplateMiner(limits: .init(forms: 200))
        var forms: [String: FormID] = [:]
        for number in 1...3000 {
            let line = anyLine(&random)
            let form = miner.add(line)
            let mined = miner.mined(every: 500, number)
            if let before = forms[line], let mined { #expect(mined.id(of: form) == mined.id(of: before), "\(line)") }
            forms[line] = form
            guard let mined else { continue }
            #expect(mined.templates.reduce(0) { $0 + $1.count } == number)
            #expect(mined.templates.map(\.id.index) == Array(mined.templates.indices))
        }
    }

    @Test func `a template's words stand in each of its lines, in their order`() {
        var random = Sequence64(seed: 11)
        var miner = TemplateMiner(limits: .init(forms: 200))
        let lines = (0..<3000).map { _ in anyLine(&random) }
        let forms = lines.map { miner.add($0) }
        let mined = miner.mined()
        for (line, form) in zip(lines, forms) {
            var rest = line[...]
            for text in mined.template(of: form).text.split(separator: Template.variable) {
                for word in text.split(separator: " ") {
                    guard let found = rest.firstRange(of: word) else {
                        Issue.record("\(mined.template(of: form).text) does not fit \(line)")
                        break
                    }
                    rest = rest[found.upperBound...]
                }
            }
        }
    }

    @Test func `the same lines give the same templates, also when the forms had to be settled on the way`() {
        func mined(forms: Int) -> [Template] {
            var random = Sequence64(seed: 3)
            var miner = TemplateMiner(limits: .init(forms: forms))
            for _ in 0..<2000 { _ = miner.add(anyLine(&random)) }
            return miner.mined().templates
        }
        #expect(mined(forms: 10_000) == mined(forms: 10_000))
        #expect(mined(forms: 300) == mined(forms: 300))
    }

    @Test func `a log with one variable needs no more room for a million names than for a hundred`() {
        var miner = TemplateMiner(limits: .init(forms: 100))
        let names = (0..<5000).map { "n" + String($0, radix: 2).map { $0 == "0" ? "a" : "b" }.joined() }
        let forms = names.map { miner.add("hello \($0), welcome to the machine") }
        let mined = miner.mined()
        #expect(mined.templates.map(\.text) == ["hello <*>, welcome to the machine"])
        #expect(mined.templates.first?.count == names.count)
        #expect(Set(forms).count <= 101)
    }

    @Test func `the order of lines decides the numbers, not what belongs together`() {
        let lines = (0..<400).map {
            "worker \($0 % 7) \(["took", "finished", "lost"][$0 % 3]) job \(["ab", "cd", "ef", "gh", "ij"][$0 % 5]) in \($0) ms"
        }
        func groups(_ lines: [String]) -> Set<Set<String>> {
            var miner = TemplateMiner()
            let forms = lines.map { miner.add($0) }
            let mined = miner.mined()
            return Set(Dictionary(grouping: zip(lines, forms)) { mined.id(of: $0.1) }.values.map { Set($0.map(\.0)) })
        }
        var random = Sequence64(seed: 5)
        #expect(groups(lines) == groups(lines.shuffled(using: &random)))
    }

    @Test(arguments: [10, 1])
    func `what comes after the last template is counted together`(limit: Int) {
        var miner = TemplateMiner(limits: .init(templates: limit, forms: 20))
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        for first in letters { for second in letters { _ = miner.add("\(first)x says \(second)y \(first)\(second)z") } }
        let templates = miner.mined().templates
        #expect(templates.count == limit)
        #expect(templates.last?.text == "<*>")
        #expect(templates.reduce(0) { $0 + $1.count } == 26 * 26)
    }

    @Test func `few bytes of room are kept to as well`() {
        var miner = TemplateMiner(limits: .init(bytes: 1000))
        for number in 0..<100 { _ = miner.add(String(repeating: "word ", count: number)) }
        let templates = miner.mined().templates
        #expect(templates.count < 20)
        #expect(templates.reduce(0) { $0 + $1.count } == 100)
    }

    @Test func `a line of a megabyte and bytes that are no text do no harm`() {
        var miner = TemplateMiner()
        let long = miner.add(String(repeating: "word ", count: 200_000))
        let bytes: [UInt8] = [0xff, 0xfe, 0x20, 0x00, 0x07, 0xc3]
        let broken = miner.add(bytes.span)
        let mined = miner.mined()
        #expect(mined.templates.count == 2)
        #expect(mined.template(of: long).text.utf8.count < 5000)
        #expect(mined.template(of: long).example.utf8.count <= Template.exampleBytes)
        #expect(mined.template(of: broken).text == "\u{fffd}\u{fffd} \u{fffd}")
    }

    @Test func `no bytes do harm`() {
        var random = Sequence64(seed: 17)
        let alphabet = Array("aZ09.:/\\-_[](){}<>=,;\"' \u{0}\t~%µ".utf8) + [0xff]
        var miner = TemplateMiner(limits: .init(forms: 50))
        for _ in 0..<5000 {
            let line = (0..<Int(random.next() % 40)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            _ = miner.add(line.span)
        }
        #expect(miner.mined().templates.reduce(0) { $0 + $1.count } == 5000)
    }

    private func anyLine(_ random: inout Sequence64) -> String {
        let words = ["open", "close", "read", "file", "socket", "user", "42", "10.0.0.1", "/a/b", "failed", "\"x y\""]
        return (0..<(1 + Int(random.next() % 6))).map { _ in words[Int(random.next() % UInt64(words.count))] }
            .joined(separator: " ")
    }
}

extension TemplateMiner {
    fileprivate func mined(every step: Int, _ number: Int) -> MinedTemplates? {
        number.isMultiple(of: step) ? mined() : nil
    }
}

/// A fixed sequence of numbers, so that a failing test fails again: SplitMix64.
struct Sequence64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
