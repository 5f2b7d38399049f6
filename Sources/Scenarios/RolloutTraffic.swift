import Telemetry

/// Orders on their way through the shop while two of its services run two versions side by side: storefront → checkout →
/// cart and payments-gateway.
struct RolloutTraffic {
    private(set) var spans: [Span] = []
    private(set) var lines: [LogEntry] = []
    private let rollout: Timestamp
    private var newOrders = 0

    private static let nodes = ["aks-apps-30175528-vmss000000", "aks-apps-30175528-vmss000001"]
    private static let newCheckout = zip(["6c8f7b5d94-m2k8p", "6c8f7b5d94-tq6jd"], nodes).map {
        ShopService(name: "checkout", pod: "checkout-\($0)", node: $1, version: "1.19.0")
    }
    private static let newStorefront = zip(["5b9d8c6f47-c4hzn", "5b9d8c6f47-r8vkl"], nodes).map {
        ShopService(name: "storefront", pod: "storefront-\($0)", node: $1, version: "1.18.3")
    }
    static let newPods = newCheckout + newStorefront
    /// Storefront's rollout came this much earlier.
    private static let lead = Duration.seconds(45)

    /// - Parameter rollout: from then on, half of the orders come to checkout's new pods, which place one of three.
    init(rollout: Timestamp) { self.rollout = rollout }

    mutating func order(at planned: Timestamp, _ random: inout SplitMix) {
        let start = planned + random.milliseconds(0...1900)
        var call = Call(traceID: TraceID(high: random.next() >> 4, low: random.next()))
        let front = random.element(of: pods(of: "storefront", Self.newStorefront, start, from: rollout - Self.lead))
        let pod = random.element(of: pods(of: "checkout", Self.newCheckout, start, from: rollout))
        let isNew = Self.newCheckout.contains(pod)
        let fails = isNew && newOrders % 3 != 1
        if isNew { newOrders += 1 }
        let root = call.enter("POST /checkout", on: front, as: SpanID(random.next()), from: nil, at: start)
        let checkout = call.request("POST /checkout", on: pod, from: root, at: start + .milliseconds(6), &random)
        let cart = call.request(
            "GET /cart/{id}", of: "cart", from: checkout, at: checkout.start + .milliseconds(4), &random)
        let cartEnd = cart.start + random.milliseconds(6...19)
        call.leave(cart, at: cartEnd)
        let shipping = call.enterInternal("compute shipping", from: checkout, at: cartEnd + .milliseconds(2), &random)
        var end = shipping.start + random.milliseconds(0...2)
        if fails {
            let zone = random.number(4...6)
            let message = "no tariff for zone \(zone)"
            call.fail(shipping, at: end, type: "IllegalArgumentException", message: message)
            lines.append(ShopLog.line(of: checkout, end + .milliseconds(1), "error", "order not placed: \(message)"))
        } else {
            call.leave(shipping, at: end)
            let payment = call.request(
                "POST /pay", of: "payments-gateway", from: checkout, at: end + .milliseconds(3), &random)
            end = payment.start + random.milliseconds(95...230)
            call.leave(payment, at: end)
            let order = random.number(100_000...999_999)
            lines.append(ShopLog.line(of: checkout, end + .milliseconds(2), "info", "order \(order) placed"))
        }
        call.leave(checkout, at: end + random.milliseconds(3...9), status: fails ? 500 : 200)
        call.leave(root, at: end + random.milliseconds(12...20), status: fails ? 500 : 200)
        spans += call.spans
    }

    private func pods(
        of service: String, _ new: [ShopService], _ at: Timestamp, from rollout: Timestamp
    ) -> [ShopService] {
        ShopService.pods(of: service) + (at >= rollout ? new : [])
    }

    /// What the deployments' controller and the kubelets say of it.
    var events: [ClusterEvent] {
        [(Self.newStorefront, rollout - Self.lead), (Self.newCheckout, rollout)].flatMap { pods, ready in
            let service = pods[0].name
            let replicaSet = pods[0].pod.split(separator: "-").dropLast().joined(separator: "-")
            let scaled = ClusterEvent(
                at: ready - .seconds(24), reason: "ScalingReplicaSet",
                message: "Scaled up replica set \(replicaSet) to 2 from 0",
                object: .init(kind: "Deployment", namespace: "shop", name: service), reporter: "deployment-controller")
            return [scaled]
                + pods.enumerated().flatMap { number, pod in
                    let object = ClusterEvent.Object(kind: "Pod", namespace: "shop", name: pod.pod)
                    return [
                        ClusterEvent(
                            at: ready - .seconds(23), reason: "Scheduled",
                            message: "Successfully assigned shop/\(pod.pod) to \(pod.node)", object: object,
                            reporter: "default-scheduler"),
                        ClusterEvent(
                            at: ready - .seconds(12 - Int64(number)), reason: "Started",
                            message: "Started container \(service)", object: object, reporter: "kubelet"),
                    ]
                }
        }
    }
}
