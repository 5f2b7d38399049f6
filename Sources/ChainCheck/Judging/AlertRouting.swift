/// Whether Alertmanager has a receiver that posts to this service with what it demands, and routes that lead there.
struct AlertRouting: Sendable {
    /// Where this service takes notifications.
    static let path = "/webhooks/alertmanager"
    /// What a receiver is called whose address is hidden, so that it may still be known.
    private static let ownName = "sabueso"

    /// An alert with the labels that its rule gives it.
    struct Alert: Hashable, Sendable {
        let name: String
        let labels: [String: String]
    }

    typealias Webhook = AlertmanagerConfiguration.Webhook

    let configuration: AlertmanagerConfiguration
    let intake: ChainPlan.Intake
    /// Of the webhooks that end in ``path``.
    let places: [WebhookAddress: WebhookPlace]
    /// nil when Prometheus does not tell.
    let deliveries: Deliveries?
    /// Of Alertmanager.
    let address: String

    /// Addresses that may be this service's.
    static func candidates(_ configuration: AlertmanagerConfiguration) -> [WebhookAddress] {
        var addresses: [WebhookAddress] = []
        for address in configuration.webhooks.compactMap(\.address) where isOurs(address) {
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    private static func isOurs(_ address: WebhookAddress) -> Bool {
        address.path.hasSuffix(path) || address.path.hasSuffix(path + "/")
    }

    /// What fails, or else what is doubtful, or else that all is well.
    func findings(_ alerts: [Alert]) -> [Finding] {
        let candidates = configuration.webhooks.filter { $0.address.map(Self.isOurs) ?? false }
        let hidden = configuration.webhooks.filter { $0.address == nil }
        let named = hidden.filter { $0.receiver.lowercased().contains(Self.ownName) }
        guard !candidates.isEmpty || !named.isEmpty else { return [noReceiver(hidden)] }
        let leading = candidates.filter { stranger($0) == nil }
        let ours = leading.isEmpty ? named : leading
        guard !ours.isEmpty else { return [strangers(candidates, .failure)] }

        let failures = [refusal(ours), unrouted(ours, alerts)].compactMap { $0 }
        guard failures.isEmpty else { return failures }
        let lost = candidates.filter { stranger($0) != nil }
        let doubts = [
            lost.isEmpty ? nil : strangers(lost, .warning), unauthorized(ours, .warning), unresolved(ours),
            untold(ours),
        ].compactMap { $0 }
        return doubts.isEmpty ? [well(ours, alerts)] : doubts
    }

    private func finding(
        _ verdict: Finding.Verdict, _ observed: String, _ advice: String?, isAnswered: Bool = true
    ) -> Finding {
        Finding(.alertRouting, verdict, on: address, observed, advice: advice, isAnswered: isAnswered)
    }

    private func names(_ webhooks: [Webhook]) -> Set<String> { Set(webhooks.map(\.receiver)) }

    /// `receiver sabueso (sabueso:9096)`
    private func described(_ webhooks: [Webhook]) -> String {
        var words: [String] = []
        for webhook in webhooks.sorted(by: { $0.receiver < $1.receiver }) {
            let word = "\(webhook.receiver) (\(webhook.address?.place ?? "its address is hidden"))"
            if !words.contains(word) { words.append(word) }
        }
        return "receiver \(Wording.list(words))"
    }

    // MARK: The receiver

    private func noReceiver(_ hidden: [Webhook]) -> Finding {
        guard !hidden.isEmpty else {
            return finding(
                .failure, "no receiver has a webhook that ends in \(Self.path)",
                "Add the receiver and the route of deploy/alertmanager/alertmanager.yaml; with the operator, "
                    + "deploy/alertmanager/alertmanagerconfig.yaml.")
        }
        let names = Wording.list(names(hidden).sorted())
        if let deliveries, deliveries.areTaken {
            return finding(
                .ok, "\(taken(deliveries)), by one of the receivers \(names), whose addresses are hidden", nil)
        }
        return finding(
            .warning, "it hides the addresses of \(names), and none is called \(Self.ownName)",
            "Look whether one of them ends in \(Self.path), and call it \(Self.ownName).", isAnswered: false)
    }

    /// The status of what answers there, when that is no Sabueso.
    private func stranger(_ webhook: Webhook) -> Int? {
        guard let address = webhook.address, case .stranger(let status) = places[address] else { return nil }
        return status
    }

    private func strangers(_ webhooks: [Webhook], _ verdict: Finding.Verdict) -> Finding {
        let status = webhooks.first.flatMap(stranger) ?? 0
        return finding(
            verdict, "\(described(webhooks)): what answers there with \(status) is no Sabueso",
            "Correct url in its webhook_configs: \(expected).")
    }

    private var expected: String {
        if let publicURL = intake.publicURL { return "\(publicURL)\(Self.path)" }
        return intake.port == 0 ? "it ends in \(Self.path)" : "Sabueso listens on port \(intake.port)"
    }

    // MARK: What it demands

    private func refusal(_ ours: [Webhook]) -> Finding? {
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
            "\(described(ours)): notifications fail"
                + (worst.reason.map { ", by Alertmanager's count with \($0)" } ?? ", by Alertmanager's count"),
            Self.advice(on: worst.reason))
    }

    private func isRefused(_ webhook: Webhook) -> Bool {
        switch (intake.credentials, webhook.credentials) {
        case (.none, _), (_, .other), (.bearer, .bearer): false
        case (.basic(let wanted), .basic(let sent)): sent != nil && sent != wanted
        case (.basic, _), (.bearer, _): true
        }
    }

    private func unauthorized(_ ours: [Webhook], _ verdict: Finding.Verdict) -> Finding? {
        let refused = ours.filter(isRefused)
        guard let first = refused.first else { return nil }
        let sent =
            switch first.credentials {
            case .none, .other: "sends no credentials"
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

    // MARK: The routes

    private func unrouted(_ ours: [Webhook], _ alerts: [Alert]) -> Finding? {
        let receivers = names(ours)
        let never = alerts.filter {
            configuration.route.destinations(of: $0.labels).possible.isDisjoint(with: receivers)
        }.map(\.name)
        guard !never.isEmpty else { return nil }
        guard never.count < alerts.count else {
            return finding(
                .failure, "no route leads \(Wording.list(never)) to \(described(ours))",
                "Add a route for it before those that take the alert, with continue: true "
                    + "(deploy/alertmanager/alertmanager.yaml).")
        }
        return finding(
            .failure, "\(Wording.list(never)) never gets to \(described(ours))",
            "Widen its route's matchers (deploy/alertmanager/alertmanager.yaml), or take the name out of its playbook.")
    }

    private func unresolved(_ ours: [Webhook]) -> Finding? {
        guard !ours.allSatisfy(\.sendsResolved) else { return nil }
        return finding(
            .warning, "\(described(ours)) without send_resolved",
            "Set send_resolved: true, or no message in the chat ever turns green.")
    }

    // MARK: What is known

    /// What is neither seen in an address nor by what arrived.
    private func untold(_ ours: [Webhook]) -> Finding? {
        let known = ours.contains { webhook in
            switch webhook.address.flatMap({ places[$0] }) {
            case .own, .sabueso: true
            case .stranger, .unknown, nil: false
            }
        }
        guard !known, deliveries?.areTaken != true else { return nil }
        let place = ours.compactMap { webhook in webhook.address.map { ($0, places[$0]) } }.first
        let why: String
        switch place {
        case (let address, .unknown(let reason))?:
            let port =
                intake.port == 0 || intake.port == address.port ? "" : ", and Sabueso listens on port \(intake.port)"
            why = "\(reason)\(port)"
        default: why = "and nothing was counted that came from it"
        }
        return finding(
            .warning, "\(described(ours)): whether that is this Sabueso cannot be told, \(why)",
            "From Alertmanager's machine or pod, a GET of its url has to answer 405: \(WebhookPlace.words). Or let "
                + "Prometheus scrape Sabueso: what arrives is counted.", isAnswered: false)
    }

    private func well(_ ours: [Webhook], _ alerts: [Alert]) -> Finding {
        let receivers = names(ours)
        let perhaps = alerts.filter {
            configuration.route.destinations(of: $0.labels).certain.isDisjoint(with: receivers)
        }.map(\.name)
        let certainty =
            perhaps.isEmpty
            ? "gets \(Wording.list(alerts.map(\.name)))" : "gets \(Wording.list(perhaps)) by their labels"
        let counted = deliveries.flatMap { $0.areTaken ? "; \(taken($0))" : nil } ?? ""
        return finding(.ok, "\(described(ours)) \(certainty)\(counted)", nil)
    }

    private func taken(_ deliveries: Deliveries) -> String {
        "Sabueso took \(Int(deliveries.taken.number.rounded())) in the last \(Wording.age(Deliveries.period))"
    }
}
