/// A request of a chat platform, as it came over the wire.
package struct ChatRequest: Sendable {
    package let contentType: String?
    /// Of the headers that sign a request; nil where it has none of this name.
    package let header: @Sendable (String) -> String?
    /// Not decoded: signatures are over these bytes.
    package let body: [UInt8]

    package init(contentType: String?, header: @escaping @Sendable (String) -> String?, body: [UInt8]) {
        self.contentType = contentType
        self.header = header
        self.body = body
    }

    /// Without its parameters.
    var mediaType: String {
        (contentType?.split(separator: ";").first ?? "").filter { $0 != " " }.lowercased()
    }
}

/// What a chat platform is answered.
package struct ChatResponse: Hashable, Sendable {
    package let status: Int
    /// JSON; empty for a plain acknowledgement.
    package let body: [UInt8]
    /// For the operator's log and nobody else: why it was refused.
    package let refusal: String?

    static let accepted = ChatResponse(status: 200, body: [], refusal: nil)

    static func json(_ body: [UInt8]) -> ChatResponse { ChatResponse(status: 200, body: body, refusal: nil) }

    /// A stranger learns nothing but that.
    static func unauthorized(_ reason: String) -> ChatResponse {
        ChatResponse(status: 401, body: [], refusal: reason)
    }

    static func refused(_ status: Int, _ reason: String) -> ChatResponse {
        ChatResponse(status: status, body: [], refusal: reason)
    }
}
