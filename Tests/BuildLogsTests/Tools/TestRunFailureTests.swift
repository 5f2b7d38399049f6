import BuildLogs
import Testing

@Suite struct TestRunFailureTests {
    @Test(arguments: cases) func `what a failed test says is the best line`(failure: ToolFailure) { failure.check() }

    static let cases: [ToolFailure] = jvm + scripts + native + functional

    private static let jvm: [ToolFailure] = [
        ToolFailure(
            tool: "Surefire", best: "[ERROR]   TankTest.drains:41 expected:<0> but was:<3>",
            shows: [
                "[ERROR] Failures:", "<<< FAILURE!", "java.lang.AssertionError: expected:<0>",
                "Failed to execute goal",
            ],
            hides: ["PumpTest", "SocketException"],
            log: """
                [INFO] Running PumpTest
                java.net.SocketException: closed on purpose
                \tat PumpTest.closes(PumpTest.java:17)
                [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in PumpTest
                [INFO] Running TankTest
                [ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.2 s <<< FAILURE! - in TankTest
                [ERROR] drains(TankTest)  Time elapsed: 0.01 s  <<< FAILURE!
                java.lang.AssertionError: expected:<0> but was:<3>
                \tat org.junit.Assert.fail(Assert.java:88)
                \tat TankTest.drains(TankTest.java:41)

                [INFO]
                [INFO] Results:
                [INFO]
                [ERROR] Failures:
                [ERROR]   TankTest.drains:41 expected:<0> but was:<3>
                [INFO]
                [ERROR] Tests run: 7, Failures: 1, Errors: 0, Skipped: 0
                [INFO] BUILD FAILURE
                [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:2.22.2:test on project tank: There are test failures.
                """),
        ToolFailure(
            tool: "Gradle's tests", best: "org.opentest4j.AssertionFailedError: expected: <0> but was: <3>",
            shows: ["TankTest > drains() FAILED"], hides: ["PASSED"],
            log: """
                > Task :test

                PumpTest > failsOnError() PASSED

                TankTest > drains() FAILED
                    org.opentest4j.AssertionFailedError: expected: <0> but was: <3>
                        at app//TankTest.drains(TankTest.java:41)

                TankTest > fills() PASSED

                12 tests completed, 1 failed

                > Task :test FAILED

                FAILURE: Build failed with an exception.

                * What went wrong:
                Execution failed for task ':test'.
                > There were failing tests. See the report at: file:///ws/build/reports/tests/test/index.html
                """),
        ToolFailure(
            tool: "ScalaTest", best: "should drain *** FAILED ***", shows: ["3 did not equal 0"],
            hides: ["should fill"],
            log: """
                [info] TankSpec:
                [info] A tank
                [info] - should fill
                [info] - should drain *** FAILED ***
                [info]   3 did not equal 0 (TankSpec.scala:18)
                [info] - should report an error
                [info] Run completed in 1 second.
                [info] *** 1 TEST FAILED ***
                [error] Failed tests:
                [error] \tTankSpec
                [error] (Test / test) sbt.TestsFailedException: Tests unsuccessful
                """),
        ToolFailure(
            tool: "clojure.test", best: "FAIL in (drain-test) (tank_test.clj:9)",
            shows: ["expected: (= 0 (drain))", "actual: (not (= 0 3))"],
            log: """
                lein test tank.tank-test

                FAIL in (drain-test) (tank_test.clj:9)
                expected: (= 0 (drain))
                  actual: (not (= 0 3))

                Ran 4 tests containing 9 assertions.
                1 failures, 0 errors.
                Tests failed.
                """),
    ]

