/* test_exec.c - single statements: values there and back, bounds, answers, refusals, recovery outside a transaction. */
#include "harness.h"

#include <float.h>
#include <unistd.h>

#include "base/clock.h"
#include "db/internal.h"
#include "sql.h"

static struct conn *c;

static void put(uint64_t id, int64_t i, const char *words)
{
    struct q_sample_put_in in = {.id = id, .i = i, .has_i = true, .words = str_from_c(words), .has_words = words != NULL};
    size_t n = 0;
    assert_err(ERR_OK, q_sample_put(c->db, &in, &n));
    assert_int_equal(1, n);
}

static int reset(void **state)
{
    (void)state;
    harness_tables();
    conn_reset(c);
    return 0;
}

static void round_trip(const struct q_sample_put_in *in)
{
    const struct q_sample_get_row *r;
    size_t n;
    assert_err(ERR_OK, q_sample_put(c->db, in, &n));
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){in->id}, &r));
    assert_true(r->id == in->id && r->has_i && r->has_small && r->has_flag && r->has_number && r->has_words && r->has_bytes);
    assert_true(r->i == in->i && r->small == in->small && r->flag == in->flag);
    assert_memory_equal(&r->number, &in->number, sizeof r->number);
    assert_true(str_eq(r->words, in->words));
    assert_true(str_eq(r->bytes, in->bytes));
    assert_int_equal('\0', r->words.p[r->words.n]);
}

static void values_survive(void **state)
{
    (void)state;
    static char big[70000], full[400];
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i * 7 + i / 251);
    for (size_t i = 0; i < sizeof full; i += 4)
        memcpy(full + i, "\xf0\xa0\x9c\x8e", 4); /* U+2070E, a Han character beyond the first plane */
    struct q_sample_put_in in = {.id = UINT64_MAX, .i = INT64_MIN, .has_i = true, .small = INT32_MIN, .has_small = true,
        .flag = true, .has_flag = true, .number = DBL_MIN, .has_number = true, .words = {full, sizeof full},
        .has_words = true, .bytes = {big, sizeof big}, .has_bytes = true};
    round_trip(&in);
    in = (struct q_sample_put_in){.id = 1, .i = INT64_MAX, .has_i = true, .small = INT32_MAX, .has_small = true,
        .has_flag = true, .number = -0.1, .has_number = true, .words = STR("'; DROP TABLE sample; -- \\ 诉达"),
        .has_words = true, .bytes = STR("a\0b"), .has_bytes = true};
    round_trip(&in);
    in = (struct q_sample_put_in){.id = 2, .has_i = true, .has_small = true, .has_flag = true, .has_number = true,
        .has_words = true, .words = {NULL, 0}, .has_bytes = true};
    round_trip(&in);
    for (size_t n = 1022; n < 1027; n++) { /* around the size of the bound buffer */
        in = (struct q_sample_put_in){.id = 1000 + n, .has_i = true, .has_small = true, .has_flag = true, .has_number = true,
            .words = {full, 4}, .has_words = true, .bytes = {big, n}, .has_bytes = true};
        round_trip(&in);
    }
}

static void nulls_survive(void **state)
{
    (void)state;
    const struct q_sample_get_row *r;
    size_t n;
    assert_err(ERR_OK, q_sample_put(c->db, &(struct q_sample_put_in){.id = 5, .i = 7, .small = 8, .words = STR("x")}, &n));
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){5}, &r));
    assert_false(r->has_i || r->has_small || r->has_flag || r->has_number || r->has_words || r->has_bytes);
    assert_true(r->i == 0 && r->words.n == 0);
}

static void repeated_parameters(void **state)
{
    (void)state;
    const struct q_sample_twice_row *r;
    assert_err(ERR_OK, q_sample_twice(c->db, &(struct q_sample_twice_in){.words = STR("ab"), .id = 9, .has_id = true}, &r));
    assert_true(str_eq(r->a, STR("ab")));
    assert_true(str_eq(r->b, STR("ab:words?")));
    assert_true(r->has_id && r->id == 9);
    assert_err(ERR_OK, q_sample_twice(c->db, &(struct q_sample_twice_in){.words = STR("ab")}, &r));
    assert_false(r->has_id);
    assert_err(ERR_NOT_FOUND, q_sample_twice(c->db, &(struct q_sample_twice_in){.words = STR("")}, &r));
}

