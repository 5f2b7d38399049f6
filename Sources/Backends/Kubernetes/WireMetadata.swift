/// What every object has.
struct WireMetadata: Decodable {
    let name: String
    let namespace: String?
    let creationTimestamp: WireTime?
    let labels: [String: String]?
    let annotations: [String: String]?
}
