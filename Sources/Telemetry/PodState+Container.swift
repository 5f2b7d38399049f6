extension PodState {
    /// A container of a pod, as it should be and as it is.
    package struct Container: Hashable, Sendable {
        package let name: String
        /// As the pod asks for it: `registry.example.com/agents/maven:3.9`.
        package let image: String
        /// Whether it prepares the pod and has to end before the others start.
        package let preparesPod: Bool
        /// Why it does not run yet: `ImagePullBackOff`, `CrashLoopBackOff`, `ContainerCreating`…; empty otherwise.
        package let waitingReason: String
        package let waitingMessage: String
        package let isReady: Bool
        package let restarts: Int
        /// What it asks for and what it must not exceed, by resource, as the pod says it: `memory` to `512Mi`.
        package let requests: [String: String]
        package let limits: [String: String]

        package init(
            name: String, image: String = "", preparesPod: Bool = false, waitingReason: String = "",
            waitingMessage: String = "", isReady: Bool = false, restarts: Int = 0, requests: [String: String] = [:],
            limits: [String: String] = [:]
        ) {
            self.name = name
            self.image = image
            self.preparesPod = preparesPod
            self.waitingReason = waitingReason
            self.waitingMessage = waitingMessage
            self.isReady = isReady
            self.restarts = restarts
            self.requests = requests
            self.limits = limits
        }
    }
}
