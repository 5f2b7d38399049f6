import Languages
import LogTemplates
import Telemetry

/// Something of which a service has used up all that it may have, by its own words or by how its containers ended.
///
/// A pool, a heap and a table of open files are the process's own: who says that they are empty is who lacks them. Only a
/// database that refuses further connections says it to others.
struct Exhaustion: Hashable, Sendable {
    enum Resource: Int, Hashable, Sendable, CaseIterable {
        case memory, connections, threads, files
        /// Connections that a server gives to its clients.
        case served
        /// The same, seen by a client of whose server nothing else is known.
        case refused
    }

    let service: String
    let resource: Resource
    let source: EvidenceSource
    /// The first time.
    let at: Timestamp?
    let text: Phrase
    /// How many spans, lines or pods say so.
    let count: Int

    /// How runtimes and kernels word it, in lower case: the JVM, CPython, V8, C++, Go; Dubbo and `java.util.concurrent`;
    /// POSIX.
    private static let own: [(resource: Resource, words: [String])] = [
        (
            .threads,
            [
                "unable to create native thread", "unable to create new native thread", "thread pool is exhausted",
                "can't start new thread", "java.util.concurrent.rejectedexecutionexception",
            ]
        ),
        (
            .memory,
            [
                "java.lang.outofmemoryerror", "memoryerror", "javascript heap out of memory", "std::bad_alloc",
                "cannot allocate memory", "runtime: out of memory",
            ]
        ),
        (.files, ["too many open files"]),
    ]
    private static let ownMarks = own.map { ($0.resource, Marks($0.words, ignoresCase: true)) }
    /// Once is an accident.
    private static let fewest = 3
    /// What was as frequent before is nothing new; the baseline is longer than the window.
    private static let most = 1.0

    /// For each service the first of its resources that is used up: the container's end is a fact, then exceptions, then
    /// lines.
    ///
    /// - Parameter blamed: services that go wrong: a server that is none of them stays with its client.
    static func all(
        spans: SpanTable, logs: LogTable, failures: Failures, cluster: ClusterView, blamed: Set<String>,
        window: TimeWindow
    ) -> [String: Exhaustion] {
        let found =
            kills(in: cluster, spans: spans, logs: logs, window: window) + exceptions(in: failures, spans: spans)
            + lines(in: logs, spans: spans, blamed: blamed)
        return Dictionary(found.map { ($0.service, $0) }) { first, _ in first }
    }

    private static func resource(in text: String) -> Resource? {
        UsedUpPool.isOwn(text) ? .connections : ownMarks.first { $0.1.areIn(text) }?.0
    }

    // MARK: Containers

    private static func kills(in cluster: ClusterView, spans: SpanTable, logs: LogTable, window: TimeWindow)
        -> [Exhaustion]
    {
        var services: [String: String] = [:]
        for entry in logs.entries { if let pod = entry.pod, let service = entry.service { services[pod] = service } }
        for place in spans.places { if let pod = place.pod { services[pod] = spans.services[place.service] } }
        var killed: [String: [PodEnd]] = [:]
        for pod in cluster.podsWithEnds {
            guard let service = services[pod] ?? cluster.pods[pod]?.labels["app.kubernetes.io/name"],
                cluster.pods[pod].map({ !cluster.isAgent($0) }) ?? true
            else { continue }
            let ends = cluster.ends(of: pod).filter {
                $0.reason == PodEnd.outOfMemory && ($0.at.map { window.contains($0) } ?? false)
            }
            killed[service, default: []] += ends
        }
        return killed.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { service, ends in
            let first = ends.min { ($0.at ?? window.end, $0.pod) < ($1.at ?? window.end, $1.pod) }
            let pods = Set(ends.map(\.pod)).count
            let again = Set(ends.map(\.pod)).compactMap { cluster.pods[$0]?.restarts }.reduce(0, +)
            let restarts: Phrase = again > 0 ? ", with \(Words.count(again, "restart"))" : .empty
            return Exhaustion(
                service: service, resource: .memory, source: first?.source ?? .pods, at: first?.at,
                text: "OOMKilled: \(Words.count(pods, "pod")) of `\(service)`\(restarts)", count: pods)
        }
    }

    // MARK: Words

    private struct Key: Hashable {
        let service: String
        let resource: Resource
    }

