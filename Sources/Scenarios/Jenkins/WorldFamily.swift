/// A family whose scenarios happen in a ``JenkinsWorld``: a table of members.
protocol WorldFamily: ScenarioFamily {
    static var table: [WorldMember] { get }
}

/// One scenario of a family.
struct WorldMember {
    let name: String
    let variant: LabelledScenario.Variant
    var cloud = Cloud.aks
    /// Lets it happen, takes away what is missing, and says what to answer.
    let happen: (inout JenkinsWorld) -> LabelledScenario.Label

    /// Everything that a usual installation keeps is there.
    static func plain(
        _ name: String, cloud: Cloud = .aks, happen: @escaping (inout JenkinsWorld) -> LabelledScenario.Label
    ) -> WorldMember {
        WorldMember(name: name, variant: .plain, cloud: cloud, happen: happen)
    }

    /// The same as a plain one, seen with less.
    static func missing(
        _ name: String, _ losses: [EvidenceLoss], cloud: Cloud = .aks,
        happen: @escaping (inout JenkinsWorld) -> LabelledScenario.Label
    ) -> WorldMember {
        WorldMember(name: name, variant: .evidenceMissing, cloud: cloud) { world in
            world.losses += losses
            return happen(&world)
        }
    }

    /// It looks like the family's cause and is something else.
    static func decoy(
        _ name: String, cloud: Cloud = .aks, happen: @escaping (inout JenkinsWorld) -> LabelledScenario.Label
    ) -> WorldMember {
        WorldMember(name: name, variant: .decoy, cloud: cloud, happen: happen)
    }
}

extension WorldFamily {
    package static var members: [String] { table.map(\.name) }

    package static func variant(of member: String) -> LabelledScenario.Variant? {
        table.first { $0.name == member }?.variant
    }

    package static func make(_ member: String, seed: UInt64) -> LabelledScenario {
        make(member, seed: seed, traffic: .usual)
    }

    /// A member that the family does not have is a day without an incident.
    static func make(_ member: String, seed: UInt64, traffic: WorldTraffic) -> LabelledScenario {
        let name = "\(cause)/\(member)"
        guard let entry = table.first(where: { $0.name == member }) else {
            return JenkinsWorld(seed: seed, traffic: traffic).finish(name, .decoy, .unknown)
        }
        // Each member has a world of its own.
        let mixed = name.utf8.reduce(seed &+ 1) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        var world = JenkinsWorld(seed: mixed, cloud: entry.cloud, traffic: traffic)
        let label = entry.happen(&world)
        return world.finish(name, entry.variant, label)
    }
}
