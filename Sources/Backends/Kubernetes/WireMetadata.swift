import Telemetry

/// What every object has.
struct WireMetadata: Decodable {
    let name: String
    let namespace: String?
    let creationTimestamp: WireTime?
    let deletionTimestamp: WireTime?
    let labels: [String: String]?
    let annotations: [String: String]?
    let ownerReferences: [Owner]?
    /// What `kubectl get -o json` leaves out unless it is given `--show-managed-fields`.
    let managedFields: [Edit]?

    struct Owner: Decodable {
        let kind: String
        let name: String
        let controller: Bool?
    }

    /// The last write of one program: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management.
    struct Edit: Decodable {
        let manager: String?
        let time: WireTime?
        /// `status`, `scale`…; nil for the object itself.
        let subresource: String?
    }

    /// The one that keeps it as it should be; others only wait for its end.
    var owner: ObjectOwner? {
        let owners = ownerReferences ?? []
        return (owners.first { $0.controller == true } ?? owners.first).map {
            ObjectOwner(kind: $0.kind, name: $0.name)
        }
    }
}
