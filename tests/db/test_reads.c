/*
 * test_reads.c - every statement of every role, run once with sample values, reads no more rows than it declares.
 *
 * The samples stand in tests/db/samples.txt; a statement that is missing there fails. Each runs as the account of each
 * role that may run it, inside a transaction that is rolled back. A sample that finds nothing measures nothing, so it
 * fails too unless it says what it expects.
 *
 *     statement_name [nothing|conflict]
 *         parameter = SQL expression for its value, evaluated by the owner
 *     *
 *         values for parameters of this name wherever a statement does not give its own
 */
#include "product.h"

enum { SAMPLES_MAX = 2000, VALUES_MAX = 8000 };

struct value {
    char name[64], expression[700];
};
struct sample {
    char name[64], expects[16];
    struct value *values;
    size_t n_values;
    bool used;
};
static struct sample samples[SAMPLES_MAX];
static size_t n_samples;
static struct value *values;
static size_t n_values;
static struct arena *texts;

static void read_samples(void)
{
    char line[900];
    FILE *in = fopen(getenv("SAMPLES") ? getenv("SAMPLES") : "", "r");
    values = calloc(VALUES_MAX, sizeof *values);
    assert_non_null(in);
    assert_non_null(values);
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (line[0] != ' ') {
            assert_true(n_samples < SAMPLES_MAX);
            struct sample *s = &samples[n_samples++];
            assert_true(sscanf(line, "%63s %15s", s->name, s->expects) >= 1);
            s->values = &values[n_values];
            continue;
        }
        assert_true(n_values < VALUES_MAX && n_samples > 0);
        struct value *v = &values[n_values++];
        if (sscanf(line, " %63s = %699[^\n]", v->name, v->expression) != 2)
            fail_msg("samples: cannot read `%s`", line);
        samples[n_samples - 1].n_values++;
    }
    fclose(in);
}

static struct sample *find_sample(const char *name)
{
    for (size_t i = 0; i < n_samples; i++)
        if (strcmp(samples[i].name, name) == 0)
            return &samples[i];
    return NULL;
}

static const char *find_value(const struct sample *s, const char *name)
{
    for (size_t i = 0; s && i < s->n_values; i++)
        if (strcmp(s->values[i].name, name) == 0)
            return s->values[i].expression;
    return NULL;
}

static enum err take_cell(void *arg, const struct str *cells, size_t n)
{
    struct str *to = arg;
    assert_int_equal(1, n);
    *to = cells[0].p ? arena_dup(texts, cells[0]) : (struct str){NULL, 0};
    return ERR_OK;
}

/* NULL or what is wrong with the sample. */
static const char *fill(const struct db_stmt *s, const struct sample *sample, char *in)
{
    static char why[800];
    for (uint16_t i = 0; i < s->n_in; i++) {
        const struct db_col *c = &s->in[i];
        const char *expression = find_value(sample, c->name);
        struct str v = {NULL, 0};
        char sql[800];
        if (!expression)
            expression = find_value(find_sample("*"), c->name);
        snprintf(why, sizeof why, "no value for parameter %s", c->name);
        if (!expression)
            return why;
        snprintf(sql, sizeof sql, "SELECT %s", expression);
        snprintf(why, sizeof why, "%s = %s: cannot be evaluated", c->name, expression);
        if (db_admin_each(harness_admin(), sql, take_cell, &v) != ERR_OK)
            return why;
        snprintf(why, sizeof why, "%s = %s: gives NULL", c->name, expression);
        if (!v.p && !c->nullable)
            return why;
        if (!v.p)
            continue;
        if (c->nullable)
            *(bool *)(in + c->has_offset) = true;
        char *to = in + c->offset;
        snprintf(why, sizeof why, "%s = %s: no number that fits, but " STR_FMT, c->name, expression, STR_ARG(v));
        int64_t n = 0;
        if (c->type == DB_T_TEXT || c->type == DB_T_BLOB)
            *(struct str *)(void *)to = v;
        else if (c->type == DB_T_DOUBLE)
            *(double *)(void *)to = strtod(v.p, NULL);
        else if (c->type == DB_T_U64 && !parse_u64(v, 0, UINT64_MAX, (uint64_t *)(void *)to))
            return why;
        else if (c->type != DB_T_U64 && !parse_i64(v, INT64_MIN, INT64_MAX, &n))
            return why;
        if (c->type == DB_T_I64)
            *(int64_t *)(void *)to = n;
        if (c->type == DB_T_I32)
            *(int32_t *)(void *)to = (int32_t)n;
        if (c->type == DB_T_BOOL)
            *(bool *)to = n != 0;
    }
    return NULL;
}

struct run {
    const struct db_stmt *s;
    char *in;
    enum err e;
    size_t n;
    uint64_t reads;
};

static enum err measure(struct db *db, void *arg)
{
    struct run *r = arg;
    uint64_t t0, t1, t2;
    void *rows;
    if (db_rows_read(db, &t0) != ERR_OK || db_rows_read(db, &t1) != ERR_OK)
        return ERR_INTERNAL;
    r->e = db_exec(db, r->s, r->in, r->s->returns_rows ? &rows : NULL, &r->n);
    if (db_rows_read(db, &t2) != ERR_OK)
        return ERR_INTERNAL;
    r->reads = t2 - t1 - (t1 - t0);
    return ERR_DENIED; /* undo it */
}

