import Telemetry

/// The `Date` of an answer: `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers may send.
///
/// Source: RFC 9110, section 5.6.7.
enum HTTPDate {
    static func parse(_ text: String) -> Timestamp? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
        return Timestamp(rfc3339: "\(words[3])-\(two(month + 1))-\(words[1])T\(words[4])Z")
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
