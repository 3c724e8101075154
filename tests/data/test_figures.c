/*
 * test_figures.c - counting by the worker and reading by open, on tickets written here. The database is seeded and empty
 * of demands; DB_SOCKET names the server.
 */
#include "app/crypto.h"
#include "app/rollup.h"
#include "app/front.h"
#include "app/wall.h"
#include "base/clock.h"
#include "db/admin.h"
#include "unit.h"

static struct db *open_db, *worker;
static struct db_admin *admin, *other;
static struct arena *a;
static struct fault f;
static int64_t next_id = 1000;

static struct db_config accounts[3];

static struct db_config account(const char *user)
{
    return (struct db_config){.socket = getenv("DB_SOCKET"), .user = user, .password = "test", .database = "suda",
                              .connect_timeout_ms = 2000, .read_timeout_ms = 20000, .max_statement_ms = 10000};
}

static int setup(void **state)
{
    (void)state;
    accounts[0] = account("suda_open");
    accounts[1] = account("suda_worker");
    accounts[2] = account("suda_owner");
    a = arena_new(1 << 26);
    open_db = db_new(&accounts[0], &sql_catalogue_open);
    worker = db_new(&accounts[1], &sql_catalogue_worker);
    admin = db_admin_open(&accounts[2], &f);
    other = db_admin_open(&accounts[2], &f);
    return a && open_db && worker && admin && other ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    db_end_request(open_db);
    db_end_request(worker);
    db_free(open_db);
    db_free(worker);
    db_admin_close(admin);
    db_admin_close(other);
    arena_free(a);
    return 0;
}

static void begin(void)
{
    db_end_request(open_db);
    db_end_request(worker);
    arena_clear(a);
    f = (struct fault){0};
    db_begin_request(open_db, a, &f, 0);
    db_begin_request(worker, a, &f, 0);
}

static void run(struct db_admin *d, const char *sql)
{
    if (db_admin_run(d, sql, NULL) != ERR_OK) {
        print_error("%s: %s\n", sql, f.detail);
        fail();
    }
}

static void clear(void **state)
{
    (void)state;
    static const char *const tables[] = {"ticket", "stat_day", "day_mark", "stat_window"};
    char sql[60];
    for (size_t i = 0; i < 4; i++) {
        snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
        run(admin, sql);
    }
    begin();
}

static int clear_before(void **state)
{
    clear(state);
    return 0;
}

struct demand {
    int32_t day;
    int hour, state, diversion, channel;
    const char *district, *category;
    int64_t promise_min, reply_min; /* after filing; 0 = none */
    bool mark;
};

static void file_it(struct db_admin *d, struct demand x)
{
    char sql[1200], promise[40] = "NULL", reply[40] = "NULL";
    int64_t id = next_id++, at = clock_day_start_us(x.day) + x.hour * US_PER_HOUR, minute = 60 * US_PER_S;
    if (x.promise_min)
        snprintf(promise, sizeof promise, "%lld", (long long)(at + x.promise_min * minute));
    if (x.reply_min)
        snprintf(reply, sizeof reply, "%lld", (long long)(at + x.reply_min * minute));
    snprintf(sql, sizeof sql,
             "INSERT INTO ticket (id, ticket_no, public_id, kind, channel, state, diversion, category_code, area_code, district_code,"
             " response_level, promise_at, replied_at, created_at, local_day, unwalled) VALUES (%lld, 'T%lld', 'P%lld', 1, %d, %d, %d, '%s',"
             " '%s', '%s', 3, %s, %s, %lld, %d, %d)", (long long)id, (long long)id, (long long)id, x.channel ? x.channel : 3, x.state,
             x.diversion, x.category ? x.category : "060101", x.district ? x.district : "110105",
             x.district ? x.district : "110105", promise, reply, (long long)at, x.day, x.mark);
    run(d, sql);
}

/* The wall takes the marks of demands and leaves those of days; then these are counted. */
static size_t work(void)
{
    static const struct app_settings set;
    struct ctx c = {.a = a, .db = worker, .fault = &f, .set = &set};
    size_t n = 0, looked = 1;
    int32_t day = 1;
    while (looked)
        assert_int_equal(wall_take(&c, 1000, &looked), ERR_OK);
    while (day) {
        assert_int_equal(rollup_marked(&c, &day), ERR_OK);
        n += day != 0;
    }
    return n;
}

static struct stat_cell total_of(int32_t day)
{
    struct stat_table t;
    assert_int_equal(statistics_days(open_db, a, (struct stat_range){day, day}, clock_now_us(), 0, &t), ERR_OK);
    return t.cells[0];
}

