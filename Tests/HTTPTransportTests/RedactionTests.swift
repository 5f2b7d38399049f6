import HTTPTransport
import Testing

@Suite struct RedactionTests {
    @Test(arguments: [
        HTTPClientConfiguration(authorization: .basic(username: "s3cret", password: "s3cret")),
        HTTPClientConfiguration(authorization: .bearer(token: "s3cret")),
        HTTPClientConfiguration(clientKeyText: PEMText("s3cret")),
        HTTPClientConfiguration(proxy: .url("http://me:s3cret@proxy:3128", bypass: ["a.example"])),
    ])
    func `a configuration can be printed and dumped`(configuration: HTTPClientConfiguration) {
        var dumped = ""
        dump(configuration, to: &dumped)
        let outputs = [
            "\(configuration)", String(reflecting: configuration), dumped, "\(configuration.authorization)",
            "\(configuration.proxy)", String(reflecting: configuration.proxy),
        ]
        for output in outputs { #expect(!output.contains("s3cret")) }
        #expect(dumped.contains("<redacted>"))
    }

    @Test(arguments: [
        (
            HTTPError.connectionFailed(host: "loki:3100", reason: "Connection refused"),
            "No answer from loki:3100: Connection refused"
        ),
        (.deadlineExceeded(host: "loki:3100", after: .seconds(5)), "loki:3100 had not answered in full after 5 s"),
        (
            .deadlineExceeded(host: "loki:3100", after: .milliseconds(1050)),
            "loki:3100 had not answered in full after 1.05 s"
        ),
        (
            .responseTooLarge(host: "loki:3100", limit: 10),
            "loki:3100 answered more than 10 bytes, which is the limit: ask for less, or raise it"
        ),
        (.invalidRequest("no URL"), "The request cannot be sent: no URL"),
        (.cancelled, "The request was cancelled"),
    ])
    func `an error reads as a sentence`(error: HTTPError, sentence: String) {
        #expect("\(error)" == sentence)
    }
}
