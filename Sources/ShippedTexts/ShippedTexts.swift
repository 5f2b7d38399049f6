/// The texts that are built into the program, so that it has them without a folder beside it.
///
/// The folders here are links to the files that people read; SwiftPM embeds every file of them.
package enum ShippedTexts {
    /// A file under the name that it has in the repository.
    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]
    }

    /// The files of `Config/signatures`, by their names.
    package static let signatures: [File] = [
        File(name: "agent-oom-killed.yaml", bytes: PackageResources.agent_oom_killed_yaml),
        File(name: "certificate-expired.yaml", bytes: PackageResources.certificate_expired_yaml),
        File(name: "controller-oom-killed.yaml", bytes: PackageResources.controller_oom_killed_yaml),
        File(name: "credential-failure.yaml", bytes: PackageResources.credential_failure_yaml),
        File(name: "dependency-download-failure.yaml", bytes: PackageResources.dependency_download_failure_yaml),
        File(name: "disk-full.yaml", bytes: PackageResources.disk_full_yaml),
        File(name: "dns-failure.yaml", bytes: PackageResources.dns_failure_yaml),
        File(name: "image-pull-failure.yaml", bytes: PackageResources.image_pull_failure_yaml),
        File(name: "pipeline-definition-error.yaml", bytes: PackageResources.pipeline_definition_error_yaml),
        File(name: "scm-failure.yaml", bytes: PackageResources.scm_failure_yaml),
        File(name: "test-failure.yaml", bytes: PackageResources.test_failure_yaml),
        File(name: "volume-mount-failure.yaml", bytes: PackageResources.volume_mount_failure_yaml),
    ]
}