static void fault_says(const char *part)
{
    if (!strstr(c->f.detail, part))
        fail_msg("the fault says `%s`, wanted `%s`", c->f.detail, part);
    conn_reset(c);
}

static void broken_promises(void **state)
{
    (void)state;
    static const char long_words[401];
    const struct q_sample_strict_row *r = (void *)1;
    const struct q_sample_small_row *s;
    size_t n;
    put(1, 1, "12345678");
    put(2, 1, "123456789");
    put(3, INT64_C(1) << 32, NULL);
    assert_err(ERR_OK, q_sample_strict(c->db, &(struct q_sample_strict_in){1}, &r));
    assert_err(ERR_INTERNAL, q_sample_strict(c->db, &(struct q_sample_strict_in){2}, &r));
    fault_says("words has 9 bytes, at most 8");
    assert_err(ERR_INTERNAL, q_sample_strict(c->db, &(struct q_sample_strict_in){3}, &r));
    fault_says("words is NULL");
    assert_err(ERR_INTERNAL, q_sample_small(c->db, &(struct q_sample_small_in){3}, &s));
    fault_says("i does not fit");
    assert_err(ERR_INTERNAL, q_sample_put(c->db, &(struct q_sample_put_in){.id = 4, .words = {long_words, 401}, .has_words = true}, &n));
    fault_says("parameter words has 401 bytes");
    const struct q_sample_wrong_name_row *w;
    const struct q_sample_wrong_type_row *t;
    assert_err(ERR_INTERNAL, q_sample_wrong_name(c->db, &(struct q_sample_wrong_name_in){1}, &w));
    fault_says("column 1 is called `small`");
    assert_err(ERR_INTERNAL, q_sample_wrong_type(c->db, &(struct q_sample_wrong_type_in){1}, &t));
    fault_says("column `words` has type");
    assert_err(ERR_OK, q_sample_strict(c->db, &(struct q_sample_strict_in){1}, &r));
}

static void row_bounds(void **state)
{
    (void)state;
    const struct q_sample_list_row *r;
    size_t n = 99;
    assert_err(ERR_OK, q_sample_list(c->db, &(struct q_sample_list_in){0, 3}, &r, &n));
    assert_int_equal(0, n);
    for (uint64_t id = 1; id <= 4; id++)
        put(id, 0, "w");
    assert_err(ERR_OK, q_sample_list(c->db, &(struct q_sample_list_in){1, 3}, &r, &n));
    assert_int_equal(3, n);
    assert_true(r[0].id == 2 && r[2].id == 4 && str_eq(r[1].words, STR("w")));
    assert_err(ERR_INTERNAL, q_sample_list(c->db, &(struct q_sample_list_in){0, 4}, &r, &n));
    fault_says("more rows");
}

static void answers(void **state)
{
    (void)state;
    const struct q_sample_get_row *r = (void *)1;
    size_t n = 0;
    assert_err(ERR_NOT_FOUND, q_sample_get(c->db, &(struct q_sample_get_in){1}, &r));
    assert_ptr_equal((void *)1, r);
    put(1, 10, NULL);
    assert_false(db_was_duplicate(c->db));
    assert_err(ERR_CONFLICT, q_sample_put(c->db, &(struct q_sample_put_in){.id = 1}, &n));
    assert_true(db_was_duplicate(c->db));
    assert_err(ERR_OK, q_sample_bump(c->db, &(struct q_sample_bump_in){1, 10}));
    assert_false(db_was_duplicate(c->db));
    assert_err(ERR_CONFLICT, q_sample_bump(c->db, &(struct q_sample_bump_in){1, 10}));
    assert_false(db_was_duplicate(c->db));
    assert_err(ERR_OK, q_sample_add(c->db, &(struct q_sample_add_in){77}, &n));
    assert_int_equal(0, n);
    assert_int_equal(ERR_OK, c->f.err); /* answers are not faults */
    assert_int_equal(11, admin_number("SELECT i FROM sample WHERE id = 1"));
}

static void run_foreign(void *arg)
{
    size_t n;
    (void)!q_sample_drop(((struct conn *)arg)->db, &(struct q_sample_drop_in){1}, &n);
}

static void run_own(void *arg)
{
    const struct q_sample_get_row *r;
    (void)!q_sample_get(((struct conn *)arg)->db, &(struct q_sample_get_in){1}, &r);
}

