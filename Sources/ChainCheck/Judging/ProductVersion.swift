/// A version as servers tell theirs: `2.10.8`, `v3.0.0-rc.1`, `v1.29.4-eks-1234`.
struct ProductVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    let major: Int
    let minor: Int

    init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// nil for what is no release: `main-1a2b3c4`.
    init?(_ text: String) {
        let parts = text.drop { $0 == "v" }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix(while: \.isNumber)) else {
            return nil
        }
        self.init(major, minor)
    }

    static func < (left: ProductVersion, right: ProductVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    var description: String { "\(major).\(minor)" }
}

/// From which version on a server can do what is asked of it.
struct VersionDemand: Hashable, Sendable {
    let least: ProductVersion
    let verdict: Finding.Verdict
    /// What an older one cannot do, as a sentence's end: "an older one …".
    let lack: String

    /// The strictest demand that a version does not meet; nil when all are met, or it is not known.
    static func unmet(by text: String, _ demands: [VersionDemand]) -> VersionDemand? {
        guard let version = ProductVersion(text) else { return nil }
        let unmet = demands.filter { version < $0.least }
        return unmet.first { $0.verdict == .failure } ?? unmet.first
    }

    /// TraceQL came with 2.0, exact searches for the newest traces with 2.8 (`most_recent`).
    ///
    /// Source: https://grafana.com/docs/tempo/latest/release-notes/
    static let tempo = [
        VersionDemand(least: ProductVersion(2, 0), verdict: .failure, lack: "does not know TraceQL"),
        VersionDemand(
            least: ProductVersion(2, 8), verdict: .warning,
            lack: "finds some traces, not the newest, when there are many"),
    ]
    /// Structured metadata, in which OpenTelemetry's trace ids arrive, is on since 3.0.
    ///
    /// Source: https://grafana.com/docs/loki/latest/get-started/labels/structured-metadata/
    static let loki = [
        VersionDemand(
            least: ProductVersion(3, 0), verdict: .warning,
            lack: "keeps trace ids only in the line: set loki.trace_id.place to json or text")
    ]
    /// `last_over_time`, which the rules have, came with 2.26. Thanos counts its versions from 0.
    ///
    /// Source: https://github.com/prometheus/prometheus/pull/8457
    static let prometheus = [
        VersionDemand(
            least: ProductVersion(2, 26), verdict: .warning, lack: "cannot load deploy/prometheus/rules.yaml")
    ]
    /// The chart's own demand.
    static let kubernetes = [
        VersionDemand(least: ProductVersion(1, 27), verdict: .warning, lack: "is not tried with deploy/helm/sabueso")
    ]
    /// Links to Explore have `panes`, which came with 10.1: it was merged when 10.0 was out, and its first faults were
    /// reported of 10.1.
    ///
    /// Source: https://github.com/grafana/grafana/pull/69692 and https://github.com/grafana/grafana/issues/70665
    static let grafana = [
        VersionDemand(least: ProductVersion(10, 1), verdict: .warning, lack: "opens the links to Explore empty")
    ]
    /// `authorization` and `matchers`, which deploy/alertmanager/alertmanager.yaml has, came with 0.22.
    ///
    /// Source: https://github.com/prometheus/alertmanager/pull/2499 and https://github.com/prometheus/alertmanager/pull/2434
    static let alertmanager = [
        VersionDemand(
            least: ProductVersion(0, 22), verdict: .warning, lack: "cannot load deploy/alertmanager/alertmanager.yaml")
    ]
}
