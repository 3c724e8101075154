/*
 * migrate.c - applies the files of the schema that the database has not seen yet.
 *
 * Contract: migrate.h. Must not know what the files contain.
 */
#include <dirent.h>
#include <errno.h>

#include "db/admin_internal.h"
#include "db/migrate.h"

enum { FILES_MAX = 999, FILE_BYTES_MAX = 4 << 20, BUSY_TRIES = 30 };

struct file {
    int version;
    char name[100];
    char applied_checksum[65]; /* empty: not applied yet */
};

struct migration {
    struct db_admin *d;
    struct fault *f;
    const char *folder;
    struct arena *a;
    struct file *files;
    size_t n;
    char stray[100]; /* an applied version without its file */
};

static bool parse_name(const char *name, int *ret_version)
{
    struct str s = str_from_c(name);
    uint64_t v;
    if (s.n < 10 || s.n > 99 || !parse_u64(str_slice(s, 0, 4), 1, 9999, &v) || s.p[4] != '_' || !str_ends(s, STR(".sql")))
        return false;
    *ret_version = (int)v;
    return true;
}

static int by_version(const void *x, const void *y)
{
    const struct file *a = x, *b = y;
    return (a->version > b->version) - (a->version < b->version);
}

static enum err list_files(struct migration *m)
{
    DIR *dir = opendir(m->folder);
    if (!dir)
        return fault_set(m->f, ERR_INTERNAL, "INTERNAL", "%s: %s", m->folder, strerror(errno));
    for (struct dirent *e; (e = readdir(dir)) && m->n < FILES_MAX;) {
        int version;
        if (!parse_name(e->d_name, &version))
            continue;
        struct file *f = &m->files[m->n++];
        f->version = version;
        snprintf(f->name, sizeof f->name, "%.99s", e->d_name);
    }
    closedir(dir);
    qsort(m->files, m->n, sizeof *m->files, by_version);
    if (m->n == 0 || m->n == FILES_MAX)
        return fault_set(m->f, ERR_INTERNAL, "INTERNAL", "%s holds no NNNN_name.sql, or too many", m->folder);
    for (size_t i = 1; i < m->n; i++)
        if (m->files[i].version == m->files[i - 1].version)
            return fault_set(m->f, ERR_INTERNAL, "INTERNAL", "%s and %s bear the same number", m->files[i - 1].name,
                             m->files[i].name);
    return ERR_OK;
}

static enum err read_text(struct migration *m, const char *name, struct str *ret)
{
    FILE *f = fopen(arena_printf(m->a, "%s/%s", m->folder, name).p, "rb");
    char *p = arena_alloc(m->a, FILE_BYTES_MAX + 1);
    size_t n = f ? fread(p, 1, FILE_BYTES_MAX + 1, f) : 0;
    bool bad = !f || ferror(f) || n > FILE_BYTES_MAX;
    if (f)
        fclose(f);
    *ret = (struct str){p, n};
    return bad ? fault_set(m->f, ERR_INTERNAL, "INTERNAL", "%s/%s cannot be read", m->folder, name) : ERR_OK;
}

static enum err note_applied(void *arg, const struct str *cells, size_t n)
{
    struct migration *m = arg;
    uint64_t version;
    if (n != 3 || !parse_u64(cells[0], 0, 9999, &version))
        return ERR_INTERNAL;
    for (size_t i = 0; i < m->n; i++)
        if (m->files[i].version == (int)version) {
            snprintf(m->files[i].applied_checksum, sizeof m->files[i].applied_checksum, STR_FMT, STR_ARG(cells[2]));
            return ERR_OK;
        }
    snprintf(m->stray, sizeof m->stray, STR_FMT, STR_ARG(cells[1]));
    return ERR_OK;
}

static enum err read_applied(struct migration *m)
{
    enum err e = db_admin_run(m->d, "CREATE TABLE IF NOT EXISTS schema_migration (version INT NOT NULL PRIMARY KEY,"
        " name VARCHAR(100) CHARACTER SET ascii NOT NULL, checksum CHAR(64) CHARACTER SET ascii NOT NULL,"
        " applied_at BIGINT NOT NULL COMMENT 'UTC microseconds') ENGINE=InnoDB", NULL);
    if (e == ERR_OK)
        e = db_admin_each(m->d, "SELECT version, name, checksum FROM schema_migration ORDER BY version", note_applied, m);
    if (e == ERR_OK && m->stray[0])
        e = fault_set(m->f, ERR_INTERNAL, "INTERNAL", "the database has %s, which is not in %s: it is newer than this program",
                      m->stray, m->folder);
    return e;
}

static enum err take_checksum(void *arg, const struct str *cells, size_t n)
{
    snprintf(arg, 65, STR_FMT, STR_ARG(n ? cells[0] : STR_NONE));
    return ERR_OK;
}

/* The server's SHA2 through a user variable: this layer has no cryptography of its own. */
static enum err checksum(struct migration *m, struct str text, char *ret)
{
    enum err e = db_admin_run_with(m->d, "SET @suda_file = ?", &text, 1, NULL);
    return e == ERR_OK ? db_admin_each(m->d, "SELECT SHA2(@suda_file, 256)", take_checksum, ret) : e;
}

