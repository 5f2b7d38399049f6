package import HTTPTransport

/// Asks the Kubernetes API for one object of a kind, to see whether this service's account may list it.
package struct KubernetesRights: Sendable {
    private let http: any HTTPClient
    private let endpoint: Endpoint

    package init(http: any HTTPClient, baseURL: String, deadline: Duration) {
        self.http = http
        endpoint = Endpoint(baseURL: baseURL, deadline: deadline)
    }

    /// - Parameter namespace: nil for all.
    /// - Throws: also what the server refuses, with the rule that would allow it.
    package func list(_ resource: KubernetesResource, in namespace: String? = nil) async throws(BackendError) {
        let collection = KubernetesCollection(resource: resource, namespace: namespace)
        guard let path = collection.path else {
            throw .invalidQuestion(collection.attempt, reason: "that is not the name of a namespace")
        }
        let response = try await http.send(
            endpoint.get(path, [("limit", "1")], headers: [HTTPHeader("Accept", "application/json")]),
            for: collection.attempt)
        guard response.status == 200 else { throw collection.refusal(response) }
    }
}
