import Logging
import Telemetry

/// Writes log lines to standard error, as `key=value` text or as one JSON object a line.
struct ServiceLog: LogHandler {
    enum Format: Sendable { case text, json }

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: Format
    private let now: @Sendable () -> Timestamp
    private let write: @Sendable (String) -> Void

    init(
        label: String, level: Logger.Level, format: Format, now: @escaping @Sendable () -> Timestamp,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        let pairs = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        switch format {
        case .text:
            let tail = pairs.map { " \($0)=\(quotedIfNeeded($1))" }.joined()
            write("\(now()) \(event.level) \(label): \(escaped("\(event.message)"))\(tail)\n")
        case .json:
            let fields =
                [("time", "\(now())"), ("level", "\(event.level)"), ("logger", label), ("message", "\(event.message)")]
                + pairs
            write("{" + fields.map { "\(jsonString($0)):\(jsonString($1))" }.joined(separator: ",") + "}\n")
        }
    }

    private func quotedIfNeeded(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.unicodeScalars.allSatisfy { $0.isPrintable && $0 != " " && $0 != "\"" && $0 != "=" }
        return isPlain ? text : jsonString(text)
    }

    /// A JSON string, which is also how a text line quotes: a value cannot begin a line of its own.
    private func jsonString(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            default: append(scalar, to: &quoted)
            }
        }
        return quoted + "\""
    }

    /// A message of a text line, which is not quoted: people wrote it, but some of a library's quote what they were sent.
    private func escaped(_ message: String) -> String {
        message.unicodeScalars.reduce(into: "") { append($1, to: &$0) }
    }

    /// What a screen would obey, hide or reorder stands in the log as JSON escapes it: by its UTF-16 units.
    private func append(_ scalar: Unicode.Scalar, to text: inout String) {
        if scalar.isPrintable {
            text.unicodeScalars.append(scalar)
        } else if scalar == "\n" {
            text += "\\n"
        } else {
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
    }
}
