import Testing

@testable import Backends

struct JSONSyntaxFaultTests {
    @Test(arguments: [
        "{}", "[]", "0", "-1.5e+3", "\"a\\\"b\\\\\"", " {\"a\": [1, {\"b\": null}, true, []], \"c\": {}} \n", "[[[]]]",
        String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000),
    ])
    func `well-formed text has no fault`(text: String) {
        #expect(JSONSyntaxFault(in: Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        ("", 1, 1, "ends where a value"), ("{", 1, 2, "key in quotes"), ("[1,]", 1, 4, "a value"),
        ("{\"a\":1,}", 1, 8, "key in quotes"), ("{\"a\" 1}", 1, 6, "expected :"), ("[1 2]", 1, 4, "expected , or ]"),
        ("{\"a\":[1}", 1, 8, "expected , or ]"), ("{\"a\":\n\"b\nc\"}", 2, 3, "control character"),
        ("{}\n{}", 2, 1, "more text"), ("[tru]", 1, 2, "a value"), ("[\"a", 1, 4, "inside of a string"),
        ("[{\"a\":1}", 1, 9, "inside of an array"), ("{\"a\":{\"b\":1}", 1, 13, "inside of an object"),
        ("NaN", 1, 1, "a value"), ("{\"a\":\"\\", 1, 8, "inside of a string"),
    ])
    func `a fault is found at its line and byte`(text: String, line: Int, byte: Int, words: String) throws {
        let fault = try #require(JSONSyntaxFault(in: Array(text.utf8)))
        #expect(fault.line == line)
        #expect(fault.byte == byte)
        #expect(fault.reason.contains(words))
    }
}
