extension WorkloadState {
    /// What somebody, or something, changed about a workload.
    package struct Change: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// It was made.
            case creation
            /// Its pods became others: another image, other variables, other limits.
            case rollout
            /// Its pods became what they had been before.
            case rollback
            /// Its pods were replaced by equal ones: `kubectl rollout restart`.
            case restart
            /// The number of its pods was changed, by a person or an autoscaler.
            case scaling
        }

        package let at: Timestamp
        package let kind: Kind
        /// As `kubectl rollout history` counts; nil for what makes no revision.
        package let revision: Int?
        /// Of the ReplicaSet or ControllerRevision that remembers it; empty for what makes none.
        package let revisionName: String
        /// The image of each container by the container's name, since then.
        package let images: [String: String]
        /// Those before it; empty when they are not remembered.
        package let previousImages: [String: String]
        /// What whoever did it wrote down, in `kubernetes.io/change-cause`; mostly empty.
        package let cause: String
        /// The program that did it: `helm`, `argocd-controller`, `kubectl-set`…; empty when nobody told.
        package let actor: String

        package init(
            at: Timestamp, kind: Kind, revision: Int? = nil, revisionName: String = "", images: [String: String] = [:],
            previousImages: [String: String] = [:], cause: String = "", actor: String = ""
        ) {
            self.at = at
            self.kind = kind
            self.revision = revision
            self.revisionName = revisionName
            self.images = images
            self.previousImages = previousImages
            self.cause = cause
            self.actor = actor
        }

        /// Whether a container got another image than it had, as far as that is remembered.
        package var changesImages: Bool { !previousImages.isEmpty && images != previousImages }

        /// By time, then by what else is told: no order of the server's is seen in it.
        static func isBefore(_ left: Change, _ right: Change) -> Bool {
            if left.at != right.at { return left.at < right.at }
            if left.revision != right.revision { return (left.revision ?? .max) < (right.revision ?? .max) }
            return [left.kind.rawValue, left.revisionName, left.cause, left.actor]
                .lexicographicallyPrecedes([right.kind.rawValue, right.revisionName, right.cause, right.actor])
        }
    }
}
