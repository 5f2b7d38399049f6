import Logging
import Responder
import Settings

extension Logger {
    /// The service's own logger, to standard error.
    init(_ settings: Settings.Logging) {
        self.init(label: "sabueso") { label in
            ServiceLog(
                label: label, level: Logger.Level(rawValue: settings.level.rawValue) ?? .info,
                format: settings.format == .json ? .json : .text, now: WallClock.system.now,
                write: StandardError.write)
        }
    }
}
