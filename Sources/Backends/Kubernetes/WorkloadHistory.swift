import Telemetry

/// How a workload was changed, as far as its revisions and its own marks remember it.
///
/// A revision is made when a template of pods is seen for the first time, and is used again when somebody goes back to
/// that template: it then gets a new number and keeps the time at which it was made. When that happened is told by the
/// last write to the workload.
struct WorkloadHistory {
    let changes: [WorkloadState.Change]

    /// So long after a change of a Deployment its controller has made the ReplicaSet, if it is not overloaded.
    static let reaction: Int64 = 10

    private struct Entry {
        let at: Timestamp
        let number: Int?
        let isReturn: Bool
        let object: WireWorkload
        let template: WireWorkload.Template?
    }

    /// - Parameter revisions: the ReplicaSets or ControllerRevisions that it owns, in any order.
    init(of workload: WireWorkload, _ kind: WorkloadObjects.Kind, revisions: [WireWorkload]) {
        let sorted = revisions.sorted {
            (Self.number(of: $0) ?? 0, $0.metadata.name) < (Self.number(of: $1) ?? 0, $1.metadata.name)
        }
        var entries: [Entry] = []
        for (index, object) in sorted.enumerated() {
            guard let made = object.metadata.creationTimestamp?.at else { continue }
            let template = object.spec?.template ?? object.data?.spec?.template
            let earlier = sorted[..<index].compactMap { $0.metadata.creationTimestamp?.at }.max()
            let former = Self.formerNumbers(of: object)
            let isReused = !former.isEmpty || earlier.map { $0 > made } ?? false
            let first = isReused ? former.first : Self.number(of: object)
            entries.append(Entry(at: made, number: first, isReturn: false, object: object, template: template))
            // When it was returned to and left again, nobody knows when that was.
            if isReused, index == sorted.count - 1, let at = Self.lastWrite(to: workload), at > made {
                entries.append(
                    Entry(at: at, number: Self.number(of: object), isReturn: true, object: object, template: template))
            }
        }
        entries.sort { ($0.at, $0.number ?? 0) < ($1.at, $1.number ?? 0) }
        changes =
            entries.indices.map { Self.change(entries[$0], after: $0 > 0 ? entries[$0 - 1] : nil, of: workload) }
            + Self.scalings(of: workload)
    }

    private static func change(_ entry: Entry, after previous: Entry?, of workload: WireWorkload)
        -> WorkloadState.Change
    {
        let images = entry.template?.images ?? [:]
        let former = previous?.template?.images ?? [:]
        let created = workload.metadata.creationTimestamp?.at
        let kind: WorkloadState.Change.Kind =
            if entry.isReturn {
                .rollback
            } else if previous == nil, let created, abs(entry.at.seconds - created.seconds) <= reaction {
                .creation
            } else if let previous, images == former, entry.template?.restartedAt != previous.template?.restartedAt {
                .restart
            } else {
                .rollout
            }
        return WorkloadState.Change(
            at: entry.at, kind: kind, revision: entry.number, revisionName: entry.object.metadata.name, images: images,
            previousImages: former, cause: entry.object.metadata.annotations?["kubernetes.io/change-cause"] ?? "",
            actor: actor(at: entry.at, of: workload))
    }

    /// Who wrote to the workload just before; its controllers only follow.
    private static func actor(at: Timestamp, of workload: WireWorkload) -> String {
        (workload.metadata.managedFields ?? []).last { edit in
            guard edit.subresource == nil, edit.manager != "kube-controller-manager", let time = edit.time?.at else {
                return false
            }
            return abs(at.seconds - time.seconds) <= reaction
        }?.manager ?? ""
    }

    /// The number of replicas has a door of its own, through which `kubectl scale` and autoscalers go.
    private static func scalings(of workload: WireWorkload) -> [WorkloadState.Change] {
        (workload.metadata.managedFields ?? []).compactMap { edit in
            guard edit.subresource == "scale", let at = edit.time?.at else { return nil }
            return WorkloadState.Change(at: at, kind: .scaling, actor: edit.manager ?? "")
        }
    }

    /// To the object itself and not to its status; without a word of that, when its rollout last went on.
    private static func lastWrite(to workload: WireWorkload) -> Timestamp? {
        let edits = (workload.metadata.managedFields ?? []).filter { $0.subresource == nil }
        return edits.compactMap(\.time?.at).max()
            ?? workload.status?.conditions?.first { $0.type == "Progressing" }?.lastUpdateTime?.at
    }

    private static func number(of revision: WireWorkload) -> Int? {
        revision.revision?.number
            ?? revision.metadata.annotations?["deployment.kubernetes.io/revision"].flatMap { Int($0) }
    }

    /// The numbers that a ReplicaSet had before it was used again, the first one first.
    private static func formerNumbers(of revision: WireWorkload) -> [Int] {
        let text = revision.metadata.annotations?["deployment.kubernetes.io/revision-history"] ?? ""
        return text.split(separator: ",").compactMap { Int($0) }
    }
}
