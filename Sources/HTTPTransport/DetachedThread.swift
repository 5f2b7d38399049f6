internal import Glibc

/// A thread of the operating system that runs a closure and ends with it.
enum DetachedThread {
    private final class Start {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// - Returns: false when the system has no thread to give.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let start = unsafe Unmanaged.passRetained(Start(body))
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe _ = pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let outcome = unsafe pthread_create(
            &thread, &attributes,
            { context in
                if let context = unsafe context {
                    DetachedThread.run(unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue())
                }
                return nil
            }, unsafe start.toOpaque())
        if outcome != 0 { unsafe start.release() }
        return outcome == 0
    }

    private static func run(_ start: Start) {
        // Signals are for the threads that wait for them. SIGPIPE, raised by a write to a connection that the other side
        // has closed, stays pending here and the write fails with EPIPE, as it should.
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, nil)
        start.body()
    }
}
