/*
 * check.c - is this the server the product relies on, and does it know every statement of this role?
 */
#include <errmsg.h>

#include "db/internal.h"

struct setting {
    const char *variable, *wanted;
    bool contains, durable;
};

static const struct setting settings[] = {
    {"innodb_snapshot_isolation", "ON", false, false},
    {"sql_mode", "STRICT_", true, false},
    {"character_set_server", "utf8mb4", false, false},
    {"time_zone", "+00:00", false, false},
    {"innodb_flush_log_at_trx_commit", "1", false, true},
    {"innodb_doublewrite", "ON", false, true},
    {"sync_binlog", "1", false, true},
};

static bool as_wanted(const struct setting *want, const char *is)
{
    return want->contains ? strstr(is, want->wanted) != NULL : strcmp(is, want->wanted) == 0;
}

/* Faults on the first setting that differs. Without a binary log, sync_binlog has no meaning and is not asked. */
static enum err compare(struct db *db, MYSQL_RES *res, bool durable)
{
    size_t seen = 0;
    for (MYSQL_ROW row; (row = mysql_fetch_row(res));)
        for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
            const struct setting *s = &settings[i];
            if (!row[0] || !row[1] || strcasecmp(row[0], s->variable) != 0)
                continue;
            seen++;
            if (s->durable && !durable)
                continue;
            if (!as_wanted(s, row[1]))
                return fault_set(db->f, ERR_INTERNAL, "INTERNAL", "server setting %s is %s; it must be%s %s", s->variable,
                                 row[1], s->contains ? " one with" : "", s->wanted);
        }
    if (seen != sizeof settings / sizeof *settings)
        return fault_set(db->f, ERR_INTERNAL, "INTERNAL", "the server lacks settings that are relied on");
    return ERR_OK;
}

enum err db_check_server(struct db *db, bool durable)
{
    enum db_kind kind = db_connect(db);
    if (kind == KIND_NONE)
        kind = db_query(db, "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_snapshot_isolation','sql_mode',"
                            "'character_set_server','time_zone','innodb_flush_log_at_trx_commit','innodb_doublewrite',"
                            "'sync_binlog')");
    if (kind != KIND_NONE)
        return db_fault(db, kind, "settings");
    MYSQL_RES *res = mysql_store_result(db->my);
    if (!res)
        return db_fault(db, db_note_error(db, mysql_errno(db->my), mysql_error(db->my)), "settings");
    enum err e = compare(db, res, durable);
    mysql_free_result(res);
    return e;
}

enum err db_check_statements(struct db *db)
{
    for (uint16_t i = 0; i < db->role->n; i++) {
        const struct db_stmt *s = db->role->statements[i];
        struct db_prepared *p;
        enum db_kind kind = db_connect(db);
        if (kind == KIND_NONE)
            kind = db_prepare(db, s, &p);
        if (kind != KIND_NONE)
            return db_fault(db, kind, s->name);
    }
    return ERR_OK;
}

enum err db_rows_read(struct db *db, uint64_t *ret)
{
    uint64_t sum = 0, n;
    enum db_kind kind = db_connect(db);
    if (kind == KIND_NONE)
        kind = db_query(db, "SHOW SESSION STATUS LIKE 'Handler_read%'");
    MYSQL_RES *res = kind == KIND_NONE ? mysql_store_result(db->my) : NULL;
    if (kind == KIND_NONE && !res)
        kind = db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
    if (kind != KIND_NONE)
        return db_fault(db, kind, "status");
    for (MYSQL_ROW row; (row = mysql_fetch_row(res));)
        if (row[0] && row[1] && strcasecmp(row[0], "Handler_read_retry") != 0 && parse_u64(str_from_c(row[1]), 0, UINT64_MAX, &n))
            sum += n;
    mysql_free_result(res);
    *ret = sum;
    return ERR_OK;
}
