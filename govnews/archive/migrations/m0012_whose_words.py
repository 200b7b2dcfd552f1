"""Whose words: the kinds of sources, texts that stand in several places, leaders and where they are named, what coders wrote down.

`source_kinds`, `text_signatures`, `reprints` and `mentions` are made from the rest and can be made anew at any time; `leaders` and
`annotations` are a person's work. Meanings of tables and columns: archive/dictionary/7-words.txt.
"""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = """
CREATE TABLE source_kinds (
    site TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, organisation TEXT, via TEXT NOT NULL,
    PRIMARY KEY (site, source)
) STRICT, WITHOUT ROWID;
CREATE TABLE text_signatures (
    text_sha256 TEXT PRIMARY KEY, method TEXT NOT NULL, signature BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE reprints (
    uid TEXT PRIMARY KEY, version INTEGER NOT NULL, cluster TEXT NOT NULL, earliest_seen TEXT NOT NULL,
    first_published TEXT, share REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX reprints_by_cluster ON reprints (cluster);
CREATE TABLE leaders (
    leader TEXT PRIMARY KEY, county TEXT NOT NULL, name TEXT NOT NULL, post TEXT NOT NULL, from_date TEXT, to_date TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX leaders_by_county ON leaders (county, name);
CREATE TABLE mentions (
    uid TEXT NOT NULL, leader TEXT NOT NULL, version INTEGER NOT NULL, count INTEGER NOT NULL, in_title INTEGER NOT NULL,
    PRIMARY KEY (uid, leader)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_leader ON mentions (leader);
CREATE TABLE mention_state (id INTEGER PRIMARY KEY CHECK (id = 1), watermark INTEGER NOT NULL) STRICT;
INSERT INTO mention_state VALUES (1, 0);
CREATE TABLE annotations (
    coder TEXT NOT NULL, codebook TEXT NOT NULL, uid TEXT NOT NULL, field TEXT NOT NULL, made_at TEXT NOT NULL,
    value TEXT NOT NULL, text_sha256 TEXT NOT NULL, PRIMARY KEY (coder, codebook, uid, field, made_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotations_by_article ON annotations (uid);
"""

_VIEWS = """
CREATE VIEW articles_with_source_kind AS
    SELECT a.uid, a.site, a.publish_date, a.title, a.source, k.kind AS source_kind, k.organisation, k.via, a.url
    FROM articles a LEFT JOIN source_kinds k ON k.site = a.site AND k.source = a.source;
CREATE VIEW reprints_with_source_kind AS
    SELECT r.uid, a.site, a.publish_date, a.title, a.source, k.kind AS source_kind, r.cluster, r.first_published,
           o.site AS first_site, r.share,
           iif(r.first_published IS NULL, NULL, r.uid <> r.first_published AND a.site <> o.site) AS reprint_by_text,
           iif(a.source IS NULL OR k.kind IS NULL OR k.kind = 'unknown', NULL, k.kind IN ('own-county', 'party', 'department')) AS own_by_label
    FROM reprints r JOIN articles a USING (uid) LEFT JOIN articles o ON o.uid = r.first_published
    LEFT JOIN source_kinds k ON k.site = a.site AND k.source = a.source;
CREATE VIEW leader_mentions_by_month AS
    SELECT l.leader, l.county, l.name, l.post, substr(a.publish_date, 1, 7) AS month, count(*) AS articles,
           sum(m.count) AS mentions, sum(m.in_title) AS titles
    FROM mentions m JOIN leaders l USING (leader) JOIN articles a USING (uid) GROUP BY l.leader, month;
CREATE VIEW annotations_current AS
    SELECT n.coder, n.codebook, n.uid, n.field, n.value, n.made_at, n.text_sha256,
           n.text_sha256 <> a.text_sha256 AS text_changed
    FROM annotations n LEFT JOIN articles a USING (uid)
    WHERE NOT EXISTS (
        SELECT 1 FROM annotations later WHERE later.coder = n.coder AND later.codebook = n.codebook AND later.uid = n.uid
        AND later.field = n.field AND later.made_at > n.made_at);
"""


def apply(db: Database) -> None:
    """Creates the tables, all empty, and the views over them."""
    for statement in (_TABLES + _VIEWS).split(";\n"):
        if statement.strip():
            db.execute(statement)
