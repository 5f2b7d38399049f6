import RootCause
import Telemetry

/// The timeline for reading: equal steps told once, and the few marked that explain what happened.
enum KeySteps {
    /// As many as fit on a telephone above the fold.
    static let limit = 6

    static func of(_ diagnosis: Diagnosis, zone: ClockZone) -> [Summary.Step] {
        let merged = merging(diagnosis.timeline)
        let keys = keyIndices(merged, diagnosis)
        let days = Set(merged.map { zone.day($0.entry.at) })
        return merged.enumerated().map { index, step in
            let day = days.count > 1 ? zone.day(step.entry.at).dropFirst(5) + " " : ""
            let times = step.count > 1 ? " (×\(step.count))" : ""
            return Summary.Step(
                time: day + zone.time(step.entry.at), text: step.entry.text.plainLine + times,
                isKey: keys.contains(index))
        }
    }

    private typealias MergedStep = (entry: TimelineEntry, count: Int)

    /// In the order of time; what repeats without anything in between becomes one step at its first time.
    private static func merging(_ timeline: [TimelineEntry]) -> [MergedStep] {
        let sorted = timeline.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return sorted.reduce(into: []) { steps, next in
            if let last = steps.last, last.entry.text == next.element.text {
                steps[steps.count - 1].count += 1
            } else {
                steps.append((next.element, 1))
            }
        }
    }

    /// First what the likeliest cause rests on, the weightiest first, then what is nearest to the onset.
    private static func keyIndices(_ steps: [MergedStep], _ diagnosis: Diagnosis) -> Set<Int> {
        let findings = diagnosis.hypotheses.first?.evidence ?? []
        let onset = diagnosis.onset ?? diagnosis.window.start
        let ranked = steps.indices.map { index in
            let entry = steps[index].entry
            let weights = findings.filter { $0.at == entry.at && $0.source == entry.source }.map(\.weight)
            let distance = entry.at - onset
            return (index: index, weight: weights.max() ?? 0, distance: max(distance, .zero - distance))
        }
        let best = ranked.sorted {
            ($1.weight, $0.distance, $0.index) < ($0.weight, $1.distance, $1.index)
        }
        return Set(best.prefix(limit).map(\.index))
    }
}
