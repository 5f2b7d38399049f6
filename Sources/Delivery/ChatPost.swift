/// A rendered message with its place in a conversation.
package struct ChatPost: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// A message of its own.
        case channel
        /// Takes the place of the message with this receipt.
        case insteadOf(String)
        /// An answer below the message with this receipt.
        case below(String)
        /// An SVG picture below the message with this receipt; nil puts it into the channel.
        case picture(below: String?)
    }

    /// What the platform is sent, without address and place; for a picture its SVG text.
    package let payload: [UInt8]
    package let place: Place

    package init(payload: [UInt8], place: Place = .channel) {
        self.payload = payload
        self.place = place
    }
}
