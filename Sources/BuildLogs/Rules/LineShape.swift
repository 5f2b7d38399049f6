/// What a line's shape says, where no literal can.
enum LineShape {
    /// A stack frame of one of the usual languages.
    static func isFrame(_ line: CleanLine) -> Bool {
        let start = line.indent
        guard start < line.bytes.count else { return false }
        switch line.bytes[start] {
        case UInt8(ascii: "a"): return start > 0 && line.holds("at ", at: start)
        case UInt8(ascii: "."): return start > 0 && line.holds("... ", at: start) && line.contains(" more")
        case UInt8(ascii: "F"): return start > 0 && line.holds("File \"", at: start) && line.contains(", line ")
        case UInt8(ascii: "f"): return line.holds("from ", at: start) && line.contains(":in ")
        case UInt8(ascii: "#"):
            // gdb and PHP `#0  0x… in f`, `#0 /path(12): f()`.
            return start + 3 < line.bytes.count && line.bytes[start + 1].isDigit
                && (line.bytes[start + 2] == LineByte.space || line.bytes[start + 3] == LineByte.space)
                && (line.contains(" in ") || line.contains("): ") || line.contains("{main}") || line.contains(" ("))
        case UInt8(ascii: "["):
            return line.holds("[C]: in ", at: start) || (start > 0 && line.holds("[string \"", at: start))
        case UInt8(ascii: "("):
            // Elixir: `(app 1.0) lib/a.ex:12: f/1`.
            return start > 0 && line.contains(".ex") || line.contains(".erl:")
        default:
            guard start > 0 else { return line.contains(":in `") }
            return line.contains(": in function") || line.contains(": in main chunk") || line.contains(":in `")
                || line.contains("called at ") || (line.contains(": ") && line.contains(".exs:"))
                || (line.contains(".clj:") && line.contains("(")) || (line.contains(": in method"))
                || (line.contains(".go:") && line.contains(" +0x")) || line.contains("): at ")
        }
    }

    /// A name such as `IllegalStateException` or `foo.BarError` that ends at `end` and that a message or nothing follows.
    static func isExceptionName(_ line: CleanLine, endingAt end: Int, atStart: Bool) -> Bool {
        let bytes = line.bytes
        guard end == bytes.count || bytes[end] == UInt8(ascii: ":") || (atStart && line.holds(" at ", at: end)) else {
            return false
        }
        var start = end
        while start > 0,
            bytes[start - 1].isName || bytes[start - 1] == UInt8(ascii: ".") || bytes[start - 1] == UInt8(ascii: "$")
                || bytes[start - 1] == UInt8(ascii: ":")
        {
            start -= 1
        }
        // More than the word itself, and a class's name: `Error:` alone is no exception's name.
        guard end - start > 7 else { return false }
        let isFirst = start == line.indent
        return isFirst == atStart
    }

