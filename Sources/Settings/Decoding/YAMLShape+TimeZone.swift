import Telemetry

extension YAMLShape<TimeZoneRules> {
    /// Where systems keep the time zone database; Debian's package tzdata brings it.
    private static let database = "/usr/share/zoneinfo"

    /// A name of the time zone database: `Europe/Madrid`.
    static var timeZone: YAMLShape {
        YAMLShape { node in
            let expectation = "a time zone like Europe/Madrid or UTC"
            guard let name = node.scalar(expectation)?.text else { return nil }
            if name == "UTC" { return .utc }
            guard name.wholeMatch(of: /[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+){0,2}/) != nil else {
                node.report("expected \(expectation), found \(node.found)")
                return nil
            }
            guard let bytes = node.contents(of: "\(database)/\(name)") else { return nil }
            guard let rules = TimeZoneRules(tzif: bytes) else {
                node.report("\(database)/\(name) is no file of the time zone database")
                return nil
            }
            return rules
        }
    }
}
