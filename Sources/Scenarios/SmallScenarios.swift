/// Labelled scenarios that are kept as case folders, to be read and tried by people: on a quiet day, or the folders would
/// be too large.
package enum SmallScenarios {
    /// A plain one, one without the most telling evidence, and one that only looks like its family.
    package static var all: [LabelledScenario] {
        [
            AgentMemoryFamily.make("plain", seed: seed, traffic: .small),
            SpotEvictionFamily.make("no-events", seed: seed, traffic: .small),
            SpotEvictionFamily.make("stopped-by-person", seed: seed, traffic: .small),
        ]
    }

    /// Any would do.
    private static let seed: UInt64 = 1
}
