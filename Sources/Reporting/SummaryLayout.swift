import Alerts
import Languages

/// A summary as a sequence of labelled sections: the one place that decides what comes in which order.
///
/// The renderers differ in dress only. The order is that of a reader who was asleep: why, who, what to do, the telling log
/// lines, what is missing.
struct SummaryLayout {
    struct Section: Hashable {
        /// nil where the text speaks for itself.
        var label: Label?
        var lines: [Line]
    }

    enum Line: Hashable {
        case sentence(String)
        case step(Summary.Step)
        case finding(Summary.Finding)
        case action(number: Int, String)
        /// - Parameter outcome: what they have in common; empty when they differ, each then carries its own.
        case names([Summary.Affected], outcome: String, more: Int)
        case log(Summary.LogLine)
    }

    /// What a section is about, and other parts that a message has.
    enum Label: CaseIterable {
        case alert, probableCause, possibleCause, alsoPossible, onlyALead, onlyLeads, affected, next, actions, log,
            missing
        case lookedAt, found, timeline, links, figures, figure, value, showEvidence, see

        var phrase: Phrase {
            switch self {
            case .alert: "Alert"
            case .probableCause: "Probable cause"
            case .possibleCause: "Possible cause"
            case .alsoPossible: "Also possible"
            case .onlyALead: "Only a lead"
            case .onlyLeads: "Only leads"
            case .affected: "Affected"
            case .next: "Next"
            case .actions: "Do"
            case .log: "Log"
            case .missing: "Missing"
            case .lookedAt: "Looked at"
            case .found: "Found"
            case .timeline: "Timeline"
            case .links: "Links"
            case .figures: "Figures"
            case .figure: "Figure"
            case .value: "Value"
            case .showEvidence: "Show evidence"
            case .see: "see"
            }
        }
    }

    let summary: Summary
    /// How many of the affected the summary does not name any more.
    var unnamed = 0
    /// Whether all is shown that is known: every step, every lead. A person in a hurry gets what explains what happened.
    var isComplete = false
    /// Whether it is read as a report: every gap is named, not only what could change the conclusion.
    var isReport = false

    var sections: [Section] {
        [digest, alertText, why, alternatives, leads, sameCause, whom, actions, log, missing, lookedAt].compactMap {
            $0
        }
        .filter { !$0.lines.isEmpty }
    }

    /// How many of the first sections say why, the rest what follows from it.
    var numberOfWhySections: Int {
        [alertText, why, alternatives, leads].compactMap { $0 }.filter { !$0.lines.isEmpty }.count
    }

    /// "REPLAY: " before the headline of what is no live alert.
    var markedHeadline: String { summary.mark.map { "\(say($0.word)): \(summary.headline)" } ?? summary.headline }

    /// In the readers' language.
    func say(_ phrase: Phrase) -> String { phrase.said(in: summary.language) }

    func say(_ label: Label) -> String { say(label.phrase) }

    func say(_ number: Int) -> String { say(Quantities.count(number)) }

    /// As it is read for decisions, which are the same in every language.
    private func english(_ sentence: String) -> String { summary.english[sentence] ?? sentence }

    private var isOver: Bool {
        if case .resolved = summary.status { true } else { false }
    }

    /// The one emoji of the message.
    var emoji: String {
        if isOver { return "✅" }
        if summary.status == .investigating { return "🔎" }
        return switch Severity(label: summary.severity) {
        case .high: "🔴"
        case .medium: "🟠"
        case .low: "🔵"
        }
    }

    /// "Looked at 412 traces · incomplete: logs · incident 42", without what a section already says.
    var footer: String {
        let isLookedAtSaid = isUnexplained || summary.lookedAt.isEmpty
        let isPlaybookSaid = isOver || summary.playbook.map { summary.context.contains($0) } ?? true
        let parts: [Phrase?] = [
            isLookedAtSaid ? nil : "Looked at \(summary.lookedAt)",
            // Who reads all reads why.
            isComplete || isReport || summary.unanswered.isEmpty ? nil : Phrase(verbatim: summary.unanswered),
            summary.incident.map { "incident \($0)" },
            isPlaybookSaid ? nil : summary.playbook.map { "playbook \($0)" },
        ]
        return say(parts.compactMap { $0 }.joined(separator: " · "))
    }

