package import Languages
package import RootCause

extension Cause {
    /// The cause's name in the field's words, as it stands before its certainty: "spot eviction".
    package var title: Phrase {
        switch self {
        case .spotEviction: "spot eviction"
        case .nodeLost: "node lost"
        case .nodePressureEviction: "eviction by a node that ran short"
        case .agentOOMKilled: "agent out of memory"
        case .imagePullFailure: "image could not be pulled"
        case .agentUnschedulable: "no room for the agent"
        case .agentDisconnected: "agent lost its connection"
        case .volumeMountFailure: "volume could not be mounted"
        case .diskFull: "disk full"
        case .controllerRestart: "controller restarted"
        case .controllerOOMKilled: "controller out of memory"
        case .controllerOverload: "controller overloaded"
        case .stageTimeout: "stage ran into its time limit"
        case .buildFailure: "the build itself fails"
        case .testFailure: "tests fail"
        case .scmFailure: "checkout from version control fails"
        case .credentialFailure: "credential refused"
        case .dependencyDownloadFailure: "download of a dependency fails"
        case .pipelineDefinitionError: "error in the pipeline's definition"
        case .dependencyFailure: "a service fails"
        case .latencyRegression: "slower than before"
        case .faultyInstance: "one bad instance"
        case .badDeploy: "bad deployment"
        case .resourceSaturation: "resource limit reached"
        case .trafficSurge: "surge of traffic"
        case .dnsFailure: "name resolution fails"
        case .certificateExpired: "certificate expired"
        case .telemetryGap: "telemetry is missing"
        case .unknown: "unknown"
        }
    }

    /// What such a cause does to a build.
    var effectOnBuilds: BuildEffect {
        switch self {
        case .spotEviction, .nodeLost, .nodePressureEviction, .agentOOMKilled, .agentDisconnected: .lostAgent
        case .imagePullFailure, .agentUnschedulable, .volumeMountFailure: .gotNoAgent
        case .controllerRestart, .controllerOOMKilled: .interrupted
        case .controllerOverload: .heldUp
        case .stageTimeout: .stopped
        case .telemetryGap: .unseen
        default: .failed
        }
    }
}
