/// Which series an expression needs to give anything at all.
indirect enum SeriesNeed: Hashable, Sendable {
    /// A number, `absent(…)`, or a selector that names no metric.
    case nothing
    case metric(String)
    /// Operands of arithmetic, comparisons, `and`; arguments of functions.
    case all([SeriesNeed])
    /// Operands of `or`.
    case any([SeriesNeed])

    /// Every metric that is named, in alphabetical order.
    var metrics: [String] { Set(named).sorted() }

    private var named: [String] {
        switch self {
        case .nothing: []
        case .metric(let name): [name]
        case .all(let needs), .any(let needs): needs.flatMap(\.named)
        }
    }

    /// What is missing, one list for each thing that must be there, any of its metrics being enough; empty when nothing.
    ///
    /// A recorded series that has no samples is well when what it is recorded from is there: nothing has failed yet.
    /// - Parameters:
    ///   - exists: whether a metric has series.
    ///   - recorded: what a recording rule of this name computes.
    func missing(_ exists: (String) -> Bool, recorded: [String: SeriesNeed]) -> [[String]] {
        var lists: [[String]] = []
        for list in missing(exists, recorded, within: []) where !lists.contains(list) { lists.append(list) }
        return lists
    }

    private func missing(
        _ exists: (String) -> Bool, _ recorded: [String: SeriesNeed], within rules: Set<String>
    ) -> [[String]] {
        switch self {
        case .nothing: return []
        case .metric(let name):
            if exists(name) { return [] }
            // A rule that needs itself would be followed for ever.
            guard let rule = recorded[name], !rules.contains(name) else { return [[name]] }
            return rule.missing(exists, recorded, within: rules.union([name]))
        case .all(let needs): return needs.flatMap { $0.missing(exists, recorded, within: rules) }
        case .any(let needs):
            let each = needs.map { $0.missing(exists, recorded, within: rules) }
            return each.contains(where: \.isEmpty) ? [] : [Set(each.flatMap { $0.flatMap { $0 } }).sorted()]
        }
    }
}
