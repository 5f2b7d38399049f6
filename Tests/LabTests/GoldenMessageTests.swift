import Lab
import Scenarios
import TestSupport
import Testing

/// Every message that is committed as an example is one that the platforms take.
struct GoldenMessageTests {
    private static let folders: [String] = {
        let scenarios = (try? Repository.names(in: "Tests/Fixtures/Golden/Scenarios")) ?? []
        return ["Tests/Fixtures/Golden/Reporting"] + scenarios.map { "Tests/Fixtures/Golden/Scenarios/\($0)" }
    }()

    private static func files(_ ending: String) throws -> [String] {
        try folders.flatMap { folder in
            try Repository.names(in: folder).filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
        }
    }

    @Test(arguments: try files("slack.json"))
    func `the committed Slack message arrives, posted by an app and edited by it`(_ path: String) async throws {
        let slack = SlackClient(lab: LabCase.lab())
        guard case .object(let message) = JSON(parsing: try Repository.bytes(path)) else {
            throw TestFailure("\(path) is no object")
        }
        let channel = JSON.Member(name: "channel", value: .string(SlackSettings.standardChannel))
        let posted = await slack.call("chat.postMessage", .object([channel] + message))
        #expect(posted.body["ok"] == true, "\(posted.body.compact)")
        let timestamp = JSON.Member(name: "ts", value: .string(posted.timestamp))
        #expect(await slack.call("chat.update", .object([channel, timestamp] + message)).body["ok"] == true)
    }

    @Test(arguments: try files("teams.json"))
    func `the committed Teams card arrives`(_ path: String) async throws {
        let lab = LabCase.lab()
        _ = await lab.answer(LabRequest("POST", "/teams/workflows/x", body: try Repository.bytes(path)))
        #expect(await lab.refusals().map(\.reason) == [])
    }

    @Test func `there are messages to judge`() throws {
        #expect(try Self.files("slack.json").count > 10)
        #expect(try Self.files("teams.json").count > 10)
    }
}
