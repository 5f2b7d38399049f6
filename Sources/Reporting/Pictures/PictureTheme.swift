/// In which colours a picture is drawn.
///
/// Failed and not failed differ in lightness as well as in hue, so that nobody needs to tell red from green; text has a
/// contrast of 4.5 to 1 at least against its background.
package enum PictureTheme: Hashable, Sendable {
    /// Fixed colours on a card of its own, which reads well on whatever is around it.
    case light, dark
    /// By the reader's system: a stylesheet of its own, for a file of its own or where pages allow inline styles.
    case adaptive
    /// By the page's stylesheet, which holds `PictureRenderer.stylesheet`.
    case styledByPage

    var palette: Palette { self == .dark ? .dark : .light }

    var hasClasses: Bool { self == .adaptive || self == .styledByPage }

    struct Palette: Hashable {
        let colours: [Ink: String]

        static let light = Palette(colours: [
            .background: "#ffffff", .border: "#c9d1d9", .text: "#1f2328", .muted: "#57606a", .grid: "#e1e5ea",
            .all: "#8d99a6", .failed: "#b93a06", .failedText: "#a33204", .duration: "#0b5cad", .tint: "#fdeee6",
        ])

        static let dark = Palette(colours: [
            .background: "#1a1d21", .border: "#3d434a", .text: "#e6e8eb", .muted: "#a9b1bb", .grid: "#30353b",
            .all: "#75818e", .failed: "#ff8a4c", .failedText: "#ff9d68", .duration: "#6cb6ff", .tint: "#3a2519",
        ])

        subscript(_ ink: Ink) -> String { colours[ink] ?? "#808080" }
    }

    /// What a colour means.
    enum Ink: String, CaseIterable, Hashable {
        case background, border, text, muted, grid, all, failed, failedText = "failed-text", duration, tint
    }
}

extension PictureRenderer {
    /// What a page's stylesheet needs for pictures that are drawn into it: colours as custom properties, by the reader's
    /// system. A page with a switch of its own sets the properties itself.
    package static let stylesheet: String = {
        func properties(_ palette: PictureTheme.Palette) -> String {
            PictureTheme.Ink.allCases.map { "--picture-\($0.rawValue):\(palette[$0])" }.joined(separator: ";")
        }
        let fills = PictureTheme.Ink.allCases.map { ink in
            ".picture .fill-\(ink.rawValue){fill:var(--picture-\(ink.rawValue))}"
                + ".picture .line-\(ink.rawValue){stroke:var(--picture-\(ink.rawValue))}"
        }
        return ":root{\(properties(.light))}"
            + "@media (prefers-color-scheme:dark){:root{\(properties(.dark))}}" + fills.joined()
    }()
}
