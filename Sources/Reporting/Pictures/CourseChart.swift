import Languages
import RootCause
import Telemetry

/// Bars or a line over the time around the onset.
struct CourseChart {
    let figures: CourseFigures
    /// Of the whole picture, and what is free on its sides.
    let width: Double
    let margin: Double

    private var course: Course { figures.course }

    private enum Layout {
        static let titleSize = 14.0
        static let textSize = 12.0
        static let line = 19.0
        static let plot = 120.0
        static let gutter = 8.0
        /// Between two labels of the axis of time.
        static let labelGap = 18.0
        static let thinBar = 5.0
    }

    /// - Returns: the picture's height so far.
    func draw(on drawing: inout SVGDrawing, top: Double) -> Double {
        var y = top + Layout.titleSize
        drawing.text(
            fitted(figures.title, size: Layout.titleSize, isBold: true), x: margin, y: y, size: Layout.titleSize,
            .text, isBold: true)
        for line in comparison {
            y += Layout.line
            drawing.text(fitted(line, size: Layout.textSize), x: margin, y: y, size: Layout.textSize, .text)
        }
        y += Layout.line
        legend(on: &drawing, y: y)
        let marksTop = y + 6
        let plotTop = marksTop + Layout.line * Double(labels.count) + 4
        let frame = Frame(
            left: margin + axisWidth + Layout.gutter, right: width - margin, top: plotTop,
            bottom: plotTop + Layout.plot)
        grid(on: &drawing, frame)
        values(on: &drawing, frame)
        usual(on: &drawing, frame)
        clock(on: &drawing, frame)
        marks(on: &drawing, frame, top: marksTop)
        return frame.bottom + Layout.line
    }

    private struct Frame {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double

        var width: Double { right - left }
    }

    /// Where it is too long for one line, what was before stands below: it is what the rest is compared with.
    private var comparison: [String] {
        let whole = figures.comparison
        guard !whole.isEmpty else { return [] }
        let fits = TextWidth.of(whole, size: Layout.textSize) <= width - 2 * margin
        return fits ? [whole] : whole.split(separator: " · ").map(String.init)
    }

    private func fitted(_ text: String, size: Double, isBold: Bool = false) -> String {
        TextWidth.fitted(text.plainLine, into: width - 2 * margin, size: size, isBold: isBold)
    }

    // MARK: - Values

    private func value(_ part: Course.Part) -> Double? {
        switch course.measure {
        case .failures where figures.showsShares:
            part.total > 0 ? Double(part.failed) / Double(part.total) * 100 : nil
        case .failures, .volume: Double(part.total)
        case .duration: part.slow?.inSeconds
        }
    }

    private var usualValue: Double? {
        guard let usual = course.usual else { return nil }
        return switch course.measure {
        case .failures where figures.showsShares: usual.failedShare * 100
        // Beside stacked numbers it would be read as the usual number of all.
        case .failures: nil
        case .volume: usual.total
        case .duration: usual.slow?.inSeconds
        }
    }

    private var scale: ChartScale {
        let most = (course.parts.compactMap(value) + [usualValue ?? 0]).max() ?? 0
        switch course.measure {
        case .duration: return ChartScale(upTo: most, isTime: true)
        case .failures where figures.showsShares: return ChartScale(upTo: min(100, most), least: 1)
        case .failures, .volume: return ChartScale(upTo: most, least: 1)
        }
    }

    private func label(_ value: Double) -> String {
        switch course.measure {
        case .duration: value == 0 ? "0" : figures.say(Quantities.duration(.nanoseconds(Int64(min(value, 1e9) * 1e9))))
        case .failures where figures.showsShares: "\(Int(value.rounded())) %"
        case .failures, .volume: figures.say(Quantities.count(Int(min(value, 1e15).rounded())))
        }
    }

    private var axisWidth: Double {
        scale.ticks.map { TextWidth.of(label($0), size: Layout.textSize) }.max() ?? 0
    }

    private func height(_ value: Double) -> Double { min(1, max(0, value / scale.top)) * Layout.plot }

    // MARK: - Parts of the picture

    private func legend(on drawing: inout SVGDrawing, y: Double) {
        var x = margin
        func entry(_ text: String, _ swatch: (inout SVGDrawing, Double) -> Void) {
            swatch(&drawing, x)
            drawing.text(text, x: x + 18, y: y, size: Layout.textSize, .muted)
            x += 18 + TextWidth.of(text, size: Layout.textSize) + 14
        }
        if course.onset == nil {
            let zone = figures.zone.abbreviation(at: course.start)
            drawing.text(zone, x: width - margin, y: y, size: Layout.textSize, .muted, anchor: .end)
        }
        if course.measure == .failures {
            entry(figures.say(PictureWords.failed.phrase)) {
                $0.rectangle(x: $1, y: y - 10, width: 12, height: 11, fill: .failed)
            }
            if !figures.showsShares {
                entry(figures.say(PictureWords.others.phrase)) {
                    $0.rectangle(x: $1, y: y - 10, width: 12, height: 11, fill: .all)
                }
            }
        }
        if course.measure == .failures, !figures.showsShares, let usual = course.usual {
            let text: Phrase = "usual: \(Quantities.percent(usual.failedShare)) failed"
            drawing.text(figures.say(text), x: x, y: y, size: Layout.textSize, .muted)
        }
        if let usualValue {
            let value = course.measure == .duration ? label(usualValue) : figures.say(CourseFigures.rounded(usualValue))
            let unit = figures.showsShares ? " %" : ""
            entry(figures.say("usual: \(value + unit)")) {
                $0.line(from: ($1, y - 4), to: ($1 + 13, y - 4), .text, width: 1.5, dashes: "4 3")
            }
        }
    }

