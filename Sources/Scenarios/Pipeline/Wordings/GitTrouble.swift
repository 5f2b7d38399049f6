/// Why git could not fetch, in the words of git, curl and ssh, and what the Jenkins git plugin makes of it.
enum GitTrouble: Hashable {
    /// It answers with an error of its own: 500, 502, 503, 504.
    case answers(Int)
    case refused
    case timedOut
    /// It hung up in the middle.
    case hungUp
    /// The plugin did not wait any longer for git.
    case gaveUp
    case unknownName
    case certificateExpired
    /// The token or key is not accepted any more.
    case denied

    /// What the plugin prints before it fetches.
    static func opening(_ remote: GitRemote, workspace: String, _ random: inout SplitMix) -> [String] {
        let description = random.element(of: ["", " (read-only)", " for CI"])
        return [
            "The recommended git tool is: git", "using credential \(remote.credential)",
            "Cloning the remote Git repository", "Cloning with configured refspecs honoured and without tags",
            "Cloning repository \(remote.url)", " > git init \(workspace) # timeout=10",
            "Fetching upstream changes from \(remote.url)", " > git --version # timeout=10",
            " > git --version # 'git version 2.47.\(random.number(0...3))'",
            "using \(remote.usesSSH ? "GIT_SSH" : "GIT_ASKPASS") to set credentials \(remote.credential)\(description)",
            " > \(command(remote)) # timeout=10",
        ]
    }

    private static func command(_ remote: GitRemote) -> String {
        "git fetch --no-tags --force --progress -- \(remote.url) +refs/heads/*:refs/remotes/origin/*"
    }

    /// What git itself writes.
    func errors(_ remote: GitRemote, _ random: inout SplitMix) -> [String] {
        let host = remote.host
        let noAccess = "fatal: unable to access '\(remote.url)/': "
        if remote.usesSSH { return overSSH(host, &random) }
        switch self {
        case .answers(let status):
            if random.number(0...2) == 0 {
                return [
                    "error: RPC failed; HTTP \(status) curl 22 The requested URL returned error: \(status)",
                    "fatal: expected flush after ref listing",
                ]
            }
            return [noAccess + "The requested URL returned error: \(status)"]
        case .refused:
            let after = random.number(1...40)
            return [
                noAccess
                    + random.element(of: [
                        "Failed to connect to \(host) port 443 after \(after) ms: Couldn't connect to server",
                        "Failed to connect to \(host) port 443: Connection refused",
                    ])
            ]
        case .timedOut:
            return [
                noAccess
                    + random.element(of: [
                        "Failed to connect to \(host) port 443 after 13\(random.number(0...5))\(random.number(100...999)) ms: Connection timed out",
                        "Failed to connect to \(host) port 443: Connection timed out",
                    ])
            ]
        case .hungUp:
            return [
                "error: RPC failed; curl 56 GnuTLS recv error (-110): The TLS connection was non-properly terminated.",
                "fatal: the remote end hung up unexpectedly",
            ]
        case .gaveUp: return [""]
        case .unknownName: return [noAccess + "Could not resolve host: \(host)"]
        case .certificateExpired: return [noAccess + "SSL certificate problem: certificate has expired"]
        case .denied:
            let words = random.element(of: [
                "remote: HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA enabled and you must use a personal access token instead of a password.",
                "remote: Invalid username or token. Password authentication is not supported for Git operations.",
                "remote: Invalid credentials",
            ])
            return [words, "fatal: Authentication failed for '\(remote.url)/'"]
        }
    }

    private func overSSH(_ host: String, _ random: inout SplitMix) -> [String] {
        let first =
            switch self {
            case .answers, .refused: "ssh: connect to host \(host) port 22: Connection refused"
            case .timedOut, .gaveUp: "ssh: connect to host \(host) port 22: Connection timed out"
            case .hungUp, .certificateExpired: "kex_exchange_identification: Connection closed by remote host"
            case .unknownName:
                "ssh: Could not resolve hostname \(host): "
                    + random.element(of: ["Name or service not known", "Temporary failure in name resolution"])
            case .denied: "git@\(host): Permission denied (publickey)."
            }
        return [
            first, "fatal: Could not read from remote repository.", "",
            "Please make sure you have the correct access rights", "and the repository exists.",
        ]
    }

    /// A checkout that fails of it.
    func breakage(_ remote: GitRemote, workspace: String, _ random: inout SplitMix) -> Breakage {
        let errors = errors(remote, &random)
        let verb = random.element(of: ["cloning", "fetching"])
        let first =
            (self == .gaveUp ? ["ERROR: Timeout after 10 minutes"] : []) + [
                "ERROR: Error \(verb) remote repo 'origin'",
                "hudson.plugins.git.GitException: Command \"\(Self.command(remote))\" returned status code \(self == .gaveUp ? 143 : 128):",
                "stdout: ",
                "stderr: \(errors[0])",
            ]
        var printed = Self.opening(remote, workspace: workspace, &random)
        let trace = first + errors.dropFirst() + [""] + Self.stack
        var lines = trace + ["ERROR: Error \(verb) remote repo 'origin'"]
        // `checkoutRetryCount` of the controller.
        if random.number(0...1) == 0 {
            printed += trace + ["Retrying after 10 seconds"]
            lines = trace + ["ERROR: Maximum checkout retry attempts reached, aborting"]
        }
        var breakage = Breakage(.checkout, printed: printed, lines: lines)
        breakage.message = "Error \(verb) remote repo 'origin'"
        breakage.seconds =
            switch self {
            case .timedOut: 131...140
            case .gaveUp: 600...602
            case .hungUp: 30...70
            default: 3...24
            }
        return breakage
    }

    private static let stack = [
        "\tat PluginClassLoader for git-client//org.jenkinsci.plugins.gitclient.CliGitAPIImpl.launchCommandIn(CliGitAPIImpl.java:2847)",
        "\tat PluginClassLoader for git-client//org.jenkinsci.plugins.gitclient.CliGitAPIImpl.launchCommandWithCredentials(CliGitAPIImpl.java:2189)",
        "\tat PluginClassLoader for git-client//org.jenkinsci.plugins.gitclient.CliGitAPIImpl$1.execute(CliGitAPIImpl.java:638)",
        "\tat PluginClassLoader for git//hudson.plugins.git.GitSCM.fetchFrom(GitSCM.java:1002)",
        "\tat PluginClassLoader for git//hudson.plugins.git.GitSCM.checkout(GitSCM.java:1310)",
        "\tat PluginClassLoader for workflow-scm-step//org.jenkinsci.plugins.workflow.steps.scm.SCMStep.checkout(SCMStep.java:129)",
        "\tat java.base/java.lang.Thread.run(Unknown Source)",
    ]
}