    /// The steps that explain what happened, or all.
    var steps: [Summary.Step] { isComplete ? summary.timeline : summary.timeline.filter(\.isKey) }

    // MARK: - Sections

    private var top: Summary.Cause? { summary.causes.first }

    /// Whether the message has to say that it does not know.
    private var isUnexplained: Bool { top.map { !Self.isCause($0) } ?? false }

    private static func isCause(_ cause: Summary.Cause) -> Bool { cause.isKnown && cause.certainty != .lead }

    /// What the alert says of itself: the best there is while no cause is sure, and known to who reads a sure one.
    private var alertText: Section? {
        guard let text = summary.alertText, isComplete || top?.certainty != .veryLikely || isUnexplained else {
            return nil
        }
        return Section(label: .alert, lines: [.sentence(text)])
    }

    private var why: Section? {
        guard let top else { return steps.isEmpty ? nil : Section(label: nil, lines: steps.map(Line.step)) }
        guard Self.isCause(top) else {
            let lines = top.isKnown ? [] : statement(of: top).map(Line.sentence)
            return Section(label: nil, lines: lines + chain(after: top) + findings(of: top))
        }
        let name = "\(top.name), \(say(top.certainty.word)) (\(top.percent))"
        return Section(
            label: top.certainty == .possible ? .possibleCause : .probableCause,
            lines: [.sentence(name)] + statement(of: top).map(Line.sentence) + chain(after: top) + findings(of: top))
    }

    /// Whether headline and chain carry the story, so that the rest may wait behind a button.
    private var isToldByChain: Bool {
        guard !isComplete, let top, Self.isCause(top) else { return false }
        return top.certainty == .veryLikely && steps.count >= Self.stepsOfAChain
    }

    /// One step is no chain.
    private static let stepsOfAChain = 2

    /// The cause in one sentence, unless the reader knows it by then.
    private func statement(of cause: Summary.Cause) -> [String] {
        guard !cause.statement.isEmpty else { return [] }
        if isComplete { return [cause.statement] }
        let mark = summary.mark?.word.english ?? ""
        var said = [mark] + [summary.headline, summary.context, summary.affected ?? ""].map(english)
        said += summary.affectedNames.map(\.name)
        if isToldByChain { said += steps.flatMap { [$0.time, english($0.text)] } }
        let share = isToldByChain ? Repetition.oneInTwo : Repetition.oneInFour
        return Repetition.isSaid(english(cause.statement), by: said, newWords: share) ? [] : [cause.statement]
    }

    /// A lone step that says what the statement says is no chain.
    private func chain(after cause: Summary.Cause) -> [Line] {
        if !isComplete, steps.count == 1, let step = steps.first, !statement(of: cause).isEmpty,
            Repetition.isSaid(english(step.text), by: [english(cause.statement)])
        {
            return []
        }
        return steps.map(Line.step)
    }

    /// What is not told by the chain, the statement or the log lines already.
    private func findings(of cause: Summary.Cause) -> [Line] {
        guard !isToldByChain else { return [] }
        var told =
            (steps.map(\.text) + [cause.statement, summary.headline]).map(english) + summary.keyLines.map(\.text)
        if isUnexplained { told.append(lookedAtInEnglish) }
        let news = cause.evidence.filter { finding in
            !told.contains { Repetition.isSaid(english(finding.text), by: [$0]) }
        }
        let shown = news.prefix(isComplete ? .max : TextBounds.standard.findings)
        return Summary.Finding.told(shown).map(Line.finding)
    }

    private var alternatives: Section? {
        let causes = summary.causes.dropFirst().filter(Self.isCause)
        return Section(label: .alsoPossible, lines: causes.map { .sentence(line($0)) })
    }

    /// Beside a very likely cause a lead only distracts.
    private var leads: Section? {
        guard isComplete || top?.certainty != .veryLikely || isUnexplained else { return nil }
        let causes = summary.causes.filter { $0.isKnown && $0.certainty == .lead }
        return Section(
            label: causes.count == 1 ? .onlyALead : .onlyLeads, lines: causes.map { .sentence(line($0)) })
    }

    /// Who looks into the other incident looks into this one.
    private var sameCause: Section? {
        summary.sameCause.map { Section(label: nil, lines: [.sentence($0)]) }
    }

