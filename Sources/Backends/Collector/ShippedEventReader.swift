import Languages
import Telemetry

/// Reads the events that were sent to Loki.
struct ShippedEventReader: Sendable {
    let source: any LogSource
    let events: ShippedEvents
    let inquiry: Inquiry

    /// Lines of one question: the most that Loki gives at once, unless it is configured otherwise.
    static let limit = 5000
    /// Who sends an event gives the line the time of sending, a little later; the queue of a busy one may hold it longer.
    static let delay = Duration.seconds(60)

    /// The events of the window, about objects of these namespaces and about nodes.
    func events(
        about namespaces: [String], in window: TimeWindow
    ) async -> Result<ClusterList<ShippedEvent>, Inquiry.Shortfall> {
        let logQL = events.logQL(about: namespaces)
        let whole = TimeWindow(start: window.start, end: window.end + Self.delay)
        switch await page(logQL, whole) {
        case .failure(let shortfall): return .failure(shortfall)
        case .success(let newest):
            var lines = newest.entries
            var shortfalls: [Phrase] = []
            if newest.isTruncated, let oldest = lines.map(\.at).min() {
                shortfalls.append("there are more events in Loki than were fetched: of the older ones, warnings only")
                // Every format says `Warning` in the same word.
                let rest = TimeWindow(start: window.start, end: oldest + .nanoseconds(1))
                switch await page(logQL + LogQL.lineContains("Warning"), rest) {
                case .failure(let shortfall): shortfalls.append(shortfall.words)
                case .success(let older): lines += older.entries
                }
            }
            return read(lines, shortfalls, about: namespaces, in: window)
        }
    }

    private func page(_ logQL: String, _ window: TimeWindow) async -> Result<LogPage, Inquiry.Shortfall> {
        let source = source
        return await inquiry.ask { () async throws(BackendError) in
            try await source.entries(logQL, in: window, limit: Self.limit, direction: .backward)
        }
    }

    /// What is no event is told; when nothing is one, the configuration names the wrong format or streams.
    private func read(
        _ lines: [LogEntry], _ shortfalls: [Phrase], about namespaces: [String], in window: TimeWindow
    ) -> Result<ClusterList<ShippedEvent>, Inquiry.Shortfall> {
        let read = lines.compactMap { ShippedEvent($0, events.format) }
        let unread = lines.count - read.count
        guard unread == 0 || !read.isEmpty else {
            return .failure(
                Inquiry.Shortfall(
                    words:
                        "no line in Loki is an event in the form of \(events.format.rawValue): check selector and format of kubernetes.events_from_loki"
                ))
        }
        let words: [Phrase] =
            unread == 0
            ? [] : ["\(unread) of \(lines.count) lines in Loki are no events in the form of \(events.format.rawValue)"]
        let wanted = read.filter { shipped in
            let namespace = shipped.event.object.namespace
            return shipped.event.wasSeen(in: window)
                && (namespaces.isEmpty || namespace.isEmpty || namespaces.contains(namespace))
        }
        return .success(ClusterList(items: wanted, shortfalls: shortfalls + words))
    }
}
