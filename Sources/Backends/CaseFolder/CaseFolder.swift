import FoundationEssentials
import Languages
package import Telemetry

/// An investigation's evidence frozen in a folder, so that it can be diagnosed again at any time.
///
/// A file that is not there was not fetched, which is a gap; a file that is there and empty was fetched and had nothing.
package struct CaseFolder: Sendable {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads all files of the folder.
    ///
    /// - Throws: for a damaged file. Damaged lines of a file with a document on each line are left out and named in
    ///   the evidence's gaps.
    package func load() throws(CaseFolderError) -> Case {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            throw .notAFolder(path: path)
        }
        var description = CaseDescription()
        if let yaml = try bytes(of: CaseDescription.fileName) { description = try CaseDescription(yaml: yaml) }
        let alert = try alertBody(named: description.alert)

        var gaps: [Gap] = []
        let spans = try spans(&gaps)
        let logs = try logs(&gaps)
        let events = try objects("events.json", .events, &gaps, KubernetesJSON.events)
        let pods = try objects("pods.json", .pods, &gaps, KubernetesJSON.pods)
        let nodes = try objects("nodes.json", .nodes, &gaps, KubernetesJSON.nodes)
        let workloads = try workloads(&gaps)
        let metrics = try metrics(&gaps)

        let noTime = TimeWindow(start: Timestamp(nanoseconds: 0), end: Timestamp(nanoseconds: 0))
        var evidence = Evidence(
            scope: description.scope, window: noTime, baseline: noTime,
            traces: Trace.complete(spans), logs: logs.stablySorted { $0.at < $1.at },
            events: events.stablySorted { $0.at < $1.at }, pods: pods, nodes: nodes, workloads: workloads,
            metrics: metrics, gaps: gaps)
        guard
            let windows = CaseWindows(
                description: description, alertStart: alert.flatMap(CaseWindows.alertStart),
                instants: CaseWindows.instants(of: evidence))
        else { throw .noWindow(path: path) }
        evidence.window = windows.window
        evidence.baseline = windows.baseline
        return Case(alertBody: alert, evidence: evidence, description: description)
    }

    /// `alert.json`, or the file that `case.yaml` names; the latter has to be there.
    private func alertBody(named name: String?) throws(CaseFolderError) -> [UInt8]? {
        let file = name ?? "alert.json"
        guard let body = try bytes(of: file) else {
            if name == nil { return nil }
            throw .unreadable(
                file: file, reason: "\(CaseDescription.fileName) names it, and it is not in the case folder")
        }
        if let fault = JSONSyntaxFault(in: body) {
            throw .damaged(file: file, place: "line \(fault.line), byte \(fault.byte)", reason: fault.reason)
        }
        return body
    }

    private func spans(_ gaps: inout [Gap]) throws(CaseFolderError) -> [Span] {
        var partial: [String] = []
        var invalid = 0
        let spans = try documents("traces", .traces, &gaps) { (bytes) throws(BackendError) in
            let answer = try OTLPJSON.answer(from: bytes)
            invalid += answer.invalidSpans
            if let reason = answer.partialReason, !partial.contains(reason) { partial.append(reason) }
            return answer.spans
        }
        gaps += partial.map { Gap(.traces, "the traces of the case are not whole: \($0)", isTotal: false) }
        if invalid > 0 {
            let words: Phrase = "\(invalid) of \(invalid + spans.count) spans left out: their ids cannot be read"
            gaps.append(Gap(.traces, words, isTotal: spans.isEmpty))
        }
        return spans
    }

    private func logs(_ gaps: inout [Gap]) throws(CaseFolderError) -> [LogEntry] {
        var invalid = 0
        let entries = try documents("logs", .logs, &gaps) { (bytes) throws(BackendError) in
            let answer = try LokiJSON.answer(from: bytes)
            invalid += answer.invalidEntries
            return answer.entries
        }
        if invalid > 0 {
            let words: Phrase =
                "\(invalid) of \(invalid + entries.count) log lines left out: their times cannot be read"
            gaps.append(Gap(.logs, words, isTotal: entries.isEmpty))
        }
        return entries
    }

    private func documents<Item>(
        _ name: String, _ source: EvidenceSource, _ gaps: inout [Gap],
        _ decode: ([UInt8]) throws(BackendError) -> [Item]
    ) throws(CaseFolderError) -> [Item] {
        let file = "\(name).json"
        let whole = try bytes(of: file)
        let lines = try bytes(of: "\(name).jsonl")
        if whole != nil, lines != nil { throw .ambiguous(file: file, other: "\(name).jsonl") }
        guard let bytes = whole ?? lines else {
            gaps.append(Self.missing(file, source))
            return []
        }
        let content = try CaseDocuments(file: whole == nil ? "\(name).jsonl" : file, bytes: bytes)
            .read(as: source, with: decode)
        gaps += content.gaps
        return content.items
    }

    private func objects<Item>(
        _ file: String, _ source: EvidenceSource, _ gaps: inout [Gap],
        _ decode: ([UInt8]) throws(BackendError) -> KubernetesList<Item>
    ) throws(CaseFolderError) -> [Item] {
        var damaged: [String] = []
        let items = try documents(String(file.dropLast(".json".count)), source, &gaps) {
            (bytes) throws(BackendError) in
            let list = try decode(bytes)
            damaged += list.damaged
            return list.items
        }
        if let first = damaged.first {
            let words: Phrase =
                "\(file): \(damaged.count) of \(damaged.count + items.count) objects left out (\(first))"
            gaps.append(Gap(source, words, isTotal: items.isEmpty))
        }
        return items
    }

    /// Optional: `workloads.json` is what `kubectl get deploy,sts,ds,rs,controllerrevisions -o json` prints. Without it
    /// nothing is missing but the pods' owners.
    private func workloads(_ gaps: inout [Gap]) throws(CaseFolderError) -> [WorkloadState] {
        guard try bytes(of: "workloads.json") != nil else { return [] }
        var faults: [Gap] = []
        let workloads = try objects("workloads.json", .pods, &faults, KubernetesJSON.workloads)
        gaps += faults.map { Gap(.pods, $0.reason, isTotal: false) }
        return workloads
    }

    private func metrics(_ gaps: inout [Gap]) throws(CaseFolderError) -> [MetricSeries] {
        let file = "metrics.json"
        guard let bytes = try bytes(of: file) else {
            gaps.append(Self.missing(file, .metrics))
            return []
        }
        var failed: [Phrase] = []
        var answered = 0
        let content = try CaseDocuments(file: file, bytes: bytes).read(as: .metrics) { (bytes) throws(BackendError) in
            var series: [MetricSeries] = []
            for (name, result) in try Self.answers(in: bytes) {
                switch result {
                case .success(let some):
                    answered += 1
                    series += some
                case .failure(let error):
                    let reason = CaseDocuments.reason(error)
                    failed.append(name.map { "\(file), query `\($0)`: \(reason)" } ?? "\(file): \(reason)")
                }
            }
            return series
        }
        gaps += content.gaps
        gaps += failed.map { Gap(.metrics, $0, isTotal: answered == 0) }
        return content.items
    }

    /// One answer, without a name, or those of an object by query name. An answer that is an error is a failure among
    /// them; what is no answer at all is thrown.
    private static func answers(
        in bytes: [UInt8]
    ) throws(BackendError) -> [(name: String?, result: Result<[MetricSeries], BackendError>)] {
        guard PrometheusJSON.isOneAnswer(bytes) else {
            return try PrometheusJSON.seriesByQuery(from: bytes).map { ($0.name, $0.result) }
        }
        do {
            return [(nil, .success(try PrometheusJSON.series(from: bytes)))]
        } catch .unreadable(let attempt, let reason) {
            return [(nil, .failure(.unreadable(attempt, reason: reason)))]
        }
    }

    private static func missing(_ file: String, _ source: EvidenceSource) -> Gap {
        Gap(source, "\(file) is not in the case folder", isTotal: true, isStanding: true)
    }

    /// nil when there is no such file.
    private func bytes(of file: String) throws(CaseFolderError) -> [UInt8]? {
        let filePath = "\(path)/\(file)"
        guard FileManager.default.fileExists(atPath: filePath) else { return nil }
        do {
            // Mapped: a trace file of 25 MB is copied once, into the array, and not twice.
            return [UInt8](try Data(contentsOf: URL(filePath: filePath), options: .mappedIfSafe))
        } catch {
            throw .unreadable(file: file, reason: "is it a file, and may this program read it?")
        }
    }
}