    /// "agent lost its connection (41 %): …", beside a cause that is told only by name.
    private func line(_ cause: Summary.Cause) -> String {
        "\(cause.name) (\(cause.percent))"
            + (cause.statement.isEmpty || isToldByChain ? "" : ": \(cause.statement)")
    }

    private var whom: Section? {
        let shown = Array(summary.affectedNames.prefix(isComplete ? .max : TextBounds.standard.names))
        // What the headline has said already needs no line of its own, unless it carries a link.
        let count = summary.affected.map { english($0).prefix { $0 != "(" } }
        let said = [english(summary.headline)] + (isUnexplained ? [lookedAtInEnglish] : [])
        let isCountSaid = Repetition.isSaid(count.map(String.init) ?? "", by: said)
        if isCountSaid, shown.allSatisfy({ $0.url == nil && summary.headline.contains($0.name) }) { return nil }
        let areNamesSaid = shown.allSatisfy { $0.url == nil && summary.affected?.contains($0.name) == true }
        let lines = summary.affected.map { [Line.sentence($0)] } ?? []
        let outcome = shown.first.map(\.outcome) ?? ""
        let isCommon = shown.allSatisfy { $0.outcome == outcome }
        // What became of all of them alike, the headline says in better words.
        let common = isCommon && (isComplete || isUnexplained) ? outcome : ""
        let names = Line.names(
            isCommon ? shown.map { Summary.Affected(name: $0.name, outcome: "", url: $0.url) } : shown,
            outcome: common, more: unnamed + summary.affectedNames.count - shown.count)
        return Section(label: .affected, lines: areNamesSaid ? lines : lines + [names])
    }

    private var actions: Section? {
        let lines = summary.recommendations.enumerated().map { Line.action(number: $0.offset + 1, $0.element) }
        return Section(label: isUnexplained ? .next : .actions, lines: lines)
    }

    private var log: Section? {
        guard !isComplete else { return Section(label: .log, lines: summary.keyLines.map(Line.log)) }
        guard isToldByChain else {
            return Section(label: .log, lines: summary.keyLines.prefix(TextBounds.standard.tellingLines).map(Line.log))
        }
        let lines = summary.keyLines.prefix(1).map { line in
            Summary.LogLine(
                text: line.text.cut(to: TextBounds.standard.toldLine), count: line.count, origin: line.origin)
        }
        return Section(label: .log, lines: lines.map(Line.log))
    }

    /// "12 × spot node aks-3 was preempted (4 over)", and the incidents with their links.
    private var digest: Section? {
        Section(
            label: nil,
            lines: summary.digest.flatMap { group in
                [Line.sentence(say(Self.line(group))), .names(group.incidents, outcome: "", more: group.more)]
            })
    }

    private static func line(_ group: Summary.DigestGroup) -> Phrase {
        let title: Phrase =
            group.count == 1
            ? Phrase(verbatim: group.title) : "\(Quantities.count(group.count)) × \(group.title)"
        switch group.over {
        case 0: return title
        case group.count: return group.count == 1 ? "\(title) (over)" : Phrase(template: "{1} (over)", [title])
        case 1: return "\(title) (1 over)"
        default: return "\(title) (\(Quantities.count(group.over)) over)"
        }
    }

    private var missing: Section? {
        let lines = summary.missing + (isComplete || isReport ? summary.alsoMissing : [])
        return Section(label: .missing, lines: lines.map(Line.sentence))
    }

    private var lookedAtInEnglish: String { "looked at \(english(summary.lookedAt))" }

    /// Said aloud when nothing was found, so that nobody looks there again.
    private var lookedAt: Section? {
        guard isUnexplained, !summary.lookedAt.isEmpty else { return nil }
        return Section(label: .lookedAt, lines: [.sentence(summary.lookedAt)])
    }
}

extension Summary.Mark {
    var word: Phrase {
        switch self {
        case .replay: "REPLAY"
        case .test: "TEST"
        case .demo: "DEMO"
        }
    }

    /// What somebody who was woken up needs to know first.
    var explanation: Phrase {
        switch self {
        case .replay: "A replay, asked for by somebody: not a new alert."
        case .test: "A test message: nothing is wrong, nothing needs doing."
        case .demo: "A demo with recorded data: no system of yours is affected."
        }
    }
}
