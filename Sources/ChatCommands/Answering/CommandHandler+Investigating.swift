import Alerts
import Journal
import Languages
import Reporting
import Responder
import Telemetry

/// What asks the backends.
extension CommandHandler {
    /// Of the newest incidents, which tell by which playbook a service is looked at.
    private static let mostRemembered = 100

    func why(_ service: String?, _ id: IncidentID?, _ lookback: Duration) async throws(CommandFailure) -> Answer {
        let scope: Scope
        var playbook: String?
        if let service {
            scope = Scope(services: [service])
            playbook = try await reading { () async throws(JournalError) in
                try await journal.incidents(limit: Self.mostRemembered)
            }.first { $0.scope?.services.contains(service) == true }?.playbook
        } else if let id {
            let incident = try await incident(id)
            guard let known = incident.scope, !known.isEmpty else {
                throw .told("\(id) has not been looked at yet; say which service, as in `why shop 30m`.")
            }
            scope = known
            playbook = incident.playbook
        } else {
            throw .told("Say which service, as in `why shop 30m`.")
        }
        let found = await investigator.look(at: scope, during: lookback, playbook: playbook)
        return Answer(
            .summary(summaries.summary(of: found.diagnosis, on: SummaryBuilder.Occasion(now: clock.now()))),
            to: .everyone)
    }

    func replay(_ id: IncidentID) async throws(CommandFailure) -> Answer {
        let incident = try await incident(id)
        // What was investigated, not the last word: that may be its end, or an alert that joined.
        let body = incident.investigatedBody.isEmpty ? incident.alertBody : incident.investigatedBody
        guard let group = try? AlertGroup(webhookBody: body, maximumAlerts: .max) else {
            throw .told("The alerts of \(id) cannot be read any more.")
        }
        let investigation = await investigator.investigate(group)
        let occasion = SummaryBuilder.Occasion(
            alert: group, playbook: investigation.playbookToShow, incident: "\(id)", mark: .replay)
        return Answer(.summary(summaries.summary(of: investigation.diagnosis, on: occasion)), to: .everyone)
    }
}
