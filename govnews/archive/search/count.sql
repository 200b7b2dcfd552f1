-- How many articles of each month hold what was typed (:q). Any SQLite from 3.40 on, no extension.
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
SELECT substr(a.publish_date, 1, 7) AS month, count(*) AS articles
FROM hits h CROSS JOIN articles a ON a.version = h.version
GROUP BY month ORDER BY month DESC
