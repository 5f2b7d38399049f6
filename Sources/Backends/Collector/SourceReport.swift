import Languages
import Telemetry

/// What became of the questions to one source, as gaps for the reader.
struct SourceReport {
    let source: EvidenceSource
    /// Whether this is about a part of the source only, so that the source is there without it.
    private let isPart: Bool
    private var answered = 0
    private var faults: [(words: Phrase, purpose: Phrase)] = []
    private var notes: [Phrase] = []

    init(_ source: EvidenceSource, isPart: Bool = false) {
        self.source = source
        self.isPart = isPart
    }

    /// - Parameter purpose: what the answer was wanted for: "failing traces".
    mutating func note<Value>(_ result: Result<Value, Inquiry.Shortfall>, purpose: Phrase) {
        switch result {
        case .success: answered += 1
        case .failure(let shortfall): faults.append((shortfall.words, purpose))
        }
    }

    /// Something that is missing although every question was answered.
    mutating func note(_ words: Phrase) { notes.append(words) }

    /// One gap for each reason, with what is missing because of it; total ones when no question was answered.
    ///
    /// - Parameter hasNothing: whether something was found and nothing of it could be fetched: that is no evidence of
    ///   absence either.
    func gaps(hasNothing: Bool = false) -> [Gap] {
        let isTotal = ((!faults.isEmpty && answered == 0) || hasNothing) && !isPart
        var purposes: [String: (words: Phrase, purposes: [Phrase])] = [:]
        for (words, purpose) in faults
        where purposes[words.english]?.purposes.contains(where: { $0.english == purpose.english }) != true {
            purposes[words.english, default: (words, [])].purposes.append(purpose)
        }
        let failures = purposes.sorted { $0.key < $1.key }.map(\.value).map { words, purposes in
            Gap(
                source, isTotal ? words : "\(words) (missing: \(purposes.joined(separator: ", ")))", isTotal: isTotal,
                isUnanswered: true)
        }
        var seen: Set<String> = []
        return failures
            + notes.filter { seen.insert($0.english).inserted }.map { Gap(source, $0, isTotal: isTotal) }
    }
}
