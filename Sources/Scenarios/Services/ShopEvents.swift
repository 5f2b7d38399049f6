import Telemetry

/// What the cluster records.
extension ShopWorld {
    mutating func record(
        _ at: Timestamp, _ kind: String, _ name: String, _ reason: String, _ message: String, warning: Bool = false,
        by reporter: String, count: Int = 1, lastSeen: Timestamp? = nil
    ) {
        let object = ClusterEvent.Object(kind: kind, namespace: kind == "Node" ? "" : Self.namespace, name: name)
        // Kubernetes keeps whole seconds.
        events.append(
            ClusterEvent(
                at: Timestamp(seconds: at.seconds), lastSeen: lastSeen.map { Timestamp(seconds: $0.seconds) },
                reason: reason, message: message, type: warning ? "Warning" : "Normal", object: object, count: count,
                reporter: reporter))
    }

    /// Normal life: a job every quarter of an hour, and one probe that was too impatient.
    mutating func liveOn() {
        for before in stride(from: Int64(4400), to: -200, by: -900) {
            let at = alertedAt - .seconds(before)
            let job = "stock-export-\(at.seconds / 60)"
            let pod = "\(job)-\(random.suffix(5))"
            let node = random.element(of: nodes)
            if lostNodes[node] != nil { continue }
            record(at, "Job", job, "SuccessfulCreate", "Created pod: \(pod)", by: "job-controller")
            record(
                at, "Pod", pod, "Scheduled", "Successfully assigned \(Self.namespace)/\(pod) to \(node)",
                by: "default-scheduler")
            record(at + .seconds(2), "Pod", pod, "Started", "Started container export", by: "kubelet")
            record(at + .seconds(44), "Job", job, "Completed", "Job completed", by: "job-controller")
        }
        let candidates = pods.filter { $0.from == nil && $0.until == nil && lostNodes[$0.node] == nil }
        guard !candidates.isEmpty else { return }
        let pod = random.element(of: candidates)
        record(
            window.start - .seconds(Int64(random.number(300...1500))), "Pod", pod.name, "Unhealthy",
            "Readiness probe failed: Get \"http://\(pod.address):8080/ready\": context deadline exceeded "
                + "(Client.Timeout exceeded while awaiting headers)", warning: true, by: "kubelet")
    }

    /// A rollout that takes the old pods away as the new ones come.
    /// - Parameter count: of the new pods; with fewer than there are old ones, the rollout stays halfway.
    @discardableResult
    mutating func deploy(_ service: String, version: String, at: Timestamp, count: Int? = nil) -> [ShopPod] {
        let old = pods(of: service)
        let new = addPods(of: service, count: count ?? old.count, version: version, from: at)
        guard let newSet = new.first?.replicaSet, let oldSet = old.first?.replicaSet else { return [] }
        let image = "registry.example.com/shop/\(service):\(version)"
        for (index, pod) in new.enumerated() {
            let begin = (pod.from ?? at) - .seconds(11)
            record(
                begin, "Deployment", service, "ScalingReplicaSet",
                "Scaled up replica set \(newSet) from \(index) to \(index + 1)", by: "deployment-controller")
            record(
                begin, "ReplicaSet", newSet, "SuccessfulCreate", "Created pod: \(pod.name)", by: "replicaset-controller"
            )
            record(
                begin, "Pod", pod.name, "Scheduled",
                "Successfully assigned \(Self.namespace)/\(pod.name) to \(pod.node)", by: "default-scheduler")
            record(begin + .seconds(1), "Pod", pod.name, "Pulling", "Pulling image \"\(image)\"", by: "kubelet")
            record(
                begin + .seconds(5), "Pod", pod.name, "Pulled",
                "Successfully pulled image \"\(image)\" in 3.8\(random.number(10...99))s (3.8s including waiting). "
                    + "Image size: \(random.number(41_000_000...190_000_000)) bytes.", by: "kubelet")
            record(begin + .seconds(6), "Pod", pod.name, "Started", "Started container \(service)", by: "kubelet")
            guard count == nil, index < old.count else { continue }
            let end = (pod.from ?? at) + .seconds(3)
            change(old[index]) { $0.until = end }
            record(
                end, "Deployment", service, "ScalingReplicaSet",
                "Scaled down replica set \(oldSet) from \(old.count - index) to \(old.count - index - 1)",
                by: "deployment-controller")
            record(end, "Pod", old[index].name, "Killing", "Stopping container \(service)", by: "kubelet")
        }
        return new
    }

    /// All pods of a service end, because somebody asked for none.
    mutating func scaleToNone(_ service: String, at: Timestamp) {
        let old = pods(of: service)
        record(
            at, "Deployment", service, "ScalingReplicaSet",
            "Scaled down replica set \(old.first?.replicaSet ?? service) from \(old.count) to 0",
            by: "deployment-controller")
        for pod in old {
            change(pod) { $0.until = at }
            record(at + .seconds(1), "Pod", pod.name, "Killing", "Stopping container \(service)", by: "kubelet")
            record(
                at, "ReplicaSet", pod.replicaSet, "SuccessfulDelete", "Deleted pod: \(pod.name)",
                by: "replicaset-controller")
        }
    }

    /// A machine that goes silent: the cluster notices after 40 seconds, and evicts after five minutes.
    mutating func loseNode(_ node: String, at: Timestamp) {
        lostNodes[node] = at
        let noticed = at + .seconds(43)
        record(
            noticed, "Node", node, "NodeNotReady", "Node \(node) status is now: NodeNotReady", by: "node-controller")
        for pod in pods where pod.node == node {
            // Endpoints of a node that is not ready leave the service.
            change(pod) {
                $0.unreachableFrom = at
                $0.until = at + .seconds(340)
            }
            record(
                noticed, "Pod", pod.name, "NodeNotReady", "Node is not ready", warning: true, by: "node-controller")
            record(
                noticed + .seconds(300), "Pod", pod.name, "TaintManagerEviction",
                "Marking for deletion Pod \(Self.namespace)/\(pod.name)", by: "taint-eviction-controller")
        }
    }

    /// A container is killed for its memory and comes back after some seconds, over and over.
    mutating func killForMemory(_ pod: ShopPod, at times: [Timestamp]) {
        guard let last = times.last else { return }
        memoryKills[pod.name] = times
        change(pod) {
            $0.restarts += times.count
            $0.closed = times.map { TimeWindow(start: $0, end: $0 + .seconds(19)) }
            $0.terminations = [.init(container: pod.service, reason: "OOMKilled", exitCode: 137, finishedAt: last)]
        }
        if times.count > 1 {
            record(
                times[1], "Pod", pod.name, "BackOff",
                "Back-off restarting failed container \(pod.service) in pod \(pod.name)_\(Self.namespace)",
                warning: true, by: "kubelet", count: times.count, lastSeen: last)
        }
        for at in times {
            record(at + .seconds(2), "Pod", pod.name, "Started", "Started container \(pod.service)", by: "kubelet")
        }
    }
}
