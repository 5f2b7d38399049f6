/// What the build server itself says: its own failures, where commands begin and end, and the run's end.
enum ServerRules {
    static let all: [Rule] = failures + landmarks + tests

    private static let tests: [Rule] = [
        .mark("Running ", .start, .testBegins, needs: ["."]),
        .mark("[INFO] Running ", .start, .testBegins),
        .mark("Tests run: ", .start, .testPassed, needs: ["Failures: 0, Errors: 0", "Time elapsed"]),
        .mark("[INFO] Tests run: ", .start, .testPassed, needs: ["Failures: 0, Errors: 0", "Time elapsed"]),
        .mark("[WARNING] Tests run: ", .start, .testPassed, needs: ["Failures: 0, Errors: 0", "Time elapsed"]),
        .mark("[ RUN      ]", .start, .testBegins),
        .mark("[       OK ]", .start, .testPassed),
        .mark("=== RUN", .start, .testBegins),
        .mark("--- PASS: ", .start, .testPassed),
    ]

    private static let failures: [Rule] = [
        .starts("FATAL: ", 90, .trace, "Jenkins gave up"),
        .starts("ERROR: Error cloning remote repo", 92, .trace, "the repository could not be cloned"),
        .starts("ERROR: Error fetching remote repo", 90, .trace, "the repository could not be fetched"),
        .starts("ERROR: Maximum checkout retry attempts reached", 80, .line, "the checkout failed", role: .summary),
        .starts("ERROR: Step ", 50, .trace, "a step after the build failed", role: .summary),
        .starts("hudson.AbortException", 60, .trace, "Jenkins aborted"),
        .starts("hudson.plugins.git.GitException", 90, .trace, "git's error"),
        .starts("Cannot contact ", 92, .line, "the agent was lost"),
        .has("was marked offline", 93, .line, "the agent was lost"),
        .has("gent went offline", 93, .line, "the agent was lost"),
        .has("ChannelClosedException", 92, .trace, "the agent was lost"),
        .has("ClosedChannelException", 88, .trace, "the agent was lost"),
        .has("Unexpected termination of the channel", 90, .line, "the agent was lost"),
        .has("Timeout has been exceeded", 93, .line, "the step ran out of time"),
        .has("Cancelling nested steps due to timeout", 93, .line, "the step ran out of time"),
        .starts("Build timed out", 93, .line, "the build ran out of time"),
        .starts("Aborted by ", 88, .line, "somebody aborted the build"),
        .starts("Build was aborted", 70, .line, "somebody aborted the build"),
        .has("No such DSL method", 93, .line, "a step does not exist"),
        .has("Scripts not permitted to use", 93, .line, "the sandbox refused"),
        .starts("No output has been received in the last", 94, .paragraph, "the build was silent for too long"),
        .starts("The job exceeded the maximum", 94, .paragraph, "the job ran out of time"),
        .starts("The log length has exceeded the limit", 94, .paragraph, "the log became too long"),
        .has("no longer supported", 60, .line, "the build server refused"),
        .starts("##[error]", 80, .line, "error that the step reported", lacks: ["Process completed with exit code"]),
        .has("The operation was canceled", 80, .line, "the job was cancelled"),
        .has("has exceeded the maximum execution time", 94, .line, "the job ran out of time"),
        .has("runner has received a shutdown signal", 94, .line, "the machine was shut down"),
        .has("execution took longer than", 94, .line, "the job ran out of time"),
    ]

    private static let landmarks: [Rule] = [
        .mark("$ ", .start, .command),
        .mark("##[group]Run ", .start, .command),
        .mark("section_start:", .start, .command),
        // A command of several lines is repeated as several lines.
        .mark("\" exited with ", .anywhere, .failed, lacks: ["exited with 0."]),
        .mark("\" exited with 0.", .end, .passed),
        .mark("\" failed and exited with ", .anywhere, .failed),
        .mark("##[error]Process completed with exit code", .start, .failed),
        .mark("ERROR: Job failed", .start, .failed),
        .mark("ERROR: script returned exit code", .start, .failed),
        .mark("Build step '", .start, .failed, needs: ["marked build as failure"]),
        .mark("Build step '", .start, .failed, needs: ["changed build result to FAILURE"]),
        .mark("Exited with code ", .start, .failed, lacks: ["code 0"]),
        .mark("Command exited with code ", .start, .failed, lacks: ["code 0"]),
        .mark("Post job cleanup.", .start, .epilogue),
        .mark("travis_fold:start:after_", .start, .epilogue),
        .mark("travis_fold:start:cache", .start, .epilogue),
        .mark("Archiving artifacts", .start, .epilogue),
        .mark("Sending e-mails to:", .start, .epilogue),
        .mark("Finished: FAILURE", .start, .end),
        .mark("Finished: UNSTABLE", .start, .end),
        .mark("Finished: ABORTED", .start, .end),
        .mark("Done. Your build exited with", .start, .end),
    ]
}
