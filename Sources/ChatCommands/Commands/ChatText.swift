import Telemetry

/// Outside text in the sentences of an answer.
enum ChatText {
    /// Longer ones are cut: an answer is read on a telephone.
    private static let longest = 60

    /// As code, with nothing in it that could end the code or that a screen would obey.
    static func quoted(_ text: some StringProtocol) -> String {
        "`\(String(text).replacing("`", with: "'").printableLine(atMost: longest))`"
    }

    /// As words of a sentence.
    static func plain(_ text: some StringProtocol, atMost limit: Int = 400) -> String {
        String(text).replacing("`", with: "'").printableLine(atMost: limit)
    }
}
