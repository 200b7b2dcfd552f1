-- The newest articles that hold what was typed (:q); :limit rows. Any SQLite from 3.40 on, no extension.
-- Articles above the index's watermark are compared as typed, without folding, when :q is one word.
WITH RECURSIVE
typed(q) AS (SELECT :q),
{split},
hits(version) AS (
    SELECT rowid FROM search_index, query WHERE search_index MATCH found
    UNION
    SELECT version FROM articles, typed
    WHERE version > (SELECT watermark FROM search_state) AND q <> '' AND (instr(title, q) OR instr(body, q))
)
SELECT a.uid, a.publish_date, s.province, s.name AS county, a.title, a.source, a.view_count, a.url,
    substr(a.body, max(1, instr(a.body, q) - 20), 60) AS around
FROM typed, hits h CROSS JOIN articles a ON a.version = h.version LEFT JOIN sites s ON s.id = a.site
ORDER BY a.publish_date DESC, a.version DESC LIMIT :limit