static bool busy(unsigned number)
{
    return db_kind_of(number) == KIND_RETRY;
}

static enum err run_piece(struct migration *m, const struct file *f, const struct sql_piece *p)
{
    const char *sql = arena_cstr(m->a, p->text);
    for (int tries = 1;; tries++) {
        enum err e = db_admin_run(m->d, sql, NULL);
        if (e == ERR_OK)
            return ERR_OK;
        unsigned number = db_admin_errno(m->d);
        bool again = busy(number) && tries < BUSY_TRIES;
        fault_clear(m->f);
        if (!again)
            return fault_set(m->f, e, e == ERR_UNAVAILABLE ? "UNAVAILABLE" : "INTERNAL",
                             "%s:%d: %u %.120s%s; the statements before it are done", f->name, p->line, number,
                             m->d->db->error_text, busy(number) ? " (the table is in use)" : "");
        db_pause(4);
    }
}

static enum err apply(struct migration *m, const struct file *f, struct str text, const char *sum)
{
    struct str delimiter = STR(";"), rest = text;
    struct sql_piece p;
    int line = 1;
    while (sql_next_piece(&rest, &line, &delimiter, &p)) {
        enum err e = run_piece(m, f, &p);
        if (e != ERR_OK)
            return e;
    }
    struct str version = arena_printf(m->a, "%d", f->version);
    struct str values[] = {version, str_from_c(f->name), str_from_c(sum)};
    return db_admin_run_with(m->d, "INSERT INTO schema_migration (version, name, checksum, applied_at)"
        " VALUES (?, ?, ?, CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED))", values, 3, NULL);
}

static enum err load(struct migration *m, const struct file *f, struct str *ret_text, char *ret_sum)
{
    enum err e = read_text(m, f->name, ret_text);
    return e == ERR_OK ? checksum(m, *ret_text, ret_sum) : e;
}

/* What is applied must be what lies in the folder, without a gap before it. */
static enum err verify_applied(struct migration *m)
{
    const struct file *gap = NULL;
    for (size_t i = 0; i < m->n; i++) {
        const struct file *f = &m->files[i];
        struct str text;
        char sum[65] = "";
        if (!f->applied_checksum[0]) {
            gap = gap ? gap : f;
            continue;
        }
        enum err e = load(m, f, &text, sum);
        arena_clear(m->a);
        if (e != ERR_OK)
            return e;
        if (gap)
            return fault_set(m->f, ERR_INTERNAL, "INTERNAL", "%s was never applied, but %s after it was", gap->name, f->name);
        if (strcmp(f->applied_checksum, sum) != 0)
            return fault_set(m->f, ERR_INTERNAL, "INTERNAL", "%s was changed after it had been applied; write a new file",
                             f->name);
    }
    return ERR_OK;
}

static enum err apply_missing(struct migration *m, void (*said)(void *arg, const struct db_migration_progress *p),
                              void *arg, int *ret_applied)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct file *f = &m->files[i];
        struct str text;
        char sum[65] = "";
        if (f->applied_checksum[0])
            continue;
        if (said)
            said(arg, &(struct db_migration_progress){(int)i + 1, (int)m->n, f->name});
        enum err e = load(m, f, &text, sum);
        if (e == ERR_OK)
            e = apply(m, f, text, sum);
        arena_clear(m->a);
        if (e != ERR_OK)
            return e;
        ++*ret_applied;
    }
    return ERR_OK;
}

enum err db_migrate(struct db_admin *d, const char *folder,
                    void (*said)(void *arg, const struct db_migration_progress *p), void *arg, int *ret_applied)
{
    struct migration m = {.d = d, .f = d->db->f, .folder = folder};
    int64_t locked = 0;
    *ret_applied = 0;
    m.a = arena_new((size_t)64 << 20);
    m.files = calloc(FILES_MAX, sizeof *m.files);
    enum err e = m.a && m.files ? list_files(&m) : fault_set(m.f, ERR_INTERNAL, "INTERNAL", "no memory");
    if (e == ERR_OK)
        e = db_admin_run(d, "SET SESSION lock_wait_timeout = 2, max_statement_time = 0", NULL);
    if (e == ERR_OK)
        e = db_admin_number(d, "SELECT GET_LOCK(CONCAT('suda_migrate.', DATABASE()), 60)", &locked);
    if (e == ERR_OK && locked != 1)
        e = fault_set(m.f, ERR_UNAVAILABLE, "UNAVAILABLE", "another migration is at work");
    if (e == ERR_OK) {
        e = read_applied(&m);
        if (e == ERR_OK)
            e = verify_applied(&m);
        if (e == ERR_OK)
            e = apply_missing(&m, said, arg, ret_applied);
        int64_t released;
        (void)!db_admin_number(d, "SELECT RELEASE_LOCK(CONCAT('suda_migrate.', DATABASE()))", &released);
    }
    free(m.files);
    arena_free(m.a);
    return e;
}
