/// Puts forms together that may be one template: as many pieces, and most of their words alike in the same places.
///
/// The idea is that of Drain (He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017), with
/// the whole log's forms at hand instead of one line after the other. It is generous: `TemplateEvidence` takes apart
/// again what does not belong together.
struct FormClusters {
    /// Of the words that are not variables, the share that must be alike. Drain's own experiments use 0.4 to 0.7.
    static let similarity = 0.5
    /// The share of a cluster's words, those that are variables by shape aside, that must stay alike: a template that
    /// fits everything says nothing.
    static let leastRecognisable = 0.4

    private struct Cluster {
        /// Hashes of the pieces that are alike in all members; 0 where they differ.
        var hashes: [UInt64]
        var members: [Int]
    }

    private let entries: [FormEntry]

    init(_ entries: [FormEntry]) {
        self.entries = entries
    }

    /// The clusters, as indices into the entries, by the number of pieces and then in the order of first members.
    func found() -> [[Int]] {
        var byLength: [Int: [Int]] = [:]
        for index in entries.indices { byLength[entries[index].pieces.count, default: []].append(index) }
        return byLength.sorted { $0.key < $1.key }.flatMap { clusters(of: $0.value) }
    }

    private func clusters(of indices: [Int]) -> [[Int]] {
        var clusters: [Cluster] = []
        for index in indices {
            var best: (cluster: Int, similarity: Double)?
            for (number, cluster) in clusters.enumerated() {
                let similarity = similarity(of: entries[index], to: cluster)
                if similarity >= Self.similarity, similarity > best?.similarity ?? 0 { best = (number, similarity) }
            }
            if let best {
                clusters[best.cluster].members.append(index)
                for (position, piece) in entries[index].pieces.enumerated()
                where clusters[best.cluster].hashes[position] != piece.hash {
                    clusters[best.cluster].hashes[position] = 0
                }
            } else {
                clusters.append(Cluster(hashes: entries[index].pieces.map(\.hash), members: [index]))
            }
        }
        return clusters.map(\.members)
    }

    /// Of the words that are in both, the share that is alike; 0 when the two cannot be one template.
    private func similarity(of entry: FormEntry, to cluster: Cluster) -> Double {
        let representative = entries[cluster.members[0]]
        var alike = 0
        var different = 0
        var variable = 0
        let mostDifferent = Int(Double(entry.pieces.count) * (1 - Self.similarity))
        for (position, piece) in entry.pieces.enumerated() {
            let hash = cluster.hashes[position]
            if hash == piece.hash, !piece.traits.contains(.differs) {
                if piece.traits.contains(.hasLetters) { alike += 1 }
            } else if hash == 0 || piece.traits.contains(.differs) {
                variable += 1
            } else {
                // Punctuation is never a variable.
                let other = representative.pieces[position].traits
                guard piece.traits.contains(.hasContent), other.contains(.hasContent) else { return 0 }
                different += 1
                if different > mostDifferent { return 0 }
            }
        }
        guard alike + different > 0 else { return 1 }
        let isRecognisable = Double(alike) >= Self.leastRecognisable * Double(alike + different + variable)
        return isRecognisable ? Double(alike) / Double(alike + different) : 0
    }
}
