/*
 * test_storm.c - many officers at one demand, and acts that take two demands in opposite order.
 *
 * One of a hundred who close the same version succeeds, the others are told that it has moved, and one event stands there. Where
 * transactions deadlock, every one ends within its retries, and none as an internal fault.
 */
#include "fixture.h"

#include <pthread.h>

#include "app/desk.h"
#include "base/clock.h"

enum { OFFICERS = 100, LINKERS = 24 };

struct officer {
    struct bench b;
    pthread_barrier_t *start;
    struct str no, other;
    uint32_t version;
    enum err e;
    const char *reason;
    void (*act)(struct officer *o);
    struct ticket_done done;
};

static void *work(void *arg)
{
    struct officer *o = arg;
    pthread_barrier_wait(o->start);
    o->act(o);
    o->reason = o->b.conn->f.reason;
    return NULL;
}

static struct officer *crew(size_t n)
{
    struct officer *o = calloc(n, sizeof *o);
    assert_non_null(o);
    for (size_t i = 0; i < n; i++) {
        o[i].b.conn = conn_open("ctl", &sql_catalogue_ctl);
        o[i].b.c = ctl.c;
        o[i].b.c.a = o[i].b.conn->a;
        o[i].b.c.db = o[i].b.conn->db;
        o[i].b.c.fault = &o[i].b.conn->f;
    }
    return o;
}

static void all_at_once(struct officer *o, size_t n)
{
    pthread_barrier_t start;
    pthread_t threads[OFFICERS];
    pthread_barrier_init(&start, NULL, (unsigned)n);
    for (size_t i = 0; i < n; i++) {
        o[i].start = &start;
        assert_int_equal(0, pthread_create(&threads[i], NULL, work, &o[i]));
    }
    for (size_t i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
}

static void dismiss(struct officer *o, size_t n)
{
    for (size_t i = 0; i < n; i++)
        conn_close(o[i].b.conn);
    free(o);
}

static void close_it(struct officer *o)
{
    o->e = officer_close(&o->b.c, &hotline, o->no, o->version, STR("已经办结。"), &o->done);
}

static size_t closed_by(uint32_t version_known, struct ticket_filed *ret)
{
    struct ticket_filing f = a_demand();
    *ret = file_demand(&f);
    struct actor unit = officer_of(ret->holder);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, ret->no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, ret->no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    struct officer *o = crew(OFFICERS);
    const uint32_t version = track(ret).version;
    size_t closed = 0;
    for (size_t i = 0; i < OFFICERS; i++) {
        o[i].no = ret->no;
        o[i].version = version_known ? version : 0;
        o[i].act = close_it;
    }
    all_at_once(o, OFFICERS);
    for (size_t i = 0; i < OFFICERS; i++) {
        closed += o[i].e == ERR_OK;
        if (o[i].e != ERR_OK && o[i].e != ERR_CONFLICT)
            fail_msg("officer %zu: %d %s", i, (int)o[i].e, o[i].reason ? o[i].reason : "-");
        if (o[i].e == ERR_CONFLICT && version_known)
            assert_string_equal("VERSION", o[i].reason);
    }
    dismiss(o, OFFICERS);
    return closed;
}

static void one_of_a_hundred_closes(void **state)
{
    (void)state;
    for (uint32_t known = 0; known < 2; known++) { /* with the version that was seen, and without */
        struct ticket_filed t;
        assert_int_equal(1, closed_by(known, &t));
        assert_int_equal(1, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)t.id, EVENT_CLOSED));
        assert_chain(t.id);
    }
}

static void link_them(struct officer *o)
{
    o->e = desk_link(&o->b.c, &hotline, o->no, 0, o->other, &o->done);
}

static void crossing_acts_end(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed x = file_demand(&f), y = file_demand(&f);
    struct officer *o = crew(LINKERS);
    size_t done = 0;
    for (size_t i = 0; i < LINKERS; i++) {
        o[i].no = i % 2 ? x.no : y.no;
        o[i].other = i % 2 ? y.no : x.no;
        o[i].act = link_them;
    }
    const int64_t begun = clock_monotonic_us();
    all_at_once(o, LINKERS);
    const int64_t took = clock_monotonic_us() - begun;
    for (size_t i = 0; i < LINKERS; i++) {
        done += o[i].e == ERR_OK;
        if (o[i].e != ERR_OK && o[i].e != ERR_CONFLICT && o[i].e != ERR_UNAVAILABLE)
            fail_msg("linker %zu: %d %s", i, (int)o[i].e, o[i].reason ? o[i].reason : "-");
    }
    dismiss(o, LINKERS);
    assert_true(done > 0);
    assert_true(took < 60 * US_PER_S);
    /* What was done was done whole: as many events on the one as on the other. */
    assert_int_equal(done, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)x.id, EVENT_LINKED));
    assert_int_equal(done, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)y.id, EVENT_LINKED));
    assert_chain(x.id);
    assert_chain(y.id);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup(f, fixture_reset)
    const struct CMUnitTest tests[] = {T(one_of_a_hundred_closes), T(crossing_acts_end)};
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
