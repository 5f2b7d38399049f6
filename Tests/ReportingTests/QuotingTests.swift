import Testing

@testable import Reporting

@Suite struct QuotingTests {
    @Test(arguments: [
        ("AZaz09-._~", "AZaz09-._~"),
        (" \"{}|\\^`<>#%", "%20%22%7B%7D%7C%5C%5E%60%3C%3E%23%25"),
        ("!*'();:@&=+$,/?[]", "%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%5B%5D"),
        ("ñ🔴", "%C3%B1%F0%9F%94%B4"),
        ("\n\0", "%0A%00"),
    ])
    func `only unreserved characters stay as they are`(_ text: String, _ encoded: String) {
        #expect(text.percentEncoded == encoded)
    }

    @Test(arguments: [
        ("https://ci.example.com/job/a/1/", "https://ci.example.com/job/a/1/"),
        ("HTTP://host:8080/x?y=1&z=%20#f", "http://host:8080/x?y=1&z=%20#f"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://host/a b|c>d<e\"f", "https://host/a%20b%7Cc%3Ed%3Ce%22f"),
        ("https://host/(x)*'", "https://host/%28x%29%2A%27"),
        ("https://host/\u{202E}x\n", "https://host/%E2%80%AEx%0A"),
    ])
    func `a web address is made safe for every surface`(_ address: String, _ expected: String) {
        #expect(WebAddress.checked(address) == expected)
    }

    @Test(arguments: [
        "", "ci.example.com", "javascript:alert(1)", "file:///etc/passwd", "https:/x", "https://", "https:///x",
        "data:text/html,x", "https://" + String(repeating: "a", count: 3000),
    ])
    func `what does not lead to the web is no link`(_ address: String) {
        #expect(WebAddress.checked(address) == nil)
    }
}

@Suite struct JSONValueTests {
    @Test func `fields keep their order and text is escaped`() throws {
        let value = JSONValue.fields([
            "z": .string("a\"b\\c\n\u{1}\u{2028}é"), "a": .array([.integer(1), .null, .bool(false), .array([])]),
            "n": .number(0.94), "whole": .number(412), "none": .optional(Double?.none), "o": .fields([:]),
        ])
        #expect(
            value.compact
                == #"{"z":"a\"b\\c\n\u0001\u2028é","a":[1,null,false,[]],"n":0.94,"whole":412,"none":null,"o":{}}"#)
        #expect(try JSONDocument(value.indented) == JSONDocument(value.compact))
    }

    @Test(arguments: [
        (0.1 + 0.2, "0.3"), (1.0 / 3, "0.333333"), (.nan, "null"), (.infinity, "null"), (1e-9, "0"), (-0.5, "-0.5"),
        (1e300, "1e+300"), (12.5, "12.5"),
    ])
    func `a number has at most six decimals`(_ number: Double, _ text: String) {
        #expect(JSONValue.number(number).compact == text)
    }
}
