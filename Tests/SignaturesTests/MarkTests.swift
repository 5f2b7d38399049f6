import Signatures
import Testing

struct MarkTests {
    @Test func `an exception is known in full or by the last part of its name`() {
        let mark = Mark(.exception(["UnknownHostException"]), weight: 1)
        #expect(mark.fits(exception: "java.net.UnknownHostException", message: ""))
        #expect(mark.fits(exception: "UnknownHostException", message: ""))
        #expect(!mark.fits(exception: "my.NotUnknownHostException", message: ""))
    }

    @Test func `an event needs one of the reasons, the object and the text`() {
        let mark = Mark(.event(reasons: ["Failed", "BackOff"], object: "Pod"), text: "image", weight: 1)
        #expect(mark.fits(event: "BackOff", object: "Pod", message: "Back-off pulling image \"x\""))
        #expect(!mark.fits(event: "BackOff", object: "Pod", message: "Back-off restarting failed container"))
        #expect(!mark.fits(event: "Failed", object: "Node", message: "image"))
        #expect(!mark.fits(event: "Pulled", object: "Pod", message: "image"))
    }

    @Test func `a span's attribute may have any value or must have one`() {
        #expect(Mark(.span(attribute: "error.type", value: nil), weight: 1).fits(attribute: "error.type", value: "500"))
        let mark = Mark(.span(attribute: "error.type", value: "timeout"), weight: 1)
        #expect(mark.fits(attribute: "error.type", value: "timeout"))
        #expect(!mark.fits(attribute: "error.type", value: "500"))
    }

    @Test func `the end of a container is known by its reason or its code`() {
        #expect(Mark(.container(["OOMKilled"]), weight: 1).fits(endOfContainer: "OOMKilled", exitCode: 137))
        #expect(Mark(.exitCode(137), weight: 1).fits(endOfContainer: "Error", exitCode: 137))
        #expect(!Mark(.exitCode(137), weight: 1).fits(endOfContainer: "OOMKilled", exitCode: 1))
    }

    @Test(arguments: [
        ("Could not resolve host", "Could not resolve host"),
        ("returned error: 403", "returned error: "),
        ("dial tcp: lookup x on 10.0.0.10:53: server misbehaving", ": server misbehaving"),
        ("\"reason\":\"FailedMount\"", "FailedMount"),
        ("12345", ""),
    ])
    func `what is looked for in all lines at once has nothing that lines of one kind differ in`(
        literal: String, filter: String
    ) {
        #expect(literal.preFilter == filter || literal.preFilter.utf8.count > filter.utf8.count)
        #expect(literal.hasBytes(of: literal.preFilter) || literal.preFilter.isEmpty)
        #expect(!literal.preFilter.contains { $0.isNumber || "\"/[]".contains($0) })
    }

    @Test func `a pattern sees the one line of many in which its literal stands`() throws {
        let text = "first line\r\nsecond 17 here\r\nthird 18"
        let position = try #require(text.firstBytes(of: "second"))
        #expect(MarkPattern.line(of: text, around: position) == "second 17 here")
        let captures = try MarkPattern(#"(?<number>\d+)"#).captures(in: "second 17 here")
        #expect(captures == ["number": "17"])
    }

    @Test func `a pattern names its groups, and look-behinds are none`() {
        #expect(MarkPattern.groups(in: #"(?<=a)(?<!b)(?<host>x)(?P<image>y)"#) == ["host", "image"])
    }
}
