-- typed(q): what a person typed; query(found): the same for the index. Words are parted by blanks and must all be there; "a phrase" holds
-- its words one after another; signs inside a word are a break. In scan, last: the last letter of the term; size: letters of its
-- run, at most 2; gap: a sign stands after them.
marks(t) AS (
    SELECT replace(replace(replace(replace(q, char(12288), ' '), char(8220), '"'), char(8221), '"'), char(10), ' ') || ' ' FROM typed
),
places(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM places, marks WHERE i < length(t)),
letters(i, f, ends) AS MATERIALIZED (
    SELECT i, coalesce((SELECT folded FROM folding WHERE char = substr(t, i, 1)), substr(t, i, 1)),
        substr(t, i, 1) = '"' OR (substr(t, i, 1) = ' ' AND length(replace(substr(t, 1, i), '"', '')) % 2 = i % 2)
    FROM places, marks
),
scan(i, last, size, gap, found) AS (
    SELECT 0, '', 0, 0, ''
    UNION ALL
    SELECT l.i,
        CASE WHEN ends THEN '' WHEN f <> ' ' THEN f ELSE last END,
        CASE WHEN ends THEN 0 WHEN f = ' ' THEN size WHEN last = '' OR gap THEN 1 ELSE 2 END,
        CASE WHEN ends OR f <> ' ' THEN 0 ELSE last <> '' END,
        found || CASE
            WHEN ends THEN CASE WHEN last = '' THEN '' WHEN size = 1 THEN last || '"*' ELSE '"' END
            WHEN f = ' ' THEN ''
            WHEN last = '' THEN ' "'
            WHEN gap THEN last || ' '
            ELSE last || f || ' '
        END
    FROM scan JOIN letters l ON l.i = scan.i + 1
),
query(found) AS (SELECT found FROM scan ORDER BY i DESC LIMIT 1)
