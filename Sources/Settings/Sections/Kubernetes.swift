package import Telemetry

extension Settings {
    /// Where events, pods, nodes and workloads come from: the cluster's API server, and Loki for events that were sent
    /// there.
    package struct Kubernetes: Hashable, Sendable {
        /// nil when only events in Loki are looked at.
        package var access: Access?
        package var eventsFromLoki: ShippedEvents?

        package init(access: Access? = nil, eventsFromLoki: ShippedEvents? = nil) {
            self.access = access
            self.eventsFromLoki = eventsFromLoki
        }

        /// An API server that asks for nothing: `kubectl proxy`, or a test's.
        package init(url: String) {
            access = Access(url: url)
        }

        /// Of the API server; nil without access to it.
        package var url: String? { access?.url }
    }
}

extension Settings.Kubernetes {
    /// How the API server is reached.
    package struct Access: Hashable, Sendable {
        /// In a file, or in a kubeconfig itself. It prints as its path or as `<redacted>`.
        package enum Credential: Hashable, Sendable {
            case file(String)
            case text(Secret)
        }

        /// Which keys of the section gave it.
        package enum Way: Hashable, Sendable {
            /// `in_cluster`: the pod's own account.
            case account
            case kubeconfig
            case url
        }

        package var way = Way.url
        /// Without a slash at its end.
        package var url: String
        /// A file is read again for each request: a service account's token is replaced every hour.
        package var token: Credential?
        /// PEM; instead of the system's certificate authorities.
        package var authority: Credential?
        /// PEM, with its key: what this client shows to a server that asks for a certificate.
        package var clientCertificate: Credential?
        package var clientKey: Credential?
        /// For one request, from sending it to the last byte of the answer.
        package var timeout: Duration = .seconds(10)

        package init(url: String) {
            self.url = url
        }
    }
}

extension Settings.Kubernetes {
    init?(_ reader: YAMLReader) {
        let access = Access(reader)
        let events = reader.optional("events_from_loki", as: .section(ShippedEvents.init))
        guard access != nil || events != nil else { return nil }
        self.init(access: access, eventsFromLoki: events)
    }
}

extension ShippedEvents {
    init?(_ reader: YAMLReader) {
        let selector = reader.required("selector", as: .streamSelector)
        let format = reader.required("format", as: .oneOf(Format.self))
        guard let selector, let format else { return nil }
        self.init(selector: selector, format: format)
    }
}

extension YAMLShape<String> {
    /// `{job="kubernetes-events"}`: Loki refuses one that selects everything.
    fileprivate static var streamSelector: YAMLShape {
        .scalar("a stream selector such as {job=\"kubernetes-events\"}", isText: true) { text in
            let isSelector = text.hasPrefix("{") && text.hasSuffix("}") && text.contains("=")
            return isSelector && !text.contains("|=") ? text : nil
        }
    }
}
