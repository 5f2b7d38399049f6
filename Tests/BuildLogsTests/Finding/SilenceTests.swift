import BuildLogs
import Testing

/// What is told of a log that has nothing to show.
@Suite struct SilenceTests {
    private func excerpt(_ log: String, good: String? = nil) -> Excerpt {
        Excerpt(of: BuildLog(bytes: Array(log.utf8)), reference: good.map { BuildLog(bytes: Array($0.utf8)) })
    }

    @Test(arguments: [
        ("+ make\nwriting tank\nFinished: SUCCESS\n", 3, "Finished: SUCCESS"),
        ("[INFO] Building\n[INFO] BUILD SUCCESS\n[INFO] Total time: 3 s\n", 2, "[INFO] BUILD SUCCESS"),
        ("> Task :test\n\nBUILD SUCCESSFUL in 3s\n2 actionable tasks: 2 executed\n", 3, "BUILD SUCCESSFUL in 3s"),
        ("\u{1B}[0Ksection_start:1:x\nwriting\n\u{1B}[32;1mJob succeeded\n", 3, "Job succeeded"),
        (
            "travis_time:start:1\n$ make\nwriting\nThe command \"make\" exited with 0.\n", 4,
            "The command \"make\" exited with 0."
        ),
        ("trial.c:1:1: error: x\nFinished: SUCCESS\n", 2, "Finished: SUCCESS"),
    ])
    func `a log that ends well shows no failure, and names the line that says so`(
        log: String, number: Int, text: String
    ) {
        #expect(excerpt(log).lines.isEmpty)
        #expect(excerpt(log).silence == .wentWell(number: number, text: text))
    }

    @Test(arguments: [
        "BUILD SUCCESSFUL in 3s\n+ ./deploy\nthe valve is shut\nERROR: script returned exit code 1\nFinished: FAILURE\n",
        "BUILD SUCCESSFUL in 3s\nsh: 1: valvectl: not found\n",
        "Finished: SUCCESS\n" + (1...40).map { "part \($0)\n" }.joined() + "the valve is shut\n",
        "Finished: SUCCESS\nsh: 1: valvectl: not found\n",
        "[INFO] BUILD SUCCESS\nStarting the next\n[INFO] BUILD FAILURE\n",
    ])
    func `what succeeded before something failed is no good end`(log: String) {
        #expect(!excerpt(log).lines.isEmpty)
        #expect(excerpt(log).silence == nil)
    }

    @Test(arguments: ["", "\n", "\r\n \n\u{1B}[0m\n"])
    func `a log without text is told from one without a failure`(log: String) {
        #expect(excerpt(log).silence == .noText)
    }

    @Test func `a log that says nothing new beside the good one is told so`() {
        let log = "reading 7 files\nE: no mirror\nmake: *** [tank.o] Error 1\n"
        #expect(excerpt(log, good: log.replacing("7", with: "9")).silence == .nothingNew)
        #expect(excerpt("ok 1\n" + log, good: log).silence == .nothingFound)
    }

    @Test func `no reason is given where no lines were asked for`() {
        let log = BuildLog(lines: ["Finished: SUCCESS"])
        #expect(Excerpt(of: log, maximumLines: 0).silence == nil)
    }
}
