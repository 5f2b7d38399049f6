import Telemetry

/// Whom a call is made to, by what the caller's span says of the other end.
///
/// A host that sends no spans, or whose spans did not arrive, is known by nothing else.
enum Peer {
    private static let serviceNames = ["peer.service", "service.peer.name"]
    private static let addressNames = ["server.address", "net.peer.name"]
    /// What is left when no host is named.
    private static let kindNames = ["db.system.name", "db.system", "messaging.system"]
    /// How the cluster's own names end: `inventory.shop.svc.cluster.local`.
    private static let clusterSuffix = ".svc"

    /// - Parameter servers: who serves which `rpc.service`: that is the name of an interface and of nobody.
    /// - Returns: nil when the span says nothing.
    static func name(_ attributes: Attributes, servers: [String: String]) -> String? {
        if let name = serviceNames.lazy.compactMap({ attributes.text($0) }).first { return name }
        let interface = attributes.text("rpc.service")
        if let server = interface.flatMap({ servers[$0] }) { return server }
        let addresses = addressNames.compactMap { attributes.text($0) }
        if let host = addresses.first(where: { !isAddress($0) }) { return withoutCluster(host) }
        return interface ?? addresses.first ?? kindNames.lazy.compactMap { attributes.text($0) }.first
    }

    /// A query takes as long as what is asked for: how long a database works says little about the database.
    static func isStore(_ attributes: Attributes) -> Bool {
        attributes["db.system.name"] != nil || attributes["db.system"] != nil
    }

    /// Addresses change with every pod, and this machine is nobody else.
    private static func isAddress(_ host: String) -> Bool {
        host == "localhost" || host.contains(":") || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || isDigit($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9") }

    private static func withoutCluster(_ host: String) -> String {
        guard let range = host.firstRange(of: clusterSuffix) else { return host }
        let rest = host[range.upperBound...]
        guard rest.isEmpty || rest.hasPrefix("."), let name = host.split(separator: ".").first else { return host }
        return String(name)
    }
}
