BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'govnews','m0001_archive','2026-11-25 17:19:47.900704+00:00');
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, version INTEGER NOT NULL UNIQUE,
    site TEXT NOT NULL, url TEXT, url_key TEXT NOT NULL UNIQUE, 
    title TEXT, publish_time TEXT, publish_time_precision TEXT, publish_date TEXT, source TEXT,
    view_count INTEGER, view_count_state TEXT NOT NULL, body TEXT NOT NULL,
    author TEXT, editor TEXT, section TEXT, issuer TEXT, document_number TEXT, index_number TEXT, keywords TEXT,
    flags TEXT NOT NULL, via TEXT NOT NULL,
    title_raw TEXT, publish_time_raw TEXT, source_raw TEXT, view_count_raw TEXT
,
    view_count_at TEXT, presence TEXT NOT NULL, presence_since TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    fetched_at TEXT NOT NULL, sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, family TEXT NOT NULL, extractor TEXT NOT NULL
) STRICT;
INSERT INTO "articles" VALUES(1,'8d27ab17eacc30a4',2,'990901','http://www.qingshan.test/xwzx/202403/20240301_1.html','qingshan.test/xwzx/202403/20240301_1.html','青杉县部署防火工作（更正）','2024-03-01T09:30:00+08:00','second','2024-03-01','青杉县融媒体中心',8,'shown','3月1日上午，青杉县召开春季森林防火工作会议，总结去年工作，安排部署今年各项任务。
会议要求，各乡镇要把责任落实到山头地块，加强巡护值守，做到早发现、早处置、早报告。',NULL,NULL,'新闻中心',NULL,NULL,NULL,NULL,'[]','{"title": "headline:h1+named title+title agrees+above the header", "publish_time": "label:发布时间", "source": "label:来源", "view_count": "label:浏览次数", "section": "breadcrumb", "body": "container:detail-content"}','青杉县部署防火工作（更正）','2024-03-01 09:30:00','青杉县融媒体中心','8','2024-03-02T08:00:00Z','alive',NULL,'2024-03-02T08:00:00Z','2024-03-02T08:00:00Z','2024-03-02T08:00:00Z','b0b6f8c0c5cbd6eacaebb9791ac08f2a471195536ffd79afa4eefbdfc05d56ea','303a5777284609f78679fd46b3de2857af801d649673aa783675a54015417c3c','generic','0.1.0+ff77eda91ac7');
INSERT INTO "articles" VALUES(2,'60be5501d24cab5a',3,'990901','http://www.qingshan.test/xwzx/202403/20240301_2.html','qingshan.test/xwzx/202403/20240301_2.html','青杉县另一则消息','2024-03-01T09:30:00+08:00','second','2024-03-01','青杉县融媒体中心',NULL,'absent','3月1日上午，青杉县召开春季森林防火工作会议，总结去年工作，安排部署今年各项任务。
会议要求，各乡镇要把责任落实到山头地块，加强巡护值守，做到早发现、早处置、早报告。',NULL,NULL,'新闻中心',NULL,NULL,NULL,NULL,'[]','{"title": "headline:h1+named title+title agrees+above the header", "publish_time": "label:发布时间", "source": "label:来源", "section": "breadcrumb", "body": "container:detail-content"}','青杉县另一则消息','2024-03-01 09:30:00','青杉县融媒体中心',NULL,NULL,'alive',NULL,'2024-03-02T08:00:00Z','2024-03-02T08:00:00Z','2024-03-02T08:00:00Z','57677aa3ddf57bf1845305516301bc4224ab6a815c395161021c725ad1d02326','303a5777284609f78679fd46b3de2857af801d649673aa783675a54015417c3c','generic','0.1.0+ff77eda91ac7');
CREATE TABLE attachments (
    uid TEXT NOT NULL, position INTEGER NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT,
    PRIMARY KEY (uid, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE captures (
    id INTEGER PRIMARY KEY, url_key TEXT NOT NULL, fetched_at TEXT NOT NULL, sha256 TEXT NOT NULL,
    url TEXT, requested_url TEXT, redirects TEXT NOT NULL, site TEXT NOT NULL, run INTEGER REFERENCES runs (id),
    task TEXT, status INTEGER NOT NULL, response_class TEXT NOT NULL, kind TEXT, headers TEXT NOT NULL,
    content_encoding TEXT, ip_address TEXT, size INTEGER NOT NULL, truncated INTEGER NOT NULL, error TEXT,
    declared_charset TEXT, used_charset TEXT, origin TEXT NOT NULL,
    UNIQUE (url_key, fetched_at, sha256)
) STRICT;
INSERT INTO "captures" VALUES(1,'qingshan.test/xwzx/202403/20240301_1.html','2024-03-01T08:00:00Z','59f2b3ed547eee94732ad8afeed618e4826bffd041fdb6d4aa5b5960a7985467','http://www.qingshan.test/xwzx/202403/20240301_1.html',NULL,'[]','990901',NULL,NULL,200,'ok','article','{}',NULL,NULL,901,0,NULL,'utf-8','utf-8','crawl');
INSERT INTO "captures" VALUES(2,'qingshan.test/xwzx/202403/20240301_1.html','2024-03-02T08:00:00Z','b0b6f8c0c5cbd6eacaebb9791ac08f2a471195536ffd79afa4eefbdfc05d56ea','http://www.qingshan.test/xwzx/202403/20240301_1.html',NULL,'[]','990901',NULL,NULL,200,'ok','article','{}',NULL,NULL,901,0,NULL,'utf-8','utf-8','crawl');
INSERT INTO "captures" VALUES(3,'qingshan.test/xwzx/202403/20240301_2.html','2024-03-02T08:00:00Z','57677aa3ddf57bf1845305516301bc4224ab6a815c395161021c725ad1d02326','http://www.qingshan.test/xwzx/202403/20240301_2.html',NULL,'[]','990901',NULL,NULL,200,'ok','article','{}',NULL,NULL,835,0,NULL,'utf-8','utf-8','crawl');
CREATE TABLE divisions (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, level TEXT NOT NULL, parent_code TEXT, province TEXT, prefecture TEXT,
    short_name TEXT, type TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, site TEXT NOT NULL, state TEXT NOT NULL,
    method TEXT NOT NULL, url TEXT NOT NULL, form TEXT, headers TEXT NOT NULL, column_url TEXT, list_title TEXT,
    list_date TEXT, page_number INTEGER NOT NULL, uid TEXT, reader TEXT, priority INTEGER NOT NULL, due TEXT,
    attempts INTEGER NOT NULL, error TEXT, added_at TEXT NOT NULL, done_at TEXT, UNIQUE (kind, key, site)
) STRICT;
CREATE TABLE images (
    uid TEXT NOT NULL, position INTEGER NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (uid, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE issues (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, severity TEXT NOT NULL, site TEXT NOT NULL, url TEXT NOT NULL,
    detail TEXT NOT NULL, run INTEGER REFERENCES runs (id), times INTEGER NOT NULL, first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL, UNIQUE (code, url, detail, site)
) STRICT;
CREATE TABLE revisions (
    version INTEGER PRIMARY KEY, uid TEXT NOT NULL, cause TEXT NOT NULL, extractor TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, fetched_at TEXT NOT NULL, 
    title TEXT, publish_time TEXT, publish_time_precision TEXT, publish_date TEXT, source TEXT,
    view_count INTEGER, view_count_state TEXT NOT NULL, body TEXT NOT NULL,
    author TEXT, editor TEXT, section TEXT, issuer TEXT, document_number TEXT, index_number TEXT, keywords TEXT,
    flags TEXT NOT NULL, via TEXT NOT NULL,
    title_raw TEXT, publish_time_raw TEXT, source_raw TEXT, view_count_raw TEXT
,
    sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL
) STRICT;
INSERT INTO "revisions" VALUES(1,'8d27ab17eacc30a4','site','0.1.0+ff77eda91ac7','2024-03-01T08:00:00Z','2024-03-01T08:00:00Z','2024-03-01T08:00:00Z','青杉县部署春季森林防火工作','2024-03-01T09:30:00+08:00','second','2024-03-01','青杉县融媒体中心',3,'shown','3月1日上午，青杉县召开春季森林防火工作会议，总结去年工作，安排部署今年各项任务。
会议要求，各乡镇要把责任落实到山头地块，加强巡护值守，做到早发现、早处置、早报告。',NULL,NULL,'新闻中心',NULL,NULL,NULL,NULL,'[]','{"title": "headline:h1+named title+title agrees+above the header", "publish_time": "label:发布时间", "source": "label:来源", "view_count": "label:浏览次数", "section": "breadcrumb", "body": "container:detail-content"}','青杉县部署春季森林防火工作','2024-03-01 09:30:00','青杉县融媒体中心','3','59f2b3ed547eee94732ad8afeed618e4826bffd041fdb6d4aa5b5960a7985467','303a5777284609f78679fd46b3de2857af801d649673aa783675a54015417c3c');
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, command TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, version TEXT NOT NULL,
    vantage TEXT, settings TEXT NOT NULL, counts TEXT, sites TEXT, reason TEXT
) STRICT;
CREATE TABLE sightings (
    id INTEGER PRIMARY KEY, uid TEXT, site TEXT NOT NULL, column_url TEXT NOT NULL, target_url TEXT NOT NULL,
    target_key TEXT NOT NULL, list_title TEXT, list_date TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
) STRICT;
CREATE TABLE sites (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, home TEXT, hosts TEXT NOT NULL, division_code TEXT, province TEXT,
    prefecture TEXT, family TEXT, family_points TEXT, learned TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE version_sequence (version INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
CREATE TABLE view_observations (
    uid TEXT NOT NULL, observed_at TEXT NOT NULL, method TEXT NOT NULL, value INTEGER NOT NULL,
    approximate INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (uid, observed_at, method)
) STRICT, WITHOUT ROWID;
INSERT INTO "view_observations" VALUES('8d27ab17eacc30a4','2024-03-01T08:00:00Z','inline',3,0,'59f2b3ed547eee94732ad8afeed618e4826bffd041fdb6d4aa5b5960a7985467');
INSERT INTO "view_observations" VALUES('8d27ab17eacc30a4','2024-03-02T08:00:00Z','inline',8,0,'b0b6f8c0c5cbd6eacaebb9791ac08f2a471195536ffd79afa4eefbdfc05d56ea');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX articles_by_date ON articles (publish_date);
CREATE INDEX articles_by_site ON articles (site, publish_date);
CREATE INDEX articles_by_text ON articles (text_sha256);
CREATE INDEX revisions_by_article ON revisions (uid, version);
CREATE INDEX captures_by_bytes ON captures (sha256);
CREATE INDEX captures_by_run ON captures (run, site);
CREATE UNIQUE INDEX sightings_identity
    ON sightings (target_key, column_url, coalesce(list_title, ''), coalesce(list_date, ''), target_url);
CREATE INDEX sightings_by_article ON sightings (uid);
CREATE INDEX sightings_by_column ON sightings (site, column_url);
CREATE INDEX issues_by_site ON issues (site, code);
CREATE INDEX frontier_queue ON frontier (site, priority DESC, id) WHERE state = 'queued';
CREATE INDEX frontier_due ON frontier (site, due) WHERE state = 'done' AND due IS NOT NULL;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('version_sequence',3);
COMMIT;
