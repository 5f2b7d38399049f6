import Telemetry
import Testing

@testable import Backends

struct OTLPJSONTests {
    private static let traceHex = "75d85a88ba82669f0c64157d4d6899e6"
    private static let traceBase64 = "ddhaiLqCZp8MZBV9TWiZ5g=="
    private static let spanHex = "ee4e39eb82ae7519"
    private static let spanBase64 = "7k4564KudRk="
    private static let ids = #""traceId":"\#(traceHex)","spanId":"\#(spanHex)""#

    private static func document(_ span: String, resource: String = "") -> [UInt8] {
        let resource = resource.isEmpty ? "" : #""resource":\#(resource),"#
        return [UInt8](
            #"{"resourceSpans":[{\#(resource)"scopeSpans":[{"scope":{"name":"x"},"spans":[\#(span)]}]}]}"#.utf8)
    }

    private func span(_ members: String) throws -> Span {
        let spans = try OTLPJSON.spans(from: Self.document("{\(Self.ids),\(members)}"))
        return try #require(spans.first)
    }

    @Test(arguments: [
        (traceHex, spanHex), (traceBase64, spanBase64), (traceHex.uppercased(), spanHex.uppercased()),
        (String(traceBase64.dropLast(2)), String(spanBase64.dropLast())),
    ]) func `ids are read in hexadecimal and base64`(_ traceID: String, _ spanID: String) throws {
        let spans = try OTLPJSON.spans(from: Self.document(#"{"traceId":"\#(traceID)","spanId":"\#(spanID)"}"#))
        #expect(spans.map(\.traceID.description) == [Self.traceHex])
        #expect(spans.map(\.id.description) == [Self.spanHex])
        #expect(spans.first?.parentID == nil)
    }

    @Test func `a slash in base64 may be escaped, and stripped zeros are put back`() throws {
        let escaped = #"{"traceId":"\/\/\/\/AAAAAAAAAAAAAAAAAA==","spanId":"a"}"#
        let spans = try OTLPJSON.spans(from: Self.document(escaped))
        #expect(spans.map(\.traceID.description) == ["ffffff00000000000000000000000000"])
        #expect(spans.map(\.id.description) == ["000000000000000a"])
        let stripped = #"{"traceId":"2bb174e36f23c5bbfe9f8ab69d87a3d","spanId":"1"}"#
        #expect(
            try OTLPJSON.spans(from: Self.document(stripped)).map(\.traceID.description)
                == ["02bb174e36f23c5bbfe9f8ab69d87a3d"])
    }

    @Test(arguments: [
        #"{"spanId":"ee4e39eb82ae7519"}"#, #"{"traceId":"","spanId":""}"#, #"{"traceId":null,"spanId":null}"#,
        #"{"traceId":"00000000000000000000000000000000","spanId":"ee4e39eb82ae7519"}"#,
        #"{"traceId":"not hex, not base64!","spanId":"ee4e39eb82ae7519"}"#, "{}", "null", "7", #""text""#, "[]",
    ]) func `a span without usable ids is counted and left out`(_ span: String) throws {
        let good = "{\(Self.ids)}"
        let answer = try OTLPJSON.answer(from: Self.document("\(span),\(good)"))
        #expect(answer.invalidSpans == 1)
        #expect(answer.spans.count == 1)
    }

    @Test(arguments: [
        ("2", Span.Kind.server), (#""SPAN_KIND_SERVER""#, .server), (#""2""#, .server), ("0", .unspecified),
        ("1", .internal), ("3", .client), ("4", .producer), ("5", .consumer), ("99", .unspecified),
        ("null", .unspecified),
        ("{}", .unspecified), (#""SPAN_KIND_CONSUMER""#, .consumer),
    ]) func `a kind is a number or a name`(_ text: String, _ kind: Span.Kind) throws {
        #expect(try span(#""kind":\#(text)"#).kind == kind)
    }

    @Test(arguments: [
        (#"{"code":2,"message":"no"}"#, Span.Status.error(message: "no")), ("{}", .unset), ("null", .unset),
        (#"{"code":"STATUS_CODE_ERROR"}"#, .error(message: "")), (#"{"code":"STATUS_CODE_OK"}"#, .ok),
        (#"{"code":1}"#, .ok),
        (#"{"message":"msg without code"}"#, .unset), (#"{"code":"2"}"#, .error(message: "")),
    ]) func `a status is a number or a name, and unset when it is left out`(
        _ text: String, _ status: Span.Status
    ) throws {
        #expect(try span(#""status":\#(text)"#).status == status)
    }

    @Test(arguments: [
        (#""1661140740224405383""#, Int64(1_661_140_740_224_405_383)),
        ("1661140740224405383", 1_661_140_740_224_405_383),
        ("1.5e9", 1_500_000_000), ("18446744068709551616", .max), (#""99999999999999999999999999""#, .max), ("-7", -7),
        ("null", 0), (#""""#, 0), (#""soon""#, 0), ("-99999999999999999999", .min), ("9223372036854775807", .max),
        ("1e400", .max), ("-1e30", .min), ("-", 0),
    ]) func `a time is a number or a string and never overflows`(_ text: String, _ nanoseconds: Int64) throws {
        #expect(try span(#""startTimeUnixNano":\#(text)"#).start.nanoseconds == nanoseconds)
    }

    @Test func `a span without an end, or with one before its start, ends where it began`() throws {
        #expect(try span(#""startTimeUnixNano":"5""#).end.nanoseconds == 5)
        #expect(try span(#""startTimeUnixNano":"5","endTimeUnixNano":"3""#).end.nanoseconds == 5)
    }

    @Test func `every kind of attribute is read`() throws {
        let attributes = try span(
            #"""
            "attributes":[{"key":"s","value":{"stringValue":"h\u00e9llo \ud83d\ude80"}},{"key":"i","value":{"intValue":"-5"}},
            {"key":"n","value":{"intValue":9007199254740993}},{"key":"d","value":{"doubleValue":1e-09}},
            {"key":"nan","value":{"doubleValue":"NaN"}},{"key":"b","value":{"boolValue":true}},{"key":"f","value":{"boolValue":false}},
            {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":1}]}}},{"key":"e","value":{"arrayValue":{}}},
            {"key":"m","value":{"kvlistValue":{"values":[{"key":"y","value":{"kvlistValue":{"values":[{"key":"z","value":{"stringValue":"deep"}}]}}}]}}},
            {"key":"y","value":{"bytesValue":"AP8Q"}},{"key":"none","value":{}},{"key":"null","value":null},{"value":{"intValue":1}},
            {"key":"s","value":{"stringValue":"the last one counts"}},{"key":"w","value":{"stringValue":null}}]
            """#
        ).attributes
        #expect(attributes["s"] == .string("the last one counts"))
        #expect(attributes["i"] == .int(-5))
        #expect(attributes["n"] == .int(9_007_199_254_740_993))
        #expect(attributes["d"] == .double(1e-9))
        #expect(attributes.text("nan") == "nan")
        #expect(attributes["b"] == .bool(true))
        #expect(attributes["f"] == .bool(false))
        #expect(attributes["a"] == .array([.string("a"), .int(1)]))
        #expect(attributes["e"] == .array([]))
        #expect(attributes["m"] == .map(["y": .map(["z": .string("deep")])]))
        #expect(attributes["y"] == .bytes([0, 255, 16]))
        #expect(attributes["none"] == .string(""))
        #expect(attributes["null"] == .string(""))
        #expect(attributes["w"] == .string(""))
        #expect(attributes.map(\.name).count == 14)
    }

    @Test func `a resource after its spans still belongs to them`() throws {
        let resource = #"{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]}"#
        let text = #"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{\#(Self.ids)}]}],"schemaUrl":"x","resource":\#(resource)},
            {"resource":\#(resource),"scopeSpans":[{"spans":[{\#(Self.ids)}]}]},{"scopeSpans":[{"spans":[{\#(Self.ids)}]}]}]}
            """#
        #expect(try OTLPJSON.spans(from: [UInt8](text.utf8)).map(\.service) == ["cart", "cart", "unknown_service"])
    }

    @Test(arguments: [
        ("", 0), (" \n", 0), ("{}", 0), ("[]", 0), (#"{"resourceSpans":[]}"#, 0), (#"{"resourceSpans":null}"#, 0),
        (#"{"batches":[]}"#, 0), (#"{"trace":{},"metrics":{}}"#, 0),
        ("\u{FEFF}{\"resourceSpans\":[]}\n{\"batches\":[]}\r\n{\"trace\":{\"resourceSpans\":[]}}\n", 0),
        (#"[{"resourceSpans":[{"scopeSpans":[{"spans":[{\#(ids)}]}]}]},{"batches":[]}]"#, 1),
        (
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{\#(ids)}]}]}]}{"batches":[{"instrumentationLibrarySpans":[{"spans":[{\#(ids)}]}]}]}"#,
            2
        ),
    ]) func `all shapes of a document are read, one after another`(_ text: String, _ count: Int) throws {
        #expect(try OTLPJSON.spans(from: [UInt8](text.utf8)).count == count)
    }

    @Test(arguments: [
        "x", "7", #""resourceSpans""#, #"{"streams":[]}"#, #"{"trace":{"services":[]}}"#, "{", #"{"resourceSpans":["#,
        #"{"resourceSpans":[}"#, #"{"resourceSpans" []}"#, #"{"resourceSpans":[],}"#, #"{"resourceSpans":[] "a":1}"#,
        #"{"resourceSpans":[{"a":nul}]}"#, "{\"resourceSpans\":[\"", "{}}", #"{"batches":[]]"#, "\u{0}",
        #"{"resourceSpans":[1,]}"#,
    ]) func `what is no document of traces is refused with its place`(_ text: String) throws {
        let error = try #require(throws: BackendError.self) { try OTLPJSON.spans(from: [UInt8](text.utf8)) }
        #expect(error.description.hasPrefix("This is not OTLP/JSON: at byte "))
        #expect(!error.isTransient)
    }

    @Test func `nesting without end is refused and does not exhaust the stack`() {
        for opening in [#"{"trace":"#, "[", #"{"resourceSpans":[{"x":"#, #"{"a":"#] {
            let text = String(repeating: opening, count: 200_000)
            #expect(throws: BackendError.self) { try OTLPJSON.spans(from: [UInt8](text.utf8)) }
        }
        let value = String(repeating: #"{"arrayValue":{"values":["#, count: 50_000)
        let attribute = #""attributes":[{"key":"k","value":\#(value)"#
        #expect(throws: BackendError.self) { try OTLPJSON.spans(from: Self.document("{\(Self.ids),\(attribute)")) }
    }

    @Test func `broken text is repaired and not lost`() throws {
        #expect(try span(#""name":"a\ud800b\udc00c\uZZZZ\d\/\u0000""#).name == "a\u{FFFD}b\u{FFFD}c\u{FFFD}ZZZZd/\u{0}")
        var bytes = Self.document(#"{\#(Self.ids),"name":"?"}"#)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "?")))
        bytes.replaceSubrange(place...place, with: [0xFF, 0xC3, UInt8(ascii: "x")])
        #expect(try OTLPJSON.spans(from: bytes).first?.name == "\u{FFFD}\u{FFFD}x")
    }

    @Test func `what stands before a broken end is kept`() {
        let line = String(decoding: Self.document("{\(Self.ids)}", resource: "{}"), as: UTF8.self)
        let (answer, fault) = OTLPJSON.salvage(from: [UInt8]((line + "\n" + line.dropLast(4)).utf8))
        #expect(answer.spans.count == 2)
        #expect(fault != nil)
    }
}