static void role_is_held(void **state)
{
    (void)state;
    struct conn *other = conn_open("citizen", &sql_catalogue_citizen); /* no connection yet: the child makes its own */
    assert_true(harness_aborts(run_foreign, other)); /* sample_drop is for worker, whatever the server would allow */
    assert_false(harness_aborts(run_own, other));
    conn_close(other);
}

static void time_is_bounded(void **state)
{
    (void)state;
    const struct q_sample_slow_row *slow;
    const struct q_sample_get_row *r;
    struct db_config config = harness_config("citizen");
    config.max_statement_ms = 200;
    struct conn *brief = conn_open_with(config, &sql_catalogue_citizen);
    int64_t start = clock_monotonic_us();
    assert_err(ERR_UNAVAILABLE, q_sample_slow(brief->db, &slow));
    assert_true(clock_monotonic_us() - start < 2 * US_PER_S);
    assert_non_null(strstr(brief->f.detail, "timeout"));
    conn_reset(brief);
    assert_err(ERR_NOT_FOUND, q_sample_get(brief->db, &(struct q_sample_get_in){1}, &r));
    db_begin_request(brief->db, brief->a, &brief->f, clock_monotonic_us() - 1);
    assert_err(ERR_UNAVAILABLE, q_sample_get(brief->db, &(struct q_sample_get_in){1}, &r));
    assert_non_null(strstr(brief->f.detail, "deadline"));
    assert_int_equal(0, db_statement_count(brief->db));
    conn_reset(brief);
    db_begin_request(brief->db, brief->a, &brief->f, clock_monotonic_us() - 1);
    db_prolong(brief->db, clock_monotonic_us() + 60 * US_PER_S);
    assert_err(ERR_NOT_FOUND, q_sample_get(brief->db, &(struct q_sample_get_in){1}, &r));
    conn_close(brief);
}

static void counters(void **state)
{
    (void)state;
    put(1, 1, NULL);
    put(2, 1, NULL);
    assert_int_equal(2, db_statement_count(c->db));
    assert_true(db_time_us(c->db) > 0);
    conn_reset(c);
    assert_int_equal(0, db_statement_count(c->db));
    assert_true(db_time_us(c->db) == 0);
}

static uint64_t connection_of(struct conn *x)
{
    const struct q_connection_id_row *r;
    assert_err(ERR_OK, q_connection_id(x->db, &r));
    return r->id;
}

/* A connection that was ended while idle: reads and changes go on as if nothing had been. */
static void idle_loss(void **state)
{
    (void)state;
    const struct q_sample_get_row *r;
    size_t n;
    put(1, 10, NULL);
    uint64_t first = connection_of(c);
    harness_kill("citizen", first);
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){1}, &r));
    uint64_t second = connection_of(c);
    assert_true(first != second);
    harness_kill("citizen", second);
    assert_err(ERR_OK, q_sample_add(c->db, &(struct q_sample_add_in){1}, &n));
    assert_int_equal(1, n);
    assert_int_equal(11, admin_number("SELECT i FROM sample WHERE id = 1"));
    harness_kill("citizen", connection_of(c));
    assert_err(ERR_OK, db_ping(c->db));
}

/* A migration changes the table under a prepared statement: the server prepares it anew, the rows stay right. */
static void schema_moves(void **state)
{
    (void)state;
    const struct q_sample_get_row *r;
    put(1, 10, "before");
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){1}, &r));
    admin_run("ALTER TABLE sample ADD COLUMN extra INT NULL FIRST, MODIFY COLUMN small INT UNSIGNED NULL, MODIFY COLUMN words VARCHAR(90) NULL");
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){1}, &r));
    assert_true(r->id == 1 && r->i == 10 && str_eq(r->words, STR("before")));
    put(2, 20, "after");
    admin_run("ALTER TABLE sample DROP COLUMN extra, MODIFY COLUMN small INT NULL, MODIFY COLUMN words VARCHAR(100) NULL");
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){2}, &r));
    assert_true(r->i == 20 && str_eq(r->words, STR("after")));
}

static void server_away(void **state)
{
    (void)state;
    struct db_config config = harness_config("citizen");
    const struct q_sample_get_row *r;
    config.socket = "/nonexistent/mariadb.sock";
    struct conn *away = conn_open_with(config, &sql_catalogue_citizen);
    assert_err(ERR_UNAVAILABLE, q_sample_get(away->db, &(struct q_sample_get_in){1}, &r));
    assert_err(ERR_UNAVAILABLE, db_ping(away->db));
    conn_close(away);
    config = harness_config("citizen");
    config.password = "wrong";
    away = conn_open_with(config, &sql_catalogue_citizen);
    assert_err(ERR_INTERNAL, db_ping(away->db)); /* a wrong password is ours to mend, waiting does not help */
    conn_close(away);
}

