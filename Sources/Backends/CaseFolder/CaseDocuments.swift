import Languages
import Telemetry

/// A file of JSON documents: one, or one a line.
struct CaseDocuments {
    let file: String
    let bytes: [UInt8]

    /// At most so many damaged lines are named one by one.
    private static let namedLines = 3

    /// What could be read of the file, and what could not.
    struct Content<Item> {
        var items: [Item]
        var gaps: [Gap]
    }

    /// Reads every document.
    ///
    /// - Throws: when the only document is damaged. A damaged line among many is left out and named in a gap.
    func read<Item>(
        as source: EvidenceSource, with decode: ([UInt8]) throws(BackendError) -> [Item]
    ) throws(CaseFolderError) -> Content<Item> {
        if isBlank(bytes[...]) { return Content(items: [], gaps: []) }
        guard isOneALine else {
            do {
                return Content(items: try decode(bytes), gaps: [])
            } catch {
                throw Self.damage(in: file, bytes: bytes, error: error)
            }
        }
        return readLines(as: source, with: decode)
    }

    /// Why a document could not be read, by the place in its text, or by its key path when the text is well-formed.
    static func damage(in file: String, bytes: [UInt8], error: BackendError) -> CaseFolderError {
        if let fault = JSONSyntaxFault(in: bytes) {
            // A document begins with a bracket; what stops being JSON right behind it is something else all the same.
            let first = bytes.first { !isSpace($0) }
            let isList = first == UInt8(ascii: "[") && (fault.line > 1 || fault.byte > longestBeginning)
            if first != UInt8(ascii: "{"), !isList { return .notJSON(file: file, expected: expected(in: file)) }
            return .damaged(file: file, place: "line \(fault.line), byte \(fault.byte)", reason: fault.reason)
        }
        return .damaged(file: file, place: "", reason: reason(error))
    }

    /// `[` of `[INFO] …` is JSON.
    private static let longestBeginning = 5

    /// Who writes what belongs into a file.
    private static func expected(in file: String) -> String {
        switch file.prefix(while: { $0 != "." }) {
        case "traces": "OTLP/JSON or Tempo's answer"
        case "logs": "Loki's answer"
        case "metrics": "Prometheus' answer"
        default: "what `kubectl get … -o json` prints"
        }
    }

    private func readLines<Item>(
        as source: EvidenceSource, with decode: ([UInt8]) throws(BackendError) -> [Item]
    ) -> Content<Item> {
        var items: [Item] = []
        var faults: [Phrase] = []
        var damagedLines = 0
        var goodLines = 0
        var lineNumber = 0
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            let line = bytes[start..<end]
            lineNumber += 1
            start = end < bytes.endIndex ? end + 1 : end
            if isBlank(line) { continue }
            do {
                items += try decode(Array(line))
                goodLines += 1
            } catch {
                damagedLines += 1
                guard damagedLines <= Self.namedLines else { continue }
                let fault = JSONSyntaxFault(in: line)
                faults.append(
                    fault.map { "line \(lineNumber), byte \($0.byte): \($0.reason)" }
                        ?? "line \(lineNumber): \(Self.reason(error))")
            }
        }
        if damagedLines > faults.count { faults.append("and \(damagedLines - faults.count) more") }
        guard !faults.isEmpty else { return Content(items: items, gaps: []) }
        let words: Phrase =
            goodLines == 0
            ? "\(file) has no line that can be read"
            : "\(file): \(damagedLines) of \(damagedLines + goodLines) lines damaged and left out"
        return Content(
            items: items,
            gaps: [Gap(source, "\(words) (\(faults.joined(separator: "; ")))", isTotal: goodLines == 0)])
    }

    /// Whether each line is a document: by the file's name, or because a line that ends an object is followed by one
    /// that begins another, which is not possible inside of one document. The OpenTelemetry Collector's file exporter
    /// writes lines into whatever name it is given.
    private var isOneALine: Bool {
        if file.hasSuffix(".jsonl") { return true }
        let newline = UInt8(ascii: "\n")
        guard let first = bytes.firstIndex(where: { !Self.isSpace($0) }),
            let firstEnd = bytes[first...].firstIndex(of: newline),
            let next = bytes[firstEnd...].firstIndex(where: { !Self.isSpace($0) }),
            let last = bytes[first..<firstEnd].last(where: { !Self.isSpace($0) })
        else { return false }
        return (last == UInt8(ascii: "}") && bytes[next] == UInt8(ascii: "{"))
            || (last == UInt8(ascii: "]") && bytes[next] == UInt8(ascii: "["))
    }

    private func isBlank(_ slice: ArraySlice<UInt8>) -> Bool { slice.allSatisfy(Self.isSpace) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func reason(_ error: BackendError) -> String {
        switch error {
        case .malformed(_, let reason), .unreadable(_, let reason): reason
        default: "\(error)"
        }
    }
}
