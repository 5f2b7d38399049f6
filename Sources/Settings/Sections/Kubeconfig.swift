import FoundationEssentials
import Yams

/// A kubeconfig, as far as a program can use one that runs nobody else's programs.
///
/// Source: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
struct Kubeconfig {
    /// What is wrong with it and what to do. It shows names, never data.
    struct Problem: Error {
        let message: String

        init(_ message: String) { self.message = message }
    }

    typealias Access = Settings.Kubernetes.Access

    private let root: Node
    private let path: String
    private let readFile: (String) throws(FileReadError) -> [UInt8]

    /// - Parameter path: resolved; paths in the file are relative to its folder.
    init(_ bytes: [UInt8], path: String, _ context: DecodingContext) throws(Problem) {
        guard let text = String(validating: bytes, as: UTF8.self), let root = try? compose(yaml: text),
            root.mapping != nil, root["clusters"] != nil || root["contexts"] != nil
        else { throw Problem("is no kubeconfig: it should be YAML with clusters, contexts and users") }
        self.root = root
        self.path = path
        readFile = { (path) throws(FileReadError) in try context.read(path) }
    }

    /// - Parameter name: of the context; nil takes the file's `current-context`.
    func access(context name: String?) throws(Problem) -> Access {
        let contexts = names(of: "contexts")
        let known = contexts.isEmpty ? "it has none" : "it has \(contexts.joined(separator: ", "))"
        guard let name = name ?? Self.text(root["current-context"]) else {
            throw Problem("has no current-context: name one with kubernetes.context (\(known))")
        }
        guard let context = entry(name, of: "contexts", "context") else {
            throw Problem("has no context \(name): \(known)")
        }
        guard let clusterName = Self.text(context["cluster"]),
            let cluster = entry(clusterName, of: "clusters", "cluster")
        else { throw Problem("the cluster of the context \(name) is not in it") }
        var access = Access(url: try server(cluster, clusterName))
        access.authority = try credential(cluster, "certificate-authority", "the cluster \(clusterName)")
        // `kubectl proxy` and the like know who we are already.
        guard let userName = Self.text(context["user"]) else { return access }
        guard let user = entry(userName, of: "users", "user") else {
            throw Problem("the user of the context \(name) is not in it")
        }
        try logIn(user, "the user \(userName)", into: &access)
        return access
    }

    // MARK: Cluster

    private func server(_ cluster: Node, _ name: String) throws(Problem) -> String {
        guard let server = Self.text(cluster["server"]) else { throw Problem("the cluster \(name) has no server") }
        if Self.text(cluster["insecure-skip-tls-verify"]) == "true" {
            throw Problem(
                "the cluster \(name) has insecure-skip-tls-verify, which would let anybody be the server: "
                    + "give it certificate-authority or certificate-authority-data instead")
        }
        if Self.text(cluster["tls-server-name"]) != nil {
            throw Problem(
                "the cluster \(name) has tls-server-name, which is not supported: let server be an address that is in "
                    + "the server's certificate")
        }
        if Self.text(cluster["proxy-url"]) != nil {
            throw Problem(
                "the cluster \(name) has proxy-url, which is not supported: set https_proxy in the environment instead")
        }
        switch WebAddress.check(server, as: .server) {
        case .success(let url): return url
        case .failure(let problem): throw Problem("the server of the cluster \(name) \(problem.message)")
        }
    }

    // MARK: User

    private func logIn(_ user: Node, _ subject: String, into access: inout Access) throws(Problem) {
        let instead =
            "make a service account for this service and give kubernetes.token_file, or a user with a token or a "
            + "client certificate"
        if let exec = user["exec"] {
            let program = Self.text(exec["command"]).map { " (\($0))" } ?? ""
            throw Problem("\(subject) logs in by running a program\(program), which is never done here: \(instead)")
        }
        if user["auth-provider"] != nil {
            throw Problem("\(subject) logs in through an auth-provider, which is not supported: \(instead)")
        }
        if user["username"] != nil || user["password"] != nil {
            throw Problem("\(subject) logs in with a password, which Kubernetes no longer takes: \(instead)")
        }
        if user["as"] != nil || user["as-groups"] != nil || user["as-uid"] != nil {
            throw Problem("\(subject) acts as somebody else (as), which is not supported: give it rights of its own")
        }
        if let file = Self.text(user["tokenFile"]) {
            // As for kubectl, the file counts when there is a token beside it.
            access.token = .file(try readable(file, "tokenFile", subject))
        } else if let token = Self.text(user["token"]) {
            guard token.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
                throw Problem("the token of \(subject) has a character that no token has")
            }
            access.token = .text(Secret(token))
        }
        access.clientCertificate = try credential(user, "client-certificate", subject)
        access.clientKey = try credential(user, "client-key", subject)
        guard (access.clientCertificate == nil) == (access.clientKey == nil) else {
            throw Problem("\(subject) has one of client-certificate and client-key: they belong together")
        }
    }

    // MARK: Values

    /// `name-data`, in base64, or the file `name`; as for kubectl, the data counts when both are there.
    private func credential(
        _ node: Node, _ name: String, _ subject: String
    ) throws(Problem) -> Access.Credential? {
        if let data = Self.text(node["\(name)-data"]) {
            guard let bytes = Data(base64Encoded: data, options: .ignoreUnknownCharacters),
                let text = String(validating: bytes, as: UTF8.self), text.contains("-----BEGIN ")
            else { throw Problem("\(name)-data of \(subject) is not PEM in base64") }
            return .text(Secret(text))
        }
        guard let file = Self.text(node[name]) else { return nil }
        return .file(try readable(file, name, subject))
    }

    /// The path, after a look whether the file can be read.
    private func readable(_ file: String, _ name: String, _ subject: String) throws(Problem) -> String {
        let resolved = file.hasPrefix("/") ? file : (path.lastIndex(of: "/").map { path[...$0] } ?? "") + file
        do throws(FileReadError) {
            _ = try readFile(resolved)
            return resolved
        } catch {
            let reason =
                switch error {
                case .notFound: "there is no such file"
                case .unreadable(let reason): reason
                }
            throw Problem("\(name) of \(subject) cannot be read, \(resolved): \(reason)")
        }
    }

    private func entry(_ name: String, of list: String, _ key: String) -> Node? {
        (root[list]?.sequence?.first { Self.text($0["name"]) == name }).flatMap { $0[key] }
    }

    private func names(of list: String) -> [String] {
        root[list]?.sequence?.compactMap { Self.text($0["name"]) } ?? []
    }

    /// nil for what is not there or empty.
    private static func text(_ node: Node?) -> String? {
        node?.scalar.map(\.string).flatMap { ["", "~", "null"].contains($0) ? nil : $0 }
    }
}
