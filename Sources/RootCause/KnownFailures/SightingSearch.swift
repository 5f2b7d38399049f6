import BuildLogs
import Languages
import Signatures
import Telemetry

/// Looks for the marks of all signatures, each kind of evidence once.
struct SightingSearch {
    let around: Surroundings
    var book: SignatureBook
    private(set) var sightings: [Sighting] = []

    /// Lines of one form from which groups are captured, in one trace and altogether: more say the same again.
    private static let mostLinesOfTrace = 3
    private static let mostLinesOfForm = 60
    /// What failing builds say is what is asked about: each of them is heard.
    private static let mostLinesOfFormInFailures = 1000

    init(_ book: SignatureBook, in around: Surroundings) {
        self.book = book
        self.around = around
    }

    mutating func run() {
        searchLines()
        searchEvents()
        searchPods()
        searchSpans()
    }
}

// MARK: Lines

extension SightingSearch {
    private struct Place: Hashable {
        let form: Int
        let trace: TraceID?
    }

    private struct Quarter: Hashable {
        let form: Int
        let isWindow: Bool
        let isTraced: Bool
        let isOfFailure: Bool
    }

    private mutating func searchLines() {
        guard book.hasLiterals, !around.logs.forms.isEmpty else { return }
        var matches: [LiteralScanner.Match] = []
        let candidates = around.logs.forms.map { book.literals(in: around.logs.entries[$0].line, &matches) }
        var taken: [Place: Int] = [:]
        var takenOfForm: [Quarter: Int] = [:]
        for (position, row) in around.logs.rows.enumerated() {
            let entry = around.logs.entries[position]
            guard row.population != .neither || entry.traceID != nil else { continue }
            var literals = candidates[row.form]
            // The forms of very long lines, and of those for which there was no room, are known by their beginning only.
            // What explains a failure is looked at as it is, whatever its form.
            if literals.isEmpty, isLookedAtAlone(entry) { literals = book.literals(in: entry.line, &matches) }
            guard !literals.isEmpty else { continue }
            let quarter = Quarter(
                form: row.form, isWindow: row.population == .window, isTraced: entry.traceID != nil,
                isOfFailure: entry.traceID.map(around.harmedTraces.contains) ?? false)
            let most = quarter.isOfFailure ? Self.mostLinesOfFormInFailures : Self.mostLinesOfForm
            guard takenOfForm[quarter, default: 0] < most else { continue }
            let place = Place(form: row.form, trace: entry.traceID)
            if entry.traceID != nil, taken[place, default: 0] >= Self.mostLinesOfTrace, !isExplaining(entry) {
                continue
            }
            taken[place, default: 0] += 1
            takenOfForm[quarter, default: 0] += 1
            for literal in literals { add(literal, entry, row, at: position) }
        }
    }

    private func isExplaining(_ entry: LogEntry) -> Bool {
        !around.explainingLines.isEmpty
            && around.explainingLines.contains(.init(trace: entry.traceID, at: entry.at, line: entry.line))
    }

    private func isLookedAtAlone(_ entry: LogEntry) -> Bool {
        entry.line.utf8.count > Self.examinedByForm || isExplaining(entry)
    }

    /// Bytes of a line that its form is made of.
    private static let examinedByForm = 4096

    private mutating func add(
        _ literal: SignatureBook.Literal, _ entry: LogEntry, _ row: LogTable.Row, at position: Int
    ) {
        guard let captures = book.captures(literal, in: entry.line) else { return }
        let own = entry.pod.flatMap { around.agents.contains($0) ? $0 : nil }
        let named = around.agent(in: entry.line) ?? own
        guard let belonging = around.belonging(ofLine: entry, row: row, agent: named) else { return }
        let builder = belonging.builds.first.map { around.builds[$0] }
        let agent = named ?? builder.flatMap(around.failingAgent)
        let service =
            row.service >= 0 ? around.logs.services[row.service] : entry.service
        var names = around.places(agent: agent, pod: entry.pod, service: service)
        if let node = entry.node, names[Signatures.Place.node.rawValue] == nil {
            names[Signatures.Place.node.rawValue] = node
        }
        names[Signatures.Place.server.rawValue] = row.span >= 0 ? around.calledHost(of: row.span) : nil
        names.merge(captures) { $1 }
        let rule = book.signatures[book.entries[literal.entry].signature].subject
        if rule.from.contains(Signatures.Place.mentioned.rawValue), !rule.from.contains(where: { names[$0] != nil }) {
            names[Signatures.Place.mentioned.rawValue] = MentionedHost.find(before: position, in: around.logs)
        }
        append(
            literal.entry, .logs, at: entry.at, text: Words.quotation(entry.line(around: literal.text)),
            origin: StepOrigin(entry),
            reference: entry.traceID.map(Reference.logsOfTrace)
                ?? entry.pod.map { .logsOfPod(namespace: entry.namespace, pod: $0) },
            names: names, population: row.population, belonging)
    }

