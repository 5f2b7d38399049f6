/// Whether this service lets Alertmanager in: by what its configuration shows, and by what was counted.
extension AlertRouting {
    /// Nothing gets in.
    func refusal(_ ours: [Webhook]) -> Finding? {
        if ours.allSatisfy(isRefused) { return unauthorized(ours, .failure) }
        guard let deliveries else { return nil }
        if deliveries.areRefused, deliveries.taken.number == 0 {
            return finding(
                .failure, "Sabueso refused all notifications of the last \(Wording.age(Deliveries.period))",
                "Its log has the reason: `notification refused`. Of credentials: are those of \(described(ours)) the same "
                    + "as in server.authorization?")
        }
        let isAlone = names(configuration.webhooks).isSubset(of: names(ours))
        guard let worst = deliveries.failures(of: names(ours), areAlone: isAlone).first else { return nil }
        return finding(
            .failure,
            "\(described(ours)): what was sent last failed"
                + (worst.count.last.map { " at about \(Wording.minute($0))" } ?? "")
                + ", by Alertmanager's count\(worst.reason.map { " with \($0)" } ?? "")",
            Self.advice(on: worst.reason))
    }

    /// It may be somebody else's, so that it is only doubted.
    func refusedLately() -> Finding? {
        guard let deliveries, deliveries.areRefused else { return nil }
        return finding(
            .warning, "Sabueso refused what came last",
            "Its log has the reason: `notification refused`. Were credentials changed on one side?")
    }

    private func isRefused(_ webhook: Webhook) -> Bool {
        switch (intake.credentials, webhook.credentials) {
        case (.none, _), (_, .other), (.bearer, .bearer), (.basic, .unseen): false
        case (.basic(let wanted), .basic(let sent)): sent != nil && sent != wanted
        case (.basic, _), (.bearer, _): true
        }
    }

    /// Credentials that are seen to be none or others.
    func unauthorized(_ ours: [Webhook], _ verdict: Finding.Verdict) -> Finding? {
        let refused = ours.filter(isRefused)
        guard let first = refused.first else { return nil }
        let sent =
            switch first.credentials {
            case .none, .unseen, .other: "sends no credentials"
            case .basic(let username): "sends basic credentials" + (username.map { " of \($0)" } ?? "")
            case .bearer: "sends a bearer token"
            }
        let (wanted, form) =
            switch intake.credentials {
            case .basic(let username): ("basic credentials of \(username)", "basic_auth")
            case .bearer, .none: ("a bearer token", "authorization")
            }
        return finding(
            verdict, "\(described(refused)) \(sent), and Sabueso answers 401 without \(wanted)",
            "Give its http_config \(form) with what server.authorization has (deploy/alertmanager/alertmanager.yaml).")
    }

    /// Basic credentials that are neither seen nor used.
    func unshown(_ ours: [Webhook]) -> Finding? {
        guard case .basic(let username) = intake.credentials, deliveries?.areTaken != true else { return nil }
        let unseen = ours.filter { $0.credentials == .unseen }
        guard !unseen.isEmpty else { return nil }
        return finding(
            .warning,
            "\(described(unseen)) shows no credentials, and Sabueso answers 401 without basic credentials of \(username)",
            "If its url has none, give its http_config basic_auth with what server.authorization has.",
            isAnswered: false)
    }

    /// Source: https://github.com/prometheus/alertmanager/blob/main/notify/util.go, which has the reasons' names; a 401 is
    /// `clientError` before 0.34.
    private static func advice(on reason: String?) -> String {
        switch reason {
        case "authError": "Give the receiver's http_config the credentials that server.authorization has."
        case "clientError":
            "Sabueso's log has the reason: `notification refused`. Most often it is credentials, or the path \(path)."
        case "serverError": "Sabueso's log has the reason: is its disk full, or its journal locked?"
        case "rateLimited": "Something before Sabueso answers 429, which is not tried again: raise its limit."
        default: "Alertmanager's log has the reason: does it reach the address, and may it, by the NetworkPolicy?"
        }
    }
}