    private static func exceptions(in failures: Failures, spans table: SpanTable) -> [Exhaustion] {
        func key(_ origin: Failures.Origin) -> (key: Key, reason: String)? {
            guard let reason = FailureMarks.reason(of: table.span(of: origin.row)) else { return nil }
            if let resource = resource(in: reason) {
                return (Key(service: table.services[table.service(of: origin.row)], resource: resource), reason)
            }
            guard UsedUpPool.isServed(reason) else { return nil }
            return (Key(service: FailureTarget.service(of: origin.row, in: table), resource: .served), reason)
        }
        var before: [Key: Int] = [:]
        for origin in failures.originsBefore { if let key = key(origin)?.key { before[key, default: 0] += 1 } }
        var found: [Key: (at: Timestamp, reason: String, count: Int)] = [:]
        for origin in failures.origins {
            guard let (key, reason) = key(origin) else { continue }
            let known = found[key]
            found[key] = (
                known?.at ?? table.span(of: origin.row).start, known?.reason ?? reason, (known?.count ?? 0) + 1
            )
        }
        return exhaustions(found, before: before, source: .traces)
    }

    private static func lines(in logs: LogTable, spans table: SpanTable, blamed: Set<String>) -> [Exhaustion] {
        let resources = logs.templates.map { template in ownMarks.first { $0.1.areIn(template.example) }?.0 }
        // Of a template that counts connections, some lines say that all are in use, and some that none is.
        let isAboutConnections = logs.templates.map { UsedUpPool.isAbout($0.example) }
        let stores = stores(in: table)
        var before: [Key: Int] = [:]
        var found: [Key: (at: Timestamp, reason: String, count: Int)] = [:]
        for (row, entry) in zip(logs.rows, logs.entries) where row.service >= 0 {
            let writer = logs.services[row.service]
            let key: Key
            if isAboutConnections[row.template], UsedUpPool.isOwn(entry.line) {
                key = Key(service: writer, resource: .connections)
            } else if isAboutConnections[row.template], UsedUpPool.isServed(entry.line) {
                key = server(of: row, writer, stores: stores, spans: table, blamed: blamed)
            } else if let resource = resources[row.template], logs.isErrorLike(row.template) {
                key = Key(service: writer, resource: resource)
            } else {
                continue
            }
            switch row.population {
            case .baseline: before[key, default: 0] += 1
            case .window:
                let known = found[key]
                found[key] = (known?.at ?? entry.at, known?.reason ?? entry.line, (known?.count ?? 0) + 1)
            case .neither: break
            }
        }
        return exhaustions(found, before: before, source: .logs)
    }

    /// Whose connections are meant in a line of a client or of the server itself.
    private static func server(
        of row: LogTable.Row, _ writer: String, stores: [String: Set<String>], spans table: SpanTable,
        blamed: Set<String>
    ) -> Key {
        let called = row.span >= 0 ? FailureTarget.service(of: row.span, in: table) : writer
        let known = stores[writer] ?? []
        let server = called != writer ? called : known.count == 1 ? known.first : nil
        if let server, blamed.contains(server) { return Key(service: server, resource: .served) }
        return Key(service: writer, resource: table.serviceNumber(writer) == nil ? .served : .refused)
    }

    /// The databases and caches that each service calls.
    private static func stores(in table: SpanTable) -> [String: Set<String>] {
        var stores: [String: Set<String>] = [:]
        var seen: Set<Int32> = []
        for row in table.rows.indices where table.rows[row].kind == .client {
            guard seen.insert(table.rows[row].operation).inserted, Peer.isStore(table.span(of: row).attributes) else {
                continue
            }
            let store = FailureTarget.service(of: row, in: table)
            stores[table.services[table.service(of: row)], default: []].insert(store)
        }
        return stores
    }

    private static func exhaustions(
        _ found: [Key: (at: Timestamp, reason: String, count: Int)], before: [Key: Int], source: EvidenceSource
    ) -> [Exhaustion] {
        found.filter { $0.value.count >= fewest && Double($0.value.count) > most * Double(before[$0.key] ?? 0) }
            .sorted {
                ($1.value.count, $0.key.service, $0.key.resource.rawValue)
                    < ($0.value.count, $1.key.service, $1.key.resource.rawValue)
            }
            .map { key, value in
                Exhaustion(
                    service: key.service, resource: key.resource, source: source, at: value.at,
                    text: "\(value.count) times: \(Words.short(value.reason))", count: value.count)
            }
    }
}
