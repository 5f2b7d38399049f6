import Languages
import Telemetry

/// Lost time as builds spend it: minutes, and from ten hours on hours.
enum BuildTime: Hashable {
    case minutes(Int)
    case hours(Int)

    /// - Returns: nil for less than a minute.
    init?(_ duration: Duration) {
        let minutes = Int(clamping: (max(0, duration.nanoseconds) / 1_000_000_000 + 30) / 60)
        guard minutes > 0 else { return nil }
        let hours = (minutes + 30) / 60
        self = hours >= Self.fewestHours ? .hours(hours) : .minutes(minutes)
    }

    /// Up to here minutes are told.
    private static let fewestHours = 10

    /// "38 build minutes", "12 build hours"
    var phrase: Phrase {
        switch self {
        case .minutes(1): "1 build minute"
        case .minutes(let number): "\(Quantities.count(number)) build minutes"
        case .hours(let number): "\(Quantities.count(number)) build hours"
        }
    }

    var lost: Phrase {
        switch self {
        case .minutes(1): ", 1 build minute lost"
        case .minutes(let number): ", \(Quantities.count(number)) build minutes lost"
        case .hours(let number): ", \(Quantities.count(number)) build hours lost"
        }
    }

    var moreThanUsual: Phrase {
        switch self {
        case .minutes(1): ", 1 build minute more than usual"
        case .minutes(let number): ", \(Quantities.count(number)) build minutes more than usual"
        case .hours(let number): ", \(Quantities.count(number)) build hours more than usual"
        }
    }
}