    /// `path/file.ext:12:3: message`, `file.ext(12,3): message` or `file.ext:12: message`: a linter or compiler speaks.
    static func isLocated(_ line: CleanLine) -> Bool {
        let bytes = line.bytes
        var position = line.indent
        let limit = min(bytes.count, position + 240)
        var dot = -1
        while position < limit {
            let byte = bytes[position]
            if byte == UInt8(ascii: ".") { dot = position }
            if byte == LineByte.space || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "=") { return false }
            if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "(") {
                guard dot > line.indent, position - dot > 1, position - dot < 8, position + 1 < limit,
                    bytes[position + 1].isDigit, bytes[dot + 1].isLetter
                else { position += 1; continue }
                var end = position + 1
                while end < limit,
                    bytes[end].isDigit || bytes[end] == UInt8(ascii: ":") || bytes[end] == UInt8(ascii: ",")
                        || bytes[end] == UInt8(ascii: "-")
                { end += 1 }
                if end < limit, bytes[end] == UInt8(ascii: ")") { end += 1 }
                // Something is said behind the place.
                return end + 2 < bytes.count && (bytes[end] == LineByte.space || bytes[end] == UInt8(ascii: ":"))
            }
            position += 1
        }
        return false
    }

    /// Whether a number other than 0, or `1 test` with it, stands just before `position`.
    static func isCounted(_ line: CleanLine, before position: Int) -> Bool {
        var start = position
        if start >= 6, line.holds(" tests", at: start - 6) { start -= 6 }
        guard start > 0, line.bytes[start - 1].isDigit else { return false }
        return line.bytes[start - 1] != UInt8(ascii: "0") || (start > 1 && line.bytes[start - 2].isDigit)
    }

    /// `1) title` or `  12. title`: an item of a list of failures. Its number, or nil.
    static func itemNumber(_ line: CleanLine) -> Int? {
        var position = line.indent
        var number = 0
        while position < line.bytes.count, line.bytes[position].isDigit, number < 100_000 {
            number = number * 10 + Int(line.bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        guard position > line.indent, position + 2 < line.bytes.count, line.bytes[position] == UInt8(ascii: ")"),
            line.bytes[position + 1] == LineByte.space
        else { return nil }
        return number
    }

    /// A line of one punctuation mark, or with a title in its middle: `=====`, `--- x ---`.
    static func isRuler(_ line: CleanLine) -> Bool {
        let bytes = line.bytes[line.indent...]
        guard bytes.count >= 5, let mark = bytes.first, "=-_*#~+".utf8.contains(mark) else { return false }
        var run = 0
        for byte in bytes { if byte == mark { run += 1 } else { break } }
        if run == bytes.count { return true }
        return run >= 4 && bytes.suffix(4).allSatisfy { $0 == mark }
    }

    /// pytest's `____ test_name ____`.
    static func isTitledUnderscores(_ line: CleanLine) -> Bool {
        line.indent == 0 && line.bytes.count > 12 && line.holds("____", at: 0)
            && line.bytes.suffix(4).allSatisfy { $0 == UInt8(ascii: "_") }
            && line.contains(" ")
    }

    /// A source line as compilers quote it: `12 | let x`, `| let x`.
    static func isQuotedSource(_ line: CleanLine) -> Bool {
        var position = line.indent
        while position < line.bytes.count, line.bytes[position].isDigit { position += 1 }
        while position < line.bytes.count, line.bytes[position].isBlank { position += 1 }
        return position < line.bytes.count && position < 12 && line.bytes[position] == UInt8(ascii: "|")
    }

    /// What npm writes where its message has an empty line.
    static func isBareNpm(_ line: CleanLine) -> Bool {
        line.bytes.elementsEqual("npm ERR!".utf8) || line.bytes.elementsEqual("npm error".utf8)
    }

    /// `● Console`: what follows, indented deeper, was only logged while Jest's tests ran; so are `console.error` and its
    /// like with the place that wrote it, or nothing, behind them.
    static func isConsole(_ line: CleanLine) -> Bool {
        if line.starts(with: "● ") { return line.bytes[line.indent...].elementsEqual("● Console".utf8) }
        let methods = ["log", "info", "debug", "warn", "error"]
        return line.starts(with: "console.")
            && methods.contains { method in
                let name = "console.\(method)"
                let end = line.indent + name.utf8.count
                return line.starts(with: name) && (end == line.bytes.count || line.bytes[end] == LineByte.space)
            }
    }

    /// What gcc and ld say before a message: where the file was included, in which function it is.
    static func isPreamble(_ line: CleanLine) -> Bool {
        if line.starts(with: "In file included from ") || (line.indent > 8 && line.starts(with: "from ")) {
            return true
        }
        guard line.bytes.last == UInt8(ascii: ":") else { return false }
        return line.contains(": In ") || line.contains(": in function ") || line.contains(": At global scope")
    }

    /// A line that holds nothing but a caret or tildes: it points into the source line above.
    static func isCaret(_ line: CleanLine) -> Bool {
        guard !line.isEmpty else { return false }
        return line.bytes.contains(UInt8(ascii: "^"))
            && line.bytes.allSatisfy {
                $0.isBlank || $0 == UInt8(ascii: "^") || $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "|")
                    || $0.isDigit || $0 == UInt8(ascii: "-")
            }
    }
}
