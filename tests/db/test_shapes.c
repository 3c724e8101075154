/*
 * test_shapes.c - what the annotations say about results, against the tables of the real server.
 *
 * Number, names and families of columns are compared whenever a statement is prepared; here also the sizes: a text or
 * blob taken straight from a column must be declared as large as the column can be, in bytes, or a long value that
 * somebody was allowed to store becomes an internal error when it is read.
 */
#include "product.h"

static MYSQL *my;

/* The bytes a column can hold; 0 when it is unbounded for our purpose (TEXT, BLOB) or absent. */
static uint64_t room_in(const char *table, const char *column)
{
    return (uint64_t)admin_number("SELECT COALESCE(MAX(character_octet_length), 0) FROM information_schema.columns"
        " WHERE table_schema = DATABASE() AND table_name = '%s' AND column_name = '%s'"
        " AND data_type IN ('char', 'varchar', 'binary', 'varbinary', 'tinytext', 'tinyblob')", table, column);
}

/* The same for a column of a result; 0 also for an expression. */
static uint64_t room_of(const MYSQL_FIELD *f)
{
    return f->org_table_length && f->org_name_length ? room_in(f->org_table, f->org_name) : 0;
}

static size_t narrow_parameters(const struct db_stmt *s)
{
    size_t bad = 0;
    for (size_t i = 0; i < n_needs; i++) {
        if (strcmp(needs[i].statement, s->name) != 0 || !(needs[i].privileges & 6))
            continue;
        for (uint16_t k = 0; k < s->n_in; k++) {
            const struct db_col *c = &s->in[k];
            uint64_t room = c->max_bytes ? room_in(needs[i].table, c->name) : 0;
            if (room > c->max_bytes) {
                print_error("%s: %s.%s may hold %llu bytes, parameter %s lets %u in\n", s->name, needs[i].table, c->name,
                            (unsigned long long)room, c->name, c->max_bytes);
                bad++;
            }
        }
    }
    return bad;
}

/* How many columns of s are declared too small; says which. */
static size_t too_small(const struct db_stmt *s)
{
    size_t bad = 0;
    MYSQL_STMT *h = mysql_stmt_init(my);
    assert_non_null(h);
    if (mysql_stmt_prepare(h, s->sql, strlen(s->sql)) != 0)
        fail_msg("%s: %s", s->name, mysql_stmt_error(h));
    MYSQL_RES *meta = s->n_out ? mysql_stmt_result_metadata(h) : NULL;
    for (uint16_t i = 0; meta && i < s->n_out; i++) {
        const struct db_col *c = &s->out[i];
        uint64_t room = c->max_bytes ? room_of(mysql_fetch_field_direct(meta, i)) : 0;
        if (room > c->max_bytes) {
            print_error("%s: %s may hold %llu bytes, the annotation lets %u through\n", s->name, c->name,
                        (unsigned long long)room, c->max_bytes);
            bad++;
        }
    }
    if (meta)
        mysql_free_result(meta);
    mysql_stmt_close(h);
    return bad;
}

static void sizes_fit(void **state)
{
    (void)state;
    size_t bad = 0, seen = 0;
    for (int r = 0; r < ROLES; r++)
        for (const struct db_stmt *const *s = roles[r].catalogue->statements; *s; s++) {
            if ((*s)->roles & ((unsigned)roles[r].catalogue->role - 1))
                continue; /* seen with a role before */
            bad += too_small(*s) + narrow_parameters(*s);
            seen++;
        }
    assert_true(seen > 0);
    assert_int_equal(0, bad);
}

static void control(void **state)
{
    (void)state;
    static const struct db_col out[] = {{.name = "name", .type = DB_T_TEXT, .max_bytes = 100}};
    static const struct db_stmt s = {.name = "control", .sql = "SELECT name FROM area LIMIT 1", .out = out, .n_out = 1};
    assert_int_equal(1, too_small(&s));
}

static int setup(void **state)
{
    (void)state;
    struct db_config c = harness_config("owner");
    product_migrate();
    product_read_needs();
    my = mysql_init(NULL);
    return my && mysql_real_connect(my, NULL, c.user, c.password, c.database, 0, c.socket, 0) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sizes_fit), cmocka_unit_test(control)};
    int failed = cmocka_run_group_tests_name("shapes", tests, setup, NULL);
    mysql_close(my);
    free(needs);
    db_admin_close(harness_admin());
    return failed;
}
