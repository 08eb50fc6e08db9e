-- What the list needs, in rows small enough to walk through quickly.
CREATE TABLE lookups (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    asked_at    INTEGER NOT NULL,   -- Unix time in milliseconds
    profile     TEXT NOT NULL,
    portal      TEXT NOT NULL,      -- host, with its port where it is not the usual one
    site        TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    entity_id   TEXT NOT NULL,
    verdict     TEXT NOT NULL,      -- chat, no_chat, refused, unreadable, failed
    chat_id     INTEGER,
    code        TEXT,               -- of a refusal, a likeness or a failure
    status      INTEGER,
    failure     TEXT,               -- JSON
    total_ns    INTEGER NOT NULL,
    haystack    TEXT NOT NULL       -- lower case, a line per field: what a filter is looked for in
) STRICT;

-- For pruning by age; being the smallest tree it also makes counting cheap.
CREATE INDEX lookups_by_time ON lookups (asked_at);

-- Everything else that a record holds, under the same id.
CREATE TABLE ends (
    id      INTEGER PRIMARY KEY,
    sent    TEXT NOT NULL,          -- JSON: method, url, headers, body; the secret masked
    phases  TEXT NOT NULL,          -- JSON
    version TEXT,                   -- NULL from here on where there was no reply
    headers TEXT,                   -- JSON
    cut     TEXT,                   -- JSON, NULL also where the body is whole
    time    TEXT,                   -- JSON, as the portal sent it
    body    BLOB                    -- the bytes as they were
) STRICT;

-- "b24c": what the file is, for tools that look at the header.
PRAGMA application_id = 0x62323463;
