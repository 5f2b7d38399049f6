import Scenarios

/// The tables that `make test` prints: each seed for itself, all together, and what was wrong with the open ones.
struct ScoreReport: Sendable {
    let seeds: Seeds
    /// In the order of the seeds, and for each in that of the families.
    let answers: [ScenarioAnswer]

    /// What is asked for is asked of this, and of the held-out seeds alone.
    var pooled: ScenarioScore { ScenarioScore(answers: answers) }

    /// nil where none was measured.
    var heldOut: ScenarioScore? { seeds.heldOut.isEmpty ? nil : score(seeds.heldOut) }

    /// Whether all that the project promises holds, of all scenarios and of those that nobody could mend against.
    var isAsPromised: Bool { pooled.isAsPromised && heldOut?.isAsPromised ?? true }

    var text: String {
        (["Scenarios: the first cause that is named, with its subject, against what happened"] + table + calibration
            + faults).joined(separator: "\n")
    }

    private func score(_ seeds: [UInt64]) -> ScenarioScore {
        ScenarioScore(answers: answers.filter { seeds.contains($0.seed) })
    }

    private var table: [String] {
        var rows = [
            [
                "seed", "right", "cause", "evidence missing", "decoys", "unknown", "wrong", "sure and wrong",
                "sure unknown",
            ]
        ]
        rows += seeds.open.map { row("\($0)", score([$0])) }
        rows += seeds.heldOut.map { row("\($0), held out", score([$0])) }
        if seeds.heldOut.count > 1 { rows.append(row("held out", score(seeds.heldOut))) }
        rows.append(row("pooled", pooled))
        rows.append([
            "promised", Self.percent(ScenarioScore.leastRight), "",
            Self.percent(ScenarioScore.leastRightWithEvidenceMissing), "", "", "",
            "\(Self.percent(ScenarioScore.mostConfidentlyWrong)) of both",
        ])
        return rows.map { cells in
            "  "
                + zip(cells, Self.widths).map { cell, width in
                    cell + String(repeating: " ", count: max(1, width - cell.count))
                }.joined()
        }
    }

    private static let widths = [15, 20, 20, 20, 20, 15, 15, 16, 15]

    private func row(_ name: String, _ score: ScenarioScore) -> [String] {
        [name]
            + [
                score.right, score.rightCause, score.right(.evidenceMissing), score.right(.decoy), score.unknown,
                score.wrong, score.confidentlyWrong, score.surelyUnknown,
            ].map(Self.words)
    }

    /// `231 of 233 99.1 %`
    private static func words(_ count: ScenarioScore.Count) -> String {
        "\(count.good) of \(count.all) \(percent(count.share))"
    }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }

    private var calibration: [String] {
        let groups = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map { ($0, pooled.right(ofConfidence: $0)) }
        return ["Calibration: of what is named with a confidence of … so many are right"]
            + groups.filter { $0.1.all > 0 }.map { "  from \($0.0)  \(Self.words($0.1))" }
    }

    /// Of the open seeds only.
    private var faults: [String] {
        let answers = score(seeds.open).answers
        return [("Wrong:", answers.filter(\.isWrong)), ("Said unknown:", answers.filter(\.isUnknown))].flatMap {
            title, group in group.isEmpty ? [] : [title] + group.map { "  " + $0.fault }
        }
    }
}
