package import HTTPTransport
package import Telemetry

/// Asks Tempo for traces. Measured with 2.10 and 3.0; what older ones lack is asked for in the older way.
package struct TempoClient: TraceSource {
    private let http: any HTTPClient
    private let endpoint: Endpoint
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - baseURL: `http://tempo:3200`, with the path of a gateway if there is one.
    ///   - now: what time it is. Tempo silently answers for the last 15 minutes when it is asked about the future, so a
    ///     window is compared with the clock before it is sent.
    package init(
        http: any HTTPClient, baseURL: String, deadline: Duration = .seconds(30),
        maximumResponseSize: Int = Endpoint.usualMaximumResponseSize, now: @escaping @Sendable () -> Timestamp
    ) {
        self.http = http
        self.endpoint = Endpoint(baseURL: baseURL, deadline: deadline, maximumResponseSize: maximumResponseSize)
        self.now = now
    }

    // MARK: Searching

    /// The largest `limit` that Tempo takes (`max_result_limit`).
    private static let largestLimit = 262_144

    package func search(
        _ traceQL: String, in window: TimeWindow, limit: Int
    ) async throws(BackendError) -> TraceSearch {
        let attempt = BackendError.Attempt("Tempo", "search", on: traceQL)
        guard limit > 0 else { throw .invalidQuestion(attempt, reason: "the limit has to be above zero") }
        // One more than wanted, to know whether there are more than wanted.
        let wanted = min(limit, Self.largestLimit - 1) + 1
        var hits: [TraceHit] = []
        var seen: Set<TraceID> = []
        var isNewest = true
        for range in try TempoRange.parts(of: window, now: now(), attempt) {
            let part = try await search(traceQL, in: range, limit: wanted, attempt)
            // A trace that reaches over the border of two parts is found in both.
            hits += part.hits.filter { seen.insert($0.traceID).inserted }
            isNewest = isNewest && part.isNewest
            if hits.count >= wanted { break }
        }
        hits.sort { ($1.start, $0.traceID) < ($0.start, $1.traceID) }
        let isTruncated = hits.count >= wanted
        return TraceSearch(
            hits: [TraceHit](hits.prefix(wanted - 1)), isTruncated: isTruncated, isNewest: !isTruncated || isNewest)
    }

    /// Without the hint, Tempo stops at any `limit` traces instead of the newest; an older server does not know it.
    private func search(
        _ traceQL: String, in range: TempoRange, limit: Int, _ attempt: BackendError.Attempt
    ) async throws(BackendError) -> (hits: [TraceHit], isNewest: Bool) {
        guard !TraceQL.hasHints(traceQL) else {
            return (try await searchOnce(traceQL, in: range, limit: limit, attempt), traceQL.contains("most_recent"))
        }
        do {
            let hinted = traceQL + " with (most_recent=true)"
            return (try await searchOnce(hinted, in: range, limit: limit, attempt), true)
        } catch {
            // Other refusals, of the limit or the range, would only be repeated.
            guard case .refused(_, status: 400, let reason, _) = error,
                reason.contains("TraceQL") || reason.contains("parse") || reason.contains("hint")
            else { throw error }
            return (try await searchOnce(traceQL, in: range, limit: limit, attempt), false)
        }
    }

    private func searchOnce(
        _ traceQL: String, in range: TempoRange, limit: Int, _ attempt: BackendError.Attempt
    ) async throws(BackendError) -> [TraceHit] {
        let request = endpoint.get(
            "/api/search",
            // One span of each trace: they are not looked at, and Tempo sends three unless told.
            [("q", traceQL)] + range.parameters + [("limit", String(limit)), ("spss", "1")],
            headers: [HTTPHeader("Accept", "application/json")])
        return try TempoAnswers.search(try await http.send(request, for: attempt), attempt)
    }

    // MARK: One trace

    /// Tempo looks only into the blocks that overlap the range, and the spans of a long build are in several: so much is
    /// added on either side.
    private static let margin = Duration.seconds(3600)

    package func trace(_ id: TraceID, around window: TimeWindow?) async throws(BackendError) -> Trace? {
        let attempt = BackendError.Attempt("Tempo", "trace", on: id.description)
        let range = window.flatMap { TempoRange(around: $0, margin: Self.margin, now: now()) }
        guard let answer = try await answer(id, range, attempt) else { return nil }
        let spans = answer.spans.filter { $0.traceID == id }
        let isRootMissing = !spans.contains { $0.parentID == nil }
        return Trace(id: id, spans: spans, isPartial: answer.partialReason != nil || isRootMissing)
    }

    /// From the second version of the endpoint, which gives a part of a trace that is too large; a server that does not
    /// have it answers 404, and is asked at the first.
    private func answer(
        _ id: TraceID, _ range: TempoRange?, _ attempt: BackendError.Attempt
    ) async throws(BackendError) -> OTLPAnswer? {
        let headers = [HTTPHeader("Accept", "application/protobuf")]
        let parameters = range?.parameters ?? []
        let answer = try await http.send(
            endpoint.get("/api/v2/traces/\(id)", parameters, headers: headers), for: attempt)
        guard answer.status == 404 else { return try TempoAnswers.trace(answer, isV2: true, attempt) }
        let older = try await http.send(
            endpoint.get("/api/traces/\(id)", parameters, headers: headers), for: attempt)
        return try TempoAnswers.trace(older, isV2: false, attempt)
    }
}