    private mutating func append(
        _ number: Int, _ source: EvidenceSource, at: Timestamp?, text: Phrase, origin: StepOrigin? = nil,
        reference: Reference?,
        names: [String: String], population: Population, _ belonging: Surroundings.Belonging
    ) {
        let entry = book.entries[number]
        // What counts the failed tests explains little, and is all the same where the step tells how it ended.
        let isSummary = book.signatures[entry.signature].cause == Cause.testFailure.rawValue
        let bearing: Sighting.Bearing =
            isSummary && belonging.bearing == .inStep(isRead: true) ? .inStep(isRead: false) : belonging.bearing
        var names = names
        if let build = belonging.builds.first {
            names[Signatures.Place.job.rawValue] = around.builds[build].job
            names[Signatures.Place.server.rawValue] =
                around.server(of: around.builds[build]) ?? names[Signatures.Place.server.rawValue]
            // Jenkins writes the logs of builds; what they say is not about itself.
            names[Signatures.Place.controller.rawValue] = nil
        }
        sightings.append(
            Sighting(
                signature: entry.signature, entry: number, role: entry.role, weight: entry.mark.weight,
                source: source, at: at, text: text, origin: origin, reference: reference, names: names,
                population: population,
                bearing: bearing, builds: belonging.builds, trace: belonging.trace))
    }
}

extension LogEntry {
    /// The line of a text of several in which a literal stands.
    fileprivate func line(around literal: String) -> String {
        guard line.utf8.contains(UInt8(ascii: "\n")), let position = line.firstBytes(of: literal) else { return line }
        return MarkPattern.line(of: line, around: position)
    }
}

// MARK: The cluster

extension SightingSearch {
    private func numbers(where isWanted: (Mark.Kind) -> Bool) -> [Int] {
        book.entries.indices.filter { isWanted(book.entries[$0].mark.kind) }
    }

    /// Events in which a mark is looked for, about one object and altogether: more say the same again.
    static let mostEventsOfObject = 20
    /// As many again as of builds that failed, whose events are asked about: those of others never take their room.
    static let mostEventsOfMark = 1000

    private struct EventShare: Hashable {
        let entry: Int
        let isOfFailure: Bool
    }

    private struct EventPlace: Hashable {
        let entry: Int
        let object: String
    }

    private mutating func searchEvents() {
        let wanted = numbers { if case .event = $0 { true } else { false } }
        guard !wanted.isEmpty else { return }
        // The events are in the order of time: which are left out depends on nothing else.
        var taken: [EventShare: Int] = [:]
        var takenOfObject: [EventPlace: Int] = [:]
        for event in around.cluster.events where around.window.overlaps(event) {
            for number in wanted {
                let mark = book.entries[number].mark
                guard mark.fits(event: event.reason, object: event.object.kind, message: event.message) else {
                    continue
                }
                let share = EventShare(
                    entry: number,
                    isOfFailure: around.buildsOfAgent[event.object.name]?.contains(where: around.isHarmed) ?? false)
                let place = EventPlace(entry: number, object: "\(event.object.kind)/\(event.object.name)")
                guard taken[share, default: 0] < Self.mostEventsOfMark,
                    takenOfObject[place, default: 0] < Self.mostEventsOfObject
                else { continue }
                taken[share, default: 0] += 1
                takenOfObject[place, default: 0] += 1
                guard let captures = book.captures(number, in: event.message) else { continue }
                let isPod = event.object.kind == "Pod"
                let pod = isPod ? event.object.name : around.agent(in: event.message)
                let isNode = event.object.kind == "Node" && pod == nil
                let belonging =
                    isNode
                    ? around.belonging(ofNode: event.object.name, at: event.at)
                    : around.belonging(ofPod: pod, at: event.at)
                guard let belonging else { continue }
                let agent = pod.flatMap { around.agents.contains($0) ? $0 : nil }
                var names = around.places(agent: agent, pod: pod)
                names[Signatures.Place.object.rawValue] = event.object.name
                if event.object.kind == "Node" { names[Signatures.Place.node.rawValue] = event.object.name }
                let times = event.count > 1 ? " ×\(event.count)" : ""
                append(
                    number, .events, at: event.at,
                    text:
                        "\(EventWords.kind(event.object.kind)) \(event.object.name): \(event.reason)\(times): \(Words.short(event.message))",
                    reference: pod.map { .logsOfPod(namespace: isPod ? event.object.namespace : nil, pod: $0) },
                    names: names.merging(captures) { $1 }, population: .window, belonging)
            }
        }
    }

