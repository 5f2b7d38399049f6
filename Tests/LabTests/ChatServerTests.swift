import Lab
import Testing

struct ChatServerTests {
    private static let slack = "/slack/services/T00000000/B00000000/lab"

    private func post(_ path: String, _ body: String, to lab: Lab, headers: [String: String] = [:]) async -> LabAnswer {
        await lab.answer(LabRequest("POST", path, headers: headers, body: Array(body.utf8)))
    }

    /// The smallest card that arrives, with a text of so many characters.
    private static func card(_ characters: Int = 1) -> String {
        let text = #"{"type":"TextBlock","text":"\#(String(repeating: "x", count: characters))"}"#
        let card = #"{"type":"AdaptiveCard","version":"1.4","body":[\#(text)]}"#
        let attachment = #"{"contentType":"application/vnd.microsoft.card.adaptive","content":\#(card)}"#
        return #"{"type":"message","attachments":[\#(attachment)]}"#
    }

    private static func section(_ length: Int) -> String {
        #"{"type":"section","text":{"type":"mrkdwn","text":"\#(String(repeating: "x", count: length))"}}"#
    }

    private static func blocks(_ blocks: [String]) -> String {
        #"{"text":"t","blocks":[\#(blocks.joined(separator: ","))]}"#
    }

    private static func button(url: Int = 10, label: Int = 5) -> String {
        let text = #"{"type":"plain_text","text":"\#(String(repeating: "x", count: label))"}"#
        let url = "https://" + String(repeating: "x", count: url - 8)
        return #"{"type":"actions","elements":[{"type":"button","text":\#(text),"url":"\#(url)"}]}"#
    }

    @Test(
        arguments: [
            (#"{"text":"hello"}"#, 200, "ok"), (#"{"text":""}"#, 400, "no_text"), ("{}", 400, "no_text"),
            ("{", 400, "invalid_payload"), ("[]", 400, "invalid_payload"), ("", 400, "invalid_payload"),
            (blocks([section(3000)]), 200, "ok"), (blocks([section(3001)]), 400, "invalid_blocks"),
            (blocks([section(0)]), 400, "invalid_blocks"),
            (blocks(Array(repeating: section(1), count: 50)), 200, "ok"),
            (blocks(Array(repeating: section(1), count: 51)), 400, "invalid_blocks"),
            (blocks(Array(repeating: section(3000), count: 4)), 200, "ok"),
            (blocks(Array(repeating: section(2700), count: 5)), 400, "msg_blocks_too_long"),
            (blocks([button(url: 3000)]), 200, "ok"), (blocks([button(url: 3001)]), 400, "invalid_blocks"),
            (blocks([button(label: 75)]), 200, "ok"), (blocks([button(label: 76)]), 400, "invalid_blocks"),
            (blocks([#"{"type":"nonsense"}"#]), 400, "invalid_blocks"), (blocks([#"{"type":"divider"}"#]), 200, "ok"),
            (blocks([#"{"type":"context","elements":[]}"#]), 400, "invalid_blocks"),
            (blocks([#"{"type":"header","text":{"type":"mrkdwn","text":"x"}}"#]), 400, "invalid_blocks"),
        ])
    func `Slack takes or refuses a message by its own rules`(_ body: String, _ status: Int, _ text: String) async {
        let lab = LabCase.lab()
        let answer = await post(Self.slack, body, to: lab)
        #expect(answer.status == status)
        #expect(LabCase.text(answer) == text)
    }

    @Test func `a webhook that does not exist is not found`() async {
        let answer = await post("/slack/services/nonsense", #"{"text":"x"}"#, to: LabCase.lab())
        #expect(answer.status == 404)
        #expect(LabCase.text(answer) == "no_service")
    }

    @Test func `Slack reads a form as well`() async throws {
        let lab = LabCase.lab()
        let answer = await post(
            Self.slack, "payload=%7B%22text%22%3A%22a+b%22%7D", to: lab,
            headers: ["content-type": "application/x-www-form-urlencoded"])
        #expect(answer.status == 200)
        #expect(try #require(await lab.message(number: 1)).body == #"{"text":"a b"}"#)
    }

    @Test func `Teams accepts with nothing in its hands, and refuses what is too large`() async {
        let lab = LabCase.lab()
        let path = "/teams/workflows/lab/triggers/manual/paths/invoke?sig=x"
        let small = await post(path, Self.card(), to: lab)
        #expect(small.status == 202)
        #expect(small.body.isEmpty)
        // A body of 24,453 bytes was seen to fail as 28,897.
        let frame = Self.card(0).utf8.count
        #expect(await post(path, Self.card(24_453 - frame), to: lab).status == 413)
        #expect(await post(path, Self.card(20_480 - frame), to: lab).status == 202)
        #expect(await post(path, "no json", to: lab).status == 400)
    }

    @Test func `accepted messages are numbered over both platforms, refused and lost ones are not there`() async throws
    {
        let lab = LabCase.lab()
        _ = await post(Self.slack, #"{"text":"first"}"#, to: lab)
        _ = await post(Self.slack, "{}", to: lab)
        // Accepted by Teams, and lost inside the flow.
        #expect(await post("/teams/workflows/x", #"{"text":"no attachments"}"#, to: lab).status == 202)
        _ = await post("/teams/workflows/x", Self.card(), to: lab)
        var messages: [ChatMessage] = []
        for await message in await lab.messages() {
            messages.append(message)
            if messages.count == 2 { break }
        }
        #expect(messages.map(\.platform) == [.slack, .teams])
        #expect(messages.map(\.number) == [1, 2])
        #expect(await lab.refusals().map(\.platform) == [.slack, .teams])
    }

    @Test func `a message can be waited for before it comes`() async {
        let lab = LabCase.lab()
        async let second = lab.message(number: 2)
        _ = await post(Self.slack, #"{"text":"one"}"#, to: lab)
        _ = await post(Self.slack, #"{"text":"two"}"#, to: lab)
        #expect(await second?.body == #"{"text":"two"}"#)
    }
}
