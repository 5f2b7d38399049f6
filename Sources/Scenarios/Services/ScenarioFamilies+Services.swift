extension ScenarioFamilies {
    /// The causes of services, shown in a shop.
    package static let ofServices: [any ScenarioFamily.Type] = [
        DependencyFailureFamily.self, LatencyRegressionFamily.self, FaultyInstanceFamily.self, BadDeployFamily.self,
        ResourceSaturationFamily.self, TrafficSurgeFamily.self, NameFailureFamily.self, CertificateFamily.self,
        TelemetryGapFamily.self, UnknownServiceFamily.self,
    ]
}
