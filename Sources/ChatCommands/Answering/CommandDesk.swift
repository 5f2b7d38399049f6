import Languages
import Responder

/// Takes commands, has them worked on beside the request, and sees that each answer arrives.
struct CommandDesk: Sendable {
    private static let full = Answer.sentences("I am busy with other questions; please ask again in a minute.")
    private static let stopping = Answer.sentences("I am being restarted; please ask again in a minute.")

    let handler: CommandHandler
    let queue: CommandQueue
    let clock: WallClock

    /// - Parameters:
    ///   - person: who asks; found out beside the request.
    ///   - conversation: where the answer will stand.
    ///   - limit: how long the request may wait; what comes later goes to `late`. Zero does not wait at all.
    /// - Returns: nil when the answer will go to `late`.
    func answer(
        _ command: Command, by person: @escaping @Sendable () async -> Person, in conversation: String? = nil,
        within limit: Duration,
        late: @escaping @Sendable (Answer) async -> Void
    ) async -> Answer? {
        let handover = Handover()
        let job = CommandQueue.Job(
            work: { [handler] in
                let answer = await handler.answer(command, by: await person(), in: conversation)
                if !handover.finish(answer) { await late(answer) }
            },
            giveBack: { if !handover.finish(Self.stopping) { await late(Self.stopping) } })
        guard queue.submit(job) else { return Self.full }
        return await handover.answer(within: limit, clock: clock)
    }
}
