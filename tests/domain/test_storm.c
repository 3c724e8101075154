/*
 * test_storm.c - many officers at one demand, acts that take two demands in opposite order, two browsers at one draft.
 *
 * One of a hundred who close the same version succeeds, the others are told that it has moved, and one event stands there. Where
 * transactions deadlock, every one ends within its retries, and none as an internal fault. A draft moves to one browser alone.
 */
#include "fixture.h"

#include <pthread.h>
#include <unistd.h>

#include "app/desk.h"
#include "app/draft.h"
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

/* ---- two browsers and one draft ----------------------------------------------------------------------------------------- */

enum { HELD_FOR = 100, HELD_PAUSE_US = 50000 };

struct mover { /* by the name in a form, or by a link */
    struct bench *b;
    struct str name, link;
    uint64_t to;
    enum err e;
};

static void *move_it(void *arg)
{
    struct mover *m = arg;
    m->e = m->link.n ? draft_resume(&m->b->c, m->link, m->to) : draft_take(&m->b->c, m->name, m->to);
    return NULL;
}

static uint64_t a_browser(void)
{
    uint8_t token[APP_SESSION_TOKEN_BYTES];
    struct app_session s;
    crypto_random(token, sizeof token);
    assert_err(ERR_OK, session_create(&citizen.c, token, 0, &s));
    return s.id;
}

static uint64_t a_draft(struct str *ret_name, struct str *ret_link)
{
    const uint64_t session = a_browser();
    struct draft d = {.in = a_demand(), .has_kind = true};
    assert_err(ERR_OK, draft_save(&citizen.c, session, &d));
    *ret_name = keep(draft_name(&citizen.c, session, &d));
    assert_err(ERR_OK, draft_link(&citizen.c, session, ret_link));
    *ret_link = keep(*ret_link);
    return session;
}

/* All have read the draft and wait for its row, which the owner holds; then the owner commits. */
static void move_at_once(struct mover *m, size_t n)
{
    pthread_t threads[2];
    assert_true(n <= 2);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(0, pthread_create(&threads[i], NULL, move_it, &m[i]));
    for (int i = 0; i < HELD_FOR; i++) {
        if (admin_number("SELECT CAST(VARIABLE_VALUE AS SIGNED) FROM information_schema.GLOBAL_STATUS "
                         "WHERE VARIABLE_NAME = 'Innodb_row_lock_current_waits'") >= (int64_t)n)
            break;
        usleep(HELD_PAUSE_US);
    }
    admin_run("COMMIT");
    for (size_t i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
}

static void a_draft_moves_to_one_browser(void **state)
{
    (void)state;
    for (int links = 0; links <= 2; links++) {
        struct str name, link;
        struct draft d;
        const uint64_t from = a_draft(&name, &link);
        struct mover m[2] = {{.b = &citizen, .name = name, .to = a_browser()}, {.b = &second, .name = name, .to = a_browser()}};
        for (int i = 0; i < links; i++)
            m[i].link = link;
        admin_run("START TRANSACTION");
        admin_run("UPDATE draft SET updated_at = updated_at + 1 WHERE session_id = %llu", (unsigned long long)from);
        move_at_once(m, 2);
        const size_t won = m[0].e == ERR_OK ? 0 : 1;
        assert_err(ERR_OK, m[won].e);
        assert_err(ERR_NOT_FOUND, m[1 - won].e);
        bench_reset(&citizen);
        assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, from, &d));
        assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, m[1 - won].to, &d));
        assert_err(ERR_OK, draft_load(&citizen.c, m[won].to, &d));
        assert_true(str_eq(d.in.text, a_demand().text));
    }
}

/* What was saved between the read and the move is what moves: the copy stands in for words typed at the last moment. */
static void newer_words_move_along(void **state)
{
    (void)state;
    for (int links = 0; links <= 1; links++) {
        struct str name, link;
        struct draft d;
        const uint64_t from = a_draft(&name, &link);
        struct mover m = {.b = &second, .name = name, .link = links ? link : STR_NONE, .to = a_browser()};
        assert_err(ERR_OK, draft_load(&citizen.c, from, &d));
        const struct str older = d.in.text;
        d.in.text = STR("门口的路灯坏了，今天连楼道的灯也不亮了。");
        assert_err(ERR_OK, draft_save(&citizen.c, from, &d));
        admin_run("CREATE OR REPLACE TEMPORARY TABLE newer AS SELECT key_id, body_ct FROM draft WHERE session_id = %llu", (unsigned long long)from);
        d.in.text = older;
        assert_err(ERR_OK, draft_save(&citizen.c, from, &d));
        admin_run("START TRANSACTION");
        admin_run("UPDATE draft d JOIN newer n SET d.key_id = n.key_id, d.body_ct = n.body_ct, d.updated_at = d.updated_at + 1 WHERE d.session_id = %llu",
                  (unsigned long long)from);
        move_at_once(&m, 1);
        assert_err(ERR_OK, m.e);
        bench_reset(&citizen);
        assert_err(ERR_OK, draft_load(&citizen.c, m.to, &d));
        assert_true(str_eq(d.in.text, STR("门口的路灯坏了，今天连楼道的灯也不亮了。")));
        assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, from, &d));
    }
}

static void a_draft_being_filed_stays(void **state)
{
    (void)state;
    for (int links = 0; links <= 1; links++) {
        struct str name, link;
        struct draft d;
        const uint64_t from = a_draft(&name, &link);
        struct mover m = {.b = &second, .name = name, .link = links ? link : STR_NONE, .to = a_browser()};
        admin_run("START TRANSACTION");
        admin_run("UPDATE draft SET filed_ticket_id = 77, body_ct = '', key_id = 0, resume_hash = NULL WHERE session_id = %llu",
                  (unsigned long long)from);
        move_at_once(&m, 1);
        assert_err(ERR_NOT_FOUND, m.e);
        bench_reset(&citizen);
        assert_err(ERR_NOT_FOUND, draft_load(&citizen.c, m.to, &d));
        assert_err(ERR_OK, draft_load(&citizen.c, from, &d)); /* and tells what it became */
        assert_int_equal(77, d.filed_ticket_id);
    }
}

static void a_draft_taken_along_keeps_its_link(void **state)
{
    (void)state;
    struct str name, link;
    struct draft d;
    uint64_t whose = 0;
    (void)a_draft(&name, &link);
    const uint64_t to = a_browser();
    assert_err(ERR_OK, draft_take(&citizen.c, name, to));
    assert_err(ERR_OK, draft_peek(&citizen.c, link, &d, &whose));
    assert_int_equal(to, whose);
    assert_true(str_eq(d.in.text, a_demand().text));
    const uint64_t other = a_browser();
    assert_err(ERR_OK, draft_resume(&citizen.c, link, other));
    assert_err(ERR_NOT_FOUND, draft_peek(&citizen.c, link, &d, &whose)); /* exchanged once */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup(f, fixture_reset)
    const struct CMUnitTest tests[] = {T(one_of_a_hundred_closes), T(crossing_acts_end),
                                       T(a_draft_moves_to_one_browser), T(newer_words_move_along), T(a_draft_being_filed_stays),
                                       T(a_draft_taken_along_keeps_its_link)};
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
