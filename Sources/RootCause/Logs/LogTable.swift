import LogTemplates
import Telemetry

/// All log lines of the evidence, in the order of time, with their templates and the spans that wrote them.
struct LogTable: Sendable {
    struct Row: Sendable {
        let template: Int
        /// A place in `forms`.
        let form: Int
        /// A number in `statements`.
        var statement = 0
        /// Another number in `statements`, of all that its place in the code wrote, whatever the words; or -1.
        var whole = -1
        /// A number in `services`, or -1.
        let service: Int
        /// The row of the span that wrote it, or -1.
        let span: Int
        let population: Population
    }

    /// What wrote a line: a template, at a place in the code where lines tell it.
    ///
    /// A place that writes in several forms is a statement as well: whether it was reached is one question, what it had to
    /// say another.
    struct Statement: Hashable, Sendable {
        /// Of its first line.
        let template: Int
        /// The place in `entries` of its first line.
        let example: Int
    }

    /// What of the lines could not be looked at as it is.
    struct LeftOut: Hashable, Sendable {
        /// Lines of which only the beginning is read.
        var cut = 0
        /// Lines whose kind is one of too many.
        var withoutTemplate = 0
    }

    /// By time, then by what else tells them apart; very long lines are cut.
    let entries: [LogEntry]
    private(set) var rows: [Row] = []
    private(set) var leftOut = LeftOut()
    private(set) var templates: [Template] = []
    /// What is left of lines when their variables are masked; a template has one or more. The places of their first lines
    /// in `entries`.
    private(set) var forms: [Int] = []
    private(set) var statements: [Statement] = []
    private(set) var services: [String] = []
    private var errorLike: [Bool] = []

    /// A template with more places than this has none: what looked like them are numbers of something else.
    private static let mostPlaces = 40
    /// A place with more templates than this is that of a function which writes everybody's lines.
    private static let mostTemplates = 12

    private struct SpanKey: Hashable {
        let trace: TraceID
        let span: SpanID
    }

    init(_ evidence: Evidence, spans table: SpanTable, limits: TemplateMiner.Limits = .init()) {
        entries = LogOrder.sorted(evidence.logs.map(LongLine.cut))
        leftOut.cut = evidence.logs.count { LongLine.isLong($0.line) }
        guard !entries.isEmpty else { return }
        var spanRows: [SpanKey: Int] = Dictionary(minimumCapacity: table.rows.count)
        for (trace, traceRow) in zip(table.traces, table.traceRows) {
            for (offset, span) in trace.spans.enumerated() {
                spanRows[SpanKey(trace: trace.id, span: span.id)] = traceRow.rows.lowerBound + offset
            }
        }
        var miner = TemplateMiner(limits: limits)
        let named = entries.map { miner.add($0.line) }
        let mined = miner.mined()
        leftOut.withoutTemplate = mined.rest
        var numbers: [String: Int] = [:]
        var formNumbers: [FormID: Int] = [:]
        rows.reserveCapacity(entries.count)
        for (entry, form) in zip(entries, named) {
            var span = -1
            if let trace = entry.traceID, let id = entry.spanID {
                span = spanRows[SpanKey(trace: trace, span: id)] ?? -1
            }
            var service = -1
            if let name = entry.service ?? (span >= 0 ? table.services[table.service(of: span)] : nil) {
                if let known = numbers[name] {
                    service = known
                } else {
                    service = services.count
                    services.append(name)
                    numbers[name] = service
                }
            }
            let population = span >= 0 ? table.population(of: span) : table.stretches.population(of: entry.at)
            let number = formNumbers[form] ?? forms.count
            if number == forms.count {
                formNumbers[form] = number
                forms.append(rows.count)
            }
            rows.append(
                Row(
                    template: mined.id(of: form).index, form: number, service: service, span: span,
                    population: population))
        }
        templates = mined.templates
        errorLike = templates.map { ErrorWords.areIn($0.example) }
        for (row, entry) in zip(rows, entries) where ErrorWords.isErrorLevel(entry.level) {
            errorLike[row.template] = true
        }
        nameStatements()
    }

    private mutating func nameStatements() {
        struct Key: Hashable {
            let template: Int
            let place: String?
        }
        let locations = entries.map { SourceLocation.text(in: $0.line) }
        var places = [Set<String?>](repeating: [], count: templates.count)
        for (row, place) in zip(rows, locations) where places[row.template].count <= Self.mostPlaces {
            places[row.template].insert(place)
        }
        var templatesAt: [String?: Set<Int>] = [:]
        for (row, place) in zip(rows, locations)
        where place != nil && templatesAt[place]?.count ?? 0 <= Self.mostTemplates {
            templatesAt[place, default: []].insert(row.template)
        }
        var numbers: [Key: Int] = [:]
        for position in rows.indices {
            let template = rows[position].template
            let place = locations[position]
            let isPlaced =
                place != nil && places[template].count <= Self.mostPlaces
                && templatesAt[place]?.count ?? 0 <= Self.mostTemplates
            let key = Key(template: template, place: isPlaced ? place : nil)
            let number = numbers[key] ?? statements.count
            if number == statements.count {
                numbers[key] = number
                statements.append(Statement(template: template, example: position))
            }
            rows[position].statement = number
            guard isPlaced, templatesAt[place]?.count ?? 0 > 1 else { continue }
            let whole = Key(template: -1, place: place)
            if numbers[whole] == nil {
                numbers[whole] = statements.count
                statements.append(Statement(template: template, example: position))
            }
            rows[position].whole = numbers[whole] ?? -1
        }
    }

    /// Where the lines of each span stand in `rows`, in the order of time.
    func linesBySpan(count: Int) -> (starts: [Int], lines: [Int]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for row in rows where row.span >= 0 { starts[row.span + 1] += 1 }
        for span in 0..<count { starts[span + 1] += starts[span] }
        var next = starts
        var lines = [Int](repeating: 0, count: starts[count])
        for (position, row) in rows.enumerated() where row.span >= 0 {
            lines[next[row.span]] = position
            next[row.span] += 1
        }
        return (starts, lines)
    }

    /// Whether lines of this template report a failure, by their level or their words.
    func isErrorLike(_ template: Int) -> Bool { errorLike[template] }
}
