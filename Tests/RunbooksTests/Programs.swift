/// The programs that a person on call has, and what kubectl can do.
enum Programs {
    static let names: Set = [
        "kubectl", "sabueso", "curl", "jq", "grep", "date", "openssl", "docker", "aws", "az", "gcloud",
        // The shell's own, for a loop.
        "for",
    ]

    static let readingVerbs: Set = [
        "get", "describe", "logs", "top", "auth", "rollout",
        // Reads inside of a pod; the test on words below is for people's eyes.
        "exec",
        // Adds a container for looking to a pod that has no tools, and opens a port to this machine.
        "debug", "port-forward",
    ]

    static let kubectlVerbs = readingVerbs.union(["delete", "cordon", "taint", "scale", "label", "patch", "wait"])

    /// Fixed words in capitals of queries and commands.
    static let wordsInCapitals: Set = [
        "BUILD", "NAME", "TYPE", "CREATED", "POST", "ABORTED", "FAILURE", "FAIL", "SIGTERM", "ENOSPC", "ENOTFOUND",
        "DSL", "HEADERS", "SPAN_KIND_SERVER",
    ]
}
