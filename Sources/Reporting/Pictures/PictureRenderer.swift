package import Languages
import RootCause
import Telemetry

/// Draws an incident as SVG: how it went around the onset, and the trace that shows the failure.
///
/// Pure: the same data give the same bytes, on every machine. Text is placed by a table of widths and not by a font.
package struct PictureRenderer: Sendable {
    /// Which of the two to draw.
    package enum Content: Hashable, Sendable { case everything, course, trace }

    private let zone: ClockZone
    private let theme: PictureTheme
    private let width: Double
    private let language: Language

    /// What fits a telephone, and what Slack shows of a picture: text in it stays readable there.
    package static let chatWidth = 420.0
    private static let widths = 320.0...1600.0
    private static let margin = 16.0
    private static let gap = 20.0

    /// - Parameter width: in pixels, the height follows; from 620 on there is room for names beside bars.
    package init(
        zone: ClockZone = .utc, theme: PictureTheme = .light, width: Double = chatWidth, language: Language = .english
    ) {
        self.zone = zone
        self.theme = theme
        self.width = min(max(width.isNaN ? Self.chatWidth : width, Self.widths.lowerBound), Self.widths.upperBound)
        self.language = language
    }

    /// - Returns: nil when nothing is known that could be drawn.
    package func svg(of data: PictureData, showing content: Content = .everything) -> String? {
        let chart = content == .trace ? nil : data.course.flatMap(chart)
        let waterfall = content == .course ? nil : data.outline.flatMap(waterfall)
        guard chart != nil || waterfall != nil else { return nil }
        // Heights are known once it is drawn; the card behind it is drawn first.
        var drawing = SVGDrawing(theme: theme)
        let height = draw(chart, waterfall, on: &drawing)
        drawing = SVGDrawing(theme: theme)
        drawing.rectangle(
            x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: .background, line: .border, radius: 8)
        _ = draw(chart, waterfall, on: &drawing)
        let description = [chart?.description, waterfall?.description].compactMap { $0 }.joined(separator: " ")
        return drawing.document(
            width: width, height: height,
            title: chart?.figures.title ?? PictureWords.failingTrace.phrase.said(in: language), description: description
        )
    }

    private func chart(_ course: Course) -> CourseChart? {
        guard !course.parts.isEmpty, course.step > .zero else { return nil }
        return CourseChart(
            figures: CourseFigures(course: course, zone: zone, language: language), width: width, margin: Self.margin)
    }

    private func waterfall(_ outline: TraceOutline) -> Waterfall? {
        guard !outline.rows.isEmpty else { return nil }
        return Waterfall(outline: outline, language: language, width: width, margin: Self.margin)
    }

    private func draw(_ chart: CourseChart?, _ waterfall: Waterfall?, on drawing: inout SVGDrawing) -> Double {
        var y = Self.margin
        if let chart { y = chart.draw(on: &drawing, top: y) }
        if chart != nil, waterfall != nil {
            y += Self.gap / 2
            drawing.line(from: (Self.margin, y), to: (width - Self.margin, y), .grid)
            y += Self.gap / 2
        }
        if let waterfall { y = waterfall.draw(on: &drawing, top: y) }
        return y + Self.margin / 2
    }
}
