import HTTPTransport

/// Whether a webhook of Alertmanager's configuration leads to this service.
enum WebhookPlace: Hashable, Sendable {
    /// As this service's configuration says.
    case own
    /// Asked from here, a Sabueso answers there.
    case sabueso
    /// Asked from here, something else answers, with this status.
    case stranger(Int)
    /// Why it cannot be told.
    case unknown(String)

    /// What the configurations of both tell; nil when that is not enough.
    static func configured(_ address: WebhookAddress, _ intake: ChainPlan.Intake) -> WebhookPlace? {
        if let known = intake.publicURL.flatMap(WebhookAddress.init), known.place == address.place {
            let root = known.path.hasSuffix("/") ? String(known.path.dropLast()) : known.path
            if address.path == root + AlertRouting.path { return .own }
        }
        let isNamed = !["", "0.0.0.0", "::"].contains(intake.host) && !address.isLoopback
        return isNamed && address.place == "\(intake.host):\(intake.port)" ? .own : nil
    }

    /// What the service says to a GET of its webhook's path, beside 405.
    static let words = "post Alertmanager's webhook here"

    /// What an answer to a GET tells. What stands before a service, such as a proxy, has answers of its own that say
    /// nothing: of credentials, of redirects, of too much work, of what does not run.
    static func answered(_ response: HTTPResponse) -> WebhookPlace {
        switch response.status {
        case 405 where String(decoding: response.body, as: UTF8.self).contains(words): .sabueso
        case 300..<400, 401, 403, 407, 408, 429, 500...: .unknown("it answers \(response.status)")
        default: .stranger(response.status)
        }
    }
}
