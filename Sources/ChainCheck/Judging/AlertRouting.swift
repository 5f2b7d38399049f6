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
        var doubts = lost.isEmpty ? [] : [strangers(lost, .warning)]
        doubts += [unauthorized(ours, .warning), unshown(ours), refusedLately(), unresolved(ours), untold(ours)]
            .compactMap { $0 }
        return doubts.isEmpty ? [well(ours, alerts)] : doubts
    }

    func finding(
        _ verdict: Finding.Verdict, _ observed: String, _ advice: String?, isAnswered: Bool = true
    ) -> Finding {
        Finding(.alertRouting, verdict, on: address, observed, advice: advice, isAnswered: isAnswered)
    }

    func names(_ webhooks: [Webhook]) -> Set<String> { Set(webhooks.map(\.receiver)) }

    /// `receiver sabueso (sabueso:9096)`
    func described(_ webhooks: [Webhook]) -> String {
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

    /// Larger ones are no counts, and fit no integer.
    private static let mostCounted = 1e15

    private func taken(_ deliveries: Deliveries) -> String {
        "Sabueso took \(Int(min(deliveries.taken.number, Self.mostCounted).rounded())) in the last \(Wording.age(Deliveries.period))"
    }
}
