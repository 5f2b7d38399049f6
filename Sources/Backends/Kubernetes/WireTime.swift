import Telemetry

/// `metav1.Time` and `MicroTime`: RFC 3339 with up to six digits behind the second.
struct WireTime: Decodable {
    let at: Timestamp

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let at = Timestamp(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no RFC 3339 time")
        }
        self.at = at
    }
}
