import BuildLogs
import Testing

@Suite struct TestRunFailureTests {
    @Test(arguments: cases) func `what a failed test says is the best line`(failure: ToolFailure) { failure.check() }

    static let cases: [ToolFailure] = jvm + scripts + native + functional

    private static let jvm: [ToolFailure] = [
        ToolFailure(
            tool: "Surefire", best: "[ERROR] Failures:",
            shows: [
                "TankTest.drains:41 expected:<0> but was:<3>", "<<< FAILURE!", "java.lang.AssertionError: expected:<0>",
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

    private static let native: [ToolFailure] = [
        ToolFailure(
            tool: "go test", best: "tank_test.go:12: drained 3, want 0", shows: ["--- FAIL: TestDrain"],
            hides: ["--- PASS"],
            log: """
                === RUN   TestError
                --- PASS: TestError (0.00s)
                === RUN   TestDrain
                --- FAIL: TestDrain (0.00s)
                    tank_test.go:12: drained 3, want 0
                FAIL
                FAIL\tgithub.com/acme/tank\t0.004s
                ok  \tgithub.com/acme/pump\t0.002s
                """),
        ToolFailure(
            tool: "cargo test", best: "panicked at 'assertion failed: `(left == right)`",
            shows: ["---- tests::drains stdout ----"], hides: ["... ok"],
            log: """
                running 2 tests
                test tests::reports_error ... ok
                test tests::drains ... FAILED

                failures:

                ---- tests::drains stdout ----
                thread 'tests::drains' panicked at 'assertion failed: `(left == right)`
                  left: `3`,
                 right: `0`', src/lib.rs:21:9
                note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


                failures:
                    tests::drains

                test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured
                error: test failed, to rerun pass '--lib'
                """),
        ToolFailure(
            tool: "GoogleTest", best: "tank_test.cc:12: Failure",
            shows: ["Expected equality", "[  FAILED  ] TankTest.Drains"], hides: ["[       OK ]"],
            log: """
                [ RUN      ] ErrorTest.Throws
                [       OK ] ErrorTest.Throws (0 ms)
                [ RUN      ] TankTest.Drains
                tank_test.cc:12: Failure
                Expected equality of these values:
                  drain()
                    Which is: 3
                  0
                [  FAILED  ] TankTest.Drains (0 ms)
                [==========] 2 tests from 2 test suites ran.
                [  PASSED  ] 1 test.
                """),
        ToolFailure(
            tool: "Catch2", best: "tank.cpp:12: FAILED:", shows: ["REQUIRE( drain() == 0 )", "3 == 0"],
            log: """
                -------------------------------------------------------------------------------
                drains
                -------------------------------------------------------------------------------
                tank.cpp:9
                ...............................................................................

                tank.cpp:12: FAILED:
                  REQUIRE( drain() == 0 )
                with expansion:
                  3 == 0

                ===============================================================================
                test cases: 2 | 1 passed | 1 failed
                """),
        ToolFailure(
            tool: "CTest", best: "The following tests FAILED:", shows: ["3 - drain_test (Failed)"], hides: ["Passed"],
            log: """
                1/2 Test #2: error_test .......................   Passed    0.01 sec
                2/2 Test #3: drain_test .......................***Failed    0.01 sec

                50% tests passed, 1 tests failed out of 2

                The following tests FAILED:
                \t  3 - drain_test (Failed)
                Errors while running CTest
                """),
        ToolFailure(
            tool: "xUnit", best: "Tank.Tests.TankTest.Drains [FAIL]", shows: ["Assert.Equal() Failure", "Actual:   3"],
            log: """
                  Starting:    Tank.Tests
                    Tank.Tests.TankTest.Drains [FAIL]
                      Assert.Equal() Failure
                      Expected: 0
                      Actual:   3
                      Stack Trace:
                        /ws/TankTest.cs(12,0): at Tank.Tests.TankTest.Drains()
                  Finished:    Tank.Tests
                """),
        ToolFailure(
            tool: "XCTest", best: "error: -[TankTests.TankTests testDrain] : XCTAssertEqual failed", hides: ["passed"],
            log: """
                Test Case '-[TankTests.TankTests testError]' passed (0.001 seconds).
                /ws/Tests/TankTests.swift:12: error: -[TankTests.TankTests testDrain] : XCTAssertEqual failed: ("3") is not equal to ("0")
                Test Case '-[TankTests.TankTests testDrain]' failed (0.002 seconds).
                ** TEST FAILED **
                """),
        ToolFailure(
            tool: "Dart's tests", best: "tank drains [E]", shows: ["Expected: <0>", "Actual: <3>"],
            log: """
                00:00 +1: tank reports an error
                00:00 +1 -1: tank drains [E]
                  Expected: <0>
                    Actual: <3>
                  package:test_api             expect
                  test/tank_test.dart 9:5      main.<fn>

                00:00 +2 -1: Some tests failed.
                """),
    ]

    private static let functional: [ToolFailure] = [
        ToolFailure(
            tool: "Hspec", best: "test/TankSpec.hs:9:5:", shows: ["1) Tank drains", "but got: 3"],
            log: """
                Tank
                  fills
                  drains FAILED [1]

                Failures:

                  test/TankSpec.hs:9:5:
                  1) Tank drains
                       expected: 0
                        but got: 3

                  To rerun use: --match "/Tank/drains/"

                Randomized with seed 7
                Finished in 0.0004 seconds
                2 examples, 1 failure
                Test suite spec: FAIL
                """),
        ToolFailure(
            tool: "Tasty", best: "drains:        FAIL", shows: ["expected: 0", "but got: 3"], hides: ["OK"],
            log: """
                Tank
                  reports error: OK
                  drains:        FAIL
                    test/Main.hs:9:
                    expected: 0
                     but got: 3
                  fills:         OK

                1 out of 3 tests failed (0.00s)
                """),
        ToolFailure(
            tool: "ExUnit", best: "1) test drains (TankTest)", shows: ["Assertion with == failed", "right: 0"],
            log: """
                ..

                  1) test drains (TankTest)
                     test/tank_test.exs:5
                     Assertion with == failed
                     code:  assert Tank.drain() == 0
                     left:  3
                     right: 0
                     stacktrace:
                       test/tank_test.exs:6: (test)

                .

                Finished in 0.02 seconds
                4 tests, 1 failure
                """),
        ToolFailure(
            tool: "EUnit", best: "tank_tests: drain_test...*failed*", shows: ["{assertEqual"],
            log: """
                tank_tests: fill_test...ok
                tank_tests: drain_test...*failed*
                in function tank_tests:drain_test/0 (test/tank_tests.erl, line 9)
                **error:{assertEqual,[{module,tank_tests},
                              {line,9},
                              {expected,0},
                              {value,3}]}

                =======================================================
                  Failed: 1.  Skipped: 0.  Passed: 1.
                """),
        ToolFailure(
            tool: "testthat", best: "Failure: a tank drains", shows: ["`drain()` not equal to 0"],
            log: """
                ── 1. Failure: a tank drains (@test-tank.R#4)  ─────────────
                `drain()` not equal to 0.
                1/1 mismatches
                [1] 3 - 0 == 3

                ══ testthat results ══════════════
                [ OK: 11 | SKIPPED: 0 | WARNINGS: 0 | FAILED: 1 ]
                Error: testthat unit tests failed
                Execution halted
                """),
        ToolFailure(
            tool: "Julia's tests", best: "Test Failed at /ws/test/runtests.jl:9", shows: ["Evaluated: 3 == 0"],
            log: """
                drains: Test Failed at /ws/test/runtests.jl:9
                  Expression: drain() == 0
                   Evaluated: 3 == 0
                Stacktrace:
                 [1] top-level scope at /ws/test/runtests.jl:9
                Test Summary: | Pass  Fail  Total
                tank          |    3     1      4
                ERROR: LoadError: Some tests did not pass: 3 passed, 1 failed, 0 errored, 0 broken.
                """),
        ToolFailure(
            tool: "busted", best: "Failure → spec/tank_spec.lua @ 7",
            shows: ["spec/tank_spec.lua:9: Expected objects to be equal."],
            log: """
                ●●◼●
                3 successes / 1 failure / 0 errors / 0 pending : 0.01 seconds

                Failure → spec/tank_spec.lua @ 7
                tank drains
                spec/tank_spec.lua:9: Expected objects to be equal.
                Passed in:
                (number) 3
                Expected:
                (number) 0
                """),
    ]
}