    private func grid(on drawing: inout SVGDrawing, _ frame: Frame) {
        for tick in scale.ticks {
            let y = frame.bottom - height(tick)
            drawing.line(from: (frame.left, y), to: (frame.right, y), tick == 0 ? .all : .grid)
            drawing.text(
                label(tick), x: frame.left - Layout.gutter, y: y + 4, size: Layout.textSize, .muted, anchor: .end)
        }
    }

    private func values(on drawing: inout SVGDrawing, _ frame: Frame) {
        let slot = frame.width / Double(course.parts.count)
        guard course.measure != .duration else { return curve(on: &drawing, frame, slot) }
        let gap = slot > Layout.thinBar ? 2.0 : 1.0
        for (place, part) in course.parts.enumerated() {
            guard let value = value(part), value > 0 else { continue }
            let x = frame.left + slot * Double(place) + gap / 2
            let isStacked = course.measure == .failures && !figures.showsShares
            let whole = height(value)
            drawing.rectangle(
                x: x, y: frame.bottom - whole, width: slot - gap, height: whole,
                fill: figures.showsShares ? .failed : course.measure == .volume ? .duration : .all)
            if isStacked, part.failed > 0 {
                let failed = height(Double(part.failed))
                drawing.rectangle(
                    x: x, y: frame.bottom - failed, width: slot - gap, height: failed, fill: .failed)
            }
        }
    }

    /// Through the middles of the parts; where nothing was measured the line is broken.
    private func curve(on drawing: inout SVGDrawing, _ frame: Frame, _ slot: Double) {
        var run: [(x: Double, y: Double)] = []
        for (place, part) in course.parts.enumerated() {
            guard let value = value(part) else {
                if run.count > 1 { drawing.curve(run, .duration, width: 2) }
                run = []
                continue
            }
            let point = (x: frame.left + slot * (Double(place) + 0.5), y: frame.bottom - height(value))
            drawing.dot(x: point.x, y: point.y, radius: 2.5, .duration)
            run.append(point)
        }
        if run.count > 1 { drawing.curve(run, .duration, width: 2) }
    }

    private func usual(on drawing: inout SVGDrawing, _ frame: Frame) {
        guard let usualValue, usualValue > 0 else { return }
        let y = frame.bottom - height(usualValue)
        drawing.line(from: (frame.left, y), to: (frame.right, y), .text, width: 1.5, dashes: "4 3")
    }

    private func clock(on drawing: inout SVGDrawing, _ frame: Frame) {
        let zone = figures.zone
        let wide = TextWidth.of(course.step < .seconds(60) ? "00:00:00" : "00:00", size: Layout.textSize)
        let ticks = ClockTicks(course.window, zone: zone, most: Int(frame.width / (wide + Layout.labelGap)))
        for tick in ticks.ticks {
            let x = position(tick, frame)
            drawing.line(from: (x, frame.bottom), to: (x, frame.bottom + 4), .all)
            // A label at the edge is set in, so that it stays in the picture.
            let centre = min(max(x, frame.left), frame.right - wide / 2)
            drawing.text(
                ticks.label(tick), x: centre, y: frame.bottom + Layout.line - 2, size: Layout.textSize, .muted,
                anchor: .middle)
        }
    }

    // MARK: - What happened when

    private var labels: [(at: Timestamp, text: String, isCause: Bool)] {
        let zone = figures.zone
        let causes = course.marks.filter { course.window.contains($0.at) }.map { mark in
            (mark.at, "\(figures.say(PictureWords.happened(mark.cause))) \(zone.time(mark.at))", true)
        }
        let onset = course.onset.flatMap { course.window.contains($0) ? $0 : nil }
        // The zone is named once, where a time is read first.
        return causes
            + (onset.map { [($0, figures.say("began \(zone.time($0)) \(zone.abbreviation(at: $0))"), false)] } ?? [])
    }

    private func position(_ instant: Timestamp, _ frame: Frame) -> Double {
        let share = (instant - course.start).inSeconds / max(course.window.duration.inSeconds, 1e-9)
        return frame.left + min(max(share, 0), 1) * frame.width
    }

    /// Each in a row of its own, so that no two can overlap, however close in time they are.
    private func marks(on drawing: inout SVGDrawing, _ frame: Frame, top: Double) {
        for (row, label) in labels.enumerated() {
            let x = position(label.at, frame)
            let y = top + Layout.line * Double(row) + 13
            drawing.line(
                from: (x, label.isCause ? y - 1 : y - 11), to: (x, frame.bottom), .text, width: label.isCause ? 1 : 1.5,
                dashes: label.isCause ? "2 2" : nil)
            if label.isCause { drawing.triangle([(x - 5, y - 9), (x + 5, y - 9), (x, y)], .text) }
            let wide = TextWidth.of(label.text, size: Layout.textSize, isBold: true)
            let isRight = x + 9 + wide <= frame.right
            let room = isRight ? wide : min(wide, x - 9 - margin)
            let text = TextWidth.fitted(label.text, into: room, size: Layout.textSize, isBold: true)
            let start = isRight ? x + 9 : x - 9 - TextWidth.of(text, size: Layout.textSize, isBold: true)
            // On a ground of its own: another mark's line may pass below it.
            drawing.rectangle(
                x: start - 3, y: y - 12, width: TextWidth.of(text, size: Layout.textSize, isBold: true) + 6,
                height: 16, fill: .background)
            drawing.text(
                text, x: isRight ? x + 9 : x - 9, y: y, size: Layout.textSize, .text, anchor: isRight ? .start : .end,
                isBold: true)
        }
    }

    /// What can be seen, for who cannot see it.
    var description: String {
        let happened = labels.map { "\($0.text)." }
        return ([figures.title + ".", figures.comparison.isEmpty ? "" : figures.comparison + "."] + happened)
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}