/* The arena runs out in the middle of a result; the request loop jumps out; the connection stays usable. */
static void jump_out_of_a_result(void **state)
{
    (void)state;
    static char big[60000];
    struct q_sample_put_in in = {.id = 1, .bytes = {big, sizeof big}, .has_bytes = true};
    const struct q_sample_get_row *r = NULL;
    size_t n;
    assert_err(ERR_OK, q_sample_put(c->db, &in, &n));
    struct arena *tight = arena_new(20000);
    jmp_buf jump;
    db_begin_request(c->db, tight, &c->f, 0);
    if (setjmp(jump) == 0) {
        arena_on_exhausted(tight, &jump);
        (void)!q_sample_get(c->db, &(struct q_sample_get_in){1}, &r);
        fail_msg("60 kB went into an arena of 20 kB");
    }
    conn_reset(c);
    arena_free(tight);
    assert_err(ERR_OK, q_sample_get(c->db, &(struct q_sample_get_in){1}, &r));
    assert_int_equal(sizeof big, r->bytes.n);
}

/* What is done about the errors that a city will see one day, by their numbers. */
static void meanings(void **state)
{
    (void)state;
    static const struct {
        unsigned number;
        enum db_kind kind;
    } known[] = {{0, KIND_NONE}, {1062, KIND_DUPLICATE}, {1205, KIND_RETRY}, {1213, KIND_RETRY}, {1020, KIND_RETRY},
        {2006, KIND_LOST}, {2013, KIND_LOST}, {1047, KIND_LOST}, {1927, KIND_LOST}, {1053, KIND_LOST}, {4031, KIND_LOST},
        {1243, KIND_REPREPARE}, {1615, KIND_REPREPARE}, {1969, KIND_TIMEOUT}, {1317, KIND_TIMEOUT}, {1040, KIND_DOWN},
        {1203, KIND_DOWN}, {1290, KIND_DOWN}, {2002, KIND_DOWN}, {1021, KIND_DOWN}, {1026, KIND_DOWN}, {1114, KIND_DOWN},
        {1180, KIND_DOWN}, {1142, KIND_FAULT}, {1064, KIND_FAULT}, {1366, KIND_FAULT}, {1406, KIND_FAULT}, {1045, KIND_FAULT}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (db_kind_of(known[i].number) != known[i].kind)
            fail_msg("%u is taken for %d, not %d", known[i].number, (int)db_kind_of(known[i].number), (int)known[i].kind);
}

static void server_settings(void **state)
{
    (void)state;
    assert_err(ERR_OK, db_check_server(c->db, true));
}

static void statements_checked(void **state)
{
    (void)state;
    struct conn *w = conn_open("worker", &sql_catalogue_worker);
    assert_err(ERR_OK, db_check_statements(w->db));
    conn_close(w);
    assert_err(ERR_INTERNAL, db_check_statements(c->db)); /* sample_wrong_name */
    assert_non_null(strstr(c->f.detail, "sample_wrong_name"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(values_survive, reset), cmocka_unit_test_setup(nulls_survive, reset),
        cmocka_unit_test_setup(repeated_parameters, reset), cmocka_unit_test_setup(broken_promises, reset),
        cmocka_unit_test_setup(row_bounds, reset), cmocka_unit_test_setup(answers, reset),
        cmocka_unit_test_setup(role_is_held, reset), cmocka_unit_test_setup(time_is_bounded, reset),
        cmocka_unit_test_setup(counters, reset), cmocka_unit_test_setup(idle_loss, reset), cmocka_unit_test_setup(schema_moves, reset),
        cmocka_unit_test_setup(server_away, reset), cmocka_unit_test_setup(jump_out_of_a_result, reset),
        cmocka_unit_test(meanings), cmocka_unit_test_setup(server_settings, reset), cmocka_unit_test_setup(statements_checked, reset),
    };
    c = conn_open("citizen", &sql_catalogue_citizen);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    int failed = cmocka_run_group_tests_name("exec", tests, NULL, NULL);
    conn_close(c);
    db_admin_close(harness_admin());
    return failed;
}
