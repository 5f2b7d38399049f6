package import Telemetry

/// The durable memory of the service: what came in, what it became, and what has to go out.
///
/// Three tables carry it: the *inbox* (every notification, committed before the webhook is answered), the *incidents*
/// (one per group of alerts from its first firing to its resolution) and the *outbox* (every message with its attempts
/// and its receipt). Work is claimed with a lease: whoever claims and dies leaves it claimable when the lease ends.
///
/// Every method is one transaction (`prune` several), and the cancellation of the task that calls does not cut it short:
/// what was sent while the service stops still gets its receipt.
package protocol Journal: Sendable {
    // MARK: Inbox

    /// Stores a notification, or recognises it as one that is already there.
    ///
    /// It is a repeat when it equals its group's newest notification at its receiver. When it equals an older one, the
    /// group has come back to a state that it had left: an alert that was lost from sight fires again with its old start.
    /// That is news, and stored anew, unless it arrives within `IncomingNotification.latePeerTolerance` of the newest.
    ///
    /// Returns only after it is on disk. Concurrent callers share one commit.
    func accept(_ notification: IncomingNotification) async throws(JournalError) -> Acceptance

    /// The oldest notification that nobody works on, now leased to the caller until `now + lease`; nil when there is none.
    /// Notifications of a group that has one leased or waiting for its retry are held back, so that a group's story
    /// stays in order.
    func claimNotification(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredNotification?

    /// Nothing more to do for this notification.
    func finishNotification(_ id: Int64, incident: IncidentID?) async throws(JournalError)

    /// Gives a notification back, to be claimed at `retryAt` or later; `reason` is kept for people to read. The claim
    /// that ends with it does not count among the notification's attempts.
    func releaseNotification(_ id: Int64, retryAt: Timestamp, reason: String) async throws(JournalError)

    /// Gives up on a notification; it stays in the journal, visible, with its reason.
    func parkNotification(_ id: Int64, reason: String) async throws(JournalError)

    // MARK: Incidents

    /// The open incident of this group at this receiver.
    func openIncident(groupKey: String, receiver: String) async throws(JournalError) -> Incident?

    func incident(_ id: IncidentID) async throws(JournalError) -> Incident?

    /// The newest first.
    func incidents(limit: Int) async throws(JournalError) -> [Incident]

    /// A page of the list of incidents: the open ones first, and of each the newest first.
    ///
    /// - Parameter text: words that all have to be in an incident's id, alert, playbook or headline; letters of ASCII in
    ///   any case.
    func outlines(matching text: String, offset: Int, limit: Int) async throws(JournalError) -> IncidentListing

    /// Inserts or replaces an incident and puts messages into the outbox, in one transaction. A message whose
    /// `deduplicationKey` is already in the outbox is not added again.
    ///
    /// - Throws: also when another incident of the same group and receiver is open; then nothing is saved.
    ///
    /// A message beyond its `limit` is not put into the outbox: its incident is held for its receiver's digest instead.
    ///
    /// - Parameter held: receivers that hear of the incident in a digest; one that is held already is told of again.
    func save(_ incident: Incident, messages: [OutgoingMessage], held: [HeldIncident]) async throws(JournalError)

    /// The same, only if nobody saved the incident since it was read, and it is still open.
    ///
    /// - Parameter time: its `updatedAt` as it was read.
    /// - Returns: whether it was saved.
    func save(
        _ incident: Incident, messages: [OutgoingMessage], held: [HeldIncident], ifUntouchedSince time: Timestamp
    ) async throws(JournalError) -> Bool

    /// The open one whose `lookAgainAt` came first, if it has come.
    func incidentToLookAtAgain(dueAt now: Timestamp) async throws(JournalError) -> Incident?

    /// Those that have not ended, the oldest first.
    func openIncidents() async throws(JournalError) -> [Incident]

    /// The open ones whose conversation stands in a channel, the oldest first.
    ///
    /// - Parameter channel: as its platform's receipts begin, which name a message of it behind a space.
    func openIncidents(toldIn channel: String) async throws(JournalError) -> [Incident]

    /// The open ones that nobody took, of which a receiver has heard, and nothing more after `time`; the oldest first.
    func untakenIncidents(unheardBy receiver: String, since time: Timestamp) async throws(JournalError) -> [Incident]

    // MARK: Digests

    /// The receivers that hear of this incident in a digest, whether it was told yet or not.
    func held(of incident: IncidentID) async throws(JournalError) -> [HeldIncident]

    /// All that waits for the digests that are due, by receiver and reason, the oldest incident first.
    func heldForDigests(dueAt now: Timestamp) async throws(JournalError) -> [HeldIncident]

    /// Puts a digest into the outbox and remembers that it tells of these, in one transaction. A message of its own
    /// (`post`) about an incident ends that its receiver hears of it in digests.
    ///
    /// - Returns: false when one of them is not due any more as it was read, because another process told of it; then
    ///   nothing is put there.
    func enqueue(digest: OutgoingMessage, of held: [HeldIncident]) async throws(JournalError) -> Bool

    // MARK: People

    func add(_ remark: Remark) async throws(JournalError)

    /// The oldest first.
    func remarks(on incident: IncidentID) async throws(JournalError) -> [Remark]

    /// Takes the place of an earlier vote of the same person on the same incident.
    func record(_ vote: Vote) async throws(JournalError)

    /// The oldest first.
    func votes() async throws(JournalError) -> [Vote]

    /// Remembers a signed request of a chat platform, so that a copy of it is not carried out, by no process and not after
    /// a restart.
    ///
    /// - Parameters:
    ///   - request: what tells it from all others; only of one that was rightly signed, so that strangers cannot fill the
    ///     journal.
    ///   - end: when a copy would be too old anyway.
    /// - Returns: false for one that is remembered already.
    func admit(_ request: String, until end: Timestamp, now: Timestamp) async throws(JournalError) -> Bool

    // MARK: Outbox

    /// The oldest message that is due and that nobody sends, leased to the caller.
    ///
    /// New messages in a channel go before what is edited, answered or drawn below others. An incident's messages to a
    /// receiver stay in order, and so do those without an incident among themselves. A
    /// receiver gets one message at a time: while one is leased, all others to it are held back. So are they while one
    /// waits for its retry, until it has failed `OutgoingMessage.failuresThatHoldItsReceiver` times; from then on the
    /// messages of other incidents may pass it, so that one that is never taken does not silence its channel.
    func claimMessage(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredMessage?

    /// Records one attempt and what follows from it.
    func recordAttempt(_ id: Int64, _ attempt: DeliveryAttempt) async throws(JournalError)

    /// The receipt of the first message of an incident's conversation with a receiver; nil when none arrived, or when its
    /// platform gives no receipt.
    func conversation(of incident: IncidentID, receiver: String) async throws(JournalError) -> String?

    /// The incident whose conversation began with the message of this receipt; nil when none did.
    func incident(inConversation receipt: String) async throws(JournalError) -> IncidentID?

    /// Puts an edit of a conversation's first message into the outbox, made of what that message says by then.
    ///
    /// - Parameters:
    ///   - kind: of the new message.
    ///   - change: gives nil when nothing has to be changed.
    /// - Returns: false when the receiver has no conversation on the incident, or nothing changes.
    func editFirstMessage(
        of incident: IncidentID, receiver: String, kind: String, at now: Timestamp,
        _ change: @escaping @Sendable ([UInt8]) -> [UInt8]?
    ) async throws(JournalError) -> Bool

    /// The receivers that a message about this incident was written for, sent or not.
    func receivers(toldOf incident: IncidentID) async throws(JournalError) -> Set<String>

    /// Puts an answer into the outbox that stands below a conversation's first message.
    ///
    /// - Parameter except: the receipt of a conversation where it is known already.
    /// - Returns: false when the receiver has no conversation on the incident, or that one.
    func reply(
        _ payload: [UInt8], below incident: IncidentID, receiver: String, kind: String, at now: Timestamp,
        except: String?
    ) async throws(JournalError) -> Bool

    /// Every message of an incident with its attempts, the oldest first.
    func messages(of incident: IncidentID) async throws(JournalError) -> [StoredMessage]

    /// Puts messages into the outbox that belong to no incident's progress: a replay sent on request. A message whose
    /// `deduplicationKey` is already there is not added again.
    func enqueue(_ messages: [OutgoingMessage]) async throws(JournalError)

    /// Puts reminders of an incident into the outbox.
    ///
    /// - Returns: false when a receiver has heard something of the incident after `time`, a reminder of another process for
    ///   instance; then nothing is put there.
    func enqueue(
        reminders: [OutgoingMessage], of incident: IncidentID, ifUnheardSince time: Timestamp
    ) async throws(JournalError) -> Bool

    // MARK: State

    /// Ends the leases of processes that are gone, so that their work can be claimed at once.
    ///
    /// - Returns: how many there were.
    func takeUpAbandoned() async throws(JournalError) -> Int

    /// When the next notification or message becomes claimable by time alone; nil when nothing waits.
    func nextDue() async throws(JournalError) -> Timestamp?

    func counts() async throws(JournalError) -> JournalCounts

    /// Deletes finished notifications that were last seen before `time`, messages that were sent before it, and then
    /// the incidents that were resolved and last updated before it and have nothing left of either.
    ///
    /// What waits, is parked or belongs to an open incident stays, and so does a group's newest notification while an
    /// older one does: what is a repeat would be judged by the older one otherwise. Meant to be called every hour with
    /// the end of what has to be kept: it looks only at what is old enough, and lets others write in between.
    func prune(before time: Timestamp) async throws(JournalError) -> PruneResult

    /// Waits for commits under way, then closes. Afterwards every call throws.
    func close() async
}

extension Journal {
    package func save(_ incident: Incident, messages: [OutgoingMessage]) async throws(JournalError) {
        try await save(incident, messages: messages, held: [])
    }
}
