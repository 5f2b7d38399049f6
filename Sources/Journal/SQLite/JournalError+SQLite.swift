import GRDB

extension JournalError {
    /// Says what was attempted on which file, what SQLite answered, and what a person can do about it.
    ///
    /// Statements and their arguments are left out: they carry labels and message texts.
    init(_ error: any Error, attempting attempt: String, path: String) {
        switch error {
        case let error as JournalError:
            self = error
        case let error as DatabaseError:
            let answer = "\(error.message ?? "no reason given") (SQLite code \(error.extendedResultCode.rawValue))"
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB:
                self = .corrupt(
                    "cannot \(attempt): \(path): \(answer); "
                        + "move the file away (the service starts with a new one) or restore a copy")
            default:
                self = .unavailable("cannot \(attempt): \(path): \(answer)\(Self.advice(for: error, path: path))")
            }
        case let error as SQLRow.Mismatch:
            self = .corrupt("cannot \(attempt): \(path): the column \(error.column) is not \(error.expected)")
        default:
            self = .unavailable("cannot \(attempt): \(path): \(error)")
        }
    }

    private static func advice(for error: DatabaseError, path: String) -> String {
        switch error.resultCode {
        case .SQLITE_FULL: "; the disk is full: free some space"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "; another process is writing to the file for too long"
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            "; is it there, and may this user write to its directory?"
        case .SQLITE_IOERR: "; the disk or its file system failed: see the kernel's log"
        case .SQLITE_CONSTRAINT where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY:
            "; it refers to an incident that was never saved"
        case .SQLITE_CONSTRAINT where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE:
            "; another incident is open for this group: read it and continue that one"
        default: ""
        }
    }
}

extension DatabaseError {
    /// Whether only the row at hand is to blame, so that the other rows of a shared transaction can be stored.
    var blamesOneRow: Bool {
        switch resultCode {
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE: true
        default: false
        }
    }
}