/// A case as its folder holds it.
package struct Case: Sendable {
    /// The webhook's body as received; nil when the case has none.
    package let alertBody: [UInt8]?
    package let evidence: Evidence
    /// What is odd about the case as a whole, for who reads the diagnosis.
    package let notes: [String]
    private let description: CaseDescription

    init(alertBody: [UInt8]?, evidence: Evidence, description: CaseDescription) {
        self.alertBody = alertBody
        self.evidence = evidence
        self.description = description
        notes = Self.notes(alertBody, evidence.window, description)
    }

    /// An alert comes some time after the trouble began, but not another day.
    private static let farFromAlert = Duration.seconds(6 * 3600)

    private static func notes(_ alert: [UInt8]?, _ window: TimeWindow, _ description: CaseDescription) -> [String] {
        guard description.window.start != nil || description.window.end != nil,
            let start = alert.flatMap(CaseWindows.alertStart),
            start < window.start - farFromAlert || start > window.end + farFromAlert
        else { return [] }
        return [
            "the alert began at \(start), the window of \(CaseDescription.fileName) is "
                + "\(window.start) to \(window.end): is it the right one?"
        ]
    }

    /// The evidence as an investigation asked for it: what `case.yaml` states holds, what it leaves out is as asked.
    package func evidence(for request: CollectionRequest) -> Evidence {
        var answer = evidence
        if description.scope.isEmpty { answer.scope = request.scope }
        let windows = CaseWindows(
            description: description, asked: request, instants: CaseWindows.instants(of: evidence))
        answer.window = windows.window
        answer.baseline = windows.baseline
        return answer
    }
}

extension Trace {
    /// Groups spans; a trace of which no root arrived is marked as partial.
    static func complete(_ spans: [Span]) -> [Trace] {
        grouping(spans).map { trace in
            trace.root == nil ? Trace(id: trace.id, spans: trace.spans, isPartial: true) : trace
        }
    }
}

extension Array {
    /// Sorted; equal elements stay in the order in which they were.
    func stablySorted(by isBefore: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { left, right in
            isBefore(left.element, right.element)
                || (!isBefore(right.element, left.element) && left.offset < right.offset)
        }.map(\.element)
    }
}
