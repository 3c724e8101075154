/* sql_grants.c - made by sqlgen: grants/<role>.sql as text; do not edit. */
extern const char sql_grants_citizen[];
const char sql_grants_citizen[] =
    "-- What citizen may do; made by sqlgen from sql/query and sql/grants/citizen.sql.\012GRANT SELECT ON `@"
    "DB@`.`j1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`j2` TO '@USER@'@'localhost';\012GRANT SELECT"
    " ON `@DB@`.`j3` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`j4` TO '@USER@'@'localhost';\012GRANT "
    "SELECT ON `@DB@`.`j5` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`j6` TO '@USER@'@'localhost';\012"
    "GRANT SELECT ON `@DB@`.`j7` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`j8` TO '@USER@'@'localh"
    "ost';\012GRANT SELECT ON `@DB@`.`t` TO '@USER@'@'localhost';\012";
extern const char sql_grants_staff[];
const char sql_grants_staff[] =
    "-- What staff may do; made by sqlgen from sql/query and sql/grants/staff.sql.\012GRANT SELECT ON `@DB@`"
    ".`s1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`s2` TO '@USER@'@'localhost';\012GRANT SELECT ON "
    "`@DB@`.`s3` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`s4` TO '@USER@'@'localhost';\012GRANT SELE"
    "CT ON `@DB@`.`s5` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`s6` TO '@USER@'@'localhost';\012GRAN"
    "T SELECT ON `@DB@`.`s7` TO '@USER@'@'localhost';\012";
extern const char sql_grants_open[];
const char sql_grants_open[] =
    "-- What open may do; made by sqlgen from sql/query and sql/grants/open.sql.\012GRANT SELECT ON `@DB@`.`"
    "f1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`small` TO '@USER@'@'localhost';\012GRANT SELECT ON"
    " `@DB@`.`u1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`u2` TO '@USER@'@'localhost';\012GRANT SEL"
    "ECT ON `@DB@`.`w1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`w2` TO '@USER@'@'localhost';\012GRA"
    "NT SELECT ON `@DB@`.`w3` TO '@USER@'@'localhost';\012-- a view that a statement names by another way\012GR"
    "ANT SELECT ON `@DB@`.`extra_view` TO '@USER@'@'localhost';\012";
extern const char sql_grants_worker[];
const char sql_grants_worker[] =
    "-- What worker may do; made by sqlgen from sql/query and sql/grants/worker.sql.\012GRANT SELECT, DELETE"
    " ON `@DB@`.`d3` TO '@USER@'@'localhost';\012GRANT SELECT, DELETE ON `@DB@`.`d4` TO '@USER@'@'localhost'"
    ";\012GRANT SELECT ON `@DB@`.`d5` TO '@USER@'@'localhost';\012GRANT INSERT ON `@DB@`.`i1` TO '@USER@'@'loca"
    "lhost';\012GRANT SELECT ON `@DB@`.`i2` TO '@USER@'@'localhost';\012GRANT SELECT, INSERT, UPDATE ON `@DB@`."
    "`i3` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`i4` TO '@USER@'@'localhost';\012GRANT SELECT, INS"
    "ERT ON `@DB@`.`i5` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`l1` TO '@USER@'@'localhost';\012GRA"
    "NT INSERT ON `@DB@`.`n1` TO '@USER@'@'localhost';\012GRANT INSERT, DELETE ON `@DB@`.`r1` TO '@USER@'@'l"
    "ocalhost';\012";
extern const char sql_grants_ctl[];
const char sql_grants_ctl[] =
    "-- What ctl may do; made by sqlgen from sql/query and sql/grants/ctl.sql.\012GRANT SELECT, DELETE ON `@"
    "DB@`.`d1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`d2` TO '@USER@'@'localhost';\012GRANT SELECT"
    ", UPDATE ON `@DB@`.`p1` TO '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`p2` TO '@USER@'@'localhost'"
    ";\012GRANT SELECT, UPDATE ON `@DB@`.`p3` TO '@USER@'@'localhost';\012GRANT SELECT, UPDATE ON `@DB@`.`p4` T"
    "O '@USER@'@'localhost';\012GRANT SELECT ON `@DB@`.`p5` TO '@USER@'@'localhost';\012";
