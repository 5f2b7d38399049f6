/// What test runners of compiled and of functional languages print.
extension TestRunFailureTests {
    static let native: [ToolFailure] = [
        ToolFailure(
            tool: "Go's race detector", best: "WARNING: DATA RACE",
            shows: ["Write at 0x00c00001", "Previous read at 0x00c00001", "tank.go:41", "--- FAIL: TestDrain"],
            log: """
                ==================
                WARNING: DATA RACE
                Write at 0x00c00001 by goroutine 9:
                  acme.example/tank.(*Tank).Drain()
                      /src/tank/tank.go:38 +0x44

                Previous read at 0x00c00001 by goroutine 8:
                  acme.example/tank.(*Tank).Level()
                      /src/tank/tank.go:41 +0x3c
                ==================
                    tank_test.go:19: level 3, want 0
                --- FAIL: TestDrain (0.02s)
                FAIL
                FAIL\tacme.example/tank\t0.051s
                """),
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

    static let functional: [ToolFailure] = [
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
