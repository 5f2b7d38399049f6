/// What a build server puts in front of each line: its time, and for some the job and step.
///
/// Seen: Jenkins Timestamper (`13:01:04  `, `[2024-05-01T10:00:00.123Z] `, elapsed `00:01:02.345  `), GitHub Actions
/// (`2024-05-01T10:00:00.1234567Z `, and `job<TAB>step<TAB>time ` from its command line), GitLab (`time 00O `), BuildKit
/// (`#12 3.456 `), a byte order mark.
enum LinePrefix {
    /// Bytes to drop from the front; 0 when the line has no such prefix.
    static func length(in line: [UInt8]) -> Int {
        var position = 0
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        guard position < line.count else { return position }
        if isWorkerNewline(line) { return 2 }
        if let end = time(in: line, from: position) ?? buildKit(in: line, from: position) { return end }
        if let end = jobAndStep(in: line, from: position) { return end }
        return position
    }

    /// Travis CI's macOS workers of 2018 wrote the letters `nl` where a line end was meant.
    static func isWorkerNewline(_ line: [UInt8]) -> Bool {
        guard line.count >= 2, line[0] == UInt8(ascii: "n"), line[1] == UInt8(ascii: "l") else { return false }
        if line[2...].starts(with: "travis_".utf8) { return true }
        return line.count == 2 || !(line[2].isLowercase || line[2].isDigit || line[2] == LineByte.space)
            || (line.count > 3 && line[2] == LineByte.space && line[3] == LineByte.space)
    }

    private static func time(in line: [UInt8], from start: Int) -> Int? {
        let isBracketed = line[start] == UInt8(ascii: "[")
        var position = isBracketed ? start + 1 : start
        guard position < line.count, line[position].isDigit else { return nil }
        let dateEnd = matches("dddd-dd-dd", in: line, at: position)
        if let dateEnd {
            guard dateEnd < line.count, line[dateEnd] == UInt8(ascii: "T") || line[dateEnd] == LineByte.space else {
                return nil
            }
            position = dateEnd + 1
        }
        guard var end = matches("dd:dd:dd", in: line, at: position) else { return nil }
        if end < line.count, line[end] == UInt8(ascii: ".") || line[end] == UInt8(ascii: ",") {
            end += 1
            while end < line.count, line[end].isDigit { end += 1 }
        }
        if end < line.count, line[end] == UInt8(ascii: "Z") {
            end += 1
        } else if let zone = matches("+dd:dd", in: line, at: end) ?? matches("+dddd", in: line, at: end) {
            end = zone
        }
        if isBracketed {
            guard end < line.count, line[end] == UInt8(ascii: "]") else { return nil }
            end += 1
        }
        guard end < line.count else { return end }
        guard line[end] == LineByte.space else { return nil }
        // Timestamper puts two spaces behind a bare time, everyone else one.
        if dateEnd == nil, !isBracketed, end + 1 < line.count, line[end + 1] == LineByte.space { end += 1 }
        if let stream = matches("ddO ", in: line, at: end + 1) ?? matches("ddE ", in: line, at: end + 1) {
            return stream
        }
        return end + 1
    }

    private static func buildKit(in line: [UInt8], from start: Int) -> Int? {
        guard line[start] == UInt8(ascii: "#") else { return nil }
        var position = start + 1
        for separator in [LineByte.space, UInt8(ascii: "."), LineByte.space] {
            let digits = position
            while position < line.count, line[position].isDigit { position += 1 }
            guard position > digits, position < line.count, line[position] == separator else { return nil }
            position += 1
        }
        return position
    }

    /// `job<TAB>step<TAB>2024-05-01T…`: names are short, so the tabs are near.
    private static func jobAndStep(in line: [UInt8], from start: Int) -> Int? {
        let longestNames = 200
        var tabs = 0
        for position in start..<min(line.count, start + longestNames) where line[position] == LineByte.tab {
            tabs += 1
            if tabs == 2 {
                guard matches("dddd-dd-dd", in: line, at: position + 1) != nil else { return nil }
                return time(in: line, from: position + 1)
            }
        }
        return nil
    }

    /// The end of `shape` at `position`: `d` is a digit, `+` a sign, anything else itself.
    private static func matches(_ shape: StaticString, in line: [UInt8], at position: Int) -> Int? {
        let count = shape.utf8CodeUnitCount
        guard position >= 0, position + count <= line.count else { return nil }
        return shape.withUTF8Buffer { wanted -> Int? in
            for offset in 0..<count {
                let byte = line[position + offset]
                switch unsafe wanted[offset] {
                case UInt8(ascii: "d"): if !byte.isDigit { return nil }
                case UInt8(ascii: "+"): if byte != UInt8(ascii: "+") && byte != UInt8(ascii: "-") { return nil }
                case let exact: if byte != exact { return nil }
                }
            }
            return position + count
        }
    }
}
