import Lab
import Scenarios
import TestSupport
import Testing

/// Which cards arrive in a Teams channel. `.ci/second-opinion` has the same files judged by Microsoft's own schema.
struct CardRulesTests {
    private static let accepted = "Tests/Fixtures/Cards/accepted"
    private static let refused = "Tests/Fixtures/Cards/refused"

    private func refusals(of body: String) async -> [String] {
        let lab = LabCase.lab()
        let answer = await lab.answer(LabRequest("POST", "/teams/workflows/x", body: Array(body.utf8)))
        #expect(answer.status == 202, "what is wrong with a card is not told to its sender")
        return await lab.refusals().map(\.reason)
    }

    private func card(body: JSON = [], actions: JSON = [], entities: JSON = []) -> String {
        let card: JSON = [
            "type": "AdaptiveCard", "version": "1.4", "msteams": ["width": "Full", "entities": entities], "body": body,
            "actions": actions,
        ]
        let attachment: JSON = ["contentType": "application/vnd.microsoft.card.adaptive", "content": card]
        return (["type": "message", "attachments": [attachment]] as JSON).compact
    }

    @Test(arguments: try Repository.names(in: accepted))
    func `a card as it is documented arrives`(_ name: String) async throws {
        #expect(await refusals(of: try Repository.text("\(Self.accepted)/\(name)")) == [])
    }

    @Test(arguments: try Repository.names(in: refused))
    func `a card that is not documented gets lost`(_ name: String) async throws {
        #expect(await refusals(of: try Repository.text("\(Self.refused)/\(name)")).count == 1)
    }

    /// The schema has these; through a webhook nobody would answer them, and Teams does not show the picture.
    @Test(arguments: [
        ("[]", #"[{"type":"Action.Submit","title":"Acknowledge"}]"#),
        ("[]", #"[{"type":"Action.Execute","title":"Acknowledge"}]"#),
        (#"[{"type":"Input.Text","id":"note"}]"#, "[]"),
        (#"[{"type":"Image","url":"data:image/png;base64,AA=="}]"#, "[]"),
        ("[]", #"[{"type":"Action.OpenUrl","url":"javascript:alert(1)"}]"#),
        ("[]", #"[{"type":"Action.ToggleVisibility","targetElements":["nowhere"]}]"#),
        (#"[{"type":"TextBlock","text":"a","id":"x"},{"type":"TextBlock","text":"b","id":"x"}]"#, "[]"),
    ])
    func `a card that only a bot could send, or that does nothing, gets lost`(_ body: String, _ actions: String) async {
        let body = JSON(parsing: body.utf8) ?? .null
        #expect(await refusals(of: card(body: body, actions: JSON(parsing: actions.utf8) ?? .null)).count == 1)
    }

    @Test func `whoever is mentioned is in the text and among the entities`() async {
        let text: JSON = [["type": "TextBlock", "text": "<at>on-call</at> please look", "wrap": true]]
        let entity: JSON = [
            "type": "mention", "text": "<at>on-call</at>",
            "mentioned": ["id": "on-call@example.com", "name": "on-call"],
        ]
        #expect(await refusals(of: card(body: text, entities: [entity])) == [])
        #expect(await refusals(of: card(body: text)) == ["<at>on-call</at> is no entity of msteams"])
        #expect(await refusals(of: card(entities: [entity])) == ["<at>on-call</at> is in no text of the card"])
    }

    @Test func `a message that is no card gets lost`() async {
        for body in [#"{"text":"hello"}"#, "[]", #"{"type":"message","attachments":[]}"#] {
            #expect(await refusals(of: body).count == 1, "\(body)")
        }
    }
}
