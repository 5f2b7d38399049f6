import BuildLogs
import Testing

@Suite struct CheckFailureTests {
    @Test(arguments: cases) func `what a check complains about is the best line`(failure: ToolFailure) {
        failure.check()
    }

    static let cases: [ToolFailure] = [
        ToolFailure(
            tool: "Bats", best: "not ok 2 the valve opens", shows: ["`[ \"$status\" -eq 0 ]' failed"], hides: ["ok 1"],
            log: """
                1..2
                ok 1 the valve reports an error
                not ok 2 the valve opens
                # (in test file test/valve.bats, line 9)
                #   `[ "$status" -eq 0 ]' failed
                """),
        ToolFailure(
            tool: "ShellCheck", best: "In install.sh line 9:", shows: ["^-- SC2086", "cp $valve /usr/bin"],
            log: """
                $ shellcheck install.sh

                In install.sh line 9:
                cp $valve /usr/bin
                   ^-- SC2086: Double quote to prevent globbing and word splitting.

                """),
        ToolFailure(
            tool: "html-proofer", best: "*  External link https://acme.org/valve failed: 404",
            shows: ["- ./_site/tank.html"],
            log: """
                Running ["LinkCheck"] on ["./_site"]...
                Checking 12 external links...
                - ./_site/tank.html
                  *  External link https://acme.org/valve failed: 404 No error
                HTML-Proofer found 1 failure!
                """),
        ToolFailure(
            tool: "Pester", best: "[-] drains the tank 41ms", shows: ["Expected: {0}"], hides: ["[+] fills"],
            log: """
                Describing Tank
                 [+] fills the tank 12ms
                 [-] drains the tank 41ms
                   Expected: {0}
                   But was:  {3}
                   at line: 9 in C:\\ws\\Tank.Tests.ps1
                Tests completed in 120ms
                Passed: 1 Failed: 1 Skipped: 0 Pending: 0 Inconclusive: 0
                """),
        ToolFailure(
            tool: "a Tcl test suite", best: "[err]: The valve opens in tests/unit/valve.tcl",
            shows: ["Expected 'open' to equal 'shut'"],
            log: """
                [ok]: The valve reports errors
                [err]: The valve opens in tests/unit/valve.tcl
                Expected 'open' to equal 'shut'
                [ok]: The tank drains
                """),
        ToolFailure(
            tool: "ERT", best: "Test tank-drains condition:", shows: ["(= (drain) 0)"], hides: ["passed"],
            log: """
                   passed  1/2  tank-error
                Test tank-drains condition:
                    (ert-test-failed
                     ((should
                       (= (drain) 0))))
                   FAILED  2/2  tank-drains
                Ran 2 tests, 1 results as expected, 1 unexpected
                """),
        ToolFailure(
            tool: "Bazel", best: "tank.cc:9:3: error: 'valve' was not declared",
            log: """
                INFO: Analyzed 3 targets
                ERROR: /ws/src/BUILD:12:1: C++ compilation of rule '//src:tank' failed (Exit 1)
                src/tank.cc:9:3: error: 'valve' was not declared in this scope
                Target //src:tank failed to build
                """),
        ToolFailure(
            tool: "CocoaPods", best: "- ERROR | [iOS] unknown: Encountered an unknown error",
            log: """
                 -> Tank (1.0)
                    - WARN  | url: The URL is not reachable.
                    - ERROR | [iOS] unknown: Encountered an unknown error.

                [!] Tank did not pass validation, due to 1 error.
                """),
        ToolFailure(
            tool: "Spock", best: "Condition not satisfied:", shows: ["tank.drain() == 0", "TankSpec > drains FAILED"],
            log: """
                TankSpec > drains FAILED
                    Condition not satisfied:

                    tank.drain() == 0
                    |    |       |
                    |    3       false

                        at TankSpec.drains(TankSpec.groovy:12)

                4 tests completed, 1 failed
                :test FAILED
                """),
        ToolFailure(
            tool: "NUnit", best: "1) Failed : Tank.Tests.TankTest.Drains", shows: ["Expected: 0"],
            log: """
                Errors, Failures and Warnings

                1) Failed : Tank.Tests.TankTest.Drains
                  Expected: 0
                  But was:  3
                at Tank.Tests.TankTest.Drains () in /ws/TankTest.cs:line 12

                Run Settings
                """),
        ToolFailure(
            tool: "Black", best: "would reformat /ws/tank.py",
            log: """
                would reformat /ws/tank.py
                Oh no! 💥 💔 💥
                1 file would be reformatted, 12 files would be left unchanged.
                """),
        ToolFailure(
            tool: "a check that writes in red", best: "the tank's name is not in the list", hides: ["fine"],
            log: """
                checking names
                \u{1B}[32mthe pump's name is fine\u{1B}[0m
                \u{1B}[31mthe tank's name is not in the list\u{1B}[0m
                1 of 2 checked
                """),
    ]
}
