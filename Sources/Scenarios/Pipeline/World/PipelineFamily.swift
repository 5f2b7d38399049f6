/// A family whose builds fail because of what they do: a table of members.
protocol PipelineFamily: ScenarioFamily {
    static var table: [PipelineMember] { get }
}

/// One scenario of a family, with what its evidence lacks.
struct PipelineMember {
    /// What is taken from the evidence when all is played.
    enum Thinning: Hashable {
        case exceptions
        case allButLastLines(Int)
        case allButRootSpans
    }

    let name: String
    let variant: LabelledScenario.Variant
    let losses: [EvidenceLoss]
    let thinning: [Thinning]
    /// Lets it happen and says what to answer.
    let happen: (inout JenkinsWorld) -> LabelledScenario.Label

    /// Everything that a usual installation keeps is there.
    static func plain(
        _ name: String, happen: @escaping (inout JenkinsWorld) -> LabelledScenario.Label
    ) -> PipelineMember {
        PipelineMember(name: name, variant: .plain, losses: [], thinning: [], happen: happen)
    }

    static func missing(
        _ name: String, _ losses: [EvidenceLoss] = [], _ thinning: [Thinning] = [],
        happen: @escaping (inout JenkinsWorld) -> LabelledScenario.Label
    ) -> PipelineMember {
        PipelineMember(name: name, variant: .evidenceMissing, losses: losses, thinning: thinning, happen: happen)
    }

    /// It looks like the family's cause and is something else.
    static func decoy(
        _ name: String, happen: @escaping (inout JenkinsWorld) -> LabelledScenario.Label
    ) -> PipelineMember {
        PipelineMember(name: name, variant: .decoy, losses: [], thinning: [], happen: happen)
    }
}

extension PipelineFamily {
    package static var members: [String] { table.map(\.name) }

    package static func variant(of member: String) -> LabelledScenario.Variant? {
        table.first { $0.name == member }?.variant
    }

    /// A member that the family does not have is a day without an incident.
    package static func make(_ member: String, seed: UInt64) -> LabelledScenario {
        let name = "\(cause)/\(member)"
        guard let entry = table.first(where: { $0.name == member }) else {
            return JenkinsWorld(seed: seed).finish(name, .decoy, .unknown)
        }
        // Each member has a world of its own.
        let mixed = name.utf8.reduce(seed &+ 1) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        var world = JenkinsWorld(seed: mixed, cloud: Cloud.allCases[Int(mixed % UInt64(Cloud.allCases.count))])
        world.losses += entry.losses
        let label = entry.happen(&world)
        var made = world.finish(name, entry.variant, label).withoutScriptSpans()
        for thinning in entry.thinning {
            made =
                switch thinning {
                case .exceptions: made.withoutExceptions()
                case .allButLastLines(let count): made.withLastLines(count)
                case .allButRootSpans: made.withRootSpansOnly()
                }
        }
        return made
    }
}

extension ScenarioFamilies {
    /// The causes of pipelines, shown in builds.
    package static let ofPipelines: [any ScenarioFamily.Type] = [
        StageTimeoutFamily.self, BuildFailureFamily.self, TestFailureFamily.self, SourceFailureFamily.self,
        CredentialFailureFamily.self, DownloadFailureFamily.self, PipelineDefinitionFamily.self,
        NameFailureInBuildsFamily.self, CertificateInBuildsFamily.self, UnknownInBuildsFamily.self,
    ]
}
