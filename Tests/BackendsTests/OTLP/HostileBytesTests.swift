import HTTPTransport
import TestSupport
import Testing

@testable import Backends

/// Recorded bodies, cut short and with bytes changed, never crash a decoder: they give a value or an error.
struct HostileBytesTests {
    /// A generator with a fixed seed, so that a failure comes again (xorshift64).
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(sides))
        }
    }

    private static let bodies = [
        "tempo_edge/trace_v2_odd", "tempo/trace_v2_attribute_kinds_json", "tempo/trace_v2_attribute_kinds_protobuf",
        "tempo/search_traceql_error", "tempo_small_max_bytes/trace_v2_protobuf", "loki/range_edge_special",
        "loki/range_categorize_labels", "loki/range_edge_meta_categorized",
    ]
    private let attempt = BackendError.Attempt("Tempo", "trace")

    private func readEverywhere(_ bytes: [UInt8]) {
        let response = HTTPResponse(status: 200, body: bytes)
        _ = OTLPJSON.salvage(from: bytes)
        _ = LokiJSON.salvage(from: bytes)
        _ = try? OTLPProtobuf.answer(from: bytes)
        _ = try? OTLPProtobuf.answerByID(from: bytes)
        _ = try? TempoAnswers.search(response, attempt)
        _ = TraceMention(in: bytes, bytes.indices)
    }

    @Test(arguments: bodies) func `a body cut anywhere is survived`(_ name: String) throws {
        let body = try RecordedExchange(name).response.body.prefix(4000)
        for end in stride(from: 0, to: body.count, by: 17) { readEverywhere([UInt8](body.prefix(end))) }
    }

    @Test(arguments: bodies) func `a body with changed bytes is survived`(_ name: String) throws {
        let body = [UInt8](try RecordedExchange(name).response.body.prefix(4000))
        var dice = Dice(state: 0x5EED)
        let nasty = [UInt8]("\"\\{}[],:-0e\u{0}tns".utf8) + [0xFF, 0x80, 0xC3]
        for _ in 0..<200 {
            var changed = body
            for _ in 0...dice.roll(4) {
                let place = dice.roll(changed.count)
                switch dice.roll(3) {
                case 0: changed[place] = nasty[dice.roll(nasty.count)]
                case 1: changed[place] ^= 1 << UInt8(dice.roll(8))
                default: changed.removeSubrange(place..<min(changed.count, place + dice.roll(30)))
                }
                if changed.isEmpty { changed = [0] }
            }
            readEverywhere(changed)
        }
    }
}
