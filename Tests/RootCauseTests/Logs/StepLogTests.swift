import Languages
import Telemetry
import Testing

@testable import RootCause

struct StepLogTests {
    private func story() -> Story {
        var story = Story()
        let good = story.build("team/app", 41, on: "maven-1", at: -300, takes: 60, .success)
        for (number, line) in ["[WARNING] no profile", "[INFO] BUILD SUCCESS"].enumerated() {
            story.log(line, at: -250 + Double(number), span: good)
        }
        let bad = story.build("team/app", 42, on: "maven-2", at: 10, takes: 60, .failure("script returned exit code 1"))
        let lines = [
            "[WARNING] no profile", "[INFO] Compiling 12 source files",
            "[ERROR] /src/Cart.java:[17,9] cannot find symbol", "[INFO] BUILD FAILURE",
            "[ERROR] Failed to execute goal maven-compiler-plugin:compile on project app: Compilation failure",
        ]
        for (number, line) in lines.enumerated() { story.log(line, at: 40 + Double(number), span: bad) }
        return story
    }

    @Test func `a failed build is explained by the lines of its own log`() throws {
        let scene = Scene(story().evidence, alert: nil)
        let log = try #require(scene.stepLogs.first)
        #expect(scene.stepLogs.count == 1)
        let first = try #require(log.lines.first)
        #expect(first.text.contains("cannot find symbol") || first.text.contains("Failed to execute goal"))
        #expect(!log.lines.contains { $0.text.contains("no profile") }, "the good build says it too")
    }

    @Test func `the statement quotes the line and the key lines begin with it`() throws {
        let diagnosis = story().diagnosis()
        #expect(diagnosis.verdict == "build-failure team/app")
        let scene = Scene(story().evidence, alert: nil)
        let first = try #require(scene.stepLogs.first?.lines.first)
        #expect(diagnosis.keyLines.first?.text == first.text)
        #expect(diagnosis.hypotheses[0].statement.english.contains(first.text.prefix(40)))
    }

    @Test func `without logs there is nothing to excerpt`() {
        var story = story()
        story.logs = []
        #expect(Scene(story.evidence, alert: nil).stepLogs.isEmpty)
    }
}
