/// Maven, Gradle, Ant, sbt, Leiningen and the test runners of the JVM.
enum JavaRules {
    static let all: [Rule] = maven + gradle + others

    private static let maven: [Rule] = [
        .starts("[ERROR] Failed to execute goal", 84, .prefixed, "Maven names the failed goal"),
        .starts("[ERROR] Plugin ", 92, .prefixed, "Maven misses a plugin", needs: ["could not be resolved"]),
        .starts("[ERROR] The build could not read", 88, .prefixed, "Maven cannot read the project"),
        .starts("[ERROR] Non-resolvable", 92, .prefixed, "Maven misses a dependency"),
        .starts("[ERROR] COMPILATION ERROR", 18, .line, "compilation failed", role: .summary),
        .starts("[ERROR] /", 92, .diagnostic, "compiler error", needs: [":"]),
        .starts("[ERROR] ", 92, .diagnostic, "compiler error", needs: [".java:["]),
        .starts("[ERROR] ", 92, .diagnostic, "compiler error", needs: [".kt:["]),
        .has("<<< FAILURE!", 90, .trace, "a failed test").title,
        .has("<<< ERROR!", 90, .trace, "a failed test").title,
        .starts("Failed tests:", 88, .paragraph, "the failed tests"),
        .starts("Tests in error:", 88, .paragraph, "the tests that ended in an error"),
        .starts("[ERROR] Failures:", 88, .paragraph, "the failed tests").title,
        .starts("[ERROR] Errors:", 88, .paragraph, "the tests that ended in an error").title,
        .starts("[ERROR] Tests run:", 24, .line, "count of failed tests", lacks: ["Time elapsed"], role: .summary),
        .starts("Tests run: ", 35, .line, "count of failed tests", lacks: ["Failures: 0, Errors: 0"], role: .summary),
        .starts("[ERROR] To see the full stack trace", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR] Re-run Maven", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR] For more information about", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR] [Help ", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR] -> [Help ", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR] After correcting", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR]   mvn <", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[ERROR] Please refer to", 16, .line, "Maven's advice", role: .boilerplate),
        .starts("[WARNING] Error injecting", 84, .trace, "Maven could not load a plugin"),
        .has("Could not resolve dependencies for project", 90, .line, "a dependency is missing"),
        .has("Could not find artifact", 88, .line, "a dependency is missing"),
        .has("Could not transfer artifact", 80, .line, "a dependency could not be fetched"),
        .has("The forked VM terminated without", 92, .line, "the test process died"),
    ]

    private static let gradle: [Rule] = [
        .starts("* What went wrong:", 88, .paragraph, "Gradle says what went wrong", role: .header),
        .starts("Execution failed for task", 88, .paragraph, "Gradle names the failed task"),
        .starts(
            "Execution failed for task", 54, .line, "Gradle names the failed task", needs: ["est'."], role: .summary),
        .starts(
            "Execution failed for task", 54, .line, "Gradle names the failed task", needs: [":compile"], role: .summary),
        .starts("A problem occurred ", 88, .indented, "Gradle says what went wrong"),
        .starts("> Could not ", 88, .indented, "Gradle says what went wrong"),
        .starts("FAILURE: Build failed with", 30, .line, "Gradle failed", role: .summary),
        .ends(" FAILED", 89, .indented, "a failed test", needs: [" > "], lacks: ["> Task "]).title,
        .ends(" FAILED", 50, .line, "the failed task", needs: ["> Task "], role: .summary),
        .has(" tests completed, ", 50, .line, "count of failed tests", needs: ["failed"], role: .summary),
        .starts("> Compilation failed; see the compiler error", 40, .line, "compilation failed", role: .summary),
        .starts("BUILD FAILED", 46, .paragraph, "the build tool failed"),
        // Too light to be shown: its advice never says what went wrong.
        .starts("* Try:", 5, .line, "Gradle's advice", role: .summary),
        .has("There were failing tests", 52, .line, "Gradle failed", role: .summary),
        .starts("Could not resolve all ", 86, .indented, "a dependency is missing"),
        .starts("Required by:", 20, .line, "", role: .boilerplate),
    ]

    private static let others: [Rule] = [
        .starts("[junit] Test", 84, .line, "a failed test", needs: ["FAILED"]),
        .starts("[junit] Testcase:", 88, .prefixed, "a failed test", needs: ["FAILED"]),
        .starts("[junit] Testcase:", 88, .prefixed, "a failed test", needs: ["Caused an ERROR"]),
        .starts("[javac] ", 93, .prefixed, "compiler error", needs: [" error: "]),
        .has("*** FAILED ***", 91, .indented, "a failed test"),
        .starts("[info] *** ", 50, .line, "count of failed tests", needs: ["FAILED"], role: .summary),
        .starts("[error] Failed tests:", 80, .prefixed, "the failed tests"),
        .starts("[error] (", 56, .line, "the failed task", role: .summary),
        .starts("[error] Total time", 5, .line, "", role: .boilerplate),
        .starts("[error] x ", 92, .prefixed, "a failed test"),
        .starts("[error] Test ", 90, .prefixed, "a failed test"),
        .starts("FAIL in (", 93, .item, "a failed test"),
        .starts("ERROR in (", 93, .item, "a test that ended in an error"),
        .starts("FAIL at (", 93, .item, "a failed test"),
        .starts("FAIL \"", 92, .item, "a failed test"),
        .starts("Tests failed.", 42, .line, "tests failed", role: .summary),
        .starts("Subprocess failed", 40, .line, "a process failed", role: .summary),
        .starts("Exception in thread", 88, .trace, "an exception ended the program").logged,
        .starts("Caused by: ", 70, .trace, "cause of the exception").logged,
        .starts("Caused: ", 70, .trace, "cause of the exception").logged,
    ]
}
