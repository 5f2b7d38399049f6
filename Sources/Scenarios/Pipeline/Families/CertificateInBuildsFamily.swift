/// Builds do not trust a host whose certificate has expired.
package enum CertificateInBuildsFamily: PipelineFamily {
    package static let cause = "certificate-expired"

    static var table: [PipelineMember] {
        [
            .plain("builds") { .init(cause, "host", $0.breakGitHost(.certificateExpired)) },
            .plain("builds-packages") { .init(cause, "host", $0.breakPackageSource(.certificateExpired).host) },
            .plain("builds-mirror") { .init(cause, "host", $0.breakMirror(.certificateExpired)) },
            .missing("builds-no-traces", [.traces]) { .init(cause, "host", $0.breakGitHost(.certificateExpired)) },
            .missing("builds-truncated", [.rootSpans]) {
                .init(cause, "host", $0.breakPackageSource(.certificateExpired).host)
            },
            .missing("builds-last-lines", [], [.allButLastLines(14)]) {
                .init(cause, "host", $0.breakPackageSource(.certificateExpired, without: [.python]).host)
            },
            .missing("builds-no-exceptions", EvidenceLoss.cluster, [.exceptions]) {
                .init(cause, "host", $0.breakOtherGitHost(.certificateExpired).host)
            },
            .decoy("builds-token-expired") { world in
                .init("credential-failure", "credential", world.breakOtherGitHost(.denied).credential)
            },
            .decoy("builds-tests-want-it") { world in
                let words = world.random.element(of: [
                    "java.security.cert.CertificateExpiredException: NotAfter: Tue Jan 02 00:00:00 UTC 2024",
                    "javax.net.ssl.SSLHandshakeException: PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed",
                ])
                let pipeline = world.breakJob(.maven) {
                    var breakage = TestTrouble.failure($0, &$1)
                    breakage.printed += TestTrouble.passing(words, &$1)
                    return breakage
                }
                return .init("test-failure", "job", pipeline.fullName)
            },
        ]
    }
}
