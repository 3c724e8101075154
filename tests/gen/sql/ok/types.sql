-- Every type, there and back; free words before the name are no annotation: they may hold anything.

-- name: all_types
-- run: citizen staff open worker ctl
-- in: a i64, b u64, c i32, d bool, e double, f text(10), g blob(20),
-- in: an i64?, bn u64?, cn i32?, dn bool?, en double?, fn text(10)?, gn blob(20)?
-- out: a i64, b u64, c i32, d bool, e double, f text(10), g blob(20),
-- out: an i64?, bn u64?, cn i32?, dn bool?, en double?, fn text(10)?, gn blob(20)?
-- rows: one
-- reads: 1
-- This line is a free comment, too.
SELECT :a AS a, :b AS b, :c AS c, :d AS d, :e AS e, :f AS f, :g AS g,
  :an AS an, :bn AS bn, :cn AS cn, :dn AS dn, :en AS en, :fn AS fn, :gn AS gn FROM DUAL;

-- name: no_parameters
-- run: open
-- out: n i64
-- rows: one
-- reads: 10
SELECT COUNT(*) AS n FROM small;

-- name: repeated
-- run: citizen
-- in: x i64, y text(9)
-- out: id u64
-- rows: many<=7
-- reads: 20
SELECT id FROM t WHERE (a = :x OR b = :x) AND c = :y AND d <> ':x ?' AND e <> "it's \"?\" :y" -- :x in a comment
/* :y in another; */ AND `odd``name :x` = 1 AND f = 'a\'b''c' # and a third :x
  AND g > :x ORDER BY id LIMIT 7;

-- name: limit_by_parameter
-- run: citizen
-- in: top i64
-- out: id u64
-- rows: many<=50
-- reads: 60
SELECT id FROM t WHERE label = '北京' ORDER BY id LIMIT :top;
