extension Settings.Kubernetes.Access {
    /// Where Kubernetes puts a pod's credentials.
    ///
    /// Source: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
    private static let serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount"
    /// What every pod can call the API server: stands for it where nobody asks it.
    private static let nameInCluster = "https://kubernetes.default.svc"

    /// One of three ways: the pod's own account, a kubeconfig, or a URL with credentials. nil when none is given, or it
    /// cannot be used, which is reported.
    init?(_ reader: YAMLReader) {
        let inCluster = reader.optional("in_cluster", as: .flag)
        let ways = Ways(reader, isInCluster: inCluster == true)
        let access: Self? =
            if inCluster == true {
                Self.inCluster(reader)
            } else if ways.hasKubeconfig, !ways.hasURL {
                Self.fromKubeconfig(reader)
            } else {
                Self.fromURL(reader, isRequired: !(inCluster == nil && reader.has("in_cluster")))
            }
        let timeout = reader.optional("timeout", as: .duration(in: .milliseconds(100) ... .seconds(300)))
        guard var access else { return nil }
        if let timeout { access.timeout = timeout }
        self = access
    }

    /// Which ways are given; a second one is reported.
    private struct Ways {
        let hasKubeconfig: Bool
        let hasURL: Bool

        init(_ reader: YAMLReader, isInCluster: Bool) {
            let credentials = ["url", "token_file", "ca_file", "client_certificate_file", "client_key_file"]
            hasKubeconfig = reader.node("kubeconfig") != nil
            hasURL = reader.node("url") != nil
            for name in credentials + ["kubeconfig", "context"] where isInCluster {
                reader.node(name)?.report("in_cluster is true and sets it: keep one of the two")
            }
            for name in credentials where !isInCluster && hasKubeconfig {
                reader.node(name)?.report("kubeconfig is given and sets it: keep one of the two")
            }
            if !isInCluster, !hasKubeconfig {
                reader.node("context")?.report("is the name of a kubeconfig's context: give kubeconfig")
            }
        }
    }

    private static func inCluster(_ reader: YAMLReader) -> Self? {
        let environment = reader.context.environment
        // The cluster is not asked either.
        if reader.context.leavesOutSecrets { return nil }
        var access: Self
        if let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty {
            let port = environment["KUBERNETES_SERVICE_PORT"] ?? "443"
            // An IPv6 address stands in brackets in a URL.
            access = Self(url: "https://\(host.contains(":") ? "[\(host)]" : host):\(port)")
        } else if reader.context.isOffline {
            access = Self(url: nameInCluster)
        } else {
            reader.node("in_cluster")?.report("KUBERNETES_SERVICE_HOST is not set: this does not run in a pod")
            return nil
        }
        access.way = .account
        access.token = .file("\(serviceAccount)/token")
        access.authority = .file("\(serviceAccount)/ca.crt")
        return access
    }

    private static func fromURL(_ reader: YAMLReader, isRequired: Bool) -> Self? {
        let url = reader.optional("url", as: .serverURL)
        var access = Self(url: url ?? "")
        func file(_ name: String) -> Credential? { reader.optional(name, as: .readableFile).map(Credential.file) }
        access.token = file("token_file")
        access.authority = file("ca_file")
        access.clientCertificate = file("client_certificate_file")
        access.clientKey = file("client_key_file")
        if reader.has("client_certificate_file") != reader.has("client_key_file") {
            reader.report("client_certificate_file and client_key_file belong together: give both or neither")
        }
        // Events in Loki need no access; anything that belongs to one does.
        let isOnlyLoki = reader.entries.allSatisfy { $0.name == "events_from_loki" } && reader.has("events_from_loki")
        if !reader.has("url"), isRequired, !isOnlyLoki, !reader.has("kubeconfig") {
            reader.report("url is missing (or in_cluster: true, or kubeconfig)")
        }
        return url == nil ? nil : access
    }

    private static func fromKubeconfig(_ reader: YAMLReader) -> Self? {
        let context = reader.optional("context", as: .text)
        guard let node = reader.node("kubeconfig"), let path = YAMLShape<String>.path.read(node),
            let bytes = node.contents(of: path)
        else { return nil }
        do throws(Kubeconfig.Problem) {
            var access = try Kubeconfig(bytes, path: path, node.context).access(context: context)
            access.way = .kubeconfig
            return access
        } catch {
            node.report("\(path): \(error.message)")
            return nil
        }
    }
}
