import Languages
import Telemetry

/// A question for log lines, and what they are good for.
struct LogQuestion: Hashable, Sendable {
    /// The most telling first: in this order the budget is filled.
    enum Role: Int, Hashable, Sendable, CaseIterable {
        /// They name a failing trace, its pods or the job.
        case mentions
        /// Of the pods where it failed.
        case pods
        /// Of the scope, in the window.
        case window
        /// From before the window.
        case baseline
        /// Of the namespace around, as far as they sound like errors.
        case surroundings

        /// Of the lines in the budget, in percent.
        var share: Int {
            switch self {
            case .mentions: 20
            case .pods: 15
            case .window: 35
            case .baseline: 20
            case .surroundings: 10
            }
        }
    }

    let role: Role
    /// The label by which the streams are selected.
    let label: String
    let logQL: String
    let window: TimeWindow
    /// What the reader misses without an answer: "lines of checkout".
    let purpose: Phrase
}

/// Turns a scope, and what was found since, into LogQL.
struct LogQuestions {
    let request: CollectionRequest
    let fields: LogFieldMapping

    /// Lines that sound like trouble, wide on purpose: it decides what is looked at, not what is found.
    static let soundsLikeTrouble =
        #" |~ "(?i)(error|exception|fatal|panic|fail|refused|reset|timed? ?out|killed|evict|denied|unable|cannot)""#

    // MARK: The first round

    /// Lines of the scope in the window and before it, and what sounds like trouble around it.
    var first: [LogQuestion] {
        let scope = request.scope
        let own = Self.selectors(fields.service, scope.services) + Self.selectors(fields.pod, scope.pods)
        let around = Self.selectors(fields.namespace, scope.namespaces)
        var questions = lines(of: own.isEmpty ? around : own)
        if !own.isEmpty {
            questions += around.map { selector in
                question(.surroundings, selector, Self.soundsLikeTrouble, "errors in \(selector.subject)")
            }
        }
        return questions
    }

    private func lines(of selectors: [Selector]) -> [LogQuestion] {
        selectors.flatMap { selector in
            var questions = [question(.window, selector, "", "lines of \(selector.subject)")]
            if request.baseline.duration > .zero {
                questions.append(
                    question(
                        .baseline, selector, "", "lines of \(selector.subject) from before", window: request.baseline))
            }
            return questions
        }
    }

    // MARK: The second round

    /// What the suspicious traces point to.
    ///
    /// - Parameter labels: those that gave lines in the first round; if none did, all are tried.
    func second(_ clues: Clues, productive labels: Set<String>) -> [LogQuestion] {
        let scope = request.scope
        let services = Self.union(scope.services, clues.services)
        let namespaces = Self.union(scope.namespaces, clues.namespaces)
        let everywhere =
            Self.selectors(Self.narrowed(fields.service, to: labels), services)
            + Self.selectors(Self.narrowed(fields.namespace, to: labels), namespaces)
        let newPods = clues.pods.filter { !scope.pods.contains($0) }
        var questions: [LogQuestion] = []
        for selector in everywhere {
            questions += mentions(of: clues, in: selector)
            let pods = Self.union(scope.pods, newPods)
            if !pods.isEmpty {
                questions.append(
                    question(.mentions, selector, LogQL.lineContains(anyOf: pods), "lines that name the failing pods"))
            }
            questions += jobs(in: selector)
        }
        for selector in Self.selectors(fields.pod, newPods) {
            questions.append(question(.pods, selector, "", "lines of the failing pods"))
        }
        if scope.services.isEmpty, scope.pods.isEmpty, scope.namespaces.isEmpty {
            questions += lines(of: Self.selectors(fields.service, services))
        }
        return questions
    }

    private func mentions(of clues: Clues, in selector: Selector) -> [LogQuestion] {
        let ids = clues.traceIDs.map(\.description)
        guard !ids.isEmpty else { return [] }
        // A build that runs for hours fails in the window, and its lines began before it.
        let window = TimeWindow(
            start: min(request.window.start, max(clues.extent?.start ?? request.window.start, request.baseline.start)),
            end: request.window.end)
        let purpose: Phrase = "lines of the failing traces"
        var stages = [LogQL.lineContains(anyOf: ids)]
        if case .metadata(let name) = fields.traceID { stages.append(LogQL.label(name, isAnyOf: ids)) }
        return stages.map { question(.mentions, selector, $0, purpose, window: window) }
    }

    /// Jenkins exports a build's lines with the job's full name beside them; the controller's own lines name it.
    private func jobs(in selector: Selector) -> [LogQuestion] {
        let jobs = request.scope.jobs.filter { !$0.isEmpty }
        guard !jobs.isEmpty else { return [] }
        let purpose: Phrase = "lines of the jobs"
        return [
            question(.mentions, selector, LogQL.lineContains(anyOf: jobs), purpose),
            question(.mentions, selector, LogQL.label("ci_pipeline_id", isAnyOf: jobs), purpose),
        ]
    }

    // MARK: Pieces

    /// Streams chosen by one label.
    struct Selector {
        let label: String
        let logQL: String
        /// "checkout", "checkout and 2 more".
        let subject: Phrase
    }

    private static func selectors(_ labels: [String], _ values: [String]) -> [Selector] {
        let values = values.filter { !$0.isEmpty }
        guard let first = values.first else { return [] }
        let name = first.prefix(60)
        let subject: Phrase = values.count > 1 ? "\(name) and \(values.count - 1) more" : "\(name)"
        return labels.compactMap { label in
            LogQL.selector([(label, values)]).map { Selector(label: label, logQL: $0, subject: subject) }
        }
    }

    private func question(
        _ role: LogQuestion.Role, _ selector: Selector, _ stage: String, _ purpose: Phrase, window: TimeWindow? = nil
    ) -> LogQuestion {
        // Line filters go first: Loki runs them while it reads.
        let filter = request.logFilter.map { " \($0)" } ?? ""
        return LogQuestion(
            role: role, label: selector.label, logQL: selector.logQL + stage + filter,
            window: window ?? request.window, purpose: purpose)
    }

    private static func narrowed(_ labels: [String], to productive: Set<String>) -> [String] {
        let narrowed = labels.filter(productive.contains)
        return narrowed.isEmpty ? labels : narrowed
    }

    private static func union(_ some: [String], _ others: [String]) -> [String] {
        some + others.filter { !some.contains($0) }
    }
}
