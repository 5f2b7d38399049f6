/// Decides where the words in which similar lines differ are variables, and where they tell events apart.
///
/// A variable takes many values, an event's words few: `session opened` and `session closed` are two templates,
/// `for user root`, `for user news`, … are one. How many is many is the question that Brain (Yu et al., "Brain: Log
/// Parsing With Bidirectional Parallel Tree", TSC 2023) answers with a threshold per log, 2 to 6 in its experiments;
/// here it depends on the evidence that the words themselves carry.
struct TemplateEvidence {
    /// Different words in one place that still tell events apart.
    static let few = 3
    /// The same where there is little to recognise the event by, or in the first place, which mostly names the event.
    static let fewWithoutContext = 8
    /// The same for words in capitals, which programs write their states in, `from NEW to RUNNING`, and for values of
    /// `messageKeys`.
    static let fewNamed = 16
    /// Keys whose value is what the line says, and how grave it is, in logfmt and in JSON.
    private static let messageKeys = Set(
        ["msg", "message", "event", "error", "err", "reason", "level", "lvl", "severity"].flatMap { key in
            ["\(key)=", "\"\(key)\":"].flatMap {
                [StableHash(of: $0, beginsWord: true), StableHash(of: $0, beginsWord: false)]
            }
        }.map(\.value))

    /// The share of the words alike below which there is little to recognise the event by.
    static let littleContext = 0.6

    private let entries: [FormEntry]
    /// The values that variables take, by the piece before them: what follows `user` in one template does in others.
    private var knownValues: [UInt64: Set<UInt64>] = [:]

    init(_ entries: [FormEntry]) {
        self.entries = entries
    }

    /// Takes each cluster apart into templates.
    ///
    /// - Returns: the members of each template, in the order of their first members.
    mutating func templates(of clusters: [[Int]]) -> [[Int]] {
        let learned = values(of: clusters)
        knownValues = learned
        var templates: [[Int]] = []
        for cluster in clusters { split(cluster) { members, _ in templates.append(members) } }
        return templates.sorted { $0[0] < $1[0] }
    }

    private func values(of clusters: [[Int]]) -> [UInt64: Set<UInt64>] {
        var values: [UInt64: Set<UInt64>] = [:]
        for cluster in clusters {
            split(cluster) { members, variables in
                for position in variables where position > 0 {
                    let before = entries[members[0]].pieces[position - 1].hash
                    values[before, default: []].formUnion(members.map { entries[$0].pieces[position].hash })
                }
            }
        }
        return values
    }

    /// What the members' pieces in one place are.
    private struct Place {
        let position: Int
        let values: Set<UInt64>
        /// Every one of them is in capitals.
        let isCapitals: Bool
        /// It is the first word of what the line says.
        let isMessage: Bool
        /// Some line has a variable by shape there.
        let hasVariable: Bool
        /// An earlier look found a variable there.
        let isSettled: Bool
    }

    /// Takes members apart by the place with the fewest words that tell events apart, until there is none.
    ///
    /// - Parameter body: is given each template's members, and the places where they differ by their number of values.
    private func split(_ members: [Int], _ body: ([Int], [Int]) -> Void) {
        guard members.count > 1 else { return body(members, []) }
        let (places, recognisable) = differences(of: members)
        let hasContext = Double(recognisable) >= Self.littleContext * Double(recognisable + places.count)
        var events: [Place] = []
        var attributes: [Place] = []
        var variables: [Int] = []
        for place in places {
            let before = place.position > 0 ? entries[members[0]].pieces[place.position - 1] : nil
            if place.isSettled || place.hasVariable && hasContext || place.values.count > few(place, hasContext) {
                variables.append(place.position)
            } else if let before, let known = knownValues[before.hash], place.values.isSubset(of: known) {
                continue
            } else if before?.traits.contains(.isKey) == true, !place.isMessage {
                attributes.append(place)
            } else {
                events.append(place)
            }
        }
        // One attribute of few values may be the event's kind; several that vary are data.
        if events.isEmpty, attributes.count == 1 { events = attributes }
        guard let place = events.min(by: { $0.values.count < $1.values.count }) else { return body(members, variables) }
        var parts: [[Int]] = []
        var partOfValue: [UInt64: Int] = [:]
        for member in members {
            let value = entries[member].pieces[place.position].hash
            if let part = partOfValue[value] {
                parts[part].append(member)
            } else {
                partOfValue[value] = parts.count
                parts.append([member])
            }
        }
        for part in parts { split(part, body) }
    }

    private func few(_ place: Place, _ hasContext: Bool) -> Int {
        if place.isCapitals || place.isMessage { return Self.fewNamed }
        return hasContext && place.position > 0 ? Self.few : Self.fewWithoutContext
    }

    /// The places where the members differ, and how many words all of them share.
    private func differences(of members: [Int]) -> (places: [Place], recognisable: Int) {
        let first = entries[members[0]]
        var places: [Place] = []
        var recognisable = 0
        for position in first.pieces.indices {
            let piece = first.pieces[position]
            let differs = members.contains { entries[$0].pieces[position].hash != piece.hash }
            guard differs || piece.traits.contains(.differs) else {
                if piece.traits.contains(.hasLetters) { recognisable += 1 }
                continue
            }
            var values: Set<UInt64> = []
            var isCapitals = true
            var hasVariable = false
            var isSettled = false
            for member in members {
                let piece = entries[member].pieces[position]
                values.insert(piece.hash)
                if !piece.traits.contains(.isCapitals) { isCapitals = false }
                if piece.traits.contains(.isVariable) { hasVariable = true }
                if piece.traits.contains(.differs) { isSettled = true }
            }
            places.append(
                Place(
                    position: position, values: values, isCapitals: isCapitals,
                    isMessage: position > 0 && Self.messageKeys.contains(first.pieces[position - 1].hash),
                    hasVariable: hasVariable,
                    isSettled: isSettled))
        }
        return (places, recognisable)
    }
}
