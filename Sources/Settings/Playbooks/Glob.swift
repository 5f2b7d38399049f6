/// Patterns in which `*` is any text and `?` is any one character; everything else is itself.
enum Glob {
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let text = Array(text)
        let pattern = Array(pattern)
        var textIndex = 0
        var patternIndex = 0
        // Where to go on when the text after the last star does not fit: one character further on.
        var retry: (pattern: Int, text: Int)?
        while textIndex < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == "*" {
                retry = (patternIndex + 1, textIndex)
                patternIndex += 1
            } else if patternIndex < pattern.count,
                pattern[patternIndex] == "?" || pattern[patternIndex] == text[textIndex]
            {
                textIndex += 1
                patternIndex += 1
            } else if let (afterStar, from) = retry {
                retry = (afterStar, from + 1)
                textIndex = from + 1
                patternIndex = afterStar
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == "*" }
    }
}
