import Telemetry

/// A container image could not be pulled, so pods never started.
struct ImagePullFailureRule: Rule {
    let cause = Cause.imagePullFailure
    let needs: Set<EvidenceSource> = [.events, .pods, .logs]

    private static let eventWeight = 3.2
    private static let logWeight = 2.8
    private static let furtherPodWeight = 0.4
    private static let reasons: Set<String> = [
        "Failed", "BackOff", "ErrImagePull", "ImagePullBackOff", "InspectFailed",
    ]
    private static let marks = [
        "Unable to pull container image", "Image pull backoff detected", "ErrImagePull", "ImagePullBackOff",
    ]
    /// An image that was pulled in the end was only slow.
    private static let healed = "Pulled"

    func drafts(in scene: Scene) -> [Draft] {
        struct Mention {
            let image: String
            let pod: String
            let finding: Finding
        }
        var mentions: [Mention] = []
        let pulled = Set(scene.cluster.events.filter { $0.reason == Self.healed }.map(\.object.name))
        for event in scene.events(Self.reasons)
        where event.object.kind == "Pod" && event.message.lowercased().contains("image")
            && !pulled.contains(event.object.name)
        {
            mentions.append(
                Mention(
                    image: Self.image(in: event.message) ?? "", pod: event.object.name,
                    finding: Finding(
                        .events, at: event.at,
                        text: "pod \(event.object.name): \(event.reason): \(Phrases.short(event.message))",
                        weight: Self.eventWeight,
                        reference: .logsOfPod(namespace: event.object.namespace, pod: event.object.name))))
        }
        for line in scene.lines(with: Self.marks) {
            mentions.append(
                Mention(
                    image: Self.image(in: line.line) ?? "", pod: line.pod ?? "",
                    finding: Finding(
                        .logs, at: line.at, text: Phrases.short(line.line), weight: Self.logWeight,
                        reference: line.traceID.map(Reference.logsOfTrace))))
        }
        let named = Dictionary(grouping: mentions, by: \.image).filter { !$0.key.isEmpty }
        // Lines that do not name the image belong to the only one that is named.
        let unnamed = mentions.filter(\.image.isEmpty)
        let groups = named.isEmpty ? (unnamed.isEmpty ? [:] : ["": unnamed]) : named
        return groups.sorted { $0.key < $1.key }.map { image, mentions in
            let all = named.count == 1 ? mentions + unnamed : mentions
            var findings: [Finding] = []
            for source in [EvidenceSource.events, .logs] {
                guard let first = all.first(where: { $0.finding.source == source })?.finding else { continue }
                let weight = findings.isEmpty ? first.weight : Self.furtherPodWeight
                findings.append(
                    Finding(source, at: first.at, text: first.text, weight: weight, reference: first.reference))
            }
            let pods = Set(all.map(\.pod)).subtracting([""]).sorted()
            let name = image.isEmpty ? "A container image" : "Image `\(image)`"
            let waiting =
                pods.isEmpty ? "" : ": \(Phrases.count(pods.count, "pod")) could not start (\(Phrases.list(pods)))"
            return Draft(
                subject: .init(.image, image),
                statement: "\(name) could not be pulled\(scene.since)\(waiting).", findings: findings,
                recommendations: [
                    "Check that the image and its tag exist and that the pull secret is valid: `docker pull \(image.isEmpty ? "IMAGE" : image)`.",
                    "Go back to the last tag that worked in the pod template.",
                ],
                explains: Set(pods).union(scene.builds(harmedOn: pods).map(\.title)))
        }
    }

    /// What stands in quotes after the word image.
    static func image(in text: String) -> String? {
        guard let word = text.range(ofFirst: "image") else { return nil }
        let rest = text[word...]
        guard let quote = rest.firstIndex(of: "\"") else { return nil }
        let name = rest[rest.index(after: quote)...].prefix { $0 != "\"" && $0 != "\\" }
        return name.isEmpty || name.contains(" ") ? nil : String(name)
    }
}

extension String {
    /// Where this text first stands, without regard to case; nil when it does not.
    fileprivate func range(ofFirst text: String) -> String.Index? {
        indices.first { self[$0...].prefix(text.count).lowercased() == text }
    }
}
