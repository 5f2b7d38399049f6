package import HTTPTransport
package import Telemetry

/// What the chain consists of, as it is configured. What is nil is told as skipped.
package struct ChainPlan: Sendable {
    /// A server with the client that has its credentials.
    package struct Server: Sendable {
        /// Its base URL, without a slash at its end.
        package let address: String
        package let http: any HTTPClient
        /// For one request.
        package let timeout: Duration
        /// Whether it is told for which tenant it is asked.
        package let hasTenant: Bool

        package init(address: String, http: any HTTPClient, timeout: Duration, hasTenant: Bool = false) {
            self.address = address
            self.http = http
            self.timeout = timeout
            self.hasTenant = hasTenant
        }
    }

    /// By what the API server is reached: each has other keys, and refuses those of the others.
    package enum KubernetesAccess: Hashable, Sendable, CaseIterable {
        /// The account of the pod: `kubernetes.in_cluster`.
        case account
        case kubeconfig
        case url
    }

    /// What may be there or not, and has series of its own.
    package enum Platform: Hashable, Sendable, CaseIterable {
        case kubernetes, jenkins
    }

    /// How this service takes notifications: what Alertmanager's configuration is compared with.
    package struct Intake: Sendable {
        package enum Credentials: Hashable, Sendable {
            case none
            case basic(username: String)
            case bearer
        }

        /// What it demands.
        package var credentials = Credentials.none
        /// Where it listens.
        package var host = "0.0.0.0"
        /// 0: any that is free.
        package var port = 0
        /// As others reach it; nil where the configuration does not say.
        package var publicURL: String?

        package init() {}
    }

    /// Grafana's API, and what is to be there.
    package struct Grafana: Sendable {
        package let server: Server
        /// Without credentials it tells only whether it runs.
        package var hasCredentials = false
        package var organization = 1
        /// uids of data sources by their kind: `tempo`, `loki`, `prometheus`.
        package var dataSources: [(kind: String, uid: String)] = []
        package var dashboard: String?

        package init(server: Server) {
            self.server = server
        }
    }

    /// Where the service keeps what it took in and what it has to send.
    package struct Journal: Sendable {
        package enum Sight: Hashable, Sendable {
            /// What is in it, and how much of it the service has given up.
            case holds(openIncidents: Int, waiting: Int, givenUp: Int)
            /// It is a file, and not there.
            case absent
            /// - Parameter reason: with what to do.
            case unreadable(_ reason: String)
        }

        /// A path, or the key of a secret address.
        package let place: String
        package let look: @Sendable () async -> Sight

        package init(place: String, look: @escaping @Sendable () async -> Sight) {
            self.place = place
            self.look = look
        }
    }

    /// One message marked as a test, for one receiver.
    package struct ChatTest: Sendable {
        package let receiver: String
        /// Gives what went wrong; nil when it was taken.
        package let send: @Sendable () async -> String?

        package init(receiver: String, send: @escaping @Sendable () async -> String?) {
            self.receiver = receiver
            self.send = send
        }
    }

    package var tempo: Server?
    package var loki: Server?
    package var prometheus: Server?
    package var kubernetes: Server?
    package var kubernetesAccess = KubernetesAccess.url
    package var grafana: Grafana?
    /// nil: the one that Prometheus sends to.
    package var alertmanager: Server?
    /// The section of the configuration that has its address.
    package var alertmanagerSection = "alertmanager"
    /// Has no credentials: for an Alertmanager of which Prometheus tells, and the webhook of which Alertmanager tells.
    package var openClient: any HTTPClient
    package var intake = Intake()
    /// Labels that may hold a line's service, the most trusted first.
    package var serviceLabels: [String] = []
    package var traceIDPlace = TraceIDPlace.metadata("trace_id")
    /// Names of alerts that a playbook is for, without patterns.
    package var alerts: [String] = []
    package var queries: [MetricQuery] = []
    /// What the configuration says is there: series of anything else are not missed.
    package var platforms = Set(Platform.allCases)
    /// Names of namespaces that are always looked at, for an account that may not list all.
    package var namespaces: [String] = []
    package var journal: Journal?
    /// Names of all that are configured.
    package var receivers: [String] = []
    package var chatTests: [ChatTest] = []

    package init(openClient: any HTTPClient) {
        self.openClient = openClient
    }
}
