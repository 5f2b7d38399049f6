import Telemetry

/// Numbers as Go's `strconv` reads them, and complains about them.
enum GoNumbers {
    /// Decimal digits that fit into 32 bits.
    static func unsigned32(_ text: String) throws(GoNumberError) -> Int64 {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw GoNumberError(function: "ParseUint", text: text, reason: "invalid syntax")
        }
        guard let value = UInt32(text) else {
            throw GoNumberError(function: "ParseUint", text: text, reason: "value out of range")
        }
        return Int64(value)
    }

    static func integer(_ text: String) throws(GoNumberError) -> Int {
        guard let value = Int(text) else {
            throw GoNumberError(function: "Atoi", text: text, reason: "invalid syntax")
        }
        return value
    }

    /// A duration as `time.ParseDuration` reads it: `1h30m`, `1.5s`, `250ms`. nil for another form.
    static func duration(_ text: String) -> Duration? {
        let units: [(String, Int64)] = [
            ("ns", 1), ("us", 1000), ("µs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
            ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
        ]
        var rest = Substring(text)
        var sum: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let value = Double(digits), let unit = units.first(where: { $0.0 == name }),
                value * Double(unit.1) < Double(Int64.max / 2)
            else { return nil }
            sum += Int64((value * Double(unit.1)).rounded())
        }
        return .nanoseconds(sum)
    }
}

struct GoNumberError: Error, CustomStringConvertible {
    let function: String
    let text: String
    let reason: String

    var description: String { "strconv.\(function): parsing \"\(text)\": \(reason)" }
}
