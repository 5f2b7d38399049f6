import HTTPTransport
import Telemetry
import TestSupport
import Testing
import Yams

@testable import Backends

/// The roles that `deploy/kubernetes` gives, beside what the client asks for.
struct PermissionTests {
    private static let files = ["rbac.yaml", "rbac-namespaced.yaml"]

    /// One thing that may be done, or is: `list` on `apps/deployments`.
    private struct Access: Hashable, CustomStringConvertible {
        let verb: String
        let group: String
        let resource: String

        init(_ verb: String, _ group: String, _ resource: String) {
            (self.verb, self.group, self.resource) = (verb, group, resource)
        }

        init(_ resource: KubernetesResource) {
            self.init(KubernetesResource.verb, resource.group, resource.rawValue)
        }

        var description: String { "\(verb) \(group)/\(resource)" }
    }

    private static func all(where isWanted: (KubernetesResource) -> Bool) -> Set<Access> {
        Set(KubernetesResource.allCases.filter(isWanted).map { Access($0) })
    }

    /// What only reads: `get` and `watch` show nothing that `list` does not.
    private static func reading(where isWanted: (KubernetesResource) -> Bool) -> Set<Access> {
        Set(
            all(where: isWanted).flatMap { access in
                ["get", "list", "watch"].map { Access($0, access.group, access.resource) }
            })
    }

    // MARK: What is asked

    @Test func `the client asks for every resource of the list and for nothing else`() async throws {
        let http = EagerAPIServer()
        let client = KubernetesClient(http: http, baseURL: "https://kube.example")
        let window = TimeWindow(start: Timestamp(seconds: 1000), end: Timestamp(seconds: 2000))
        for namespace in [nil, "jenkins"] {
            _ = try await client.events(namespace: namespace, in: window)
            _ = try await client.pods(namespace: namespace)
            _ = try await client.workloads(namespace: namespace)
        }
        _ = try await client.nodes()
        let asked = http.requests.all.compactMap { Self.access($0.url) }
        #expect(asked.count == http.requests.all.count)
        #expect(http.requests.all.allSatisfy { $0.method == "GET" })
        #expect(Set(asked) == Self.all { _ in true })
    }

    /// A GET of a whole collection is what RBAC calls `list`; with `watch` in the query it would be a `watch`.
    private static func access(_ url: String) -> Access? {
        guard !url.contains("watch="),
            let path = url.dropFirst("https://kube.example/".count).split(separator: "?").first
        else { return nil }
        var parts = path.split(separator: "/").map(String.init)
        let group: String
        if parts.starts(with: ["api", "v1"]) {
            group = ""
            parts.removeFirst(2)
        } else if parts.count > 3, parts[0] == "apis", parts[2] == "v1" {
            group = parts[1]
            parts.removeFirst(3)
        } else {
            return nil
        }
        if parts.count == 3, parts[0] == "namespaces" { parts.removeFirst(2) }
        return parts.count == 1 ? Access("list", group, parts[0]) : nil
    }

    // MARK: What is allowed

    private struct Manifest {
        let documents: [[String: Any]]

        init(_ file: String) throws {
            let text = try Repository.text("deploy/kubernetes/\(file)")
            documents = try Yams.load_all(yaml: text).compactMap { $0 as? [String: Any] }
        }

        func kind(_ kind: String) -> [[String: Any]] { documents.filter { $0["kind"] as? String == kind } }

        static func metadata(_ object: [String: Any], _ key: String) -> String? {
            (object["metadata"] as? [String: Any])?[key] as? String
        }

