PRAGMA application_id = 1396785749;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('v1');
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
INSERT INTO incident VALUES(1,'open','sabueso','HighTraceErrorRate','services','open',1795000000000000000,NULL,1795000000000000000,1795000000000000000,'Spot node aks-spot-3 was preempted',X'7b7d',X'7b22737461747573223a22666972696e67227d',X'7b22736368656d61223a227361627565736f2f646961676e6f7369732f7631227d');
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
INSERT INTO notification VALUES(1,X'67f858c7c69a3a84dd76287607a59326369c3408f06aa35aca334aa86ebfa2db','open','sabueso','finished',NULL,0,1,1795000000000000000,1795000030000000000,1,NULL,X'7b22737461747573223a22666972696e67227d');
INSERT INTO notification VALUES(2,X'84649ec666cc08d2e53c1177fc288a20e8762a9e539179cc313d5c3b09f29371','waiting','sabueso','pending',1795000090000000000,1,0,1795000000000000000,1795000000000000000,NULL,'Tempo did not answer',X'7b22737461747573223a22666972696e67227d');
INSERT INTO notification VALUES(3,X'0232b350f4e634d8365f18e5cd6dd38a42888f096841941411b51bb270abd0cc','parked','sabueso','parked',NULL,0,0,1795000000000000000,1795000000000000000,NULL,'no playbook',X'7b22737461747573223a22666972696e67227d');
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
INSERT INTO message VALUES(1,1,'team-slack','diagnosis','1/diagnosis','sent',NULL,NULL,1795000000000000000,1795000002000000000,X'7b2274657874223a2268656c6c6f227d');
INSERT INTO message VALUES(2,1,'team-slack','resolved','1/resolved','pending',NULL,NULL,1795000000000000000,NULL,X'7b2274657874223a2268656c6c6f227d');
INSERT INTO message VALUES(3,1,'team-teams','diagnosis','1/teams','parked',NULL,NULL,1795000000000000000,1795000001000000000,X'7b2274657874223a2268656c6c6f227d');
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('delivered', 'retry', 'parked')),
    retry_at INTEGER CHECK ((retry_at IS NOT NULL) = (outcome = 'retry')),
    receipt TEXT CHECK ((receipt IS NOT NULL) = (outcome = 'delivered')),
    detail TEXT NOT NULL
) STRICT;
INSERT INTO attempt VALUES(1,1,1795000001000000000,'retry',1795000002000000000,NULL,'429');
INSERT INTO attempt VALUES(2,1,1795000002000000000,'delivered',NULL,'ok','200');
INSERT INTO attempt VALUES(3,3,1795000001000000000,'parked',NULL,NULL,'404 no_service');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('notification',3);
INSERT INTO sqlite_sequence VALUES('message',3);
CREATE UNIQUE INDEX incident_open ON incident (group_key, receiver) WHERE state = 'open';
CREATE INDEX incident_resolved ON incident (updated_at) WHERE state = 'resolved';
CREATE INDEX notification_identity ON notification (identity, id);
CREATE INDEX notification_story ON notification (group_key, receiver, id);
CREATE INDEX notification_pending ON notification (id, due_at) WHERE state = 'pending';
CREATE INDEX notification_lane ON notification (group_key, receiver, id) WHERE state = 'pending';
CREATE INDEX notification_parked ON notification (id) WHERE state = 'parked';
CREATE INDEX notification_finished ON notification (last_seen_at) WHERE state = 'finished';
CREATE INDEX notification_incident ON notification (incident);
CREATE INDEX message_pending ON message (id, due_at) WHERE state = 'pending';
CREATE INDEX message_lane ON message (receiver, incident, id) WHERE state = 'pending';
CREATE INDEX message_holding ON message (receiver, holds_until) WHERE holds_until IS NOT NULL;
CREATE INDEX message_parked ON message (id) WHERE state = 'parked';
CREATE INDEX message_sent ON message (settled_at) WHERE state = 'sent';
CREATE INDEX message_incident ON message (incident);
CREATE INDEX attempt_message ON attempt (message, id);
COMMIT;
