import HTTPTransport
import Telemetry

/// What Loki's answers mean. Separate from the asking, so that every recorded answer can be put to it.
enum LokiAnswers {
    /// The lines of `/loki/api/v1/query_range`, oldest first.
    static func lines(
        _ response: HTTPResponse, isBackward: Bool, _ attempt: BackendError.Attempt
    ) throws(BackendError) -> LokiAnswer {
        guard response.isSuccess else { throw response.refusal(of: attempt) }
        var decoder = LokiJSONDecoder(response.body)
        decoder.isBackward = isBackward
        do throws(JSONFault) {
            while decoder.json.nextDocument() { try decoder.readDocument() }
        } catch {
            throw .unreadable(attempt, reason: "\(error.reason), at byte \(error.offset)")
        }
        guard decoder.results > 0 else { throw .unreadable(attempt, reason: "it holds no result") }
        decoder.finish()
        return decoder.answer
    }

    /// The most lines that this server gives at once, when it refused a query for asking for more:
    /// `max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)`.
    static func largestPage(in error: BackendError) -> Int? {
        guard case .refused(_, status: 400, let reason, _) = error, reason.contains("max_entries_limit") else {
            return nil
        }
        let digits = reason.reversed().drop { !$0.isWholeNumber }.prefix { $0.isWholeNumber }
        return Int(String(digits.reversed())).flatMap { $0 > 0 ? $0 : nil }
    }
}
