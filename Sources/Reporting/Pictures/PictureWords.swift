import RootCause

/// The words in a picture, in its readers' language.
package struct PictureWords: Sendable {
    let builds: String
    let traces: String
    /// Before a service's name.
    let requestsTo: String
    /// Before "2 min".
    let per: String
    /// Behind what took long: the time within which 95 of 100 were done.
    let nearlyAll: String
    let failed: String
    let others: String
    let usual: String
    let began: String
    let since: String
    let before: String
    /// Between a number and the one that it is a part of.
    let of: String
    let upTo: String
    let sample: String
    let failingTrace: String
    let exampleTrace: String
    let spans: String
    /// How many spans are drawn: "12 of 140 spans shown".
    let shown: String
    /// What happened, in two or three words.
    let happened: @Sendable (Cause) -> String

    package static let english = PictureWords(
        builds: "Builds", traces: "Traces", requestsTo: "Requests to", per: "per",
        nearlyAll: "95 % within", failed: "failed", others: "others", usual: "usual", began: "began",
        since: "since", before: "before", of: "of", upTo: "up to", sample: "of a sample",
        failingTrace: "Failing trace", exampleTrace: "Example trace", spans: "spans", shown: "shown",
        happened: { cause in
            switch cause {
            case .spotEviction: "node preempted"
            case .nodeLost: "node lost"
            case .nodePressureEviction: "pods evicted"
            case .agentOOMKilled, .controllerOOMKilled: "out of memory"
            case .imagePullFailure: "image not pulled"
            case .agentUnschedulable: "no room for agents"
            case .agentDisconnected: "agent disconnected"
            case .volumeMountFailure: "volume not mounted"
            case .diskFull: "disk full"
            case .controllerRestart: "controller restarted"
            case .controllerOverload: "controller overloaded"
            case .badDeploy: "new version"
            case .certificateExpired: "certificate expired"
            case .dnsFailure: "name not resolved"
            case .faultyInstance: "pod in trouble"
            case .resourceSaturation: "limit reached"
            case .trafficSurge: "more traffic"
            case .telemetryGap: "no more traces"
            case .stageTimeout, .buildFailure, .testFailure, .scmFailure, .credentialFailure,
                .dependencyDownloadFailure, .pipelineDefinitionError, .dependencyFailure, .latencyRegression, .unknown:
                "first sign"
            }
        })
}
