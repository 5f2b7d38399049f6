import Journal
import Logging
import Telemetry

/// Remembers what was rightly signed, so that a copy of it is not carried out.
struct Admission: Sendable {
    let journal: any Journal
    let logger: Logger

    /// - Parameters:
    ///   - request: its signature, or another name that no other request of the platform has.
    ///   - time: after which a copy would be refused by its age.
    /// - Returns: the answer to a copy; nil for what is seen for the first time.
    func refusal(of request: String, for time: Duration, now: Timestamp) async -> ChatResponse? {
        do throws(JournalError) {
            guard try await journal.admit(request, until: now + time, now: now) else {
                return .unauthorized("it was sent before")
            }
            return nil
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
            return .refused(503, "the journal failed")
        }
    }
}
