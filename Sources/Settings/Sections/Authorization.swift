/// How one side shows the other who it is.
package enum Authorization: Hashable, Sendable {
    case basic(username: String, password: Secret)
    case bearer(Secret)
}

extension Authorization {
    init?(_ reader: YAMLReader) {
        let basic = reader.optional("basic", as: .section(Self.basic))
        let bearer = reader.secret("bearer")
        let isBearer = reader.has("bearer") || reader.has("bearer_file")
        switch (reader.has("basic"), isBearer) {
        case (true, true): reader.report("basic and bearer are both given: keep one of the two")
        case (false, false): reader.report("basic or bearer_file is missing")
        default: break
        }
        guard let result = basic ?? bearer.map(Self.bearer) else { return nil }
        self = result
    }

    private static func basic(_ reader: YAMLReader) -> Authorization? {
        let username = reader.required("username", as: .text)
        let password = reader.requiredSecret("password")
        guard let username, let password else { return nil }
        // RFC 7617: the first colon ends the user's name.
        guard !username.contains(":") else {
            reader.report("a username for basic authorization cannot contain a colon")
            return nil
        }
        return .basic(username: username, password: password)
    }
}
