import Telemetry

/// What the evidence has of the controller.
extension Scene {
    /// How its own container ended in the window.
    var controllerEnds: [PodEnd] {
        let restarts = Dictionary(controllerRestartCounts.map { ($0.pod, $0.at) }) { first, _ in first }
        return controller.pods.flatMap { pod in
            cluster.ends(of: pod).compactMap { end -> PodEnd? in
                guard ControllerRestart.isMain(end.container), let at = end.at else { return nil }
                if evidence.window.contains(at), end.source == .pods || at > evidence.window.start { return end }
                // The reason of the last end stays; that it ended again shows in the count.
                guard end.source == .metrics, let again = restarts[pod] else { return nil }
                return PodEnd(
                    pod: pod, container: end.container, reason: end.reason, exitCode: nil, at: again, source: .metrics)
            }
        }
    }

    /// When the count of its restarts rose in the window, by pod.
    var controllerRestartCounts: [(pod: String, at: Timestamp)] {
        var found: [String: Timestamp] = [:]
        for series in evidence.metrics where series.isCalled(.containerRestarts) {
            guard let pod = series.labels["pod"], controller.isPod(pod),
                ControllerRestart.isMain(series.labels["container"] ?? "")
            else { continue }
            let samples = series.samples.sorted { ($0.at, $0.value) < ($1.at, $1.value) }
            for (before, after) in zip(samples, samples.dropFirst())
            where after.value > before.value && evidence.window.contains(after.at) {
                found[pod] = min(found[pod] ?? after.at, after.at)
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Lines that the controller itself wrote, and no build.
    func controllerLines(with texts: [String]) -> [LogEntry] { lines(with: texts).filter(isOfController) }

    /// The same of the quiet time.
    func controllerLinesBefore(with texts: [String]) -> [LogEntry] {
        lines(with: texts, ofQuietTime: true).filter(isOfController)
    }

    private func isOfController(_ line: LogEntry) -> Bool {
        guard line.traceID == nil, BuildNotes.run(of: line) == nil else { return false }
        if let pod = line.pod { return controller.isPod(pod) }
        return line.service.map(controller.services.contains) ?? false
    }

    /// The builds and agents that went with the controller, where it ran on this node.
    func controllerToll(on node: String) -> Set<String> {
        let pods = controller.pods.filter { cluster.node(of: $0) == node }
        guard !pods.isEmpty else { return [] }
        guard let restart = ControllerRestart.find(in: self) else { return Set(pods) }
        let losses = restart.agents(in: self)
        return Set(pods).union((restart.lost + restart.resumed).map(\.title)).union(losses.map(\.agent))
            .union(losses.flatMap(\.builds).map { builds[$0].title })
    }
}
