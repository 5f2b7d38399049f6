import Scenarios

/// The arguments of a call of Slack's Web API: a JSON object, or a form whose lists are JSON texts.
struct SlackArguments: Sendable {
    let values: JSON
    let isForm: Bool

    /// Arguments that come as JSON texts in a form.
    private static let nested: Set<String> = ["attachments", "blocks", "files", "metadata"]

    init(_ request: LabRequest) throws(SlackRefusal) {
        let type = request.headers["content-type"] ?? ""
        if type.hasPrefix("application/json") {
            guard let values = JSON(parsing: request.body) else { throw SlackRefusal("invalid_json") }
            guard case .object = values else { throw SlackRefusal("json_not_object") }
            self.values = values
            isForm = false
        } else if type.hasPrefix("application/x-www-form-urlencoded") {
            values = .object(
                request.readingForm().parameters.map { parameter in
                    let nested = Self.nested.contains(parameter.name) ? JSON(parsing: parameter.value.utf8) : nil
                    return .init(name: parameter.name, value: nested ?? .string(parameter.value))
                })
            isForm = true
        } else {
            throw SlackRefusal(type.isEmpty ? "missing_post_type" : "invalid_post_type")
        }
    }

    /// A text that is there and not empty.
    func text(_ name: String) -> String? {
        let text = values[name]?.text
        return text?.isEmpty == true ? nil : text
    }

    /// The message in them, without what says who sends it and where it goes.
    var message: JSON { values.without(["token", "channel", "ts", "thread_ts", "reply_broadcast"]) }
}
