/// A subject's name as it is told: what several tools write in several ways is one thing.
package enum SubjectName {
    /// Of a host its name in small letters, without the user, scheme, port and path around it; anything else as it is.
    package static func tidied(_ name: String, _ kind: SubjectKind) -> String {
        guard kind == .host else { return name }
        var host = name[...]
        if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
        host = host.prefix { $0 != "/" && $0 != "?" }
        if let user = host.lastIndex(of: "@") { host = host[host.index(after: user)...] }
        if !host.hasPrefix("["), host.filter({ $0 == ":" }).count == 1 { host = host.prefix { $0 != ":" } }
        while host.last == "." { host = host.dropLast() }
        return host.lowercased()
    }
}
