import Telemetry
import Testing

@testable import ChatCommands

@Suite struct SignatureTests {
    /// The example of https://docs.slack.dev/authentication/verifying-requests-from-slack
    private static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    private static let body =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    private static let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    private static let time: Int64 = 1_531_420_618

    private func objection(
        _ body: String = body, timestamp: String? = "1531420618", signature: String? = signature, now: Int64 = time,
        secret: String = secret
    ) -> String? {
        SlackSignature(signingSecret: secret).objection(
            timestamp: timestamp, signature: signature, body: [UInt8](body.utf8), now: Timestamp(seconds: now))
    }

    @Test func `Slack's own example is admitted`() {
        #expect(objection() == nil)
    }

    @Test(arguments: [-300, 0, 300])
    func `a request may be five minutes old, or early`(age: Int64) {
        #expect(objection(now: Self.time + age) == nil)
    }

    @Test(arguments: [-86_400, -301, 301, 86_400])
    func `a request from another time is refused`(age: Int64) {
        #expect(objection(now: Self.time + age)?.contains("clock") == true)
    }

    @Test func `what is changed, cut or signed by another is refused`() {
        #expect(objection(Self.body + "&user_id=U1") != nil)
        #expect(objection(signature: String(Self.signature.dropLast())) != nil)
        #expect(objection(signature: String(Self.signature.dropLast()) + "4") != nil)
        #expect(objection(signature: Self.signature.uppercased()) != nil)
        #expect(objection(signature: "") != nil)
        #expect(objection(secret: "another") != nil)
        #expect(objection(timestamp: "1531420619", now: Self.time) != nil)
    }

    @Test(arguments: [
        nil, "", "now", "-1531420618", "1531420618.0", " 1531420618", "99999999999999999999", "१५३१४२०६१८",
    ])
    func `a time that cannot be read is refused`(timestamp: String?) {
        #expect(objection(timestamp: timestamp) != nil)
    }

    @Test func `no objection tells the signature or the secret`() {
        let told = [objection(secret: "another"), objection(now: 0), objection(timestamp: "x")].compactMap { $0 }
        #expect(told.count == 3)
        #expect(!told.contains { $0.contains("a2114d") || $0.contains("another") })
    }

    @Test func `a message of Teams is admitted by its token and by no other`() {
        // Computed by another program: HMAC-SHA256 with the key 0, 1, 2 … 31.
        let token = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        let body = [UInt8](#"{"type":"message","text":"<at>sabueso</at> status"}"#.utf8)
        let given = "HMAC qup0U0/Zwii7mPa20/XEk1t6BFVzzR3721iAOAvsotE="
        let signature = TeamsSignature(securityToken: token)
        #expect(signature.objection(authorization: given, body: body) == nil)
        #expect(signature.objection(authorization: given, body: body + [32]) != nil)
        #expect(signature.objection(authorization: "Bearer x", body: body) != nil)
        #expect(signature.objection(authorization: nil, body: body) != nil)
        for broken in ["not base64!", ""] {
            #expect(TeamsSignature(securityToken: broken).objection(authorization: given, body: body) != nil)
        }
    }
}
