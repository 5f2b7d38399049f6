import LogTemplates
import Telemetry

/// Mined templates as `sabueso templates` prints them: the most frequent first, the older of two that are equally
/// frequent.
struct TemplatesReport {
    static let schema = "sabueso/templates/v1"

    private let templates: [Template]
    private let lines: Int

    /// Of a template and its example, what is shown to a person; JSON has the whole.
    private static let shownScalars = 400

    init(_ templates: [Template], lines: Int) {
        self.templates = templates.sorted { ($1.count, $0.id) < ($0.count, $1.id) }
        self.lines = lines
    }

    /// Two lines a template: count, number and text; below it the first line of its kind.
    var text: String {
        let countWidth = templates.map { String($0.count).count }.max() ?? 1
        let numberWidth = templates.map { String($0.id.index).count }.max() ?? 1
        var text = ""
        for template in templates {
            let count = Self.padded(String(template.count), to: countWidth)
            let number = Self.padded("#\(template.id.index)", to: numberWidth + 1)
            let indentation = String(repeating: " ", count: countWidth + numberWidth + 5)
            text += "\(count)  \(number)  \(template.text.printableLine(atMost: Self.shownScalars))\n"
            text += "\(indentation)\(template.example.printableLine(atMost: Self.shownScalars))\n"
        }
        return text + "\(lines) \(lines == 1 ? "line" : "lines"), "
            + "\(templates.count) \(templates.count == 1 ? "template" : "templates")\n"
    }

    /// - Throws: never for templates that a miner found: their texts are valid Unicode.
    func json() throws -> String {
        struct Document: Encodable {
            struct Entry: Encodable {
                let number: Int
                let count: Int
                let text: String
                let example: String
            }

            let schema: String
            let lines: Int
            let templates: [Entry]
        }
        let entries = templates.map {
            Document.Entry(number: $0.id.index, count: $0.count, text: $0.text, example: $0.example)
        }
        return try CommandJSON.text(Document(schema: Self.schema, lines: lines, templates: entries))
    }

    /// Writes a number a line.
    static func writeNumbers(of forms: [FormID], in mined: MinedTemplates) {
        let bytesAtOnce = 1 << 16
        let numbers = mined.templates.map { Array("\($0.id.index)\n".utf8) }
        var output: [UInt8] = []
        for form in forms {
            output += numbers[mined.id(of: form).index]
            if output.count >= bytesAtOnce {
                StandardOutput.write(output)
                output.removeAll(keepingCapacity: true)
            }
        }
        StandardOutput.write(output)
    }

    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
