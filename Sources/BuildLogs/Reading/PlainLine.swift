/// A line of a build's log as the one who wrote it meant it: without colours, the server's hidden notes, and the time that
/// a plugin put first.
package enum PlainLine {
    /// Jenkins' `ConsoleNote`: what a link is made of, encoded, which only its pages read.
    private static let noteStart = "\u{1B}[8mha:"
    private static let noteEnd = "\u{1B}[0m"

    /// Bytes behind the first 4096 are left out.
    package static func text(of line: String) -> String {
        let clean = CleanLine(withoutNotes(line))
        return String(decoding: clean.bytes[clean.indent...], as: UTF8.self)
    }

    private static func withoutNotes(_ line: String) -> String {
        guard line.utf8.contains(LineByte.escape) else { return line }
        var rest = line[...]
        var text = ""
        while let start = rest.firstRange(of: noteStart),
            let end = rest[start.upperBound...].firstRange(of: noteEnd)
        {
            text += rest[..<start.lowerBound]
            rest = rest[end.upperBound...]
        }
        return text + rest
    }
}
