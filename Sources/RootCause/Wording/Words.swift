import Languages
import Telemetry

/// How numbers, times and names are put into sentences.
///
/// Times are in UTC and say so: the reader's zone is not known here.
enum Words {
    /// `10:42:10 UTC`
    static func clock(_ instant: Timestamp) -> String {
        let date = CalendarDate(secondsSinceEpoch: instant.seconds)
        return [date.hour, date.minute, date.second].map(twoDigits).joined(separator: ":") + " UTC"
    }

    /// Two significant digits and the unit that fits: `1.9 s`, `240 ms`, `3 min`.
    static func duration(seconds: Double) -> Phrase {
        guard seconds.isFinite else { return "an unknown time" }
        let (value, places, unit) = measured(seconds)
        return decimal(value, places: places) + Phrase(verbatim: " \(unit)")
    }

    private static func measured(_ seconds: Double) -> (value: Double, places: Int, unit: String) {
        let size = abs(seconds)
        if size < 0.001 { return (seconds * 1e6, 0, "µs") }
        if size < 1 { return (seconds * 1e3, size < 0.01 ? 1 : 0, "ms") }
        if size < 120 { return (seconds, size < 10 ? 1 : 0, "s") }
        return (seconds / 60, 0, "min")
    }

    /// `3 builds`, `1 build`: two sentences for a translator. Where a verb depends on the number, it has to be part of
    /// them.
    ///
    /// - Parameter noun: a word that has a plural with an s.
    static func count(_ number: Int, _ noun: String) -> Phrase {
        Phrase(template: "{} \(noun)\(number == 1 ? "" : "s")", [Phrase(verbatim: "\(number)")])
    }

    static func percent(_ share: Double) -> String { "\(digits(share * 100, places: 0)) %" }

    /// Rounded half away from zero, with the point of the reader's language, never in scientific notation.
    static func decimal(_ value: Double, places: Int) -> Phrase { Phrase(decimal: digits(value, places: places)) }

    private static func digits(_ value: Double, places: Int) -> String {
        let largest = 1e15
        guard value.isFinite, abs(value) < largest else { return value.isNaN ? "?" : value < 0 ? "−∞" : "∞" }
        var scale = 1.0
        for _ in 0..<max(places, 0) { scale *= 10 }
        let scaled = Int((abs(value) * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % Int(scale))
        return "\(sign)\(scaled / Int(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// `a`, `a and b`, `a, b and 3 more`
    static func list(_ names: [String], atMost limit: Int = 3) -> Phrase {
        list(names.map(Phrase.init(verbatim:)), atMost: limit)
    }

    static func list(_ names: [Phrase], atMost limit: Int = 3) -> Phrase {
        if names.count > limit {
            return "\(names.prefix(limit).joined(separator: ", ")) and \(names.count - limit) more"
        }
        guard let last = names.last, names.count > 1 else { return names.first ?? .empty }
        return "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// What the evidence says in its own words, as a sentence of its own: the first line, cut at a word.
    static func quotation(_ text: String) -> Phrase { Phrase(verbatim: short(text)) }

    /// The first line of a text, cut at a word.
    static func short(_ text: String, characters limit: Int = longest) -> String { text.shortened(to: limit) }

    static func short(_ phrase: Phrase, characters limit: Int = longest) -> Phrase { phrase.shortened(to: limit) }

    /// Of a quotation, unless its place has less room.
    private static let longest = 120

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
