import Alerts
import Journal
import Logging
import Reporting
import RootCause
import Telemetry

extension NotificationHandler {
    /// Evidence arrives late: a collector and Tempo keep spans for up to a minute before they can be searched, and a
    /// backend that did not answer may be back.
    static let secondLookDelay = Duration.seconds(120)

    /// Asks once more for evidence that could not be had; people hear of it when the first cause is another one.
    ///
    /// - Parameter incident: as it was read; what changes meanwhile wins.
    /// - Returns: how many messages came of it; nil when the service stops.
    func lookAgain(at incident: Incident) async throws(JournalError) -> Int? {
        // Whatever becomes of it, it is done once: evidence that ends the process must not end it again and again.
        var looked = incident
        looked.lookAgainAt = nil
        looked.updatedAt = clock.now()
        guard try await journal.save(looked, messages: [], held: [], ifUntouchedSince: incident.updatedAt),
            let group = try? AlertGroup(webhookBody: incident.alertBody, maximumAlerts: .max), !group.firing.isEmpty
        else { return 0 }
        let takenAt = looked.updatedAt
        guard let investigation = await look(at: group, about: group.firing) else {
            looked.lookAgainAt = incident.lookAgainAt
            _ = try await journal.save(looked, messages: [], held: [], ifUntouchedSince: takenAt)
            return nil
        }
        guard investigation.isBetter(than: incident) else { return 0 }
        note(investigation, of: group, in: &looked)
        let isOtherCause = looked.firstCause != incident.firstCause
        let letters = try await letters(
            isOtherCause ? .changed(investigation, isOtherCause: true) : .refined(investigation), looked, group,
            key: "second-look")
        let isSaved = try await journal.save(
            looked, messages: letters.messages, held: letters.held, ifUntouchedSince: takenAt)
        logger.info(
            "looked again",
            metadata: [
                "incident": "\(incident.id)", "cause": "\(looked.firstCause ?? "none")", "saved": "\(isSaved)",
            ])
        return isSaved ? letters.messages.count : 0
    }
}

extension Investigation {
    /// Whether the same question may have a better answer soon: nothing was found, a backend did not answer at all, or it
    /// answered in part and what was found is not sure.
    var mayGetBetter: Bool {
        guard let first = diagnosis.hypotheses.first, first.cause != .unknown else { return true }
        return diagnosis.gaps.contains { gap in
            !gap.isStanding && (gap.isTotal || Certainty(confidence: first.confidence) != .veryLikely)
        }
    }

    /// A cause is worth more than none, and the same cause more when less is missing.
    fileprivate func isBetter(than incident: Incident) -> Bool {
        guard let first = diagnosis.hypotheses.first, first.cause != .unknown else { return false }
        guard let before = incident.namedCause, before.cause != Cause.unknown.rawValue else { return true }
        return first.confidence > before.confidence
    }
}
