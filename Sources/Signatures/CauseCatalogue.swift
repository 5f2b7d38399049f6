/// The causes that a signature can name, each with the kinds of subjects that a person would go and look at.
package enum CauseCatalogue {
    private static let kinds: [String: [SubjectKind]] = [
        "spot-eviction": [.node],
        "node-lost": [.node],
        "node-pressure-eviction": [.node],
        "agent-oom-killed": [.pod],
        "image-pull-failure": [.image],
        "agent-unschedulable": [.pool],
        "agent-disconnected": [.pod],
        "volume-mount-failure": [.volume],
        "disk-full": [.node, .pod],
        "controller-restart": [.pod],
        "controller-oom-killed": [.pod],
        "controller-overload": [.pod],
        "stage-timeout": [.job],
        "build-failure": [.job],
        "test-failure": [.job],
        "scm-failure": [.host],
        "credential-failure": [.credential, .host],
        "dependency-download-failure": [.host],
        "pipeline-definition-error": [.job],
        "dependency-failure": [.service],
        "latency-regression": [.service],
        "faulty-instance": [.pod],
        "bad-deploy": [.service],
        "resource-saturation": [.service],
        "traffic-surge": [.service],
        "dns-failure": [.host],
        "certificate-expired": [.host],
        "telemetry-gap": [.service],
    ]

    /// In the order of the alphabet.
    package static let causes = kinds.keys.sorted()

    /// The first is the usual one; empty for what is no cause.
    package static func subjectKinds(of cause: String) -> [SubjectKind] { kinds[cause] ?? [] }
}
