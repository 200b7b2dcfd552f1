"""The first schema: articles with their versions, captures, sightings, observations, issues, runs and the frontier.

Meanings of tables and columns: archive/schema.py. Nothing here needs more than SQLite 3.40 without extensions.
"""

from __future__ import annotations

from sqlite_utils import Database

_FIELDS = """
    title TEXT, publish_time TEXT, publish_time_precision TEXT, publish_date TEXT, source TEXT,
    view_count INTEGER, view_count_state TEXT NOT NULL, body TEXT NOT NULL,
    author TEXT, editor TEXT, section TEXT, issuer TEXT, document_number TEXT, index_number TEXT, keywords TEXT,
    flags TEXT NOT NULL, via TEXT NOT NULL,
    title_raw TEXT, publish_time_raw TEXT, source_raw TEXT, view_count_raw TEXT
"""

_TABLES = f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, version INTEGER NOT NULL UNIQUE,
    site TEXT NOT NULL, url TEXT, url_key TEXT NOT NULL UNIQUE, {_FIELDS},
    view_count_at TEXT, presence TEXT NOT NULL, presence_since TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    fetched_at TEXT NOT NULL, sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, family TEXT NOT NULL, extractor TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_date ON articles (publish_date);
CREATE INDEX articles_by_site ON articles (site, publish_date);
CREATE INDEX articles_by_text ON articles (text_sha256);

CREATE TABLE revisions (
    version INTEGER PRIMARY KEY, uid TEXT NOT NULL, cause TEXT NOT NULL, extractor TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, fetched_at TEXT NOT NULL, {_FIELDS},
    sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX revisions_by_article ON revisions (uid, version);
CREATE TABLE version_sequence (version INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

CREATE TABLE captures (
    id INTEGER PRIMARY KEY, url_key TEXT NOT NULL, fetched_at TEXT NOT NULL, sha256 TEXT NOT NULL,
    url TEXT, requested_url TEXT, redirects TEXT NOT NULL, site TEXT NOT NULL, run INTEGER REFERENCES runs (id),
    task TEXT, status INTEGER NOT NULL, response_class TEXT NOT NULL, kind TEXT, headers TEXT NOT NULL,
    content_encoding TEXT, ip_address TEXT, size INTEGER NOT NULL, truncated INTEGER NOT NULL, error TEXT,
    declared_charset TEXT, used_charset TEXT, origin TEXT NOT NULL,
    UNIQUE (url_key, fetched_at, sha256)
) STRICT;
CREATE INDEX captures_by_bytes ON captures (sha256);
CREATE INDEX captures_by_run ON captures (run, site);

CREATE TABLE view_observations (
    uid TEXT NOT NULL, observed_at TEXT NOT NULL, method TEXT NOT NULL, value INTEGER NOT NULL,
    approximate INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (uid, observed_at, method)
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
    id INTEGER PRIMARY KEY, uid TEXT, site TEXT NOT NULL, column_url TEXT NOT NULL, target_url TEXT NOT NULL,
    target_key TEXT NOT NULL, list_title TEXT, list_date TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX sightings_identity
    ON sightings (target_key, column_url, coalesce(list_title, ''), coalesce(list_date, ''), target_url);
CREATE INDEX sightings_by_article ON sightings (uid);
CREATE INDEX sightings_by_column ON sightings (site, column_url);

CREATE TABLE images (
    uid TEXT NOT NULL, position INTEGER NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (uid, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE attachments (
    uid TEXT NOT NULL, position INTEGER NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT,
    PRIMARY KEY (uid, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sites (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, home TEXT, hosts TEXT NOT NULL, division_code TEXT, province TEXT,
    prefecture TEXT, family TEXT, family_points TEXT, learned TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE divisions (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT NOT NULL, parent_code TEXT, province TEXT, prefecture TEXT,
    short_name TEXT, type TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY, command TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, version TEXT NOT NULL,
    vantage TEXT, settings TEXT NOT NULL, counts TEXT, sites TEXT, reason TEXT
) STRICT;
CREATE TABLE issues (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, site TEXT NOT NULL, url TEXT NOT NULL,
    detail TEXT NOT NULL, run INTEGER REFERENCES runs (id), times INTEGER NOT NULL, first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL, UNIQUE (code, url, detail, site)
) STRICT;
CREATE INDEX issues_by_site ON issues (site, code);

CREATE TABLE frontier (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, site TEXT NOT NULL, state TEXT NOT NULL,
    method TEXT NOT NULL, url TEXT NOT NULL, form TEXT, headers TEXT NOT NULL, column_url TEXT, list_title TEXT,
    list_date TEXT, page_number INTEGER NOT NULL, uid TEXT, reader TEXT, priority INTEGER NOT NULL, due TEXT,
    attempts INTEGER NOT NULL, error TEXT, added_at TEXT NOT NULL, done_at TEXT, UNIQUE (kind, key, site)
) STRICT;
CREATE INDEX frontier_queue ON frontier (site, priority DESC, id) WHERE state = 'queued';
CREATE INDEX frontier_due ON frontier (site, due) WHERE state = 'done' AND due IS NOT NULL;
"""

_VIEWS = """
CREATE VIEW articles_by_month AS
    SELECT site, substr(publish_date, 1, 7) AS month, count(*) AS articles, count(source) AS with_source,
           count(view_count) AS with_view_count, sum(body = '') AS without_text
    FROM articles GROUP BY site, month;
CREATE VIEW sources_by_site AS
    SELECT site, source, count(*) AS articles, min(publish_date) AS first_date, max(publish_date) AS last_date
    FROM articles WHERE source IS NOT NULL GROUP BY site, source;
CREATE VIEW edits AS
    SELECT r.uid, a.site, a.url, r.version AS old_version, r.cause, r.first_seen, r.last_seen, r.title AS old_title,
           a.title, r.publish_time AS old_publish_time, a.publish_time, r.source AS old_source, a.source,
           r.body <> a.body AS body_changed
    FROM revisions r JOIN articles a USING (uid);
CREATE VIEW no_longer_found AS
    SELECT uid, site, title, publish_date, url, presence, presence_since, last_seen AS last_good_capture FROM articles
    WHERE presence <> 'alive';
CREATE VIEW field_completeness AS
    SELECT site, count(*) AS articles, count(title) AS title, count(publish_time) AS publish_time, count(source) AS source,
           count(view_count) AS view_count, sum(body <> '') AS body
    FROM articles GROUP BY site;
"""


def apply(db: Database) -> None:
    """Creates everything in the transaction that sqlite-utils opened; `executescript` would commit it."""
    for statement in (_TABLES + _VIEWS).split(";\n"):
        if statement.strip():
            db.execute(statement)
