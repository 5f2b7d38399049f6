import Runbooks

/// What every page of the service has around its content.
///
/// No script, nothing loaded from elsewhere, and links to other pages are relative: the service may be reached under any
/// address.
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
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>\(title.shown(atMost: 120))</title>
            <style>\(PageStyle.text)</style>
            </head>
            <body>
            <main\(isWide ? " class=\"wide\"" : "")>
            <p class="up">\(up.joined(separator: " · "))</p>
            \(content.filter { !$0.isEmpty }.joined(separator: "\n"))
            </main>
            </body>
            </html>

            """
    }
}
