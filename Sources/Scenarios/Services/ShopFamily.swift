/// A family whose scenarios happen in a ``ShopWorld``.
protocol ShopFamily: ScenarioFamily {
    /// Says what happens and what is missing, and plays nothing yet.
    static func prepare(_ member: String, seed: UInt64) -> ShopCase
}

extension ShopFamily {
    static func make(_ member: String, seed: UInt64) -> LabelledScenario { prepare(member, seed: seed).scenario() }

    static func variant(of member: String) -> LabelledScenario.Variant? {
        members.contains(member) ? prepare(member, seed: 1).variant : nil
    }
}
