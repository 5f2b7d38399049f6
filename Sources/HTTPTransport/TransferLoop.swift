internal import CLibcurl

/// The event loop itself. It and all transfers live on its thread.
final class TransferLoop {
    private let multi: MultiHandle
    private let mailbox: Mailbox
    private var running: [ObjectIdentifier: Transfer] = [:]

    /// While nothing runs, everything that matters wakes the loop; this is a safety net.
    private static let longestIdleWait: Int32 = 60_000

    /// While something runs, a second look at it after so many milliseconds: libcurl 7.88 may read the frames of one
    /// HTTP/2 stream while it serves another and then wait for a socket that has no more to say.
    private static let longestBusyWait: Int32 = 50

    init(multi: MultiHandle, mailbox: Mailbox) {
        self.multi = multi
        self.mailbox = mailbox
    }

    /// Returns when the mailbox says stop; every request has been answered and the multi handle freed by then.
    func run() {
        while true {
            let (messages, isStopping) = mailbox.take()
            for message in messages { handle(message) }
            if isStopping { break }
            multi.perform()
            while let (easy, code) = unsafe multi.nextEnded() {
                if let transfer = unsafe Transfer.of(easy) { finish(transfer, with: transfer.result(code)) }
            }
            multi.wait(milliseconds: running.isEmpty ? Self.longestIdleWait : Self.longestBusyWait)
        }
        // Since `stop` nobody hands anything over, and what was handed over before has just been taken.
        for transfer in running.values { finish(transfer, with: .failure(.cancelled)) }
        mailbox.close()
        multi.free()
        mailbox.announceEnd()
    }

    private func handle(_ message: Mailbox.Message) {
        switch message {
        case .start(let submission): start(submission)
        case .cancel(let cancellation):
            if let transfer = running[ObjectIdentifier(cancellation)] { finish(transfer, with: .failure(.cancelled)) }
        }
    }

    private func start(_ submission: Mailbox.Submission) {
        do throws(HTTPError) {
            guard !submission.cancellation.isRaised else { throw .cancelled }
            running[ObjectIdentifier(submission.cancellation)] = try Transfer(submission, on: multi)
        } catch {
            mailbox.count(finishedWith: 0)
            submission.answer.resume(returning: .failure(error))
        }
    }

    /// Lets go of everything that the transfer holds, then answers; a transfer that still runs is thereby aborted.
    private func finish(_ transfer: Transfer, with result: Result<HTTPResponse, HTTPError>) {
        running[ObjectIdentifier(transfer.submission.cancellation)] = nil
        mailbox.count(finishedWith: transfer.connectionsOpened)
        transfer.end(on: multi)
        transfer.submission.answer.resume(returning: result)
    }
}