static const char *verdict(const struct run *r, const struct sample *sample, const struct fault *f)
{
    static char why[400];
    const char *got = r->e == ERR_NOT_FOUND ? "nothing" : r->e == ERR_CONFLICT ? "conflict" : "";
    if (r->e != ERR_OK && r->e != ERR_NOT_FOUND && r->e != ERR_CONFLICT)
        return f->detail;
    if (r->e == ERR_OK && r->s->returns_rows && r->n == 0)
        got = "nothing";
    if (strcmp(got, sample->expects) != 0)
        snprintf(why, sizeof why, "the sample gives `%s`, expected `%s`", got, sample->expects);
    else if (r->s->reads && r->reads > r->s->reads)
        snprintf(why, sizeof why, "reads %llu rows, declared %u", (unsigned long long)r->reads, r->s->reads);
    else
        return NULL;
    return why;
}

/* NULL when the statement keeps its promise as this account. */
static const char *examine(struct conn *c, const struct db_stmt *s, const struct sample *sample, uint64_t *ret_reads)
{
    static char in[8192];
    struct run r = {.s = s, .in = in, .e = ERR_INTERNAL};
    memset(in, 0, sizeof in);
    conn_reset(c);
    const char *why = fill(s, sample, in);
    if (why)
        return why;
    (void)!tx_run(c->db, measure, &r);
    *ret_reads = r.reads;
    return verdict(&r, sample, &c->f);
}

static void within_bounds(void **state)
{
    (void)state;
    size_t bad = 0, listed = 0;
    bool tell = getenv("TELL") != NULL;
    for (int i = 0; i < ROLES; i++) {
        struct conn *c = conn_open(roles[i].user, roles[i].catalogue);
        if (roles[i].catalogue->n && db_check_statements(c->db) != ERR_OK)
            fail_msg("%s: %s", roles[i].user, c->f.detail);
        for (const struct db_stmt *const *s = roles[i].catalogue->statements; *s; s++) {
            struct sample *sample = find_sample((*s)->name);
            uint64_t reads = 0;
            const char *why = sample ? examine(c, *s, sample, &reads) : "has no sample in tests/db/samples.txt";
            if (sample)
                sample->used = true;
            if (tell && !why)
                print_message("# %s %s reads %llu of %u\n", roles[i].user, (*s)->name, (unsigned long long)reads, (*s)->reads);
            if (why) {
                print_error("%s %s: %s\n", roles[i].user, (*s)->name, why);
                bad++;
            }
            listed++;
            arena_clear(texts);
        }
        conn_close(c);
    }
    assert_true(listed > 0);
    assert_int_equal(0, bad);
}

static void samples_without_statement(void **state)
{
    (void)state;
    size_t stray = 0;
    for (size_t i = 0; i < n_samples; i++)
        if (!samples[i].used && strcmp(samples[i].name, "*") != 0) {
            print_error("samples.txt: there is no statement %s\n", samples[i].name);
            stray++;
        }
    assert_int_equal(0, stray);
}

/* The control: a statement that scans a table is caught, and the same statement by key is not. */
static void scan_is_caught(void **state)
{
    (void)state;
    static const struct db_col out[] = {{.name = "n", .type = DB_T_I64}};
    static const struct db_stmt scan = {.index = 0, .name = "scan", .sql = "SELECT COUNT(*) AS n FROM area WHERE name <> ''",
        .roles = DB_CTL, .out = out, .n_out = 1, .row_bytes = 8, .max_rows = 1, .reads = 3, .returns_rows = true, .one_row = true};
    static const struct db_stmt key = {.index = 1, .name = "key", .sql = "SELECT COUNT(*) AS n FROM area WHERE code = '11'",
        .roles = DB_CTL, .out = out, .n_out = 1, .row_bytes = 8, .max_rows = 1, .reads = 3, .returns_rows = true, .one_row = true};
    static const struct db_stmt *const both[] = {&scan, &key, NULL};
    static const struct db_catalogue some = {.role = DB_CTL, .role_name = "ctl", .statements = both, .n = 2, .n_all = 2};
    struct sample sample = {.name = "scan"};
    uint64_t reads = 0;
    struct conn *c = conn_open("owner", &some);
    assert_err(ERR_OK, db_check_statements(c->db));
    assert_true(admin_number("SELECT COUNT(*) FROM area") > 100);
    const char *why = examine(c, &scan, &sample, &reads);
    assert_non_null(why);
    assert_non_null(strstr(why, "declared 3"));
    assert_null(examine(c, &key, &sample, &reads));
    conn_close(c);
}

static int setup(void **state)
{
    (void)state;
    texts = arena_new((size_t)8 << 20);
    read_samples();
    product_migrate();
    for (int r = 0; r < ROLES; r++)
        product_apply_grants(&roles[r]);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(within_bounds), cmocka_unit_test(samples_without_statement),
                                       cmocka_unit_test(scan_is_caught)};
    int failed = cmocka_run_group_tests_name("reads", tests, setup, NULL);
    db_admin_close(harness_admin());
    arena_free(texts);
    free(values);
    return failed;
}
