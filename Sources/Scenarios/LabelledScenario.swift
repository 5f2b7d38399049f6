/// A scenario with what it shows, for measuring diagnoses.
///
/// The truth is never part of the evidence: in a case folder it is a file of its own, which no diagnosis reads.
package struct LabelledScenario: Sendable {
    /// What makes a scenario hard.
    package enum Variant: String, Hashable, Sendable, CaseIterable {
        /// Everything that a usual installation keeps is there.
        case plain
        /// What would tell most is not: no event, no access to the cluster, no logs, a truncated trace.
        case evidenceMissing = "evidence missing"
        /// It looks like the cause of its family at first sight, and is something else.
        case decoy
    }

    /// What a person who knows what happened would answer.
    package struct Label: Hashable, Sendable {
        /// A slug of the catalogue of causes.
        package let cause: String
        /// `node`, `pod`, `image`, `volume`, `host`, `credential`, `pool`, `job`, `service` or `none`.
        package let subjectKind: String
        /// Empty for `none`.
        package let subjectName: String

        package init(_ cause: String, _ subjectKind: String, _ subjectName: String) {
            self.cause = cause
            self.subjectKind = subjectKind
            self.subjectName = subjectName
        }

        /// Nothing in the evidence carries a cause.
        package static let unknown = Label("unknown", "none", "")
    }

    /// The family's cause and what is special: `spot-eviction/no-events`.
    package let name: String
    package let variant: Variant
    package let label: Label
    package let scenario: Scenario

    package init(name: String, variant: Variant, label: Label, scenario: Scenario) {
        self.name = name
        self.variant = variant
        self.label = label
        self.scenario = scenario
    }
}

/// The scenarios of one cause: at least one that is plain, one that lacks the most telling evidence, and one decoy.
package protocol ScenarioFamily: Sendable {
    /// The slug of the cause that the plain ones show.
    static var cause: String { get }
    /// What is special about each, in the order of the scenarios: `plain`, `no-events`, `stopped-by-a-person`.
    static var members: [String] { get }
    /// What makes a member hard, told without playing it; nil for what is no member.
    static func variant(of member: String) -> LabelledScenario.Variant?
    /// - Parameters:
    ///   - member: one of `members`.
    ///   - seed: other seeds give other names, numbers and times.
    static func make(_ member: String, seed: UInt64) -> LabelledScenario
}

extension ScenarioFamily {
    package static func all(seed: UInt64) -> [LabelledScenario] { members.map { make($0, seed: seed) } }
}

/// All families, in the order of the catalogue of causes.
package enum ScenarioFamilies {
    package static let all: [any ScenarioFamily.Type] = ofJenkins + ofPipelines + ofServices

    /// The causes of nodes, agents and the controller.
    package static let ofJenkins: [any ScenarioFamily.Type] = [
        SpotEvictionFamily.self, NodeLostFamily.self, NodePressureFamily.self, AgentMemoryFamily.self,
        ImagePullFamily.self, UnschedulableFamily.self, DisconnectedFamily.self, VolumeMountFamily.self,
        FullDiskFamily.self, ControllerRestartFamily.self, ControllerMemoryFamily.self,
        ControllerOverloadFamily.self,
    ]
}
