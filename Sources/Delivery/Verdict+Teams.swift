import FoundationEssentials
import HTTPTransport

extension Verdict {
    /// Every 2xx means that the flow was started; whether it delivers is its secret. 429 and 408 pass, as Azure's own
    /// clients treat them, and so does a 5xx. Every other 4xx, 413 for a card that is too large among them, is
    /// permanent. A redirect is not followed: the address carries its signature.
    ///
    /// Source: the retry policy of Azure's client libraries,
    /// https://learn.microsoft.com/azure/architecture/best-practices/retry-service-specific
    static func teamsWorkflow(_ response: HTTPResponse) -> Verdict {
        let told = told(response)
        switch response.status {
        case 200..<300: return .accepted(receipt: receipt(response))
        case 300..<400: return .redirected(told)
        case 408, 429: return .transient(reason: told, asked: RetryAfter.wait(asked: response))
        case 400..<500: return .permanent(reason: "\(told): \(advice(response.status))")
        default: return .transient(reason: told, asked: RetryAfter.wait(asked: response))
        }
    }

    /// The flow's run, by which it is found in Power Automate's history; its characters are checked, since it is shown.
    private static func receipt(_ response: HTTPResponse) -> String {
        let run = response.header("x-ms-workflow-run-id") ?? ""
        let isIdentifier = run.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        }
        return isIdentifier && run.utf8.count <= longestRunID ? run : ""
    }

    /// Those that were seen have 36 characters.
    private static let longestRunID = 64

    private static func told(_ response: HTTPResponse) -> String {
        var text = "Teams answered \(response.status)"
        if let error = try? JSONDecoder().decode(TeamsAnswer.self, from: Data(response.body)).error {
            let parts = [error.code, error.message].compactMap { $0 }.joined(separator: ": ")
            text += " \(AnswerExcerpt.line(of: parts))"
        } else {
            let excerpt = AnswerExcerpt.line(of: response)
            text += excerpt.isEmpty ? "" : " \(excerpt)"
        }
        return text
    }

    private static func advice(_ status: Int) -> String {
        switch status {
        case 400: "the flow does not take the message; its trigger must be \"When a Teams webhook request is received\""
        case 401, 403: "the address's signature is not accepted; copy it from the flow again, and let anyone trigger it"
        case 404, 410: "the flow was deleted or turned off; put a new one's address into the configuration"
        case 413: "the card is too large for Teams; please report it with the incident's id"
        default: "the message will not be accepted as it is"
        }
    }
}

/// The error body of Azure's logic apps.
private struct TeamsAnswer: Decodable {
    struct Failure: Decodable {
        let code: String?
        let message: String?
    }

    let error: Failure
}
