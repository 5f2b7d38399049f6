/// A thread that moves the bytes of all requests of one or more clients, and the connections that it keeps for them.
///
/// Swift's own threads only hand requests over and are resumed with the answers; none of them ever waits.
package final class CurlEventLoop: Sendable {
    /// For metrics, and for tests of reuse and leaks.
    package struct Statistics: Hashable, Sendable {
        /// Requests handed over and not yet answered.
        package var running = 0
        package var finished = 0
        /// Connections opened so far.
        package var connections = 0
    }

    let mailbox: Mailbox

    /// Never fails: when there is no memory or thread left, every request fails with `HTTPError.cancelled`.
    package init() {
        let multi = MultiHandle()
        mailbox = Mailbox(multi: multi)
        guard let multi else { return }
        let mailbox = mailbox
        let isStarted = DetachedThread.start { TransferLoop(multi: multi, mailbox: mailbox).run() }
        if !isStarted {
            mailbox.close()
            multi.free()
            mailbox.announceEnd()
        }
    }

    deinit { mailbox.stop() }

    package var statistics: Statistics { mailbox.statistics }

    /// Fails what runs with `HTTPError.cancelled`, closes the connections and ends the thread; returns when that is
    /// done. Later requests fail in the same way.
    package func shutdown() async {
        mailbox.stop()
        await mailbox.ended()
    }
}
