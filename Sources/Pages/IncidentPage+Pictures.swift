import Journal
import Reporting

/// How it went around the onset, and the trace that shows it, drawn from the stored diagnosis.
///
/// Each is in the page twice, for telephones and for wider screens, and the page's style shows one of them: letters in a
/// picture that is made to fit a telephone by its browser are too small to read.
extension IncidentPage {
    /// In pixels: a telephone of 390 without the page's margins.
    private static let narrow = 358.0
    /// From 48 rem on, where the style changes over, it fits beside the margins; names stand beside their bars then.
    private static let wide = 720.0

    /// Empty where nothing is known that could be drawn.
    var pictures: String {
        let data = diagnosis?.pictures ?? PictureData()
        return Markup.section(
            "Pictures",
            [
                figure(data, .course, "Before and after it began. Times are UTC."),
                figure(data, .trace, "A trace that shows it; the marked line is where to look first."),
            ])
    }

    private func figure(_ data: PictureData, _ content: PictureRenderer.Content, _ caption: String) -> String {
        let sizes = [("narrow", Self.narrow), ("wide", Self.wide)].compactMap { name, width in
            PictureRenderer(theme: .styledByPage, width: width).svg(of: data, showing: content)
                .map { "<div class=\"\(name)\">\n\($0)</div>" }
        }
        guard !sizes.isEmpty else { return "" }
        return """
            <figure class="picture">
            \(sizes.joined(separator: "\n"))
            <figcaption>\(caption)</figcaption>
            </figure>
            """
    }
}
