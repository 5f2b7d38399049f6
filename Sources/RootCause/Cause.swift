/// The catalogue of causes: the slug that a hypothesis, a runbook and a signature share.
package enum Cause: String, Hashable, Sendable, CaseIterable {
    // Spot instances and nodes
    case spotEviction = "spot-eviction"
    case nodeLost = "node-lost"
    case nodePressureEviction = "node-pressure-eviction"
    // Agents
    case agentOOMKilled = "agent-oom-killed"
    case imagePullFailure = "image-pull-failure"
    case agentUnschedulable = "agent-unschedulable"
    case agentDisconnected = "agent-disconnected"
    case volumeMountFailure = "volume-mount-failure"
    case diskFull = "disk-full"
    // The Jenkins controller
    case controllerRestart = "controller-restart"
    case controllerOOMKilled = "controller-oom-killed"
    case controllerOverload = "controller-overload"
    // The pipeline
    case stageTimeout = "stage-timeout"
    case buildFailure = "build-failure"
    case testFailure = "test-failure"
    case scmFailure = "scm-failure"
    case credentialFailure = "credential-failure"
    case dependencyDownloadFailure = "dependency-download-failure"
    case pipelineDefinitionError = "pipeline-definition-error"
    // Services
    case dependencyFailure = "dependency-failure"
    case latencyRegression = "latency-regression"
    case faultyInstance = "faulty-instance"
    case badDeploy = "bad-deploy"
    case resourceSaturation = "resource-saturation"
    case trafficSurge = "traffic-surge"
    case dnsFailure = "dns-failure"
    case certificateExpired = "certificate-expired"
    // Watching itself
    case telemetryGap = "telemetry-gap"
    /// The evidence does not carry a cause.
    case unknown
}
