import Telemetry

/// The range, limit and direction of a Loki query, with Loki's defaults and complaints.
struct LokiRange {
    /// Inclusive.
    let start: Timestamp
    /// Exclusive.
    let end: Timestamp
    let limit: Int
    let isForward: Bool

    private static let defaultLimit = 100
    /// `max_entries_limit_per_query` as shipped.
    private static let maximumLimit = 5000
    private static let defaultLength: Duration = .seconds(3600)
    /// `max_query_length` as shipped: 30 d 1 h.
    private static let maximumLength: Duration = .seconds(721 * 3600)
    /// Numbers of at most so many digits are seconds; longer ones nanoseconds, so milliseconds end up in 1970.
    private static let digitsOfSeconds = 10

    init(_ request: LabRequest, now: Timestamp) throws(Refusal) {
        limit = try Self.limit(request)
        switch request.parameter("direction")?.lowercased() {
        case nil, "backward": isForward = false
        case "forward": isForward = true
        case let other?: throw Refusal("invalid direction '\(other)'")
        }
        end = try Self.instant("end", request) ?? now
        let length = request.parameter("since").flatMap(GoNumbers.duration) ?? Self.defaultLength
        start = try Self.instant("start", request) ?? min(end, now) - length
        guard start < end else { throw Refusal("end timestamp must not be before or equal to start time") }
        guard end - start <= Self.maximumLength else {
            let seconds = (end - start).nanoseconds / 1_000_000_000
            let length = "\(seconds / 3600)h\(seconds / 60 % 60)m\(seconds % 60)s"
            throw Refusal("the query time range exceeds the limit (query length: \(length), limit: 30d1h)")
        }
    }

    private static func limit(_ request: LabRequest) throws(Refusal) -> Int {
        guard let text = request.parameter("limit") else { return defaultLimit }
        let limit: Int
        do {
            limit = try GoNumbers.integer(text)
        } catch {
            throw Refusal("\(error)")
        }
        guard limit > 0 else { throw Refusal("limit must be a positive value") }
        guard limit <= maximumLimit else {
            throw Refusal(
                "max entries limit per query exceeded, limit > max_entries_limit_per_query "
                    + "(\(limit) > \(maximumLimit))")
        }
        return limit
    }

    /// Seconds, seconds with a fraction, nanoseconds or RFC 3339.
    private static func instant(_ name: String, _ request: LabRequest) throws(Refusal) -> Timestamp? {
        guard let text = request.parameter(name) else { return nil }
        if text.contains("."), let seconds = Double(text), abs(seconds) < 1e10 {
            // Loki rounds the fraction to whole milliseconds.
            return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
        }
        if let number = Int64(text) {
            return text.count <= digitsOfSeconds ? Timestamp(seconds: number) : Timestamp(nanoseconds: number)
        }
        if let instant = Timestamp(rfc3339: text) { return instant }
        throw Refusal(
            "could not parse '\(name)' parameter: "
                + GoNumberError(function: "ParseInt", text: text, reason: "invalid syntax").description)
    }
}
