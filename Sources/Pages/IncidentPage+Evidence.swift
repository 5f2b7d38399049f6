import Journal
import Languages
import Reporting
import RootCause

/// What was found: causes with their evidence, how it went, and who was hit.
extension IncidentPage {
    /// Longer lists are cut, and say so: the JSON has everything.
    private static let longestList = 200

    var causes: String {
        guard let diagnosis else {
            return Markup.section(
                "Causes", ["<p>It was not diagnosed: it is being looked at, or it ended before it could be.</p>"])
        }
        return Markup.section("Causes", diagnosis.hypotheses.map(cause))
    }

    private func cause(_ hypothesis: StoredDiagnosis.Hypothesis) -> String {
        let known = Cause(rawValue: hypothesis.cause)
        let name = (known?.title.english ?? hypothesis.cause).sentence.shown(atMost: 100)
        let confidence = hypothesis.correctedConfidence ?? hypothesis.confidence
        let certainty = "\(Certainty(confidence: confidence).word.english), \(Certainty.text(confidence: confidence))"
        let subject = hypothesis.subject
        let about =
            subject.name.isEmpty
            ? nil : "\(subject.kind.shown(atMost: 40).sentence) <code>\(subject.name.shown(atMost: 200))</code>."
        let findings = hypothesis.evidence.map { finding in
            let at = finding.at.map { "\(Markup.time($0, on: day)) " } ?? ""
            return "<span class=\"quiet\">\(at)\(finding.source.shown(atMost: 40))</span> "
                + finding.text.prose + (finding.link.map { " \("Open".linked(to: $0))" } ?? "")
        }
        let page = runbookPage(of: hypothesis.cause).map { "<p><a href=\"\($0)\">Runbook: \(name)</a></p>" }
        let signature = hypothesis.signature.map {
            "Recognised by the signature <code>\($0.shown(atMost: 100))</code>."
        }
        return [
            "<h3>\(name) · \(certainty)</h3>",
            Markup.quiet([about, correction(of: hypothesis), signature].compactMap { $0 }.joined(separator: " ")),
            "<p>\(hypothesis.statement.prose)</p>", Markup.list(findings),
            hypothesis.recommendations.isEmpty ? "" : "<p>What to do:</p>",
            Markup.list(hypothesis.recommendations.map(\.prose), ordered: true), page ?? "",
        ].filter { !$0.isEmpty && $0 != Markup.quiet("") }.joined(separator: "\n")
    }

    private func correction(of hypothesis: StoredDiagnosis.Hypothesis) -> String? {
        guard let votes = hypothesis.correctingVotes, votes > 0 else { return nil }
        let raw = Certainty.text(confidence: hypothesis.confidence)
        return "The evidence alone says \(raw); <a href=\"../feedback\">\(Markup.count(votes, "vote"))</a> on earlier "
            + "incidents correct it."
    }

    var timeline: String {
        let rows = (diagnosis?.timeline ?? []).prefix(Self.longestList).map {
            [Markup.time($0.at, on: day), $0.source.shown(atMost: 40), $0.text.prose]
        }
        return Markup.section(
            "Timeline",
            [Markup.table(["Time (UTC)", "Source", "What"], Array(rows), times: true), cut(diagnosis?.timeline.count)])
    }

    var affected: String {
        let all = diagnosis?.affected ?? []
        let rows = all.prefix(Self.longestList).map { one in
            let name = one.name.shown(atMost: 200) + (one.number.map { " #\($0)" } ?? "")
            return [name.linked(to: one.url), one.kind.shown(atMost: 40), one.outcome.shown(atMost: 40)]
        }
        return Markup.section(
            "Affected", [Markup.table(["Name", "Kind", "Outcome"], Array(rows)), cut(all.count)])
    }

    private func cut(_ count: Int?) -> String {
        guard let count, count > Self.longestList else { return "" }
        return Markup.quiet(
            "… and \(count - Self.longestList) more: the <a href=\"\(incident.id).json\">JSON</a> has all.")
    }

    var logLines: String {
        let lines = (diagnosis?.keyLines ?? []).map { line in
            let origin = (line.pod ?? line.service ?? "").shown(atMost: 120)
            let times = line.count > 1 ? " <strong>×\(line.count)</strong>" : ""
            return
                "<code>\(line.text.shown())</code>\(times)\(origin.isEmpty ? "" : " <span class=\"quiet\">\(origin)</span>")"
        }
        return Markup.section("Log lines", [Markup.list(lines)])
    }

    var missing: String {
        let gaps = (diagnosis?.gaps ?? []).map { "<strong>\($0.source.shown(atMost: 40))</strong> \($0.reason.prose)" }
        return Markup.section("Missing evidence", [Markup.list(gaps)])
    }

    var figures: String {
        let figures = (diagnosis?.report?.figures ?? []).map { ($0.name.shown(atMost: 100), $0.value.prose) }
        return Markup.section("Figures", [Self.facts(figures)])
    }

    var suspects: String {
        let rows = (diagnosis?.suspects ?? []).map { suspect in
            let place = [suspect.service, suspect.pod, suspect.node].compactMap { $0 }
                .filter { $0 != suspect.name }.map { $0.shown(atMost: 120) }
            return [suspect.name.shown(atMost: 200), suspect.kind.shown(atMost: 40), place.joined(separator: " · ")]
        }
        return Markup.section(
            "Most conspicuous", [Markup.table(["Name", "Kind", "Belongs to"], rows)])
    }
}
