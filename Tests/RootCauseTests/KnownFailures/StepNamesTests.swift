import Signatures
import Telemetry
import Testing

@testable import RootCause

/// Names that a step told before it failed, and errors that tests provoke on purpose.
struct StepNamesTests {
    private func story(_ lines: [String], after: [String] = []) -> Story {
        var story = Story()
        for number in 0..<4 {
            story.build("team/healthy", number, on: "ok-\(number)", at: Double(number) * 50 - 550, takes: 20, .success)
        }
        let root = story.build(
            "shop/main", 7, on: "maven-7", at: 10, takes: 60, .failure("script returned exit code 1"))
        for (place, line) in lines.enumerated() { story.log(line, at: 40 + Double(place), span: root) }
        for (place, line) in after.enumerated() { story.log(line, at: 70.1 + Double(place) / 100, span: root) }
        return story
    }

    @Test func `a refusal is about the credential that the step said it uses`() {
        let story = story([
            "using credential shop-reader", "fatal: Authentication failed for 'https://git.example.com/shop.git/'",
        ])
        #expect(story.diagnosis().verdict == "credential-failure shop-reader")
    }

    @Test func `a refusal that names nobody is about the host that was asked before`() {
        let story = story([
            "Looking in indexes: https://pypi.example.com/simple", "npm error code E401",
        ])
        #expect(story.diagnosis().verdict == "credential-failure pypi.example.com")
    }

    @Test func `what Jenkins says when the pipeline is over is the reason`() {
        let story = story(
            ["[Pipeline] withCredentials"],
            after: ["[Pipeline] End of Pipeline", "ERROR: Could not find credentials entry with ID 'shop-key'"])
        #expect(story.diagnosis().verdict == "credential-failure shop-key")
    }

    @Test func `an error within the output of tests that pass is theirs`() {
        let story = story([
            "[INFO] Running ClientTest", "com.example.HttpException: 401 Unauthorized from https://api.example.com/",
            "[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0", "[ERROR] Tests run: 24, Failures: 1, Errors: 0",
            "[ERROR] There are test failures.",
        ])
        #expect(story.diagnosis().verdict == "test-failure shop/main")
    }

    @Test func `a package source that does not let in has refused a credential`() {
        let story = story([
            #"error An unexpected error occurred: "https://npm.example.com/left-pad: Request failed \"401 Unauthorized\""."#
        ])
        #expect(story.diagnosis().verdict == "credential-failure npm.example.com")
    }

    @Test(arguments: [
        ("from https://ci@repo.example.com:8443/maven2", "repo.example.com"), ("see file:///tmp/x", nil),
        ("http://a.example.com and https://B.example.com.", "b.example.com"), ("no address", nil),
    ])
    func `the last address of a line names a host`(_ line: String, _ host: String?) {
        #expect(MentionedHost.last(in: line) == host)
    }
}
