//! The tables, by version. A version once released never changes: a later one is added below it.

/// Marks a database as a ledger: "amnd".
pub(crate) const APPLICATION: i32 = 0x616d_6e64;

/// Each takes a ledger of its place's version to the next.
pub(crate) const MIGRATIONS: &[&str] = &[FIRST, WITHDRAWN];

/// The version this program reads and writes.
pub(crate) const VERSION: u32 = MIGRATIONS.len() as u32;

const FIRST: &str = "
-- The secret that customers' keys are made with.
CREATE TABLE secret (salt BLOB NOT NULL);
INSERT INTO secret VALUES (randomblob(32));

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    -- Hash of the salt and the address.
    key BLOB NOT NULL UNIQUE,
    -- Only if asked to keep it.
    address TEXT
);

CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL UNIQUE,
    -- The message's own id.
    name TEXT NOT NULL,
    customer INTEGER REFERENCES customer ON DELETE CASCADE,
    received TEXT NOT NULL,
    drafted TEXT NOT NULL,
    reproach INTEGER NOT NULL,
    urgency INTEGER NOT NULL,
    -- The main issue, or nothing.
    issue TEXT,
    facts TEXT NOT NULL,
    hold TEXT,
    hold_to TEXT,
    -- Working days until a follow-up is due.
    days INTEGER NOT NULL,
    -- Only if asked to keep them.
    subject TEXT,
    text TEXT
);
CREATE INDEX message_customer ON message (customer, id);
CREATE INDEX message_received ON message (received);

CREATE TABLE reply (
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    stage TEXT NOT NULL,
    day TEXT NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (message, stage)
) WITHOUT ROWID;

CREATE TABLE promise (
    -- Never used again, even if the promise is forgotten.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    stage TEXT NOT NULL,
    todo TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    approval INTEGER NOT NULL,
    -- 0 open, 1 kept, 2 broken
    state INTEGER NOT NULL DEFAULT 0,
    ended TEXT,
    -- What was done: key=value, one a line.
    outcome TEXT
);
CREATE INDEX promise_message ON promise (message);
CREATE INDEX promise_state ON promise (state, due, ended);

-- What a message is counted by.
CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (field, value)
);
CREATE TABLE mark (
    label INTEGER NOT NULL REFERENCES label,
    day TEXT NOT NULL,
    message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    PRIMARY KEY (label, day, message)
) WITHOUT ROWID;
CREATE INDEX mark_message ON mark (message);

-- Messages by label and day: a report reads these instead of every message.
CREATE TABLE tally (
    label INTEGER NOT NULL REFERENCES label,
    day TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (label, day)
) WITHOUT ROWID;
-- Who inserts marks adds them up here.
CREATE TRIGGER mark_gone AFTER DELETE ON mark BEGIN
    UPDATE tally SET n = n - 1 WHERE label = old.label AND day = old.day;
    DELETE FROM tally WHERE label = old.label AND day = old.day AND n = 0;
END;

-- What can be searched for, by message.
CREATE VIRTUAL TABLE words USING fts5 (
    body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
    DELETE FROM words WHERE rowid = old.id;
END;
";

/// Promises may be withdrawn, and those made outside a draft are told from a draft's own. An earlier program
/// would take what is withdrawn for broken, and has to refuse the ledger.
const WITHDRAWN: &str = "
-- promise.state: 3 withdrawn; promise.stage: empty if it wasn't made in a draft.
UPDATE promise SET stage = '' WHERE stage = 'follow-up';
";