    private static let scripts: [ToolFailure] = [
        ToolFailure(
            tool: "jest with warnings of a test that passed", best: "● Tank › drains",
            shows: ["Received: 3"], hides: ["Console", "console.error", "Warning: a pump", "pump.js"],
            log: """
                PASS src/pump.test.js
                  ● Console

                    console.error
                      Warning: a pump was started twice

                      at warn (node_modules/pump/pump.js:86:30)

                    console.warn
                      Error: the valve is old

                      at warn (node_modules/pump/pump.js:91:30)

                FAIL src/tank.test.js
                  ● Tank › drains

                    expect(received).toBe(expected)

                    Expected: 0
                    Received: 3

                      at Object.<anonymous> (src/tank.test.js:4:19)

                Tests:       1 failed, 7 passed, 8 total
                """),
        ToolFailure(
            tool: "jest's suite of that name", best: "● Console › prints", shows: ["Received: 3"],
            log: """
                FAIL src/console.test.js
                  ● Console › prints

                    Expected: 0
                    Received: 3
                """),
        ToolFailure(
            tool: "mocha", best: "AssertionError: expected 3 to equal 0", shows: ["1) tank drains:"], hides: ["✓"],
            log: """
                  tank
                    ✓ fills
                    ✓ throws an Error when it is full
                    1) drains


                  2 passing (31ms)
                  1 failing

                  1) tank drains:
                     AssertionError: expected 3 to equal 0
                      at Context.<anonymous> (test/tank.js:12:24)


                npm ERR! Test failed.  See above for more details.
                """),
        ToolFailure(
            tool: "jest", best: "● tank › drains", shows: ["expect(received).toBe(expected)", "Received: 3"],
            hides: ["PASS"],
            log: """
                PASS src/error.test.js
                FAIL src/tank.test.js
                  ● tank › drains

                    expect(received).toBe(expected) // Object.is equality

                    Expected: 0
                    Received: 3

                      11 |   it('drains', () => {
                    > 12 |     expect(drain()).toBe(0);
                         |                     ^
                      at Object.<anonymous> (src/tank.test.js:12:21)

                Test Suites: 1 failed, 1 passed, 2 total
                Tests:       1 failed, 5 passed, 6 total
                error Command failed with exit code 1.
                """),
        ToolFailure(
            tool: "karma", best: "tank drains FAILED", shows: ["Expected 3 to be 0."], hides: ["Executed 3 of 9"],
            log: """
                Chrome 79.0 (Linux): Executed 3 of 9 SUCCESS (0 secs / 0.01 secs)
                Chrome 79.0 (Linux) tank drains FAILED
                \tExpected 3 to be 0.
                \t    at UserContext.<anonymous> (test/tank.js:9:20)
                Chrome 79.0 (Linux): Executed 9 of 9 (1 FAILED) (0.1 secs / 0.05 secs)
                """),
        ToolFailure(
            tool: "TAP", best: "not ok 2 - drains", shows: ["expected: 0"], hides: ["ok 1 - fails on error"],
            log: """
                TAP version 13
                ok 1 - fails on error
                not ok 2 - drains
                  ---
                    operator: equal
                    expected: 0
                    actual:   3
                  ...
                ok 3 - fills

                1..3
                # tests 3
                # pass  2
                # fail  1
                """),
        ToolFailure(
            tool: "pytest", best: "E       assert 3 == 0",
            shows: ["tests/test_tank.py:9: AssertionError", "FAILED tests/test_tank.py::test_drain"],
            hides: ["platform linux"],
            log: """
                ============================= test session starts ==============================
                platform linux -- Python 3.8.5, pytest-6.0.1
                tests/test_error.py ....                                                 [ 80%]
                tests/test_tank.py F                                                     [100%]

                =================================== FAILURES ===================================
                __________________________________ test_drain __________________________________

                    def test_drain():
                >       assert drain() == 0
                E       assert 3 == 0
                E        +  where 3 = drain()

                tests/test_tank.py:9: AssertionError
                =========================== short test summary info ============================
                FAILED tests/test_tank.py::test_drain - assert 3 == 0
                ========================= 1 failed, 4 passed in 0.12s ==========================
                """),
        ToolFailure(
            tool: "unittest", best: "AssertionError: 3 != 0",
            shows: ["FAIL: test_drain (test_tank.TankTest)", "self.assertEqual"],
            log: """
                ...F..
                ======================================================================
                FAIL: test_drain (test_tank.TankTest)
                ----------------------------------------------------------------------
                Traceback (most recent call last):
                  File "/ws/test_tank.py", line 9, in test_drain
                    self.assertEqual(drain(), 0)
                AssertionError: 3 != 0

                ----------------------------------------------------------------------
                Ran 6 tests in 0.002s

                FAILED (failures=1)
                """),
        ToolFailure(
            tool: "Python", best: "ValueError: the tank is empty", shows: ["Traceback", "tank.drain()"],
            log: """
                reading settings
                Traceback (most recent call last):
                  File "run.py", line 4, in <module>
                    tank.drain()
                  File "/ws/tank.py", line 12, in drain
                    raise ValueError("the tank is empty")
                ValueError: the tank is empty
                """),
        ToolFailure(
            tool: "RSpec", best: "Failure/Error: expect(tank.drain).to eq 0",
            shows: ["1) Tank drains", "got: 3", "rspec ./spec/tank_spec.rb:12"],
            log: """
                ..F...

                Failures:

                  1) Tank drains
                     Failure/Error: expect(tank.drain).to eq 0

                       expected: 0
                            got: 3

                       (compared using ==)
                     # ./spec/tank_spec.rb:12:in `block (2 levels) in <top (required)>'

                Finished in 0.01 seconds (files took 0.1 seconds to load)
                6 examples, 1 failure

                Failed examples:

                rspec ./spec/tank_spec.rb:12 # Tank drains
                """),
        ToolFailure(
            tool: "minitest", best: "Failure:", shows: ["TankTest#test_drain [test/tank_test.rb:8]", "Expected: 0"],
            log: """
                Run options: --seed 41

                # Running:

                .F..

                  1) Failure:
                TankTest#test_drain [test/tank_test.rb:8]:
                Expected: 0
                  Actual: 3

                4 runs, 4 assertions, 1 failures, 0 errors, 0 skips
                rake aborted!
                Command failed with status (1): [ruby -I"lib:test" ...]
                """),
        ToolFailure(
            tool: "PHPUnit", best: "1) TankTest::testDrain", shows: ["Failed asserting that 3 matches expected 0."],
            log: """
                PHPUnit 9.5 by Sebastian Bergmann and contributors.

                ..F.                                                                4 / 4 (100%)

                Time: 00:00.004, Memory: 4.00 MB

                There was 1 failure:

                1) TankTest::testDrain
                Failed asserting that 3 matches expected 0.

                /ws/tests/TankTest.php:14

                FAILURES!
                Tests: 4, Assertions: 4, Failures: 1.
                """),
        ToolFailure(
            tool: "prove", best: "#   Failed test 'drains'", shows: ["#          got: '3'"], hides: ["t/error.t"],
            log: """
                t/error.t .. ok

                #   Failed test 'drains'
                #   at t/tank.t line 7.
                #          got: '3'
                #     expected: '0'
                # Looks like you failed 1 test of 2.
                t/tank.t ...
                Dubious, test returned 1 (wstat 256, 0x100)
                Failed 1/2 subtests

                Test Summary Report
                -------------------
                t/tank.t (Wstat: 256 Tests: 2 Failed: 1)
                  Failed test:  2
                Result: FAIL
                """),
    ]
}
