import HTML

/// Shapes and text of one picture, from top to bottom, written as SVG.
///
/// Without ids and without scripts, so that several of them can stand in one page.
struct SVGDrawing {
    typealias Ink = PictureTheme.Ink

    enum Anchor: String { case start, middle, end }

    private let theme: PictureTheme
    private var elements: [String] = []

    init(theme: PictureTheme) {
        self.theme = theme
    }

    mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, fill: Ink, line: Ink? = nil, radius: Double = 0
    ) {
        let rounded = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
        elements.append(
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" "
                + "height=\"\(Self.number(max(0, height)))\"\(rounded) \(paint(fill: fill, line: line))/>")
    }

    /// - Parameter dashes: lengths of line and gap, `4 3`.
    mutating func line(
        from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ ink: Ink, width: Double = 1,
        dashes: String? = nil
    ) {
        let pattern = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        elements.append(
            "<line x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\" x2=\"\(Self.number(end.x))\" "
                + "y2=\"\(Self.number(end.y))\" \(stroke(ink, width: width))\(pattern)/>")
    }

    /// A line through points.
    mutating func curve(_ points: [(x: Double, y: Double)], _ ink: Ink, width: Double) {
        let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        elements.append(
            "<polyline points=\"\(path)\" fill=\"none\" \(stroke(ink, width: width)) stroke-linejoin=\"round\"/>")
    }

    mutating func dot(x: Double, y: Double, radius: Double, _ ink: Ink) {
        elements.append(
            "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" \(fill(ink))/>")
    }

    mutating func triangle(_ points: [(x: Double, y: Double)], _ ink: Ink) {
        let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
        elements.append("<polygon points=\"\(path)\" \(fill(ink))/>")
    }

    /// A cross, as large as a small letter: fonts may lack the sign.
    mutating func cross(x: Double, y: Double, size: Double, _ ink: Ink) {
        let (left, right, top, bottom) = (x, x + size, y, y + size)
        elements.append(
            "<path d=\"M\(Self.number(left)) \(Self.number(top))L\(Self.number(right)) \(Self.number(bottom))"
                + "M\(Self.number(right)) \(Self.number(top))L\(Self.number(left)) \(Self.number(bottom))\" "
                + "fill=\"none\" \(stroke(ink, width: 2)) stroke-linecap=\"round\"/>")
    }

    /// - Parameter y: of the line that the letters stand on.
    mutating func text(
        _ text: String, x: Double, y: Double, size: Double, _ ink: Ink, anchor: Anchor = .start, isBold: Bool = false
    ) {
        guard !text.isEmpty else { return }
        let alignment = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let weight = isBold ? " font-weight=\"bold\"" : ""
        elements.append(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\"\(alignment)"
                + "\(weight) \(fill(ink))>\(Self.escaped(text))</text>")
    }

    /// A word in bold letters and a text behind it, which stands where the word ends in whatever font there is.
    mutating func text(bold word: String, _ text: String, x: Double, y: Double, size: Double, _ ink: Ink) {
        let parts =
            (word.isEmpty ? [] : ["<tspan font-weight=\"bold\">\(Self.escaped(word))</tspan>"])
            + (text.isEmpty ? [] : ["<tspan\(word.isEmpty ? "" : " dx=\"5\"")>\(Self.escaped(text))</tspan>"])
        guard !parts.isEmpty else { return }
        elements.append(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" \(fill(ink))>"
                + parts.joined() + "</text>")
    }

    /// The whole picture.
    ///
    /// - Parameters:
    ///   - title: what a screen reader calls it.
    ///   - description: what can be seen, in words.
    func document(width: Double, height: Double, title: String, description: String) -> String {
        let size = "\(Self.number(width)) \(Self.number(height))"
        let style = theme == .adaptive ? ["<style>\(PictureRenderer.stylesheet)</style>"] : []
        let head = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.number(width))\" "
                + "height=\"\(Self.number(height))\" viewBox=\"0 0 \(size)\" role=\"img\" "
                + "font-family=\"sans-serif\"\(theme.hasClasses ? " class=\"picture\"" : "")>",
            "<title>\(Self.escaped(title))</title>", "<desc>\(Self.escaped(description))</desc>",
        ]
        return (head + style + elements + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private func fill(_ ink: Ink) -> String { paint(fill: ink, line: nil) }

    private func stroke(_ ink: Ink, width: Double) -> String { paint(fill: nil, line: ink, width: width) }

    /// Attributes for what knows no stylesheet, and one list of classes for what does.
    private func paint(fill: Ink?, line: Ink?, width: Double = 1) -> String {
        let names = (fill.map { ["fill-\($0.rawValue)"] } ?? []) + (line.map { ["line-\($0.rawValue)"] } ?? [])
        let classes = theme.hasClasses ? ["class=\"\(names.joined(separator: " "))\""] : []
        let inside = fill.map { ["fill=\"\(theme.palette[$0])\""] } ?? []
        let outside =
            line.map { ["stroke=\"\(theme.palette[$0])\" stroke-width=\"\(Self.number(width))\""] } ?? []
        return (classes + inside + outside).joined(separator: " ")
    }

    /// With one digit after the point at most: a tenth of a pixel is more than anybody sees.
    static func number(_ value: Double) -> String {
        let tenths = Int(min(max((value * 10).rounded(), -1e9), 1e9))
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }

    /// Text from outside as one harmless line.
    private static func escaped(_ text: String) -> String { text.plainLine.htmlEscaped }
}
