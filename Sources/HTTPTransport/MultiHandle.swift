internal import CLibcurl
internal import CurlShims

/// libcurl's multi handle.
///
/// Sendable because libcurl allows `wake` from any thread (curl_multi_wakeup(3)); all else is for the event loop's thread
/// alone. Whoever wakes it holds the mailbox's lock, which the thread takes before it frees the handle.
@safe struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// To one host at once: more than one service's investigations need; further requests wait for a connection, under
    /// their deadline.
    private static let connectionsPerHost = 64

    /// Kept for later. libcurl would keep four for each running transfer, which in quiet times is next to none for the
    /// several backends that share a loop.
    private static let keptConnections = 128

    /// nil when memory or file descriptors have run out.
    init?() {
        // A lazy static is initialised once, whichever thread comes first: just what curl_global_init asks for.
        guard Self.library == CURLE_OK, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = unsafe pointer
        unsafe _ = curl_shim_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        unsafe _ = curl_shim_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, Self.connectionsPerHost)
    }

    private static let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_ALL))

    func wake() { unsafe _ = curl_multi_wakeup(pointer) }

    /// - Returns: false when there is no memory.
    func add(_ easy: EasyHandle) -> Bool { unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK }

    func remove(_ easy: EasyHandle) { unsafe _ = curl_multi_remove_handle(pointer, easy.pointer) }

    /// Sends and receives what can be without waiting.
    func perform() {
        var running: Int32 = 0
        unsafe _ = curl_multi_perform(pointer, &running)
    }

    /// Returns when a socket is ready, one of libcurl's timers is due, `wake` was called, or `timeout` has passed.
    func wait(milliseconds timeout: Int32) {
        unsafe _ = curl_multi_poll(pointer, nil, 0, timeout, nil)
    }

    /// The next transfer that has ended, well or not.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(pointer, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            return unsafe (easy, message.pointee.data.result)
        }
        return nil
    }

    /// Closes the connections that are kept.
    func free() { unsafe _ = curl_multi_cleanup(pointer) }
}
