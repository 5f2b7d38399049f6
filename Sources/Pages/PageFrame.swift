import HTML
import Reporting

/// What every page of the service has around its content: no script, and the ways to the others.
///
/// Links to other pages are relative: the service may be reached under any address.
struct PageFrame {
    /// Where a page is, which says how its links reach the others.
    enum Place: String {
        /// `/incidents`, `/feedback`
        case top = ""
        /// `/incidents/i-42`
        case below = "../"
    }

    let title: String
    let place: Place
    var isWide = false

    func html(_ content: [String]) -> String {
        let up = [("incidents", "Incidents"), ("feedback", "Votes"), ("runbooks", "Runbooks")]
            .map { "<a href=\"\(place.rawValue)\($0.0)\">\($0.1)</a>" }
        let lines = ["<p class=\"up\">\(up.joined(separator: " · "))</p>"] + content.filter { !$0.isEmpty }
        return PageShell(title: PlainText.line(title, atMost: 120), styles: [PageStyle.text], isWide: isWide)
            .html(lines.joined(separator: "\n"))
    }
}
