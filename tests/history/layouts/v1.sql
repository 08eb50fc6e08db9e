-- A history as the first layout wrote it. Never changed: this is what a user's disk holds.
CREATE TABLE lookups (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    asked_at    INTEGER NOT NULL,
    profile     TEXT NOT NULL,
    portal      TEXT NOT NULL,
    site        TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    entity_id   TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    chat_id     INTEGER,
    code        TEXT,
    status      INTEGER,
    failure     TEXT,
    total_ns    INTEGER NOT NULL,
    haystack    TEXT NOT NULL
) STRICT;
CREATE INDEX lookups_by_time ON lookups (asked_at);
CREATE TABLE ends (
    id      INTEGER PRIMARY KEY,
    sent    TEXT NOT NULL,
    phases  TEXT NOT NULL,
    version TEXT,
    headers TEXT,
    cut     TEXT,
    time    TEXT,
    body    BLOB
) STRICT;
PRAGMA application_id = 0x62323463;
INSERT INTO lookups VALUES
    (1, 1772035417123, 'acme', 'acme.bitrix24.com', 'https://acme.bitrix24.com', 'CRM', 'DEAL|1663',
     'chat', 1437, NULL, 200, NULL, 212000000,
     'crm' || char(10) || 'deal|1663' || char(10) || 'acme' || char(10) || 'acme.bitrix24.com' || char(10)
     || 'chat 1437' || char(10) || 'chat1437'),
    (2, 1772035420000, 'acme', 'acme.bitrix24.com', 'https://acme.bitrix24.com', 'CRM', 'LEAD|13',
     'refused', NULL, 'insufficient_scope', 401, NULL, 240000000,
     'crm' || char(10) || 'lead|13' || char(10) || 'acme' || char(10) || 'acme.bitrix24.com' || char(10)
     || 'insufficient_scope 401' || char(10)),
    (3, 1772035430000, 'acme', 'acme.bitrix24.com', 'https://acme.bitrix24.com', 'SONET_GROUP', '103',
     'failed', NULL, 'timed_out', NULL, '{"kind":"timed_out","after":{"secs":30,"nanos":0},"during":"wait"}', 30000000000,
     'sonet_group' || char(10) || '103' || char(10) || 'acme' || char(10) || 'acme.bitrix24.com' || char(10)
     || 'timed out after 30 s' || char(10));
INSERT INTO ends VALUES
    (1, '{"method":"POST","url":"https://acme.bitrix24.com/rest/27/****/im.chat.get","headers":[["accept","application/json"]],"body":"{}"}',
     '{"dns":null,"connect":{"secs":0,"nanos":41000000},"wait":{"secs":0,"nanos":160000000},"download":null,"total":{"secs":0,"nanos":212000000},"reused":false}',
     'HTTP/2', '[["content-type","application/json; charset=utf-8"]]', NULL, '{"start":1772035417}',
     CAST('{"result":{"ID":1437},"time":{"start":1772035417}}' AS BLOB)),
    (2, '{"method":"POST","url":"https://acme.bitrix24.com/rest/27/****/im.chat.get","headers":[],"body":"{}"}',
     '{"dns":null,"connect":null,"wait":null,"download":null,"total":{"secs":0,"nanos":240000000},"reused":true}',
     'HTTP/1.1', '[]', '{"kind":"closed","detail":"early"}', NULL, CAST('{"error":"insufficient_scope"}' AS BLOB)),
    (3, '{"method":"POST","url":"https://acme.bitrix24.com/rest/27/****/im.chat.get","headers":[],"body":"{}"}',
     '{"dns":null,"connect":null,"wait":null,"download":null,"total":{"secs":30,"nanos":0},"reused":false}',
     NULL, NULL, NULL, NULL, NULL);
PRAGMA user_version = 1;
