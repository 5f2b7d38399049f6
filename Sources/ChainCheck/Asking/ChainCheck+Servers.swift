import Backends
import Telemetry

/// Whether each server answers, lets us in, and is recent enough.
extension ChainCheck {
    /// What is asked for only to see whether it may be: short, so that it costs nothing.
    private static let glance = Duration.seconds(300)

    var tempoJob: Job {
        guard let tempo = plan.tempo else {
            return Self.skipping([.tempo], "not configured", advice: "Give tempo.url: traces come from there.")
        }
        let server = Reachability.Server.tempo(tempo.address, hasTenant: tempo.hasTenant)
        let client = tempoClient(tempo)
        return job(server, tempo, version: "/api/status/buildinfo") { now throws(BackendError) in
            _ = try await client.search("{ }", in: TimeWindow(start: now - Self.glance, end: now), limit: 1)
        }
    }

    var lokiJob: Job {
        guard let loki = plan.loki else {
            return Self.skipping([.loki], "not configured", advice: "Give loki.url: logs come from there.")
        }
        let server = Reachability.Server.loki(loki.address, hasTenant: loki.hasTenant)
        let pages = pages("Loki", loki)
        return job(server, loki, version: "/loki/api/v1/status/buildinfo") { _ throws(BackendError) in
            _ = try await pages.page("/loki/api/v1/labels", "labels")
        }
    }

    var prometheusJob: Job {
        guard let prometheus = plan.prometheus else {
            return Self.skipping(
                [.prometheus], "not configured", advice: "Give prometheus.url: metrics come from there.")
        }
        let server = Reachability.Server.prometheus(prometheus.address, hasTenant: prometheus.hasTenant)
        let pages = pages("Prometheus", prometheus)
        return job(server, prometheus, version: "/api/v1/status/buildinfo") { _ throws(BackendError) in
            _ = try await pages.page("/api/v1/query", "query", query: [("query", "1")])
        }
    }

    var kubernetesJob: Job {
        guard let kubernetes = plan.kubernetes else {
            return Self.skipping(
                [.kubernetes], "not configured",
                advice: "Give kubernetes.in_cluster, or a kubeconfig: events, pods and nodes come from there.")
        }
        let server = Reachability.Server.kubernetes(kubernetes.address, by: plan.kubernetesAccess)
        let http = watch.watching("Kubernetes", kubernetes.http)
        let rights = KubernetesRights(http: http, baseURL: kubernetes.address, deadline: kubernetes.timeout)
        let pages = pages("Kubernetes", kubernetes)
        let namespaces = plan.namespaces
        return Job(checks: [.kubernetes], target: kubernetes.address) {
            async let version = try? pages.page("/version", "version")
            let everywhere = await Self.refusals(KubernetesResource.allCases.map { ($0, nil) }, rights)
            // An account of single namespaces may list nothing over all of them, and needs not to.
            let forbidden = everywhere.filter { $0.isForbidden && !$0.resource.belongsToNoNamespace }
            let single = forbidden.flatMap { refusal in namespaces.map { (refusal.resource, Optional($0)) } }
            let refusals =
                single.isEmpty
                ? everywhere : everywhere.filter { !forbidden.contains($0) } + (await Self.refusals(single, rights))
            let told = await version
            return [
                ClusterRights.finding(
                    server, version: told.flatMap { StatusAnswers.version($0) }, refusals: refusals,
                    namespaces: single.isEmpty ? [] : namespaces)
            ]
        }
    }

    /// In the order of the questions.
    private static func refusals(
        _ questions: [(resource: KubernetesResource, namespace: String?)], _ rights: KubernetesRights
    ) async -> [ClusterRights.Refusal] {
        await withTaskGroup(of: (Int, ClusterRights.Refusal)?.self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask {
                    do throws(BackendError) {
                        try await rights.list(question.resource, in: question.namespace)
                        return nil
                    } catch {
                        return (index, ClusterRights.Refusal(question.resource, in: question.namespace, error))
                    }
                }
            }
            var refusals: [(index: Int, refusal: ClusterRights.Refusal)] = []
            for await refusal in group { refusals += refusal.map { [$0] } ?? [] }
            return refusals.sorted { $0.index < $1.index }.map(\.refusal)
        }
    }

    var grafanaJob: Job {
        guard let grafana = plan.grafana else {
            return Self.skipping(
                [.grafana], "not configured", advice: "Give grafana.url: messages then link to traces and logs.")
        }
        let server = Reachability.Server.grafana(grafana.server.address)
        let pages = pages("Grafana", grafana.server)
        return Job(checks: [.grafana], target: server.address) {
            do throws(BackendError) {
                let health = try await pages.page("/api/health", "health")
                if grafana.hasCredentials { try await Self.showCredentials(pages) }
                return [Reachability.finding(server, version: StatusAnswers.version(health))]
            } catch {
                return [Reachability.finding(server, error)]
            }
        }
    }

    /// Grafana's health is for everybody, so something else tells whether it knows the token. Which rights it has does not
    /// matter here: only that a 401 is told once, and not by each thing that is asked for later.
    private static func showCredentials(_ pages: StatusPages) async throws(BackendError) {
        do throws(BackendError) {
            _ = try await pages.page("/api/org", "organization")
        } catch .refused(_, 401, let reason, let delay) {
            throw .refused(
                BackendError.Attempt("Grafana", "organization"), status: 401,
                reason: StatusAnswers.message(reason) ?? reason, retryAfter: delay)
        } catch .refused {
            return
        }
    }

    /// A server whose version is told at one place, which may be closed, and whose answers are asked for at another.
    private func job(
        _ server: Reachability.Server, _ connection: ChainPlan.Server, version path: String,
        asking ask: @escaping @Sendable (Timestamp) async throws(BackendError) -> Void
    ) -> Job {
        let pages = pages(server.name, connection)
        let now = now
        return Job(checks: [server.check], target: server.address) {
            async let version = try? pages.page(path, "version")
            do throws(BackendError) {
                try await ask(now())
            } catch {
                return [Reachability.finding(server, error)]
            }
            let told = await version
            return [Reachability.finding(server, version: told.flatMap { StatusAnswers.version($0) })]
        }
    }

    func pages(_ name: String, _ server: ChainPlan.Server) -> StatusPages {
        StatusPages(
            of: name, http: watch.watching(name, server.http), baseURL: server.address, deadline: server.timeout)
    }

    func tempoClient(_ tempo: ChainPlan.Server) -> TempoClient {
        TempoClient(
            http: watch.watching("Tempo", tempo.http), baseURL: tempo.address, deadline: tempo.timeout, now: now)
    }
}
