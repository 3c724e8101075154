/*
 * sqlgen.c - the generator of statements: sqlgen -o build/gen [-g sql/grants] sql/query/x.sql ...
 *
 * Writes sql.h, sql_<aggregate>.c, sql_table_<role>.c, grants/<role>.sql, sql_grants.c and sql_tables.txt; a file whose content would not change is
 * left alone, so that make compiles only what moved; files of aggregates that are gone are removed. Needs no database.
 */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/sqlgen.h"

enum { FILE_MAX = 4 << 20 };

static void die(const char *what, const char *path)
{
    fprintf(stderr, "sqlgen: %s %s: %s\n", what, path, strerror(errno));
    exit(1);
}

/* False when the file is absent. */
static bool read_file(struct arena *a, const char *path, struct str *ret)
{
    FILE *f = fopen(path, "rb");
    if (!f && errno == ENOENT)
        return false;
    if (!f)
        die("cannot open", path);
    struct buf b;
    buf_init(&b, a, FILE_MAX);
    char chunk[8192];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        buf_put(&b, (struct str){chunk, n});
    if (ferror(f) || b.full) {
        errno = b.full ? EFBIG : errno;
        die("cannot read", path);
    }
    fclose(f);
    *ret = buf_str(&b);
    return true;
}

static void write_file(struct arena *a, const char *path, const struct buf *b)
{
    struct str old;
    if (b->full) {
        errno = EFBIG;
        die("cannot write", path);
    }
    if (read_file(a, path, &old) && str_eq(old, buf_str(b)))
        return;
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0)
        die("cannot write", path);
}

static struct buf new_buf(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, FILE_MAX);
    return b;
}

static void write_roles(const struct sqlgen *g, const char *dir, const char *grants)
{
    struct buf text = new_buf(g->a);
    buf_put(&text, STR("/* sql_grants.c - made by sqlgen: grants/<role>.sql as text; do not edit. */\n"));
    for (int r = 0; r < SQL_ROLES; r++) {
        struct str extra = STR_NONE;
        struct buf table = new_buf(g->a), grant = new_buf(g->a);
        sqlgen_emit_role(g, r, &table);
        write_file(g->a, arena_printf(g->a, "%s/sql_table_%s.c", dir, sql_role_names[r]).p, &table);
        if (grants)
            (void)read_file(g->a, arena_printf(g->a, "%s/%s.sql", grants, sql_role_names[r]).p, &extra);
        sqlgen_emit_grants(g, r, extra, &grant);
        write_file(g->a, arena_printf(g->a, "%s/grants/%s.sql", dir, sql_role_names[r]).p, &grant);
        sqlgen_emit_grants_text(r, buf_str(&grant), &text);
    }
    write_file(g->a, arena_printf(g->a, "%s/sql_grants.c", dir).p, &text);
}

static bool is_ours(const struct sqlgen *g, struct str file)
{
    if (str_starts(file, STR("sql_table_")) || str_eq(file, STR("sql_grants.c")))
        return true;
    for (size_t i = 0; i < g->n_aggregates; i++)
        if (str_eq(file, arena_printf(g->a, "sql_" STR_FMT ".c", STR_ARG(g->aggregates[i]))))
            return true;
    return false;
}

static void remove_stale(const struct sqlgen *g, const char *dir)
{
    DIR *d = opendir(dir);
    if (!d)
        die("cannot open", dir);
    for (struct dirent *e; (e = readdir(d));) {
        struct str name = str_from_c(e->d_name);
        if (str_starts(name, STR("sql_")) && str_ends(name, STR(".c")) && !is_ours(g, name))
            (void)unlink(arena_printf(g->a, "%s/%s", dir, e->d_name).p);
    }
    closedir(d);
}

static void write_all(const struct sqlgen *g, const char *dir, const char *grants)
{
    struct buf header = new_buf(g->a), tables = new_buf(g->a);
    (void)mkdir(arena_printf(g->a, "%s/grants", dir).p, 0777);
    sqlgen_emit_header(g, &header);
    write_file(g->a, arena_printf(g->a, "%s/sql.h", dir).p, &header);
    for (size_t i = 0; i < g->n_aggregates; i++) {
        struct buf c = new_buf(g->a);
        sqlgen_emit_aggregate(g, g->aggregates[i], &c);
        write_file(g->a, arena_printf(g->a, "%s/sql_" STR_FMT ".c", dir, STR_ARG(g->aggregates[i])).p, &c);
    }
    sqlgen_emit_tables(g, &tables);
    write_file(g->a, arena_printf(g->a, "%s/sql_tables.txt", dir).p, &tables);
    write_roles(g, dir, grants);
    remove_stale(g, dir);
}

int main(int argc, char **argv)
{
    const char *dir = NULL, *grants = NULL;
    struct arena *a = arena_new(UINT64_C(1) << 30);
    struct sqlgen g;
    if (!a)
        die("no memory for", "the arena");
    sqlgen_init(&g, a);
    for (int c; (c = getopt(argc, argv, "o:g:")) != -1;) {
        if (c == 'o')
            dir = optarg;
        else if (c == 'g')
            grants = optarg;
        else
            return 2;
    }
    if (!dir) {
        fprintf(stderr, "usage: sqlgen -o dir [-g grants-dir] file.sql ...\n");
        return 2;
    }
    for (int i = optind; i < argc; i++) {
        struct str text;
        if (!read_file(a, argv[i], &text))
            die("cannot open", argv[i]);
        (void)sqlgen_parse(&g, str_from_c(argv[i]), text);
    }
    int status = g.n_errors ? 1 : 0;
    if (status)
        fwrite(g.errors.p, 1, g.errors.n, stderr);
    else
        write_all(&g, dir, grants);
    arena_free(a);
    return status;
}
