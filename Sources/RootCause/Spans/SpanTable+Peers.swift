import Telemetry

extension SpanTable {
    private static let fewestCalls = 5
    /// A call that lasted this share of the usual time, or less, was given up early.
    private static let earlyShare = 0.95
    /// Of such a call, the share that the other side worked for it at least: it had not answered yet.
    private static let workedShare = 0.9

    /// Who serves which `rpc.service`, by the spans of those that do; without those that several serve, for every server
    /// has an interface for its health.
    mutating func nameServers() {
        var found: [String: Set<String>] = [:]
        var seen: Set<Int32> = []
        for row in rows.indices where rows[row].kind == .server && seen.insert(rows[row].operation).inserted {
            guard let interface = span(of: row).attributes.text("rpc.service") else { continue }
            found[interface, default: []].insert(services[service(of: row)])
        }
        servers = found.compactMapValues { $0.count == 1 ? $0.first : nil }
    }

    /// How long the calls of each operation took in the baseline, half of those that went well.
    mutating func measureCalls() {
        var durations: [Int32: [Double]] = [:]
        for trace in traceRows {
            guard case .baseline = trace.compared else { continue }
            for row in trace.rows where !rows[row].failed && operations[Int(rows[row].operation)].callee != nil {
                durations[rows[row].operation, default: []].append(Double(rows[row].duration))
            }
        }
        usualCalls = durations.compactMapValues { $0.count < Self.fewestCalls ? nil : $0.sorted().quantile(0.5) }
    }

    /// Whether the caller gave this call up, before the time was over that such calls took on good days, while the other
    /// side was still at work: then it is the caller that changed.
    func isGivenUpEarly(_ row: Int) -> Bool {
        guard rows[row].failed, let usual = usualCalls[rows[row].operation],
            Double(rows[row].duration) < Self.earlyShare * usual
        else { return false }
        let answers = children(of: row).filter { rows[$0].kind == .server || rows[$0].kind == .consumer }
        return !answers.isEmpty
            && answers.allSatisfy {
                !rows[$0].failed && Double(rows[$0].duration) >= Self.workedShare * Double(rows[row].duration)
            }
    }
}
