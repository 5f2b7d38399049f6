/// Why a method of Slack's Web API gave nothing, in words and without the token.
package struct SlackRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
