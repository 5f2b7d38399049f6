import Languages
import RootCause
import Telemetry

/// The spans of a trace as bars below each other, the failing ones with a cross.
struct Waterfall {
    let outline: TraceOutline
    let language: Language
    let width: Double
    let margin: Double

    private enum Layout {
        static let titleSize = 14.0
        static let textSize = 12.0
        static let line = 19.0
        static let bar = 6.0
        /// Beyond this level rows are not set in further.
        static let mostLevels = 6
        static let indent = 9.0
        static let cross = 7.0
        static let padding = 5.0
        /// From this width on, bars stand beside their names and not below them.
        static let wide = 620.0
        static let shareOfNames = 0.46
        static let shareOfService = 0.6
    }

    private var isWide: Bool { width >= Layout.wide }
    private var right: Double { width - margin }

    private var title: String {
        let duration = Quantities.duration(outline.duration)
        let title: Phrase =
            outline.rows.contains(where: \.isFailed) ? "Failing trace, \(duration)" : "Example trace, \(duration)"
        return title.said(in: language)
    }

    private var shown: String {
        guard outline.spans > outline.rows.count else { return "" }
        let shown: Phrase = "\(outline.rows.count) of \(Quantities.count(outline.spans)) spans shown"
        return shown.said(in: language)
    }

    func draw(on drawing: inout SVGDrawing, top: Double) -> Double {
        var y = top + Layout.titleSize
        let note = TextWidth.of(shown, size: Layout.textSize)
        drawing.text(
            TextWidth.fitted(title, into: right - margin - note - 12, size: Layout.titleSize, isBold: true), x: margin,
            y: y, size: Layout.titleSize, .text, isBold: true)
        drawing.text(shown, x: right, y: y, size: Layout.textSize, .muted, anchor: .end)
        y += 10
        for (place, row) in outline.rows.enumerated() {
            y = isWide ? beside(row, place, on: &drawing, y) : below(row, place, on: &drawing, y)
        }
        return y
    }

    // MARK: - Rows

    /// Name and duration in one line, the bar below: for telephones.
    private func below(
        _ row: TraceOutline.Row, _ place: Int, on drawing: inout SVGDrawing, _ top: Double
    ) -> Double {
        let reason = reason(row)
        let height = Layout.padding + 13 + (reason.isEmpty ? 0 : Layout.line - 3) + 4 + Layout.bar + Layout.padding
        if row.isFocus { ground(on: &drawing, top, height) }
        var y = top + Layout.padding + 11
        name(of: row, place, on: &drawing, from: margin, to: right, y)
        if !reason.isEmpty {
            y += Layout.line - 3
            drawing.text(
                TextWidth.fitted(reason, into: right - margin - indent(row), size: Layout.textSize),
                x: margin + indent(row), y: y, size: Layout.textSize, .failedText)
        }
        bar(of: row, on: &drawing, from: margin, to: right, y: y + 6)
        return top + height
    }

    /// Names on the left, bars on the right: for pages.
    private func beside(
        _ row: TraceOutline.Row, _ place: Int, on drawing: inout SVGDrawing, _ top: Double
    ) -> Double {
        let reason = reason(row)
        let height = Layout.padding * 2 + 13 + (reason.isEmpty ? 0 : Layout.line - 3)
        if row.isFocus { ground(on: &drawing, top, height) }
        let middle = margin + (right - margin) * Layout.shareOfNames
        let y = top + Layout.padding + 11
        name(of: row, place, on: &drawing, from: margin, to: middle, y)
        bar(of: row, on: &drawing, from: middle + 14, to: right, y: y - 9, height: 10)
        if !reason.isEmpty {
            drawing.text(
                TextWidth.fitted(reason, into: right - margin - indent(row), size: Layout.textSize),
                x: margin + indent(row), y: y + Layout.line - 3, size: Layout.textSize, .failedText)
        }
        return top + height
    }

    private func ground(on drawing: inout SVGDrawing, _ top: Double, _ height: Double) {
        drawing.rectangle(
            x: margin - 7, y: top, width: right - margin + 14, height: height, fill: .tint, radius: 4)
    }

    private func indent(_ row: TraceOutline.Row) -> Double { Double(min(row.level, Layout.mostLevels)) * Layout.indent }

    /// `FlowInterruptedException: …`, without the packages of a class, which fill the line.
    private func reason(_ row: TraceOutline.Row) -> String {
        guard row.isFocus, let reason = row.reason?.plainLine else { return "" }
        let word = reason.prefix { $0 != ":" && $0 != " " }
        guard let name = word.split(separator: ".").last, name.first?.isUppercase == true else { return reason }
        return String(name) + reason[word.endIndex...]
    }

    /// `✕ payments-gateway POST /pay … 2.0 s`; a service is named where the trace enters it.
    private func name(
        of row: TraceOutline.Row, _ place: Int, on drawing: inout SVGDrawing, from left: Double, to right: Double,
        _ y: Double
    ) {
        var x = left + indent(row)
        if row.isFailed {
            drawing.cross(x: x + 1, y: y - 9, size: Layout.cross, .failed)
            x += Layout.cross + 8
        }
        let time = Quantities.duration(row.duration).said(in: language)
        drawing.text(
            time, x: right, y: y, size: Layout.textSize, row.isFailed ? .failedText : .muted, anchor: .end)
        let end = right - TextWidth.of(time, size: Layout.textSize) - 10
        var service = ""
        if outline.serviceIsNews(at: place) {
            // Not all of the room, so that the operation can be read as well.
            service = TextWidth.fitted(
                row.service.plainLine, into: max(0, (end - x) * Layout.shareOfService), size: Layout.textSize,
                isBold: true)
        }
        let taken = service.isEmpty ? 0 : TextWidth.of(service, size: Layout.textSize, isBold: true) + 6
        drawing.text(
            bold: service,
            TextWidth.fitted(row.name.plainLine, into: max(0, end - x - taken), size: Layout.textSize), x: x, y: y,
            size: Layout.textSize, .text)
    }

    private func bar(
        of row: TraceOutline.Row, on drawing: inout SVGDrawing, from left: Double, to right: Double, y: Double,
        height: Double = Layout.bar
    ) {
        let whole = max(outline.duration.inSeconds, 1e-9)
        let start = min(max(row.start.inSeconds / whole, 0), 1)
        let share = min(max(row.duration.inSeconds / whole, 0), 1 - start)
        // What is too short to see is drawn all the same.
        let width = max((right - left) * share, 2)
        drawing.line(from: (left, y + height / 2), to: (right, y + height / 2), .grid)
        drawing.rectangle(
            x: min(left + (right - left) * start, right - width), y: y, width: width, height: height,
            fill: row.isFailed ? .failed : .all, radius: 2)
    }

    /// What can be seen, for who cannot see it.
    var description: String {
        let failed = outline.rows.filter(\.isFocus).map { row in
            let reason = reason(row)
            return "\(row.service) \(row.name)\(reason.isEmpty ? "" : ": \(reason)")".plainLine
        }
        return ([title] + failed).map { $0 + "." }.joined(separator: " ")
    }
}

extension TraceOutline {
    /// Whether the row above it in the tree is of another service, or there is none.
    fileprivate func serviceIsNews(at place: Int) -> Bool {
        let row = rows[place]
        guard let parent = rows[..<place].last(where: { $0.level < row.level }) else { return true }
        return parent.service != row.service
    }
}
