import Scenarios

/// Why a call of the Web API fails: 200 with `ok` false, or 429.
struct SlackRefusal: Error, Hashable {
    let error: String
    var details: [String] = []
    /// In seconds, with 429.
    var retryAfter: Int?

    init(_ error: String) { self.error = error }

    init(_ problem: SlackProblem) {
        error = problem.error
        details = problem.details
    }

    static func limited(retryAfter: Int) -> SlackRefusal {
        var refusal = SlackRefusal("ratelimited")
        refusal.retryAfter = retryAfter
        return refusal
    }

    var answer: LabAnswer {
        var members: [JSON.Member] = [
            .init(name: "ok", value: false), .init(name: "error", value: .string(error)),
        ]
        if !details.isEmpty {
            let messages = JSON.array(details.map { .string($0) })
            members.append(.init(name: "response_metadata", value: ["messages": messages]))
        }
        return .json(
            JSON.object(members), status: retryAfter == nil ? 200 : 429,
            headers: retryAfter.map { [.init("Retry-After", String($0))] } ?? [])
    }

    var reason: String { ([error] + details).joined(separator: "; ") }
}

extension LabAnswer {
    static func json(_ value: JSON, status: Int = 200, headers: [Header] = []) -> LabAnswer {
        LabAnswer(
            status: status, contentType: "application/json; charset=utf-8", headers: headers,
            body: Array(value.compact.utf8))
    }
}
