import Languages
import RootCause
import Telemetry

/// The timeline for reading: each step in few words, equal ones told once, and the few marked that explain what happened.
enum KeySteps {
    /// As many as are read at a glance.
    static let limit = 5

    /// With fewer, a chain is filled up with what is nearest to the onset.
    private static let fewest = 3

    /// What a node reports within this time is told in one step.
    private static let together = Duration.seconds(60)

    static func of(_ diagnosis: Diagnosis, zone: ClockZone, in language: Language = .english) -> [Summary.Step] {
        let prose = Prose(diagnosis, zone: zone, in: language)
        let drafts = merging(diagnosis, zone, language)
        let keys = keyIndices(drafts, diagnosis)
        let days = Set(drafts.map { zone.day($0.first.at) })
        return drafts.enumerated().map { index, draft in
            let day = days.count > 1 ? zone.day(draft.first.at).dropFirst(5) + " " : ""
            let times = draft.count > 1 ? " (×\(draft.count))" : ""
            return Summary.Step(
                time: day + zone.time(draft.first.at), text: prose.text(draft.text) + times,
                isKey: keys.contains(index))
        }
    }

    /// One step in the making, of one or more entries.
    private struct Draft {
        var entries: [TimelineEntry]
        var text: Phrase
        /// How often the same text came in a row.
        var count = 1
        /// What the cluster said, where its reason says it all.
        var cluster: ClusterStep?
        /// A log line that the message shows with the others.
        var isLogLine: Bool

        var first: TimelineEntry { entries[0] }

        /// Whether it may stand in the chain: log lines have a place of their own.
        var mayBeKey: Bool { !isLogLine && cluster?.isPodNotReady != true }
    }

    /// In the order of time; what repeats without anything in between becomes one step at its first time, and so does
    /// what a node reports in a minute.
    private static func merging(_ diagnosis: Diagnosis, _ zone: ClockZone, _ language: Language) -> [Draft] {
        let lines = diagnosis.keyLines.prefix(TextBounds.standard.logLines)
        let sorted = diagnosis.timeline.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        return sorted.reduce(into: []) { drafts, next in
            let entry = next.element
            let cluster = ClusterStep(entry, in: language)
            let said = LogMention(entry, in: lines, language)
            let text = cluster?.text ?? said?.shortened ?? entry.text
            if let last = drafts.indices.last, drafts[last].text == text, drafts[last].first.source == entry.source {
                drafts[last].entries.append(entry)
                drafts[last].count += 1
            } else if let cluster, cluster.isOfNode,
                let same = drafts.lastIndex(where: { $0.cluster?.subject == cluster.subject }),
                entry.at - drafts[same].first.at < together
            {
                drafts[same].entries.append(entry)
                drafts[same].text += ", \(cluster.what) \(zone.time(entry.at))"
            } else {
                drafts.append(
                    Draft(entries: [entry], text: text, cluster: cluster, isLogLine: said?.isAll ?? false))
            }
        }
    }

    /// First what the likeliest cause rests on, the weightiest first; then what the traces say, and what is nearest to
    /// the onset, as far as the chain would be too short without it.
    private static func keyIndices(_ steps: [Draft], _ diagnosis: Diagnosis) -> Set<Int> {
        let findings = diagnosis.hypotheses.first?.evidence ?? []
        let onset = diagnosis.onset ?? diagnosis.window.start
        let ranked = steps.indices.filter { steps[$0].mayBeKey }.map { index in
            let step = steps[index]
            let weights = findings.filter { finding in
                step.entries.contains { $0.at == finding.at && $0.source == finding.source }
            }.map(\.weight)
            let distance = step.first.at - onset
            return (
                index: index, weight: weights.max() ?? 0, rank: step.first.source == .traces ? 0 : 1,
                distance: max(distance, .zero - distance)
            )
        }
        let best = ranked.sorted {
            ($1.weight, $0.rank, $0.distance, $0.index) < ($0.weight, $1.rank, $1.distance, $1.index)
        }
        let carrying = best.count { $0.weight > 0 }
        return Set(best.prefix(min(limit, max(carrying, fewest))).map(\.index))
    }
}

/// A log line inside a step that the message shows among the telling lines as well.
private struct LogMention {
    /// "agents maven-1 and maven-2 lost"; the whole step where it is nothing but the line.
    let shortened: Phrase
    /// Whether the step is nothing but the line and who wrote it.
    let isAll: Bool

    /// What is quoted stands behind a colon in every language; whether it is quoted is read in English.
    init?(_ entry: TimelineEntry, in lines: ArraySlice<KeyLine>, _ language: Language) {
        guard entry.source == .logs else { return nil }
        let words = entry.text
        let text = words.english.plainLine
        guard let colon = text.firstRange(of: ": ") else { return nil }
        let quoted = text[colon.upperBound...].prefix { $0 != "…" }
        let line = quoted.ranges(of: " (×").last.map { quoted[..<$0.lowerBound] } ?? quoted
        guard line.utf8.count >= Self.shortest,
            let shown = lines.first(where: { $0.text.plainLine.hasPrefix(line) })
        else { return nil }
        let head = text[..<colon.lowerBound]
        isAll = head == shown.service ?? "" || head == shown.pod ?? "" || head == "log"
        let said = words.said(in: language).plainLine
        let saidHead = said.firstRange(of: ": ").map { said[..<$0.lowerBound] } ?? said[...]
        shortened = isAll ? words : Phrase(verbatim: String(saidHead))
    }

    /// A shorter one could be the beginning of any line.
    private static let shortest = 8
}
