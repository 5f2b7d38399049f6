import Telemetry

/// Chooses among values that go together: a pod implies its node, the node its zone, and the pod its version.
struct Explanations {
    /// A candidate under the name that says most.
    struct Explanation {
        let candidate: AttributeCandidate
        let label: Int
        let values: Int
        let history: History
    }

    /// When a label was seen.
    struct History {
        /// Whether it was there in the baseline; nil when there is too little to tell.
        var wasThereBefore: Bool?
        var firstSeen: Timestamp?
    }

    /// A process's part in the evidence.
    private struct Stay {
        let service: Int
        /// One of its rows.
        let row: Int
        var first: Int64
        /// Its spans in the baseline.
        var before = 0
    }

    private(set) var chosen: [Explanation] = []
    private let stays: [Stay]

    /// Candidates whose log-likelihoods differ by less are as good as each other: a likelihood ratio of about seven.
    private static let slack = 2.0
    /// Candidates that have this share of the larger one's hits in common explain the same.
    private static let overlap = 0.8
    /// What else it takes to be worth telling once other traces are explained.
    private static let leastEffect = 0.3
    private static let fewestHits = 3
    private static let leastProbability = 0.01
    private static let most = 12
    private static let fewestBefore = 5

    init(_ candidates: [AttributeCandidate], table: SpanTable, book: inout LabelBook) {
        stays = candidates.isEmpty ? [] : Self.stays(in: table)
        for kind in [Overrepresentation.Kind.failing, .slow, .builds] {
            var open = candidates.filter { $0.population.kind == kind }.map { named($0, &book) }
                .map { (explanation: $0, gain: $0.candidate.gain, hits: $0.candidate.explained) }
            open.sort { left, right in
                if left.gain != right.gain { return left.gain > right.gain }
                return Self.precedes(left.explanation, right.explanation, table, book)
            }
            var explained: Set<Int> = []
            while let leader = open.first, chosen.count < Self.most {
                let equals = open.filter {
                    leader.gain - $0.gain <= Self.slack
                        && Double($0.hits.intersection(leader.hits).count)
                            >= Self.overlap * Double(max($0.hits.count, leader.hits.count))
                }
                let best =
                    equals.map(\.explanation).min { Self.precedes($0, $1, table, book) } ?? leader.explanation
                chosen.append(best)
                explained.formUnion(best.candidate.explained)
                open.removeFirst()
                open = open.filter { rest in
                    guard !rest.hits.isSubset(of: explained) else { return false }
                    let (tables, probability) = rest.explanation.candidate.rest(without: explained)
                    return probability <= Self.leastProbability
                        && AttributeCandidate.effect(tables) >= Self.leastEffect
                        && tables.reduce(0) { $0 + $1.hits } >= Self.fewestHits
                }
            }
        }
        moveToNodes(book)
    }

    /// Where pods of several services are bad on one node, it is the node.
    private mutating func moveToNodes(_ book: LabelBook) {
        func node(_ explanation: Explanation) -> Int? {
            let role = book.labels[explanation.label].role
            guard role == .pod || role == .instance else { return nil }
            return explanation.candidate.labels.first { book.labels[$0].role == .node }
        }
        var services: [Int: Set<Int>] = [:]
        for explanation in chosen {
            let isNode = book.labels[explanation.label].role == .node
            guard let node = isNode ? explanation.label : node(explanation) else { continue }
            services[node, default: []].insert(explanation.candidate.population.service)
        }
        chosen = chosen.map { explanation in
            guard let node = node(explanation), services[node]?.count ?? 0 > 1 else { return explanation }
            return Explanation(
                candidate: explanation.candidate, label: node, values: explanation.values, history: explanation.history)
        }
    }

    /// Of labels that divide the runs alike: a version that was not there before, then the most specific place.
    private func named(_ candidate: AttributeCandidate, _ book: inout LabelBook) -> Explanation {
        var best: (explanation: Explanation, rank: Int)?
        for (label, values) in zip(candidate.labels, candidate.values) {
            let role = book.labels[label].role
            let history = history(of: label, candidate.population, &book)
            let rank = role == .version && history.wasThereBefore == false ? -1 : role.rawValue
            if let best, (best.rank, book.labels[best.explanation.label].name) <= (rank, book.labels[label].name) {
                continue
            }
            best = (
                Explanation(candidate: candidate, label: label, values: values, history: history), rank
            )
        }
        return best?.explanation
            ?? Explanation(candidate: candidate, label: candidate.labels.first ?? 0, values: 0, history: History())
    }

