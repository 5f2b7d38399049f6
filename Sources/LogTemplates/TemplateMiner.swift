/// Finds the templates of log lines in one pass, with bounded memory; the same lines in the same order give the same
/// templates.
///
/// After the variables that shape gives away (`MaskedLine`), lines with as many words and the same beginning are
/// compared word by word: what is alike in most words is one template, and the words that differ become variables.
/// The idea is that of Drain (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017).
package struct TemplateMiner: Sendable {
    package struct Limits: Hashable, Sendable {
        /// Templates that are kept; what fits none of them is counted in one last template "<*>".
        package var templates: Int
        /// Of the words that are not variables, the share that must be alike for two lines to share a template.
        package var similarity: Double

        /// - Parameter similarity: Drain's own experiments use 0.4 to 0.7 of all words.
        package init(templates: Int = 10_000, similarity: Double = 0.6) {
            self.templates = templates
            self.similarity = similarity
        }
    }

    private struct Entry {
        /// Hashes of the words; 0 where lines differ.
        var words: [UInt64]
        /// The words as text, `<*>` where lines differ.
        var texts: [String]
        var count: Int
        let example: String
        /// Where a word is a variable by its shape already.
        let masked: [Bool]
    }

    private struct Bucket: Hashable {
        let words: Int
        let first: UInt64
    }

    private let limits: Limits
    private var entries: [Entry] = []
    private var buckets: [Bucket: [Int]] = [:]
    /// Lines seen before, by their hash: most lines of a log are found here.
    private var known: [UInt64: Int] = [:]
    private var overflow: Int?
    private var line = MaskedLine()

    /// Line forms that `known` remembers before it starts anew.
    private static let rememberedForms = 100_000
    /// Templates of one bucket that are compared with a line; later ones only match exactly.
    private static let comparedTemplates = 256

    /// The share of a template's words, those that are variables by shape aside, that must stay the same: a template that
    /// fits everything says nothing.
    private static let leastRecognisable = 0.4

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// The template of this line, counted.
    package mutating func add(_ text: String) -> TemplateID {
        line.read(text)
        let form = line.hash
        let index: Int
        if let found = known[form] {
            index = found
        } else {
            index = search() ?? insert(text)
            if known.count >= Self.rememberedForms { known.removeAll(keepingCapacity: true) }
            known[form] = index
        }
        entries[index].count += 1
        return TemplateID(index)
    }

    /// By their ids.
    package var templates: [Template] { entries.indices.compactMap { template(TemplateID($0)) } }

    /// nil for an id that this miner did not give.
    package func template(_ id: TemplateID) -> Template? {
        guard entries.indices.contains(id.index) else { return nil }
        let entry = entries[id.index]
        return Template(
            id: id, text: entry.texts.joined(separator: " "), count: entry.count, example: entry.example)
    }

    private var bucket: Bucket {
        let first = line.words.first
        return Bucket(words: line.words.count, first: first.map { $0.isVariable ? 0 : $0.hash } ?? 0)
    }

    /// The most similar template; the older of two that are equally similar. Words that differ become variables in it.
    private mutating func search() -> Int? {
        guard let candidates = buckets[bucket] else { return nil }
        var best: (index: Int, similarity: Double)?
        for index in candidates.prefix(Self.comparedTemplates) {
            let similarity = similarity(to: entries[index])
            if similarity >= limits.similarity, similarity > best?.similarity ?? 0 { best = (index, similarity) }
        }
        guard let index = best?.index else { return nil }
        for (position, word) in line.words.enumerated() where entries[index].words[position] != word.hash {
            entries[index].words[position] = 0
            entries[index].texts[position] = Template.variable
        }
        return index
    }

    /// Of the words that are not variables, the share that is alike; 0 when too little of the template is left to judge.
    private func similarity(to entry: Entry) -> Double {
        var alike = 0
        var different = 0
        var variable = 0
        for (position, word) in line.words.enumerated() {
            if entry.words[position] == word.hash {
                if !word.isVariable { alike += 1 }
            } else if entry.words[position] == 0 {
                variable += 1
            } else {
                // `id=<*>` and `age=<*>` are not alike either.
                different += 1
            }
        }
        guard alike + different > 0 else { return 1 }
        let isRecognisable = Double(alike) >= Self.leastRecognisable * Double(alike + different + variable)
        return isRecognisable ? Double(alike) / Double(alike + different) : 0
    }

    private mutating func insert(_ text: String) -> Int {
        if entries.count >= max(1, limits.templates) - 1 {
            if let overflow { return overflow }
            entries.append(Entry(words: [], texts: [Template.variable], count: 0, example: text, masked: []))
            overflow = entries.count - 1
            return entries.count - 1
        }
        entries.append(
            Entry(
                words: line.words.map(\.hash), texts: line.words.map { line.text(of: $0) }, count: 0, example: text,
                masked: line.words.map(\.isVariable)))
        buckets[bucket, default: []].append(entries.count - 1)
        return entries.count - 1
    }
}