enum { DAY = 20260310 };

static void test_what_counts(void **state)
{
    (void)state;
    const struct demand rows[] = {
        {DAY, 9, 6, 0, 0, NULL, NULL, 100, 50, true},    /* in time */
        {DAY, 9, 6, 0, 0, NULL, NULL, 100, 101, true},   /* late */
        {DAY, 9, 4, 0, 0, NULL, NULL, 100, 100, true},   /* at the very end: in time */
        {DAY, 9, 3, 0, 0, NULL, NULL, 100, 0, true},     /* silent and expired: due, not in time */
        {DAY, 9, 3, 0, 0, NULL, NULL, 999999999, 0, true}, /* silent, still running: not due */
        {DAY, 9, 7, 2, 0, NULL, NULL, 0, 0, true},       /* diverted: never due */
        {DAY, 9, 8, 0, 0, NULL, NULL, 100, 0, true},     /* withdrawn without an answer: never due */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        file_it(admin, rows[i]);
    assert_int_equal(work(), 1);
    struct stat_cell c = total_of(DAY);
    assert_int_equal(c.filed, 7);
    assert_int_equal(c.diverted, 1);
    assert_int_equal(c.due, 4);
    assert_int_equal(c.in_time, 2);
    assert_int_equal(c.open, 2);
    assert_true(c.has_median);
    assert_int_equal(c.median_minutes, 100);
    assert_int_equal(work(), 0);
}

/* A ticket that commits after the round brought its mark along; without a mark only the nightly check sees it. */
static void test_late_commit(void **state)
{
    (void)state;
    file_it(admin, (struct demand){.day = DAY, .state = 2, .mark = true});
    run(other, "START TRANSACTION");
    file_it(other, (struct demand){.day = DAY, .state = 2, .mark = true});
    assert_int_equal(work(), 1);
    assert_int_equal(total_of(DAY).filed, 1);
    run(other, "COMMIT");
    assert_int_equal(work(), 1);
    assert_int_equal(total_of(DAY).filed, 2);
}

static void test_check_finds_what_was_missed(void **state)
{
    (void)state;
    size_t wrong = 9;
    int32_t day = clock_day_add(clock_local_day(clock_now_us()), -3);
    file_it(admin, (struct demand){.day = day, .state = 2});
    assert_int_equal(work(), 0);
    assert_int_equal(total_of(day).filed, 0);
    assert_int_equal(rollup_check(worker, &wrong), ERR_OK);
    assert_int_equal(wrong, 1);
    assert_int_equal(total_of(day).filed, 1);
    assert_int_equal(rollup_check(worker, &wrong), ERR_OK);
    assert_int_equal(wrong, 0);
}

static struct stat_table by(enum stat_dim dim, int32_t from, int32_t to, int64_t threshold)
{
    struct stat_table t;
    assert_int_equal(statistics_by(open_db, a, dim, (struct stat_range){from, to}, clock_now_us(), threshold, &t), ERR_OK);
    return t;
}

static const struct stat_cell *cell(const struct stat_table *t, const char *code)
{
    for (size_t i = 0; i < t->n_cells; i++)
        if (str_eq_c(t->cells[i].code, code))
            return &t->cells[i];
    return NULL;
}

static void many(int n, struct demand x)
{
    while (n--)
        file_it(admin, x);
}

static void test_dimensions(void **state)
{
    (void)state;
    many(12, (struct demand){.day = DAY, .hour = 10, .state = 2, .district = "110105", .category = "060101", .mark = true});
    many(11, (struct demand){.day = DAY + 1, .hour = 23, .state = 2, .district = "110108", .category = "020401", .channel = 1, .mark = true});
    assert_int_equal(work(), 2);
    struct stat_table t = by(STAT_DISTRICT, DAY, DAY + 1, 0);
    assert_int_equal(t.n_cells, 16);
    assert_int_equal(t.total.filed, 23);
    assert_str(t.cells[0].code, "110105");
    assert_str(t.cells[0].name_en, "Chaoyang District");
    assert_int_equal(t.cells[0].population, 3452460);
    assert_int_equal(cell(&t, "110119")->filed, 0);
    t = by(STAT_CATEGORY1, DAY, DAY + 1, 0);
    assert_int_equal(t.n_cells, 2);
    assert_str(cell(&t, "02")->name, "公共服务");
    t = by(STAT_CATEGORY3, DAY, DAY, 0);
    assert_str(t.cells[0].name, "小区停车难");
    t = by(STAT_HOUR, DAY, DAY + 1, 0);
    assert_int_equal(cell(&t, "10")->filed, 12);
    assert_int_equal(cell(&t, "23")->filed, 11);
    t = by(STAT_CHANNEL, DAY, DAY + 1, 0);
    assert_int_equal(cell(&t, "1")->filed, 11);
    assert_int_equal(by(STAT_LEVEL, DAY, DAY, 0).n_cells, 1);
}

/* One small cell could be had from the total, so the next smallest goes with it; nothing stays nothing. */
static void test_suppression(void **state)
{
    (void)state;
    many(30, (struct demand){.day = DAY, .state = 2, .district = "110105", .mark = true});
    many(20, (struct demand){.day = DAY, .state = 2, .district = "110108", .mark = true});
    many(4, (struct demand){.day = DAY, .state = 2, .district = "110119", .mark = true});
    (void)work();
    struct stat_table t = by(STAT_DISTRICT, DAY, DAY, 10);
    assert_true(cell(&t, "110119")->suppressed);
    assert_true(cell(&t, "110108")->suppressed);
    assert_false(cell(&t, "110105")->suppressed);
    assert_false(cell(&t, "110101")->suppressed);
    t = by(STAT_DISTRICT, DAY, DAY, 1);
    assert_false(cell(&t, "110119")->suppressed);
    t = by(STAT_DISTRICT, DAY, DAY, 25);
    assert_true(cell(&t, "110119")->suppressed && cell(&t, "110108")->suppressed && !cell(&t, "110105")->suppressed);
    struct buf b;
    buf_init(&b, a, 100000);
    statistics_csv(&b, &t);
    assert_non_null(str_find(buf_str(&b), STR("Yanqing District,345671,\"\",\"\",\"\",\"\",\"\",\"\",c\r\n")));
}

static void test_series(void **state)
{
    (void)state;
    many(3, (struct demand){.day = DAY, .state = 2, .mark = true});
    many(5, (struct demand){.day = DAY + 2, .state = 2, .mark = true});
    (void)work();
    struct stat_table t;
    assert_int_equal(statistics_days(open_db, a, (struct stat_range){DAY - 1, DAY + 3}, clock_now_us(), 0, &t), ERR_OK);
    static const int64_t want[] = {0, 3, 0, 5, 0};
    assert_int_equal(t.n_cells, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(t.cells[i].filed, want[i]);
    assert_int_equal(t.total.filed, 8);
    assert_true(t.counted_at > 0 && !t.demo);
    assert_int_equal(statistics_days(open_db, a, (struct stat_range){20200101, 20200102}, clock_now_us(), 0, &t), ERR_OK);
    assert_int_equal(t.counted_at, 0);
}

static void test_windows(void **state)
{
    (void)state;
    int32_t yesterday = clock_day_add(clock_local_day(clock_now_us()), -1);
    const int64_t minutes[] = {10, 20, 30, 40, 1000};
    for (size_t i = 0; i < 5; i++)
        file_it(admin, (struct demand){.day = clock_day_add(yesterday, -(int)i), .state = 6, .promise_min = 2000,
                                       .reply_min = minutes[i], .mark = true});
    (void)work();
    assert_int_equal(rollup_windows(worker), ERR_OK);
    struct stat_range week = statistics_last_days(clock_now_us(), 7);
    struct stat_table t = by(STAT_CHANNEL, week.from, week.to, 0);
    assert_true(t.total.has_median && t.cells[0].has_median);
    assert_int_equal(t.total.median_minutes, 30);
    t = by(STAT_CHANNEL, week.from, clock_day_add(week.to, -1), 0);
    assert_false(t.total.has_median);
    assert_true(t.provisional);
}

static void test_yesterday(void **state)
{
    (void)state;
    struct stat_cell day, before;
    bool demo;
    int32_t yesterday = clock_day_add(clock_local_day(clock_now_us()), -1);
    many(2, (struct demand){.day = yesterday, .state = 2, .mark = true});
    many(3, (struct demand){.day = clock_day_add(yesterday, -7), .state = 2, .mark = true});
    (void)work();
    assert_int_equal(statistics_yesterday(open_db, a, clock_now_us(), &day, &before, &demo), ERR_OK);
    assert_int_equal(day.filed, 2);
    assert_int_equal(before.filed, 3);
    assert_false(demo);
}

/* What everybody reads on the home page is kept for some seconds, words and all. */
static void test_front(void **state)
{
    (void)state;
    struct front_cache *cache = front_cache_new();
    const struct front *x = NULL;
    const int64_t now = clock_now_us(), kept = FRONT_KEPT_S * US_PER_S;
    const int32_t yesterday = clock_day_add(clock_local_day(now), -1);
    run(admin, "INSERT IGNORE INTO kb_question (id, question, question_en, article_id, anchor, category_code) VALUES (60001, '夜里能施工吗', 'Night work?', 1, 'a1', '')");
    many(2, (struct demand){.day = yesterday, .state = 2, .mark = true});
    (void)work();
    assert_int_equal(front_read(open_db, cache, a, now, &x), ERR_OK);
    assert_int_equal(x->day.filed, 2);
    assert_true(x->n_questions >= 1 && x->n_questions <= FRONT_QUESTIONS);
    char words[400];
    snprintf(words, sizeof words, STR_FMT, STR_ARG(x->questions[0].question));
    many(1, (struct demand){.day = yesterday, .state = 2, .mark = true});
    (void)work();
    arena_clear(a); /* the request is over */
    memset(arena_bytes(a, KIB(16)), 'x', KIB(16));
    assert_int_equal(front_read(open_db, cache, a, now + kept - 1, &x), ERR_OK);
    assert_int_equal(x->day.filed, 2);
    assert_true(words[0] != 0 && str_eq(x->questions[0].question, str_from_c(words)));
    assert_int_equal(front_read(open_db, cache, a, now + kept, &x), ERR_OK);
    assert_int_equal(x->day.filed, 3);
    many(1, (struct demand){.day = yesterday, .state = 2, .mark = true});
    (void)work();
    assert_int_equal(front_read(open_db, cache, a, now - 1, &x), ERR_OK); /* the clock was set back */
    assert_int_equal(x->day.filed, 4);
    run(admin, "DELETE FROM kb_question WHERE id = 60001");
    front_cache_free(cache);
}

/* What a category usually takes is kept for a minute, by its code and by nothing else. */
static void test_usual(void **state)
{
    (void)state;
    struct usual_cache *cache = usual_cache_new();
    const int64_t now = clock_now_us(), minute = 60 * US_PER_S;
    int64_t took = 0;
    run(admin, "INSERT INTO stat_window (days, dim, code, last_day, replied, reply_minutes_median, counted_at) VALUES"
               " (90, 4, '050406', 20261101, 20, 500, 1), (90, 4, '050407', 20261101, 9, 40, 1), (30, 4, '050408', 20261101, 90, 7, 1)");
    assert_int_equal(statistics_usual(open_db, cache, STR("050406"), 10, now, &took), ERR_OK);
    assert_int_equal(took, 500);
    assert_int_equal(statistics_usual(open_db, cache, STR("050407"), 10, now, &took), ERR_NOT_FOUND); /* too few */
    assert_int_equal(statistics_usual(open_db, cache, STR("050407"), 9, now, &took), ERR_OK);
    assert_int_equal(took, 40);
    assert_int_equal(statistics_usual(open_db, cache, STR("050408"), 1, now, &took), ERR_NOT_FOUND); /* of another window */
    assert_int_equal(statistics_usual(open_db, cache, STR("05040"), 0, now, &took), ERR_NOT_FOUND);
    assert_int_equal(statistics_usual(open_db, cache, STR("0504060000000"), 0, now, &took), ERR_NOT_FOUND);
    run(admin, "UPDATE stat_window SET reply_minutes_median = 600 WHERE code = '050406'");
    assert_int_equal(statistics_usual(open_db, cache, STR("050406"), 10, now + minute - 1, &took), ERR_OK);
    assert_int_equal(took, 500);
    assert_int_equal(statistics_usual(open_db, cache, STR("050406"), 10, now + minute, &took), ERR_OK);
    assert_int_equal(took, 600);
    run(admin, "UPDATE stat_window SET reply_minutes_median = 700 WHERE code = '050406'");
    assert_int_equal(statistics_usual(open_db, cache, STR("050406"), 10, now - minute, &took), ERR_OK); /* the clock was set back */
    assert_int_equal(took, 700);
    usual_cache_free(cache);
}

#define TEST(x) cmocka_unit_test_setup(x, clear_before)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_counts), TEST(test_late_commit), TEST(test_check_finds_what_was_missed), TEST(test_dimensions),
        TEST(test_suppression), TEST(test_series),      TEST(test_windows),                     TEST(test_yesterday),
        TEST(test_usual),      TEST(test_front),
    };
    return cmocka_run_group_tests_name("figures", tests, setup, teardown);
}
