/// Finds the templates of log lines in one pass, with bounded memory; the same lines in the same order give the same
/// templates.
///
/// Every line is reduced to its form: what is left when the variables that shape gives away are masked (`MaskedLine`).
/// A log has few forms, so they are all kept and counted, and which of them are one template is decided when all lines
/// have been seen: similar forms are put together (`FormClusters`) and taken apart again where few words tell events
/// apart (`TemplateEvidence`). When there are more forms than fit, that is decided for those at hand, and what is found
/// takes their place.
package struct TemplateMiner: Sendable {
    package struct Limits: Hashable, Sendable {
        /// Templates that are told; lines of rarer ones are counted in one last template "<*>".
        package var templates: Int
        /// Forms that are kept before they are settled into templates.
        package var forms: Int
        /// Bytes of memory that the forms may take, about.
        package var bytes: Int

        package init(templates: Int = 10_000, forms: Int = 10_000, bytes: Int = 64 << 20) {
            self.templates = templates
            self.forms = forms
            self.bytes = bytes
        }
    }

    private let limits: Limits
    private var line = MaskedLine()
    private var entries: [FormEntry] = []
    /// The entry of every form that was named.
    private var entryOfForm: [Int32] = []
    /// Forms seen before, by their hash: nearly all lines of a log are found here.
    private var known: [UInt64: Int32] = [:]
    /// Entries that forms were settled into, for new forms to be compared with.
    private var settled = SettledEntries()
    /// Bytes that the entries take.
    private var size = 0
    /// The form that all lines share for which there is no room; it is no entry.
    private var overflow: Overflow?

    private struct Overflow {
        let form: FormID
        var count: Int
        let example: [UInt8]
    }

    /// Forms that `known` remembers before it starts anew.
    private static let rememberedForms = 100_000
    /// Forms that are named, four bytes each; a log that has more has no forms.
    private static let namedForms = 1_000_000
    /// When settling leaves more than this share of the room taken, there is no more to gain from it.
    private static let roomWorthSettling = 0.5

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Counts a line, without its end, and names its form.
    package mutating func add(_ text: Span<UInt8>) -> FormID {
        line.read(text)
        let hash = line.hash
        if let form = known[hash] {
            count(form)
            return FormID(number: form)
        }
        let form = newForm(text)
        if known.count >= Self.rememberedForms { known.removeAll(keepingCapacity: true) }
        known[hash] = form.number
        return form
    }

    /// Counts a line and names its form.
    package mutating func add(_ text: String) -> FormID {
        let bytes = Array(text.utf8.prefix(Template.exampleBytes))
        return add(bytes.span)
    }

    /// The templates of the lines added until now.
    package func mined() -> MinedTemplates {
        var groups = Self.templates(of: entries)
        let room = max(1, limits.templates) - (overflow == nil && groups.count <= limits.templates ? 0 : 1)
        var left: [[Int]] = []
        if groups.count > room {
            let counts = groups.map { group in group.reduce(0) { $0 + entries[$1].count } }
            let byCount = groups.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
            left = byCount[room...].sorted().map { groups[$0] }
            groups = byCount[..<room].sorted().map { groups[$0] }
        }
        return result(groups, left: left)
    }
}

extension TemplateMiner {
    private mutating func count(_ form: Int32) {
        let entry = entryOfForm[Int(form)]
        if entry >= 0 { entries[Int(entry)].count += 1 } else { overflow?.count += 1 }
    }

    /// Names a form that is not known, or not any more.
    private mutating func newForm(_ text: Span<UInt8>) -> FormID {
        if let entry = settled.entry(matching: line.pieces, in: entries) {
            entries[entry.index].count += 1
            return entry.form
        }
        if overflow == nil, entries.count >= limits.forms || size >= limits.bytes { settle() }
        let start = text.extracting(0..<min(text.count, Template.exampleBytes))
        let example = TerminalSequence.isIn(start) ? TerminalSequence.removed(from: start) : start.copied
        if var overflow {
            overflow.count += 1
            self.overflow = overflow
            return overflow.form
        }
        let form = FormID(number: Int32(entryOfForm.count))
        let entry = FormEntry(pieces: line.pieces, text: line.bytes, count: 1, example: example)
        entryOfForm.append(Int32(entries.count))
        entries.append(entry)
        size += entry.size
        return form
    }

