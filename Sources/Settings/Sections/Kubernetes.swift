extension Settings {
    /// Where events, pods and nodes come from: the cluster's API server.
    package struct Kubernetes: Hashable, Sendable {
        /// Without a slash at its end.
        package var url: String
        /// Read again for each request: a service account's token is replaced every hour.
        package var tokenFile: String?
        package var caFile: String?
        /// For one request, from sending it to the last byte of the answer.
        package var timeout: Duration = .seconds(10)

        package init(url: String) {
            self.url = url
        }
    }
}

extension Settings.Kubernetes {
    /// Where Kubernetes puts a pod's credentials.
    ///
    /// Source: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
    private static let serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"

    init?(_ reader: YAMLReader) {
        let inCluster = reader.optional("in_cluster", as: .flag)
        let isInCluster = inCluster ?? false
        let url = isInCluster ? Self.clusterURL(reader) : reader.optional("url", as: .serverURL)
        self.init(url: url ?? "")
        if isInCluster {
            tokenFile = "\(Self.serviceAccount)/token"
            caFile = "\(Self.serviceAccount)/ca.crt"
            for name in ["url", "token_file", "ca_file"] {
                reader.node(name)?.report("in_cluster is true and sets it: keep one of the two")
            }
        } else {
            reader.read("token_file", as: .readableFile, into: &tokenFile)
            reader.read("ca_file", as: .readableFile, into: &caFile)
            let isUnclear = inCluster == nil && reader.has("in_cluster")
            if !reader.has("url"), !isUnclear { reader.report("url is missing (or in_cluster: true)") }
        }
        reader.read("timeout", as: .duration(in: .milliseconds(100) ... .seconds(300)), into: &timeout)
        if url == nil { return nil }
    }

    private static func clusterURL(_ reader: YAMLReader) -> String? {
        let environment = reader.context.environment
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty else {
            reader.node("in_cluster")?.report("KUBERNETES_SERVICE_HOST is not set: this does not run in a pod")
            return nil
        }
        let port = environment["KUBERNETES_SERVICE_PORT"] ?? "443"
        // An IPv6 address stands in brackets in a URL.
        return "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
