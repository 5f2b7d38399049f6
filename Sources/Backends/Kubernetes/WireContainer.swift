/// A container as a pod, or a template of pods, specifies it.
struct WireContainer: Decodable {
    let name: String
    let image: String?
    let resources: Resources?

    struct Resources: Decodable {
        let requests: [String: WireQuantity]?
        let limits: [String: WireQuantity]?
    }

    func amounts(_ path: KeyPath<Resources, [String: WireQuantity]?>) -> [String: String] {
        (resources?[keyPath: path] ?? [:]).mapValues(\.text)
    }
}

/// An amount of a resource: `500m`, `512Mi`. The API server writes text; who writes by hand may have written a number.
struct WireQuantity: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else if let number = try? container.decode(Int64.self) {
            text = String(number)
        } else {
            text = String(try container.decode(Double.self))
        }
    }
}
