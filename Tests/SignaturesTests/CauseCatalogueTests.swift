import Signatures
import Testing

struct CauseCatalogueTests {
    /// What a person would go and look at, kind by kind, the usual one first where there are two.
    private static let subjects: [String: [SubjectKind]] = [
        "spot-eviction": [.node], "node-lost": [.node], "node-pressure-eviction": [.node],
        "disk-full": [.node, .pod],
        "agent-oom-killed": [.pod], "agent-disconnected": [.pod], "controller-restart": [.pod],
        "controller-oom-killed": [.pod], "controller-overload": [.pod], "faulty-instance": [.pod],
        "image-pull-failure": [.image], "volume-mount-failure": [.volume],
        "scm-failure": [.host], "dependency-download-failure": [.host], "dns-failure": [.host],
        "certificate-expired": [.host], "credential-failure": [.credential, .host],
        "agent-unschedulable": [.pool],
        "stage-timeout": [.job], "build-failure": [.job], "test-failure": [.job], "pipeline-definition-error": [.job],
        "dependency-failure": [.service], "latency-regression": [.service], "bad-deploy": [.service],
        "resource-saturation": [.service], "traffic-surge": [.service], "telemetry-gap": [.service],
    ]

    @Test func `each cause is about what a person would go and look at`() {
        for (cause, kinds) in Self.subjects { #expect(CauseCatalogue.subjectKinds(of: cause) == kinds, "\(cause)") }
        #expect(CauseCatalogue.causes == Self.subjects.keys.sorted())
    }

    @Test func `what is no cause is about nothing`() {
        #expect(CauseCatalogue.subjectKinds(of: "unknown").isEmpty)
    }
}