    private func history(of label: Int, _ population: RunPopulation, _ book: inout LabelBook) -> History {
        guard population.kind != .builds else { return History() }
        if book.labels[label].role == .request {
            guard population.before.count >= Self.fewestBefore else { return History() }
            let had = population.before.contains { book.request(of: $0.row).contains(label) }
            return History(wasThereBefore: had, firstSeen: nil)
        }
        var before = 0
        var wasThere = false
        var first: Int64?
        for stay in stays where stay.service == population.service {
            before += stay.before
            guard book.place(of: stay.row).contains(label) else { continue }
            if stay.before > 0 { wasThere = true }
            first = min(first ?? .max, stay.first)
        }
        return History(
            wasThereBefore: before >= Self.fewestBefore ? wasThere : nil,
            firstSeen: first.map { Timestamp(nanoseconds: $0) })
    }

    /// What each process did in the evidence.
    private static func stays(in table: SpanTable) -> [Stay] {
        var stays = [Stay?](repeating: nil, count: table.places.count)
        for trace in table.traceRows where trace.population != .neither {
            for row in trace.rows {
                let place = Int(table.rows[row].place)
                var stay = stays[place] ?? Stay(service: table.service(of: row), row: row, first: table.rows[row].start)
                stay.first = min(stay.first, table.rows[row].start)
                if trace.population != .window { stay.before += 1 }
                stays[place] = stay
            }
        }
        return stays.compactMap(\.self)
    }

    private static func precedes(
        _ left: Explanation, _ right: Explanation, _ table: SpanTable, _ book: LabelBook
    ) -> Bool {
        func key(_ explanation: Explanation) -> (Int, Int, String, String, Int) {
            let label = book.labels[explanation.label]
            let isNew = label.role == .version && explanation.history.wasThereBefore == false
            let population = explanation.candidate.population
            return (
                explanation.isOwn(in: table) ? 0 : 1, isNew ? -1 : label.role.rawValue,
                "\(table.services[population.service]) \(label.name)", label.value, population.operation ?? -1
            )
        }
        return key(left) < key(right)
    }
}

extension Explanations.Explanation {
    /// Whether most of the failures begin in the service itself.
    func isOwn(in table: SpanTable) -> Bool {
        let hits = candidate.runs.lazy.map { candidate.population.runs[Int($0)] }.filter(\.isHit)
        let own = hits.filter { table.service(of: $0.sample) == candidate.population.service }
        return 2 * own.count > hits.count
    }

    func overrepresentation(
        in table: SpanTable, failures: Failures, book: inout LabelBook
    ) -> Overrepresentation {
        let whole = candidate.table
        let runs = candidate.runs.map { candidate.population.runs[Int($0)] }
        let hits = runs.filter(\.isHit)
        let targets =
            candidate.population.kind == .failing
            ? Set(hits.map { FailureTarget.service(of: $0.sample, in: table) }) : []
        var found: [AttributeRole: Set<String>] = [:]
        for run in runs {
            for label in book.place(of: run.row).map({ book.labels[$0] }) {
                found[label.role, default: []].insert(label.value)
            }
        }
        func only(_ role: AttributeRole) -> String? { found[role].flatMap { $0.count == 1 ? $0.first : nil } }
        let first = hits.min { ($0.start, $0.row) < ($1.start, $1.row) }
        return Overrepresentation(
            kind: candidate.population.kind, service: table.services[candidate.population.service],
            operation: candidate.population.operation.map { table.operations[$0].name }, label: book.labels[label],
            hits: whole.hits, of: whole.of, elsewhereHits: whole.elsewhereHits, elsewhereOf: whole.elsewhereOf,
            probability: candidate.probability, limit: candidate.limit, values: values,
            pods: (found[.pod] ?? found[.instance] ?? []).count, node: only(.node), version: only(.version),
            row: first?.sample ?? -1, targets: targets.sorted(), wasThereBefore: history.wasThereBefore,
            firstSeen: history.firstSeen, firstHit: Timestamp(nanoseconds: first?.start ?? 0))
    }
}
