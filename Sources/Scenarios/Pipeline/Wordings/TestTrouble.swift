/// How tests fail, in the words of what runs them.
enum TestTrouble {
    /// Some do not give what they should.
    static func failure(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let total = random.number(60...700)
        let line = random.number(20...220)
        let failed = random.number(1...4)
        let (printed, lines): ([String], [String]) =
            switch pipeline.tool {
            case .maven, .docker:
                (
                    mavenNoise(&random),
                    [
                        "[ERROR] Tests run: 24, Failures: \(failed), Errors: 0, Skipped: 0, Time elapsed: 2.114 s <<< FAILURE! -- in com.example.TotalsTest",
                        "[ERROR] com.example.TotalsTest.roundsHalfUp -- Time elapsed: 0.031 s <<< FAILURE!",
                        "org.opentest4j.AssertionFailedError: expected: <12.35> but was: <12.34>",
                        "\tat com.example.TotalsTest.roundsHalfUp(TotalsTest.java:\(line))", "[INFO] Results:",
                        "[ERROR] Failures: ",
                        "[ERROR]   TotalsTest.roundsHalfUp:\(line) expected: <12.35> but was: <12.34>",
                        "[ERROR] Tests run: \(total), Failures: \(failed), Errors: 0, Skipped: 2",
                        "[INFO] BUILD FAILURE",
                        "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.2:test (default-test) on project \(pipeline.module): There are test failures.",
                        "[ERROR] See \(pipeline.job.workspace)/target/surefire-reports for the individual test results.",
                    ]
                )
            case .gradle:
                (
                    gradleNoise,
                    [
                        "TotalsTest > roundsHalfUp() FAILED",
                        "    org.opentest4j.AssertionFailedError at TotalsTest.java:\(line)",
                        "\(total) tests completed, \(failed) failed", "> Task :test FAILED",
                        "FAILURE: Build failed with an exception.", "* What went wrong:",
                        "Execution failed for task ':test'.",
                        "> There were failing tests. See the report at: file://\(pipeline.job.workspace)/build/reports/tests/test/index.html",
                        "BUILD FAILED in \(random.number(41...99))s",
                    ]
                )
            case .npm, .yarn:
                random.number(0...1) == 0
                    ? (
                        jestNoise(pipeline),
                        [
                            "FAIL src/cart/totals.test.ts", "  ● totals › rounds half up",
                            "    expect(received).toBe(expected) // Object.is equality", "    Expected: 12.35",
                            "    Received: 12.34", "      at Object.<anonymous> (src/cart/totals.test.ts:\(line):24)",
                            "Test Suites: 1 failed, \(total / 9) passed, \(total / 9 + 1) total",
                            "Tests:       \(failed) failed, \(total) passed, \(total + failed) total",
                            "Ran all test suites.",
                        ]
                    )
                    : (
                        jestNoise(pipeline),
                        [
                            " FAIL  src/cart/totals.test.ts > totals > rounds half up",
                            "AssertionError: expected 12.34 to be 12.35 // Object.is equality",
                            " ❯ src/cart/totals.test.ts:\(line):24",
                            " Test Files  1 failed | \(total / 9) passed (\(total / 9 + 1))",
                            "      Tests  \(failed) failed | \(total) passed (\(total + failed))",
                        ]
                    )
            case .go:
                (
                    [
                        "+ go test -race ./...",
                        "ok  \texample.com/\(pipeline.module)/internal/errors\t0.\(random.number(100...999))s",
                        "?   \texample.com/\(pipeline.module)/cmd\t[no test files]",
                    ],
                    [
                        "--- FAIL: TestTotals (0.01s)", "    --- FAIL: TestTotals/rounds_half_up (0.00s)",
                        "        totals_test.go:\(line): got 12.34, want 12.35", "FAIL",
                        "FAIL\texample.com/\(pipeline.module)/internal/totals\t0.214s", "FAIL",
                    ]
                )
            case .python:
                (
                    ["+ pytest -q", "........................................F............................... [ 61%]"],
                    [
                        "=================================== FAILURES ===================================",
                        "_____________________________ test_rounds_half_up ______________________________",
                        ">       assert total(lines) == Decimal('12.35')",
                        "E       AssertionError: assert Decimal('12.34') == Decimal('12.35')",
                        "tests/test_totals.py:\(line): AssertionError",
                        "=========================== short test summary info ============================",
                        "FAILED tests/test_totals.py::test_rounds_half_up - AssertionError: assert Decimal('12.34') == Decimal('12.35')",
                        "\(failed) failed, \(total) passed, 6 warnings in \(random.number(8...60)).40s",
                    ]
                )
            case .cargo:
                (
                    [
                        "+ cargo test --locked", "running \(total) tests",
                        "test client::tests::connection_refused_is_reported ... ok",
                    ],
                    [
                        "test totals::tests::rounds_half_up ... FAILED", "failures:",
                        "---- totals::tests::rounds_half_up stdout ----",
                        "thread 'totals::tests::rounds_half_up' panicked at src/totals.rs:\(line):9:",
                        "assertion `left == right` failed",
                        "test result: FAILED. \(total) passed; \(failed) failed; 0 ignored; 0 measured; 0 filtered out",
                        "error: test failed, to rerun pass `--lib`",
                    ]
                )
            }
        var breakage = Breakage(.test, printed: printed, lines: lines)
        if pipeline.tool == .cargo { breakage.message = "script returned exit code 101" }
        breakage.seconds = 30...110
        return breakage
    }

