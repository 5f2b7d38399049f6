/// The pages of `Runbooks`, built into the program so that it can serve them without a folder beside it.
///
/// `Pages` is a link to that folder; SwiftPM makes the bytes of each of its files a constant. The names stand here once
/// more because Swift cannot list constants; a test compares them with the folder.
package enum ShippedRunbooks {
    /// Markdown by the file's name.
    package static var files: [String: [UInt8]] {
        [
            "README.md": PackageResources.README_md,
            "agent-disconnected.md": PackageResources.agent_disconnected_md,
            "agent-oom-killed.md": PackageResources.agent_oom_killed_md,
            "agent-unschedulable.md": PackageResources.agent_unschedulable_md,
            "bad-deploy.md": PackageResources.bad_deploy_md,
            "build-failure.md": PackageResources.build_failure_md,
            "certificate-expired.md": PackageResources.certificate_expired_md,
            "controller-oom-killed.md": PackageResources.controller_oom_killed_md,
            "controller-overload.md": PackageResources.controller_overload_md,
            "controller-restart.md": PackageResources.controller_restart_md,
            "credential-failure.md": PackageResources.credential_failure_md,
            "dashboard-without-data.md": PackageResources.dashboard_without_data_md,
            "dependency-download-failure.md": PackageResources.dependency_download_failure_md,
            "dependency-failure.md": PackageResources.dependency_failure_md,
            "disk-full.md": PackageResources.disk_full_md,
            "dns-failure.md": PackageResources.dns_failure_md,
            "faulty-instance.md": PackageResources.faulty_instance_md,
            "image-pull-failure.md": PackageResources.image_pull_failure_md,
            "latency-regression.md": PackageResources.latency_regression_md,
            "no-traces-arrive.md": PackageResources.no_traces_arrive_md,
            "node-lost.md": PackageResources.node_lost_md,
            "node-pressure-eviction.md": PackageResources.node_pressure_eviction_md,
            "pipeline-definition-error.md": PackageResources.pipeline_definition_error_md,
            "resource-saturation.md": PackageResources.resource_saturation_md,
            "scm-failure.md": PackageResources.scm_failure_md,
            "spot-eviction.md": PackageResources.spot_eviction_md,
            "stage-timeout.md": PackageResources.stage_timeout_md,
            "telemetry-gap.md": PackageResources.telemetry_gap_md,
            "test-failure.md": PackageResources.test_failure_md,
            "traces-without-logs.md": PackageResources.traces_without_logs_md,
            "traffic-surge.md": PackageResources.traffic_surge_md,
            "unknown.md": PackageResources.unknown_md,
            "volume-mount-failure.md": PackageResources.volume_mount_failure_md,
        ]
    }
}
