import FoundationEssentials

/// The body of an error: `metav1.Status`.
struct KubernetesStatus: Decodable {
    let message: String?

    init?(_ body: [UInt8]) {
        guard let status = try? JSONDecoder().decode(KubernetesStatus.self, from: Data(body)) else { return nil }
        self = status
    }
}
