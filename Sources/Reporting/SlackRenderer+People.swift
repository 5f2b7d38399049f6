import Languages

/// A line below a message that says who took care of its incident.
extension SlackRenderer {
    /// What is found again in a rendered message: inside a text its quotation marks would stand behind backslashes, so
    /// that no outside text can look like it.
    private static let beginning = #"{"type":"context","block_id":"people","#
    private static let end = "]}"

    /// A rendered message with this line as its last block; it takes the place of an earlier one.
    ///
    /// - Returns: the message as it is when it has no blocks.
    package func adding(_ reply: ChatReply, to payload: [UInt8]) -> [UInt8] {
        var text = String(decoding: payload, as: UTF8.self)
        guard text.contains(#""blocks":["#), text.hasSuffix(Self.end) else { return payload }
        if let earlier = text.firstRange(of: "," + Self.beginning) {
            text = String(text[..<earlier.lowerBound]) + Self.end
        }
        let lines = reply.lines.compactMap { line in
            if case .sentence(let sentence) = line {
                SlackText.sentence(sentence.said(in: reply.language))
            } else {
                nil
            }
        }
        let element = mrkdwn(String(lines.joined(separator: "\n").prefix(Limit.sectionText))).compact
        guard !lines.isEmpty else { return Array(text.utf8) }
        let block = Self.beginning + #""elements":[\#(element)]}"#
        let isFirst = text.hasSuffix("[" + Self.end)
        return Array((text.dropLast(Self.end.count) + (isFirst ? "" : ",") + block + Self.end).utf8)
    }
}
