extension ScenarioFamilies {
    /// The causes of services, shown in a shop.
    static let ofServices: [any ScenarioFamily.Type] = [
        DependencyFailureFamily.self,
    ]
}
