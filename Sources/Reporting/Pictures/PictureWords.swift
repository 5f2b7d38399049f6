import Languages
import RootCause

/// The words in a picture that stand by themselves.
enum PictureWords: CaseIterable {
    case failed, others, failingTrace

    var phrase: Phrase {
        switch self {
        case .failed: "failed"
        case .others: "others"
        case .failingTrace: "Failing trace"
        }
    }

    /// What happened, in two or three words.
    static func happened(_ cause: Cause) -> Phrase {
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
    }
}
