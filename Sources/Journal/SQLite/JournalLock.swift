import Glibc

/// A lock on the journal's file name that the kernel lets go of when its process ends, however it ends.
final class JournalLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock at once or not at all.
    ///
    /// - Parameter path: of the journal; the lock is a file beside it, because SQLite locks its own files itself.
    init(beside path: String) throws(JournalError) {
        let file = "\(path).lock"
        descriptor = unsafe open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unavailable("\(file) cannot be opened: \(Self.reason(errno))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK {
                throw .unavailable("another process serves from \(path); stop it first, or give this one another file")
            }
            throw .unavailable("\(file) cannot be locked: \(Self.reason(code))")
        }
    }

    deinit {
        // Closing alone would leave it to a process that was forked meanwhile, until that runs its own program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func reason(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
