/// An event that Kubernetes recorded about one of its objects.
package struct ClusterEvent: Hashable, Sendable {
    /// The object that it is about.
    package struct Object: Hashable, Sendable {
        /// `Pod`, `Node`, `StatefulSet`…
        package let kind: String
        /// Empty for what has none, a node for instance.
        package let namespace: String
        package let name: String

        package init(kind: String, namespace: String = "", name: String) {
            self.kind = kind
            self.namespace = namespace
            self.name = name
        }
    }

    /// When it was first seen.
    package let at: Timestamp
    /// When it was last seen; equal to `at` for one that came once.
    package let lastSeen: Timestamp
    /// `Evicted`, `PreemptScheduled`, `FailedScheduling`…
    package let reason: String
    package let message: String
    /// `Normal` or `Warning`.
    package let type: String
    package let object: Object
    package let count: Int
    /// Who reported it: `kubelet`, `node-controller`…
    package let reporter: String

    package init(
        at: Timestamp, lastSeen: Timestamp? = nil, reason: String, message: String, type: String = "Normal",
        object: Object, count: Int = 1, reporter: String = ""
    ) {
        self.at = at
        self.lastSeen = max(at, lastSeen ?? at)
        self.reason = reason
        self.message = message
        self.type = type
        self.object = object
        self.count = count
        self.reporter = reporter
    }
}

extension ClusterEvent {
    /// By time, then by what else is told: an order that does not depend on the one in which they came.
    package static func precedes(_ left: ClusterEvent, _ right: ClusterEvent) -> Bool {
        if left.at != right.at { return left.at < right.at }
        if left.words != right.words { return left.words.lexicographicallyPrecedes(right.words) }
        return (left.lastSeen, left.count) < (right.lastSeen, right.count)
    }

    private var words: [String] { [object.kind, object.namespace, object.name, reason, message, reporter, type] }
}
