import Signatures

extension Example {
    private static let sights = ["log", "event", "container", "exit_code", "pod", "exception", "span"]

    init?(_ reader: YAMLReader) {
        let log = reader.optional("log", as: .text)
        let event = reader.optional("event", as: .section(Self.event))
        let container = reader.optional("container", as: .text)
        let exitCode = reader.optional("exit_code", as: .integer(in: 0...255))
        let pod = reader.optional("pod", as: .text)
        let exception = reader.optional("exception", as: .section(Self.exception))
        let span = reader.optional("span", as: .section(Self.span))
        let subject = reader.optional("subject", as: .text)
        let given = Self.sights.filter(reader.has)
        guard given.count == 1 else {
            reader.report("expected exactly one of \(Self.sights.joined(separator: ", ")), found \(given.count)")
            return nil
        }
        let sight =
            log.map(Sight.log) ?? event ?? container.map(Sight.container) ?? exitCode.map(Sight.exitCode)
            ?? pod.map(Sight.pod) ?? exception ?? span
        guard let sight else { return nil }
        self.init(sight, subject: subject)
    }

    private static func event(_ reader: YAMLReader) -> Sight? {
        let object = reader.optional("object", as: .text) ?? "Pod"
        let name = reader.optional("name", as: .text) ?? ""
        let message = reader.optional("message", as: .text) ?? ""
        return reader.required("reason", as: .text).map {
            .event(reason: $0, object: object, name: name, message: message)
        }
    }

    private static func exception(_ reader: YAMLReader) -> Sight? {
        let message = reader.optional("message", as: .text) ?? ""
        return reader.required("type", as: .text).map { .exception(type: $0, message: message) }
    }

    private static func span(_ reader: YAMLReader) -> Sight? {
        let value = reader.optional("value", as: .text) ?? ""
        return reader.required("attribute", as: .text).map { .span(attribute: $0, value: value) }
    }
}