        /// What the bindings of this kind give to the service account of the file, by namespace; "" is the whole cluster.
        func given(by kind: String) throws -> [String: Set<Access>] {
            let account = try #require(self.kind("ServiceAccount").first)
            var given: [String: Set<Access>] = [:]
            for binding in self.kind(kind) {
                let subjects = try #require(binding["subjects"] as? [[String: Any]])
                try #require(subjects.count == 1)
                #expect(subjects[0]["kind"] as? String == "ServiceAccount")
                #expect(subjects[0]["name"] as? String == Self.metadata(account, "name"))
                #expect(subjects[0]["namespace"] as? String == Self.metadata(account, "namespace"))
                let reference = try #require(binding["roleRef"] as? [String: Any])
                let namespace = Self.metadata(binding, "namespace") ?? ""
                let role = try #require(
                    documents.first { document in
                        document["kind"] as? String == reference["kind"] as? String
                            && Self.metadata(document, "name") == reference["name"] as? String
                            && (document["kind"] as? String == "ClusterRole"
                                || Self.metadata(document, "namespace") == namespace)
                    })
                given[namespace, default: []].formUnion(try Self.accesses(of: role))
            }
            return given
        }

        static func accesses(of role: [String: Any]) throws -> Set<Access> {
            let rules = try #require(role["rules"] as? [[String: Any]])
            return Set(
                try rules.flatMap { rule in
                    #expect(Set(rule.keys) == ["apiGroups", "resources", "verbs"])
                    let groups = try #require(rule["apiGroups"] as? [String])
                    let resources = try #require(rule["resources"] as? [String])
                    let verbs = try #require(rule["verbs"] as? [String])
                    return groups.flatMap { group in
                        resources.flatMap { resource in verbs.map { Access($0, group, resource) } }
                    }
                })
        }
    }

    @Test func `the roles of a whole cluster allow to read what is asked and nothing else`() throws {
        let manifest = try Manifest("rbac.yaml")
        #expect(try manifest.given(by: "ClusterRoleBinding") == ["": Self.reading { _ in true }])
        #expect(manifest.kind("RoleBinding").isEmpty && manifest.kind("Role").isEmpty)
    }

    @Test func `the roles of a namespace allow the same there, nodes, and the events of nodes where those are kept`()
        throws
    {
        let manifest = try Manifest("rbac-namespaced.yaml")
        #expect(try manifest.given(by: "ClusterRoleBinding") == ["": Self.reading(where: \.belongsToNoNamespace)])
        #expect(
            try manifest.given(by: "RoleBinding") == [
                "jenkins": Self.reading { !$0.belongsToNoNamespace },
                ClusterCollector.namespaceOfNodeEvents: Self.reading { $0 == .events },
            ])
    }

    @Test(arguments: files)
    func `every role is bound, and a file has nothing but roles, bindings and their account`(file: String) throws {
        let manifest = try Manifest(file)
        let roles = manifest.kind("ClusterRole") + manifest.kind("Role")
        let bindings = manifest.kind("ClusterRoleBinding") + manifest.kind("RoleBinding")
        #expect(manifest.kind("ServiceAccount").count == 1)
        #expect(manifest.documents.count == roles.count + bindings.count + 1)
        for role in roles {
            let isBound = bindings.contains { binding in
                let reference = binding["roleRef"] as? [String: Any]
                return reference?["kind"] as? String == role["kind"] as? String
                    && reference?["name"] as? String == Manifest.metadata(role, "name")
                    && reference?["apiGroup"] as? String == "rbac.authorization.k8s.io"
            }
            #expect(isBound, "\(Manifest.metadata(role, "name") ?? "")")
        }
        for object in roles + bindings { #expect(object["apiVersion"] as? String == "rbac.authorization.k8s.io/v1") }
    }

    @Test(arguments: files)
    func `what the message about a missing permission says to add is a rule of the file`(file: String) throws {
        let manifest = try Manifest(file)
        let given = try Set(
            (manifest.kind("ClusterRole") + manifest.kind("Role")).flatMap { try Manifest.accesses(of: $0) })
        for resource in KubernetesResource.allCases {
            let advice = KubernetesCollection.permission(to: [resource], in: nil)
            let rule = try #require(advice.firstIndex(of: "{").map { String(advice[$0...]) })
            let role: [String: Any] = ["rules": [try #require(try Yams.load(yaml: rule) as? [String: Any])]]
            #expect(try Manifest.accesses(of: role) == [Access(resource)])
            #expect(given.contains(Access(resource)))
        }
    }
}
