package import Backends
package import Telemetry

/// Where an investigation's evidence comes from: the live backends, or a case that was frozen.
package protocol EvidenceProvider: Sendable {
    /// Never fails: what could not be fetched is named in the evidence's gaps.
    func evidence(for request: CollectionRequest) async -> Evidence
}

extension Collector: EvidenceProvider {
    package func evidence(for request: CollectionRequest) async -> Evidence {
        await collect(request)
    }
}
