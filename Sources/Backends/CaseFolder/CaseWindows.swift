import FoundationEssentials
import Telemetry

/// The window and the baseline of a case, where `case.yaml` leaves them out.
struct CaseWindows {
    let window: TimeWindow
    let baseline: TimeWindow

    /// How long before the alert the trouble may have begun: a rule's rate interval and its `for`, 5 to 10 minutes each.
    static let beforeAlert = Duration.seconds(15 * 60)
    /// The alert's own group interval and what breaks in its wake.
    static let afterAlert = Duration.seconds(5 * 60)
    /// The baseline is so many times as long as the window, so that chance weighs less in it.
    static let baselineLengths = 3

    /// - Parameters:
    ///   - instants: of everything that the case holds, in any order.
    /// - Returns: nil when nothing says which time the case is about.
    init?(description: CaseDescription, alertStart: Timestamp?, instants: [Timestamp]) {
        let extent = Self.extent(of: instants)
        let derived =
            alertStart.map { TimeWindow(start: $0 - Self.beforeAlert, end: $0 + Self.afterAlert) } ?? extent
        guard let start = description.window.start ?? derived?.start, let end = description.window.end ?? derived?.end
        else { return nil }
        self.init(
            window: TimeWindow(start: start, end: end), baselineLength: (end - start) * Self.baselineLengths,
            description: description, instants: instants)
    }

    /// - Parameter request: with the windows of the playbook that an investigation goes by.
    init(description: CaseDescription, asked request: CollectionRequest, instants: [Timestamp]) {
        let start = description.window.start ?? request.window.start
        let end = description.window.end ?? request.window.end
        // An end before the start, of which the case states one and the playbook the other, is no window.
        let window = start < end ? TimeWindow(start: start, end: end) : request.window
        self.init(
            window: window, baselineLength: request.baseline.duration, description: description, instants: instants)
    }

    private init(window: TimeWindow, baselineLength: Duration, description: CaseDescription, instants: [Timestamp]) {
        self.window = window
        let baseline = Self.baseline(
            before: window, length: baselineLength, instants: instants, extent: Self.extent(of: instants))
        self.baseline = TimeWindow(
            start: description.baseline.start ?? baseline.start, end: description.baseline.end ?? baseline.end)
    }

    /// When anything of the evidence was, in any order.
    static func instants(of evidence: Evidence) -> [Timestamp] {
        evidence.traces.flatMap(\.spans).flatMap { [$0.start, $0.end] } + evidence.logs.map(\.at)
            + evidence.events.flatMap { [$0.at, $0.lastSeen] } + evidence.metrics.flatMap { $0.samples.map(\.at) }
    }

    /// So long before the window, no longer than there is data, or else all the data before it.
    private static func baseline(
        before window: TimeWindow, length: Duration, instants: [Timestamp], extent: TimeWindow?
    ) -> TimeWindow {
        let wanted = TimeWindow(start: window.start - length, end: window.start)
        guard let extent, extent.start < window.start else { return wanted }
        let start = instants.contains(where: wanted.contains) ? max(wanted.start, extent.start) : extent.start
        return TimeWindow(start: start, end: window.start)
    }

    /// From the first instant to just after the last one.
    private static func extent(of instants: [Timestamp]) -> TimeWindow? {
        guard let first = instants.min(), let last = instants.max() else { return nil }
        return TimeWindow(start: first, end: last + .nanoseconds(1))
    }

    /// When the first alert of a webhook's body began; a firing one if there is any. nil when the body says nothing.
    ///
    /// Only this one field is read here: what else a body holds is not the matter of a case folder.
    static func alertStart(inWebhookBody body: [UInt8]) -> Timestamp? {
        guard let group = try? JSONDecoder().decode(WireGroup.self, from: Data(body)) else { return nil }
        let firing = group.alerts.filter { $0.status == "firing" }
        return (firing.isEmpty ? group.alerts : firing).compactMap { $0.startsAt.flatMap { Timestamp(rfc3339: $0) } }
            .min()
    }

    private struct WireGroup: Decodable { let alerts: [WireAlert] }

    private struct WireAlert: Decodable {
        let status: String?
        let startsAt: String?
    }
}