    private mutating func searchPods() {
        let wanted = numbers {
            switch $0 {
            case .container, .exitCode, .pod: true
            default: false
            }
        }
        guard !wanted.isEmpty else { return }
        for pod in around.cluster.pods.values.sorted(by: { $0.name < $1.name }) {
            let agent = around.agents.contains(pod.name) ? pod.name : nil
            let names = around.places(agent: agent, pod: pod.name)
            let reference = Reference.logsOfPod(namespace: pod.namespace, pod: pod.name)
            for number in wanted {
                let mark = book.entries[number].mark
                if mark.fits(podReason: pod.reason), let belonging = around.belonging(ofPod: pod.name, at: nil) {
                    append(
                        number, .pods, at: nil,
                        text: "pod \(pod.name): \(pod.reason): \(Words.short(pod.message))", reference: reference,
                        names: names, population: .window, belonging)
                }
                for end in pod.terminations where end.finishedAt.map(around.window.contains) ?? true {
                    guard mark.fits(endOfContainer: end.reason, exitCode: end.exitCode),
                        let belonging = around.belonging(ofPod: pod.name, at: end.finishedAt)
                    else { continue }
                    append(
                        number, .pods, at: end.finishedAt,
                        text:
                            "container \(end.container) of \(pod.name) ended: \(end.reason), exit code \(end.exitCode)",
                        reference: reference, names: names, population: .window, belonging)
                }
            }
        }
    }
}

// MARK: Spans

extension SightingSearch {
    /// Of one operation: more failures of it say the same again.
    static let mostSpansOfOperation = 50

    private mutating func searchSpans() {
        let exceptions = numbers { if case .exception = $0 { true } else { false } }
        let attributes = numbers { if case .span = $0 { true } else { false } }
        guard !exceptions.isEmpty || !attributes.isEmpty || book.hasLiterals else { return }
        var taken: [Int32: Int] = [:]
        var matches: [LiteralScanner.Match] = []
        for row in around.spans.rows.indices where around.spans.rows[row].failed {
            let population = around.spans.population(of: row)
            guard population == .window else { continue }
            let operation = around.spans.rows[row].operation
            guard taken[operation, default: 0] < Self.mostSpansOfOperation else { continue }
            taken[operation, default: 0] += 1
            let span = around.spans.span(of: row)
            for number in attributes {
                guard case .span(let name, _) = book.entries[number].mark.kind, let value = span.attributes.text(name),
                    book.entries[number].mark.fits(attribute: name, value: value)
                else { continue }
                add(number, row, span, text: "\(span.name): \(name) = \(Words.short(value))", captures: [:])
            }
            for exception in span.exceptions {
                for number in exceptions {
                    guard book.entries[number].mark.fits(exception: exception.type, message: exception.message),
                        let captures = book.captures(number, in: exception.message)
                    else { continue }
                    add(
                        number, row, span,
                        text: "\(span.name): \(exception.type): \(Words.short(exception.message))",
                        captures: captures)
                }
            }
            for message in span.failureMessages {
                for literal in book.literals(in: message, &matches) {
                    guard let captures = book.captures(literal, in: message) else { continue }
                    add(
                        literal.entry, row, span, text: "\(span.name): \(Words.short(message))", captures: captures)
                }
            }
        }
    }

    private mutating func add(_ number: Int, _ row: Int, _ span: Span, text: Phrase, captures: [String: String]) {
        guard let belonging = around.belonging(ofSpan: row) else { return }
        let agent =
            span.attributes.text("jenkins.computer.name")
            ?? belonging.builds.first.flatMap { around.failingAgent(of: around.builds[$0]) }
        let pod = span.resource.text("k8s.pod.name")
        var names = around.places(agent: agent, pod: agent ?? pod, service: span.service)
        names[Signatures.Place.server.rawValue] = around.calledHost(of: row)
        append(
            number, .traces, at: span.end, text: text, reference: .trace(span.traceID, span: span.id),
            names: names.merging(captures) { $1 }, population: .window, belonging)
    }
}

extension Span {
    /// In words what went wrong, as libraries note it: they word it as they would in a log line. Each once.
    fileprivate var failureMessages: [String] {
        var messages: [String] = []
        if case .error(let message) = status, !message.isEmpty { messages.append(message) }
        for thrown in exceptions where !thrown.message.isEmpty && !messages.contains(thrown.message) {
            messages.append(thrown.message)
        }
        return messages
    }

    fileprivate struct Thrown {
        let type: String
        let message: String
    }

    /// What its exception events and its own attributes say was thrown.
    fileprivate var exceptions: [Thrown] {
        (events.map(\.attributes) + [attributes]).compactMap { attributes in
            attributes.text("exception.type").map {
                Thrown(type: $0, message: attributes.text("exception.message") ?? "")
            }
        }
    }
}