    /// Lets the templates of the forms take their place.
    private mutating func settle() {
        let groups = Self.templates(of: entries)
        var newPlace = [Int32](repeating: 0, count: entries.count)
        for (place, members) in groups.enumerated() {
            for member in members { newPlace[member] = Int32(place) }
        }
        let forms = limits.forms
        entries = groups.map { members in FormEntry.merged(members.map { entries[$0] }) }
        for form in entryOfForm.indices where entryOfForm[form] >= 0 {
            entryOfForm[form] = newPlace[Int(entryOfForm[form])]
        }
        size = entries.reduce(0) { $0 + $1.size }
        settled = SettledEntries(entries, entryOfForm: entryOfForm)
        let isWorthIt =
            Double(entries.count) < Double(forms) * Self.roomWorthSettling
            && Double(size) < Double(limits.bytes) * Self.roomWorthSettling && entryOfForm.count < Self.namedForms
        guard !isWorthIt else { return }
        overflow = Overflow(form: FormID(number: Int32(entryOfForm.count)), count: 0, example: [])
        entryOfForm.append(-1)
    }

    /// The members of each template, in the order of their first members.
    ///
    /// Decided anew for what was found as long as that joins more: a place that is known to be a variable makes the rest
    /// of a line weigh more.
    private static func templates(of entries: [FormEntry]) -> [[Int]] {
        let mostRounds = 4
        var groups = entries.indices.map { [$0] }
        for _ in 0..<mostRounds {
            let found = templatesAtOnce(of: groups.map { members in FormEntry.merged(members.map { entries[$0] }) })
            guard found.count < groups.count else { break }
            groups = found.map { $0.flatMap { groups[$0] }.sorted() }.sorted { $0[0] < $1[0] }
        }
        return groups
    }

    private static func templatesAtOnce(of entries: [FormEntry]) -> [[Int]] {
        var evidence = TemplateEvidence(entries)
        let groups = evidence.templates(of: FormClusters(entries).found())
        let takers = GeneralTemplates(groups.map { members in FormEntry.merged(members.map { entries[$0] }) }).takers()
        var taken = [[Int]](repeating: [], count: groups.count)
        for (group, taker) in zip(groups, takers) { taken[taker] += group }
        return taken.filter { !$0.isEmpty }
    }

    /// - Parameter left: groups for which there is no room.
    private func result(_ groups: [[Int]], left: [[Int]]) -> MinedTemplates {
        var templates: [Template] = []
        var templateOfEntry = [Int32](repeating: Int32(groups.count), count: entries.count)
        for (number, members) in groups.enumerated() {
            let entry = FormEntry.merged(members.map { entries[$0] })
            for member in members { templateOfEntry[member] = Int32(number) }
            templates.append(
                Template(
                    id: TemplateID(number), text: entry.displayed, count: entry.count,
                    example: String(decoding: entry.example, as: UTF8.self)))
        }
        let rest = left.joined().reduce(0) { $0 + entries[$1].count } + (overflow?.count ?? 0)
        if rest > 0 {
            let example = left.first?.first.map { entries[$0].example } ?? overflow?.example ?? []
            templates.append(
                Template(
                    id: TemplateID(groups.count), text: Template.variable, count: rest,
                    example: String(decoding: example, as: UTF8.self)))
        }
        return MinedTemplates(
            templates: templates, rest: rest,
            templateOfForm: entryOfForm.map { $0 >= 0 ? templateOfEntry[Int($0)] : Int32(groups.count) })
    }
}

extension Span<UInt8> {
    /// Its bytes as an array.
    fileprivate var copied: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for position in 0..<count { bytes.append(self[position]) }
        return bytes
    }
}
