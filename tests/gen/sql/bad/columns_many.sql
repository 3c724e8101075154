-- name: x
-- run: citizen
-- in: id u64
-- out: c0 i64, c1 i64, c2 i64, c3 i64, c4 i64, c5 i64, c6 i64, c7 i64, c8 i64, c9 i64, c10 i64, c11 i64, c12 i64, c13 i64, c14 i64, c15 i64, c16 i64, c17 i64, c18 i64, c19 i64, c20 i64, c21 i64, c22 i64, c23 i64, c24 i64, c25 i64, c26 i64, c27 i64, c28 i64, c29 i64, c30 i64, c31 i64, c32 i64, c33 i64, c34 i64, c35 i64, c36 i64, c37 i64, c38 i64, c39 i64, c40 i64, c41 i64, c42 i64, c43 i64, c44 i64, c45 i64, c46 i64, c47 i64, c48 i64, c49 i64, c50 i64, c51 i64, c52 i64, c53 i64, c54 i64, c55 i64, c56 i64, c57 i64, c58 i64, c59 i64, c60 i64, c61 i64, c62 i64, c63 i64, c64 i64
-- rows: one
-- reads: 1
SELECT id FROM t WHERE id = :id;
