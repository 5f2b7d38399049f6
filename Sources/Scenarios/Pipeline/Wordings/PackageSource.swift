import Telemetry

/// Where a tool fetches packages, and what may be wrong with it.
struct PackageSource: Hashable {
    let host: String
    let path: String
    let address: String
    /// When its certificate ends.
    var expiry = Timestamp(seconds: 0)

    var url: String { "https://\(host)\(path)" }

    enum Trouble: Hashable {
        case answers(Int)
        case refused
        case timedOut
        case unknownName
        case certificateExpired
        /// It wants to know who asks, and does not accept who that is.
        case denied
        /// There is no such package; all others are there.
        case hasNoSuchPackage
    }

    /// Public ones, and the mirrors that companies have.
    static func pick(for tool: PipelineTool, _ random: inout SplitMix) -> PackageSource {
        let places: [(String, String)] =
            switch tool {
            case .maven, .gradle:
                [
                    ("artifactory.example.com", "/artifactory/libs-release"), ("repo.maven.apache.org", "/maven2"),
                    ("maven.partner.example.org", "/repository/releases"),
                ]
            case .npm, .yarn:
                [("registry.npmjs.org", ""), ("artifactory.example.com", "/artifactory/api/npm/npm-all")]
            case .go: [("proxy.golang.org", ""), ("goproxy.example.com", "")]
            case .python: [("pypi.org", "/simple"), ("pypi.example.com", "/simple")]
            case .cargo: [("static.crates.io", "/crates"), ("crates.example.com", "/api/v1/crates")]
            case .docker: [("deb.debian.org", "/debian"), ("apt.example.com", "/ubuntu")]
            }
        let place = random.element(of: places)
        return PackageSource(host: place.0, path: place.1, address: address(&random))
    }

    /// The company's own, which all builds of a trade use.
    static func mirror(of tool: PipelineTool, _ random: inout SplitMix) -> PackageSource {
        switch tool {
        case .npm, .yarn:
            PackageSource(host: "npm.example.com", path: "/repository/npm-all", address: address(&random))
        default:
            PackageSource(
                host: "nexus.example.com", path: "/repository/maven-public", address: address(&random))
        }
    }

    private static func address(_ random: inout SplitMix) -> String {
        "10.\(random.number(8...90)).\(random.number(0...200)).\(random.number(4...250))"
    }
}
