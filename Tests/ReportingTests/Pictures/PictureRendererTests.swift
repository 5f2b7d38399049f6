import Languages
import RootCause
import Telemetry
import TestSupport
import Testing

@testable import Reporting

@Suite struct PictureRendererTests {
    /// As they are drawn: for the chat, in the dark on a telephone, and for a page.
    static let dresses: [(name: String, renderer: PictureRenderer)] = [
        ("chat", PictureRenderer(zone: ExamplePicture.zone)),
        ("dark", PictureRenderer(zone: ExamplePicture.zone, theme: .dark, width: 390)),
        ("page", PictureRenderer(zone: ExamplePicture.zone, theme: .adaptive, width: 760)),
    ]

    @Test(arguments: ExamplePicture.allCases)
    func `pictures are drawn as they were when somebody last looked at them`(_ example: ExamplePicture) throws {
        for (name, renderer) in Self.dresses {
            let svg = try #require(renderer.svg(of: example.data))
            try Golden.check(svg, "Pictures/\(example.rawValue).\(name).svg")
        }
    }

    @Test(arguments: [("spot-eviction", true), ("no-traces", false)])
    func `a diagnosis without figures over time has no picture`(_ name: String, _ hasFigures: Bool) {
        var diagnosis = SpotEvictionIncident.diagnosis
        if hasFigures { diagnosis.course = ExamplePicture.fewFailures.data.course }
        #expect((PictureRenderer().svg(of: PictureData(diagnosis)) != nil) == hasFigures)
    }

    @Test func `each of the two is drawn alone where only it is asked for`() throws {
        let data = ExamplePicture.fewFailures.data
        let chart = try #require(PictureRenderer().svg(of: data, showing: .course))
        let trace = try #require(PictureRenderer().svg(of: data, showing: .trace))
        #expect(chart.contains("Builds per 5 min") && !chart.contains("Phase: Run"))
        #expect(trace.contains("Phase: Run") && !trace.contains("Builds per 5 min"))
        #expect(PictureRenderer().svg(of: PictureData(course: data.course), showing: .trace) == nil)
    }

    @Test(arguments: ExamplePicture.allCases)
    func `the JSON of a diagnosis draws the same picture`(_ example: ExamplePicture) throws {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.course = example.data.course
        diagnosis.outline = example.data.outline
        let json = [UInt8](DiagnosisJSON().text(diagnosis).utf8)
        let renderer = PictureRenderer(zone: ExamplePicture.zone)
        #expect(PictureData(diagnosisJSON: json) == example.data)
        #expect(renderer.svg(of: PictureData(diagnosisJSON: json)) == renderer.svg(of: example.data))
    }

    @Test(arguments: [
        "", "{}", #"{"course":null,"exemplarTrace":null}"#, #"{"course":{"kind":"builds"}}"#,
        #"{"exemplarTrace":{"traceId":"x","start":"","durationSeconds":1,"spans":1,"rows":[]}}"#,
        #"{"course":{"kind":"builds","measure":"failures","start":"2026-11-22T15:00:00Z","stepSeconds":0,"isSample":false,"marks":[],"parts":[{"total":1,"failed":0}]}}"#,
        #"{"course":{"kind":"builds","measure":"failures","start":"2026-11-22T15:00:00Z","stepSeconds":60,"isSample":false,"marks":[],"parts":[{"total":1,"failed":2}]}}"#,
    ])
    func `a stored diagnosis without pictures, or with broken ones, draws none`(_ json: String) {
        #expect(PictureData(diagnosisJSON: [UInt8](json.utf8)) == PictureData())
    }

    @Test func `what was before is read beside what is now, and below it where there is no room`() throws {
        func texts(_ width: Double) throws -> String {
            try #require(PictureRenderer(zone: ExamplePicture.zone, width: width).svg(of: ExamplePicture.latency.data))
        }
        let now = "since 15:14: up to 3.2 s (of a sample)"
        #expect(try texts(720).contains(">\(now) · before: 190 ms</text>"))
        #expect(try texts(358).contains(">\(now)</text>") && texts(358).contains(">before: 190 ms</text>"))
    }

    @Test func `numbers of a sample are named as those that were looked at`() throws {
        func title(isSample: Bool, _ language: Language = .english) -> String {
            let course = Course(
                kind: .traces, measure: .failures, start: Timestamp(seconds: 0), step: .seconds(60),
                parts: [.init(total: 2, failed: 1), .init(total: 0, failed: 0)], isSample: isSample)
            return CourseFigures(course: course, zone: .utc, language: language).title
        }
        #expect(title(isSample: true) == "Traces looked at per min")
        #expect(title(isSample: false) == "Traces per min")
        #expect(title(isSample: true, .spanish) == "Trazas revisadas cada min")
    }

    @Test func `a screen reader is told what can be seen`() throws {
        let svg = try #require(PictureRenderer(zone: ExamplePicture.zone).svg(of: ExamplePicture.fewFailures.data))
        #expect(svg.contains("<title>Builds per 5 min</title>"))
        #expect(
            svg.contains(
                "<desc>Builds per 5 min. since 15:25: 5 of 11 failed · before: 0 of 37. node preempted 15:24:41. "
                    + "began 15:25:02 CET. Failing trace, 5 min. jenkins-master mvn -B verify: "
                    + "FlowInterruptedException: the agent was removed.</desc>"))
    }

    @Test(arguments: [PictureTheme.light, .dark])
    func `text can be read against its background`(_ theme: PictureTheme) {
        for ink in [PictureTheme.Ink.text, .muted, .failedText] {
            for background in [PictureTheme.Ink.background, .tint] {
                #expect(contrast(theme.palette[ink], theme.palette[background]) >= 4.5, "\(ink) on \(background)")
            }
        }
        // WCAG's bound for what is no text; the same between failed and not failed would leave no room for both.
        for ink in [PictureTheme.Ink.failed, .duration] {
            #expect(contrast(theme.palette[ink], theme.palette[.background]) >= 3)
        }
        #expect(contrast(theme.palette[.failed], theme.palette[.all]) >= 1.5)
    }

    /// Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    private func contrast(_ one: String, _ other: String) -> Double {
        func luminance(_ colour: String) -> Double {
            let value = UInt32(colour.dropFirst(), radix: 16) ?? 0
            let parts = [16, 8, 0].map { shift -> Double in
                let part = Double((value >> UInt32(shift)) & 0xFF) / 255
                // The power of 2.4, by its square and a root of a root: near enough to tell 4.4 from 4.5.
                let base = (part + 0.055) / 1.055
                return part <= 0.04045 ? part / 12.92 : base * base * Self.power(base, 0.4)
            }
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        }
        let (bright, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (bright + 0.05) / (dark + 0.05)
    }

    /// By halving the exponent, which needs nothing but square roots.
    private static func power(_ base: Double, _ exponent: Double) -> Double {
        var (result, root, rest) = (1.0, base, exponent)
        for _ in 0..<40 {
            root = root.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= root
                rest -= 1
            }
        }
        return result
    }
}