    /// One takes too long, and what runs the tests gives it up.
    static func ownTimeout(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        let line = random.number(20...220)
        let total = random.number(60...700)
        let (printed, lines): ([String], [String]) =
            switch pipeline.tool {
            case .npm, .yarn:
                (
                    jestNoise(pipeline),
                    [
                        "FAIL src/import/stream.test.ts", "  ● stream › imports a large file",
                        "    thrown: \"Exceeded timeout of 30000 ms for a test.",
                        "    Add a timeout value to this test to increase the timeout, if this is a long-running test.\"",
                        "Tests:       1 failed, \(total) passed, \(total + 1) total",
                    ]
                )
            case .go:
                (
                    [
                        "+ go test -timeout 3m ./...",
                        "ok  \texample.com/\(pipeline.module)/internal/errors\t0.\(random.number(100...999))s",
                    ],
                    [
                        "panic: test timed out after 3m0s", "\trunning tests:", "\t\tTestImportLargeFile (2m58s)",
                        "goroutine \(random.number(40...900)) [running]:", "testing.(*M).startAlarm.func1()",
                        "FAIL\texample.com/\(pipeline.module)/internal/imports\t180.014s", "FAIL",
                    ]
                )
            case .python:
                (
                    ["+ pytest -q --timeout=120", "...................................................... [ 48%]"],
                    [
                        "E       Failed: Timeout (>120.0s) from pytest-timeout.",
                        "tests/test_imports.py:\(line): Failed",
                        "FAILED tests/test_imports.py::test_large_file - Failed: Timeout (>120.0s) from pytest-timeout.",
                        "1 failed, \(total) passed in 151.02s",
                    ]
                )
            default:
                (
                    mavenNoise(&random),
                    [
                        "[ERROR] Tests run: 9, Failures: 0, Errors: 1, Skipped: 0, Time elapsed: 120.4 s <<< FAILURE! -- in com.example.ImportTest",
                        "[ERROR] com.example.ImportTest.importsLargeFile -- Time elapsed: 120.0 s <<< ERROR!",
                        "java.util.concurrent.TimeoutException: importsLargeFile() timed out after 120 seconds",
                        "[ERROR]   ImportTest.importsLargeFile:\(line) » Timeout importsLargeFile() timed out after 120 seconds",
                        "[ERROR] Tests run: \(total), Failures: 0, Errors: 1, Skipped: 0", "[INFO] BUILD FAILURE",
                        "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.2:test (default-test) on project \(pipeline.module): There are test failures.",
                    ]
                )
            }
        var breakage = Breakage(.test, printed: printed, lines: lines)
        breakage.seconds = 182...230
        return breakage
    }

    /// A test that passes and prints what it wanted to see.
    static func passing(_ words: String, _ random: inout SplitMix) -> [String] {
        let line = random.number(20...220)
        return [
            "[INFO] Running com.example.ClientErrorsTest",
            "10:14:0\(random.number(1...9)).118 [main] WARN com.example.Client - call failed, as the test wants it",
            words,
            "\tat com.example.Client.call(Client.java:\(line))",
            "\tat com.example.ClientErrorsTest.saysWhatWentWrong(ClientErrorsTest.java:\(line + 40))",
            "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.4\(random.number(10...99)) s -- in com.example.ClientErrorsTest",
        ]
    }

    // MARK: What is printed beside

    private static func mavenNoise(_ random: inout SplitMix) -> [String] {
        [
            "+ ./mvnw -B -ntp verify", "[INFO]  T E S T S", "[INFO] Running com.example.RetryPolicyTest",
            "10:14:0\(random.number(1...9)).118 [main] ERROR com.example.RetryPolicy - attempt 1 failed, will retry",
            "java.net.ConnectException: Connection refused",
            "[INFO] Tests run: \(random.number(4...30)), Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.\(random.number(100...999)) s -- in com.example.RetryPolicyTest",
            "[INFO] Running com.example.TotalsTest",
        ]
    }

    private static let gradleNoise = [
        "+ ./gradlew --no-daemon test", "> Task :compileTestJava", "> Task :test",
        "RetryPolicyTest > givesUpAfterThree() STANDARD_OUT", "    java.net.SocketTimeoutException: Read timed out",
        "RetryPolicyTest > givesUpAfterThree() PASSED",
    ]

    private static func jestNoise(_ pipeline: PipelineJob) -> [String] {
        [
            "+ \(pipeline.tool == .npm ? "npm test" : "yarn test")", "PASS src/errors/boundary.test.tsx", "  ● Console",
            "    console.error", "      Error: Network Error",
        ]
    }
}

extension TestTrouble {
    /// Some fail and the script says that all is well, so that the publisher of the results decides.
    static func unstable(_ pipeline: PipelineJob, _ random: inout SplitMix) -> Breakage {
        var breakage = failure(pipeline, &random)
        breakage.printed += breakage.lines.filter {
            !$0.contains("BUILD FAIL") && !$0.contains("Failed to execute goal")
        }
        breakage.lines = []
        breakage.step = (type: "sh", title: "Shell Script")
        return breakage
    }
}
