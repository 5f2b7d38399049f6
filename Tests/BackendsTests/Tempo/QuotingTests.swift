import HTTPTransport
import TestSupport
import Testing

@testable import Backends

/// Whatever a label holds, it stays one literal of the query.
struct QuotingTests {
    static let hostile: [String] =
        [
            "", "x", "\"", "\\", "\\\"", "`", "\n", "\r\n", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{FEFF}", "\u{2028}",
            "\"} || {",
            "\\\\\" }", "a\"} |= `b`", "✓ 🚀", "e\u{301}", "\u{10FFFF}", "\\d", "%22", "${x}", "{{.x}}", "a|b", ".*",
            "\"\n\"", "\\n",
            "\\u0022", "#", "//", "/*", "'", "\u{1B}[31m", "\u{202E}",
        ] + combinations

    /// All texts of four characters out of the dangerous ones.
    private static let combinations: [String] = {
        let pieces = ["\"", "\\", "\n", "`", "}", "u"]
        var texts = [""]
        for _ in 0..<4 { texts = texts.flatMap { text in pieces.map { text + $0 } } }
        return texts
    }()

    /// Reads one interpreted string literal as Go's specification has it, independently of how it is written.
    ///
    /// - Returns: the value and what follows the literal; nil when there is none.
    private static func literal(_ source: String) -> (value: String, rest: String)? {
        var scalars = Array(source.unicodeScalars)[...]
        guard scalars.popFirst() == "\"" else { return nil }
        var value = String.UnicodeScalarView()
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"": return (String(value), String(String.UnicodeScalarView(scalars)))
            case "\n", "\u{0}", "\u{FEFF}": return nil
            case "\\":
                switch scalars.popFirst() {
                case "n": value.append("\n")
                case "r": value.append("\r")
                case "t": value.append("\t")
                case "\"": value.append("\"")
                case "\\": value.append("\\")
                case "u":
                    let digits = String(String.UnicodeScalarView(scalars.prefix(4)))
                    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else { return nil }
                    value.append(scalar)
                    scalars = scalars.dropFirst(4)
                default: return nil
                }
            default: value.append(scalar)
            }
        }
        return nil
    }

    @Test func `a quoted text is one literal with that value`() throws {
        for text in Self.hostile {
            for quoted in [TraceQL.quoted(text), LogQL.quoted(text)] {
                let (value, rest) = try #require(Self.literal(quoted), "\(quoted)")
                #expect(Array(value.unicodeScalars) == Array(text.unicodeScalars))
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `a query built from hostile values keeps its form`() throws {
        for text in Self.hostile {
            let selector = try #require(LogQL.selector([("a b", ["x"]), ("pod", [text + "!"]), ("none", [])]))
            #expect(selector.hasPrefix(#"{a_b="x",pod="#))
            let (value, rest) = try #require(Self.literal(String(selector.dropFirst(#"{a_b="x",pod="#.count))))
            #expect((value, rest) == (text + "!", "}"))
            let condition = try #require(TraceQL.condition(.resource, "service.name", isAnyOf: [text]))
            let query = TraceQL.spans(where: [condition, "status = error"])
            let start = "{ resource.service.name = "
            #expect(query.hasPrefix(start))
            let parsed = try #require(Self.literal(String(query.dropFirst(start.count))))
            #expect((parsed.value, parsed.rest) == (text, " && status = error }"))
            #expect(!TraceQL.hasHints(query))
        }
    }

    @Test func `attribute names with other characters than usual are quoted`() {
        #expect(TraceQL.attribute(.span, "k8s.pod.name") == "span.k8s.pod.name")
        #expect(TraceQL.attribute(.any, "http-status/code") == ".http-status/code")
        #expect(TraceQL.attribute(.resource, "odd name\"} || {") == #"resource."odd name\"} || {""#)
        #expect(TraceQL.attribute(.span, "") == #"span."""#)
    }

    @Test func `several values are alternatives`() {
        #expect(TraceQL.condition(.span, "a", isAnyOf: []) == nil)
        #expect(TraceQL.condition(.span, "a", isAnyOf: ["x", "y"]) == #"(span.a = "x" || span.a = "y")"#)
        #expect(TraceQL.spans(where: []) == "{ }")
        #expect(LogQL.selector([("pod", ["a.b", "c|d", ""])]) == #"{pod=~"a\\.b|c\\|d"}"#)
        #expect(LogQL.selector([("pod", [])]) == nil)
        #expect(LogQL.lineContains(anyOf: ["x(1)", "y"]) == #" |~ "x\\(1\\)|y""#)
        #expect(LogQL.lineContains(anyOf: ["x"]) == #" |= "x""#)
        #expect(LogQL.lineContains(anyOf: []) == "")
        #expect(LogQL.lineContains("") == "")
        #expect(LogQL.label("trace.id", isAnyOf: ["a`b"]) == #" | trace_id="a`b""#)
        #expect(LogQL.labelName("2xx") == "_2xx")
        #expect(LogQL.labelName("") == "_")
    }

    @Test func `a quoted text is written as a real Tempo took it`() throws {
        let recorded = try #require(try RecordedExchange("tempo/search_escaped_quotes").parameter("q"))
        #expect(recorded == #"{ name = \#(TraceQL.quoted(#"kinds ✓ "quoted" <b>&"#)) }"#)
        let exchange = try RecordedExchange("tempo/search_escaped_quotes")
        #expect(try TempoAnswers.search(exchange.response, .init("Tempo", "search")).count == 1)
    }

    @Test func `a backslash is written as a real Loki takes it`() throws {
        let refused = try #require(try RecordedExchange("loki/bad_escape").parameter("query"))
        #expect(refused == #"{app="x"} |= "\d""#)
        #expect(Self.literal(String(refused.suffix(4))) == nil)
        #expect(#"{app="x"}"# + LogQL.lineContains(#"\d"#) == #"{app="x"} |= "\\d""#)
    }

    @Test func `what stood in backticks means the same in quotes`() throws {
        let recorded = try #require(try RecordedExchange("loki/range_backtick").parameter("query"))
        #expect(recorded.contains("|= `ERROR: `"))
        #expect(LogQL.lineContains("ERROR: ") == #" |= "ERROR: ""#)
    }

    @Test func `a parameter of a URL holds any text`() {
        for text in Self.hostile {
            let encoded = FormParameters.percentEncoded(text)
            #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"&#?=+ ".utf8.contains($0) })
            let url = "http://x/?q=\(encoded)"
            #expect(url.split(separator: "=").count <= 2)
        }
        #expect(FormParameters.percentEncoded("a b&c=é") == "a%20b%26c%3D%C3%A9")
    }
}
