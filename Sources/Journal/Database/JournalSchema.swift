/// The tables of the journal and how they came to be, as SQLite's statements; `PostgresSchema` translates them.
///
/// A step that has been released is never edited; a change is a new one. Times are nanoseconds since the epoch.
/// `STRICT` makes SQLite refuse a value of another type than its column's.
enum JournalSchema {
    /// Marks an SQLite file as ours (`PRAGMA application_id`): "SABU" in ASCII.
    static let applicationID: Int32 = 0x5341_4255

    struct Step {
        let name: String
        let statements: String
    }

    static let steps = [
        Step(name: "v1", statements: incidents + notifications + messages),
        Step(name: "v2", statements: conversations + people),
        Step(name: "v3", statements: secondLooks),
        Step(name: "v4", statements: workers + requests),
    ]

    private static let incidents = """
        CREATE TABLE incident (
            id INTEGER PRIMARY KEY,
            group_key TEXT NOT NULL,
            receiver TEXT NOT NULL,
            alert_name TEXT NOT NULL,
            playbook TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
            starts_at INTEGER NOT NULL,
            resolved_at INTEGER,
            opened_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            headline TEXT NOT NULL,
            alert_body BLOB NOT NULL,
            investigated_body BLOB NOT NULL,
            diagnosis BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX incident_open ON incident (group_key, receiver) WHERE state = 'open';
        CREATE INDEX incident_resolved ON incident (updated_at) WHERE state = 'resolved';

        """

    /// `due_at` is when a row can be claimed: null for at once, else the end of its lease or the time of its retry.
    /// `claims` counts those that were not given back. An identity can come more than once: see `InboxTable.accept`.
    /// Identifiers are never used twice (`AUTOINCREMENT`), because incidents are named after them.
    private static let notifications = """
        CREATE TABLE notification (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            identity BLOB NOT NULL CHECK (length(identity) = 32),
            group_key TEXT NOT NULL,
            receiver TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'finished', 'parked')),
            due_at INTEGER,
            claims INTEGER NOT NULL DEFAULT 0,
            repeats INTEGER NOT NULL DEFAULT 0,
            received_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL,
            incident INTEGER REFERENCES incident (id),
            reason TEXT,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX notification_identity ON notification (identity, id);
        CREATE INDEX notification_story ON notification (group_key, receiver, id);
        CREATE INDEX notification_pending ON notification (id, due_at) WHERE state = 'pending';
        CREATE INDEX notification_lane ON notification (group_key, receiver, id) WHERE state = 'pending';
        CREATE INDEX notification_parked ON notification (id) WHERE state = 'parked';
        CREATE INDEX notification_finished ON notification (last_seen_at) WHERE state = 'finished';
        CREATE INDEX notification_incident ON notification (incident);

        """

    /// `due_at` as above. While `holds_until` is not over, no other message to the same receiver can be claimed: to the end
    /// of a lease, or to the time of one of the first retries.
    private static let messages = """
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident INTEGER REFERENCES incident (id),
            receiver TEXT NOT NULL,
            kind TEXT NOT NULL,
            deduplication_key TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'parked')),
            due_at INTEGER,
            holds_until INTEGER CHECK (holds_until IS NULL OR state = 'pending'),
            created_at INTEGER NOT NULL,
            settled_at INTEGER,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE INDEX message_pending ON message (id, due_at) WHERE state = 'pending';
        CREATE INDEX message_lane ON message (receiver, incident, id) WHERE state = 'pending';
        CREATE INDEX message_holding ON message (receiver, holds_until) WHERE holds_until IS NOT NULL;
        CREATE INDEX message_parked ON message (id) WHERE state = 'parked';
        CREATE INDEX message_sent ON message (settled_at) WHERE state = 'sent';
        CREATE INDEX message_incident ON message (incident);

        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'retry', 'parked')),
            retry_at INTEGER CHECK ((retry_at IS NOT NULL) = (outcome = 'retry')),
            receipt TEXT CHECK ((receipt IS NOT NULL) = (outcome = 'delivered')),
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX attempt_message ON attempt (message, id);

        """

    /// `held`: incidents that a receiver hears of in a digest. `due_at` is when one has to tell of it; null when all is told.
    private static let conversations = """
        ALTER TABLE message ADD COLUMN step TEXT NOT NULL DEFAULT 'post'
            CHECK (step IN ('post', 'edit', 'reply', 'picture'));
        CREATE INDEX message_announced ON message (receiver, created_at) WHERE incident IS NOT NULL;

        CREATE TABLE held (
            incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
            receiver TEXT NOT NULL,
            reason TEXT NOT NULL CHECK (reason IN ('storm', 'quiet')),
            held_at INTEGER NOT NULL,
            due_at INTEGER,
            PRIMARY KEY (incident, receiver)
        ) STRICT;
        CREATE INDEX held_due ON held (due_at) WHERE due_at IS NOT NULL;

        """

    /// `look_again_at`: when evidence that could not be had is asked for once more; null for not at all. `told_at`: when a
    /// digest last told of it; null before the first.
    private static let secondLooks = """
        ALTER TABLE incident ADD COLUMN look_again_at INTEGER;
        CREATE INDEX incident_unfinished ON incident (look_again_at) WHERE look_again_at IS NOT NULL;
        ALTER TABLE held ADD COLUMN told_at INTEGER;

        """

    /// `leased_by`: the worker whose lease `due_at` ends; null where it is no lease. Those of the release before have no
    /// name, and end now; the time that a chat platform asked to wait is not a lease and stays.
    private static let workers = """
        ALTER TABLE notification ADD COLUMN leased_by INTEGER;
        ALTER TABLE message ADD COLUMN leased_by INTEGER;
        UPDATE notification SET due_at = NULL WHERE state = 'pending' AND due_at IS NOT NULL;
        UPDATE message SET due_at = NULL, holds_until = NULL WHERE state = 'pending' AND due_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM attempt
                WHERE attempt.message = message.id AND attempt.retry_at = message.due_at);

        """

    /// Signed requests of chat platforms that were admitted: a copy is not, until its signature is too old anyway.
    private static let requests = """
        CREATE TABLE admitted (
            request TEXT PRIMARY KEY,
            until INTEGER NOT NULL
        ) STRICT;

        """

    /// What people did and said. A vote outlives its incident: it is a record of the cause.
    private static let people = """
        CREATE TABLE remark (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            author TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('acknowledged', 'note', 'silenced', 'silence-ended')),
            text TEXT NOT NULL
        ) STRICT;
        CREATE INDEX remark_incident ON remark (incident, id);

        CREATE TABLE vote (
            incident INTEGER NOT NULL,
            author TEXT NOT NULL,
            at INTEGER NOT NULL,
            cause TEXT NOT NULL,
            signature TEXT,
            confidence REAL NOT NULL,
            is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),
            actual_cause TEXT,
            PRIMARY KEY (incident, author)
        ) STRICT;

        """
}
