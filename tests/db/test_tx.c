/* test_tx.c - transactions: all or nothing, run again when the database or the connection asks for it. */
#include "harness.h"

#include <pthread.h>
#include <unistd.h>

#include "base/clock.h"
#include "sql.h"

static struct conn *c;

static void put(uint64_t id, int64_t i)
{
    admin_run("INSERT INTO sample (id, i) VALUES (%llu, %lld)", (unsigned long long)id, (long long)i);
}

static int64_t value(uint64_t id)
{
    return admin_number("SELECT i FROM sample WHERE id = %llu", (unsigned long long)id);
}

static int reset(void **state)
{
    (void)state;
    harness_tables();
    conn_reset(c);
    put(1, 100);
    put(2, 200);
    return 0;
}

static enum err add(struct db *db, uint64_t id)
{
    size_t n;
    return q_sample_add(db, &(struct q_sample_add_in){id}, &n);
}

struct plan { /* what the act under test does, and what happened */
    int runs, kills, kill_place; /* the first `kills` runs lose the connection; place 1: before the first change, 2: between two, 3: before the end */
    enum err answer;
    bool swallow;
    int64_t now[3];
};

static void kill_self(struct db *db)
{
    const struct q_connection_id_row *r;
    assert_err(ERR_OK, q_connection_id(db, &r));
    harness_kill("citizen", r->id);
}

static enum err two_changes(struct db *db, void *arg)
{
    struct plan *p = arg;
    bool kill = ++p->runs <= p->kills;
    enum err e = ERR_OK;
    for (int place = 1; place <= 3 && e == ERR_OK; place++) {
        if (kill && p->kill_place == place)
            kill_self(db);
        if (place < 3)
            e = add(db, (uint64_t)place);
    }
    if (p->swallow)
        return ERR_OK;
    return e == ERR_OK ? p->answer : e;
}

static void commits_and_rolls_back(void **state)
{
    (void)state;
    struct plan p = {0};
    assert_err(ERR_OK, tx_run(c->db, two_changes, &p));
    assert_true(value(1) == 101 && value(2) == 201);
    p = (struct plan){.answer = ERR_DENIED};
    assert_err(ERR_DENIED, tx_run(c->db, two_changes, &p));
    assert_true(value(1) == 101 && value(2) == 201 && p.runs == 1);
    assert_err(ERR_OK, add(c->db, 1)); /* and outside of it everything is as before */
    assert_true(value(1) == 102);
}

static enum err refused_at_once(struct db *db, void *arg)
{
    (void)db;
    ++*(int *)arg;
    return ERR_INVALID;
}

static void refusal_costs_nothing(void **state)
{
    (void)state;
    int runs = 0;
    assert_err(ERR_INVALID, tx_run(c->db, refused_at_once, &runs));
    assert_int_equal(1, runs);
    assert_int_equal(0, db_statement_count(c->db));
}

/* The connection is ended at each place of the first run, or of the first two: the effect is there once. */
static void lost_connection(void **state)
{
    for (int place = 1; place <= 3; place++)
        for (int kills = 1; kills <= 2; kills++) {
            reset(state);
            struct plan p = {.kills = kills, .kill_place = place};
            assert_err(ERR_OK, tx_run(c->db, two_changes, &p));
            assert_int_equal(kills + 1, p.runs);
            assert_true(value(1) == 101 && value(2) == 201);
            assert_int_equal(ERR_OK, c->f.err); /* the first run's fault is forgotten */
        }
}

/* An act that hides the error of a lost connection is run again all the same. */
static void swallowed_loss(void **state)
{
    (void)state;
    struct plan p = {.kills = 1, .kill_place = 2, .swallow = true};
    assert_err(ERR_OK, tx_run(c->db, two_changes, &p));
    assert_int_equal(2, p.runs);
    assert_true(value(1) == 101 && value(2) == 201);
}

static enum err lost_every_time(struct db *db, void *arg)
{
    ++*(int *)arg;
    kill_self(db);
    return add(db, 1);
}

static void gives_up(void **state)
{
    (void)state;
    int runs = 0;
    assert_err(ERR_UNAVAILABLE, tx_run(c->db, lost_every_time, &runs));
    assert_int_equal(4, runs);
    assert_int_equal(ERR_UNAVAILABLE, c->f.err);
    assert_true(value(1) == 100);
    conn_reset(c);
    assert_err(ERR_OK, add(c->db, 1));
}

static enum err with_duplicate(struct db *db, void *arg)
{
    size_t n;
    (void)arg;
    enum err e = add(db, 1);
    if (e == ERR_OK)
        e = q_sample_put(db, &(struct q_sample_put_in){.id = 2}, &n);
    if (e == ERR_CONFLICT && db_was_duplicate(db))
        e = add(db, 2);
    return e;
}

static void duplicate_is_an_answer(void **state)
{
    (void)state;
    assert_err(ERR_OK, tx_run(c->db, with_duplicate, NULL));
    assert_true(value(1) == 101 && value(2) == 201);
}

/* Two connections take two rows in opposite order. The server ends one; it is run again; both changes are there. */
struct crossing {
    pthread_barrier_t *meet;
    uint64_t first, second;
    int runs;
    enum err e;
};

static enum err cross(struct db *db, void *arg)
{
    struct crossing *x = arg;
    enum err e = add(db, x->first);
    if (e == ERR_OK && ++x->runs == 1)
        pthread_barrier_wait(x->meet);
    return e == ERR_OK ? add(db, x->second) : e;
}

static void *crossing_thread(void *arg)
{
    struct crossing *x = arg;
    struct conn *own = conn_open("citizen", &sql_catalogue_citizen);
    x->e = tx_run(own->db, cross, x);
    conn_close(own);
    return NULL;
}

static void deadlock(void **state)
{
    (void)state;
    pthread_barrier_t meet;
    pthread_t t[2];
    struct crossing x[2] = {{&meet, 1, 2, 0, ERR_INTERNAL}, {&meet, 2, 1, 0, ERR_INTERNAL}};
    pthread_barrier_init(&meet, NULL, 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(0, pthread_create(&t[i], NULL, crossing_thread, &x[i]));
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    pthread_barrier_destroy(&meet);
    assert_err(ERR_OK, x[0].e);
    assert_err(ERR_OK, x[1].e);
    assert_int_equal(3, x[0].runs + x[1].runs);
    assert_true(value(1) == 102 && value(2) == 202);
}

/* Somebody else holds the row for longer than one lock wait, but not for ever. */
static void *release_later(void *arg)
{
    struct db_admin *holder = arg;
    usleep(2500000);
    (void)!db_admin_run(holder, "ROLLBACK", NULL);
    return NULL;
}

static void lock_wait(void **state)
{
    (void)state;
    struct fault f = {0};
    struct db_config config = harness_config("owner");
    struct db_admin *holder = db_admin_open(&config, &f);
    pthread_t t;
    struct plan p = {0};
    assert_non_null(holder);
    assert_err(ERR_OK, db_admin_run(holder, "START TRANSACTION", NULL));
    assert_err(ERR_OK, db_admin_run(holder, "UPDATE sample SET i = 0 WHERE id = 2", NULL));
    assert_int_equal(0, pthread_create(&t, NULL, release_later, holder));
    assert_err(ERR_OK, tx_run(c->db, two_changes, &p));
    pthread_join(t, NULL);
    db_admin_close(holder);
    assert_int_equal(2, p.runs);
    assert_true(value(1) == 101 && value(2) == 201);
}

static enum err ask_time(struct db *db, void *arg)
{
    struct plan *p = arg;
    for (int i = 0; i < 3; i++) {
        if (db_now(db, &p->now[i]) != ERR_OK)
            return ERR_INTERNAL;
        usleep(1000);
    }
    return add(db, 1);
}

static void clock_stands_in_a_transaction(void **state)
{
    (void)state;
    struct plan p = {0}, q = {0};
    int64_t alone = 0, before = clock_now_us() - US_PER_S;
    assert_err(ERR_OK, tx_run(c->db, ask_time, &p));
    assert_int_equal(3, db_statement_count(c->db)); /* the clock with the beginning, the change, the end */
    assert_err(ERR_OK, tx_run(c->db, ask_time, &q));
    assert_err(ERR_OK, db_now(c->db, &alone));
    assert_true(p.now[0] == p.now[1] && p.now[1] == p.now[2]);
    assert_true(before < p.now[0] && p.now[0] < q.now[0] && q.now[0] < alone && alone < clock_now_us() + US_PER_S);
    assert_true(value(1) == 102);
}

static enum err ask_time_first(struct db *db, void *arg)
{
    struct plan *p = arg;
    enum err e = db_now_first(db, &p->now[0]);
    if (e == ERR_OK)
        e = db_now(db, &p->now[1]);
    return e == ERR_OK ? add(db, 1) : e;
}

/* The first act of a row needs no round trip for the clock when the connection has asked lately; a new connection has not. */
static void clock_is_kept_a_moment(void **state)
{
    (void)state;
    struct plan p = {0};
    int64_t asked = 0;
    int before = 0, cost = 0;
    const struct q_connection_id_row *r;
    for (int i = 0; i < 50 && cost != 2; i++) { /* a machine that stands still for a second asks again */
        assert_err(ERR_OK, db_now(c->db, &asked));
        before = db_statement_count(c->db);
        assert_err(ERR_OK, tx_run(c->db, ask_time_first, &p));
        cost = db_statement_count(c->db) - before;
        assert_true(p.now[0] == p.now[1] && p.now[0] >= asked && p.now[0] < clock_now_us() + US_PER_S);
    }
    assert_int_equal(2, cost); /* the change, the end */
    assert_err(ERR_OK, q_connection_id(c->db, &r));
    harness_kill("citizen", r->id);
    assert_err(ERR_OK, tx_run(c->db, ask_time_first, &p)); /* the loss is found by the change, and the new connection asks */
    before = db_statement_count(c->db);
    usleep(1100000);
    assert_err(ERR_OK, tx_run(c->db, ask_time_first, &p));
    assert_int_equal(3, db_statement_count(c->db) - before);
}

static enum err time_after_loss(struct db *db, void *arg)
{
    struct plan *p = arg;
    if (++p->runs == 1)
        kill_self(db);
    enum err e = db_now(db, &p->now[0]);
    return e == ERR_OK ? add(db, 1) : e;
}

static void clock_over_a_loss(void **state)
{
    (void)state;
    struct plan p = {0};
    int64_t now;
    const struct q_connection_id_row *r;
    assert_err(ERR_OK, tx_run(c->db, time_after_loss, &p));
    assert_int_equal(2, p.runs);
    assert_true(value(1) == 101);
    assert_err(ERR_OK, q_connection_id(c->db, &r));
    harness_kill("citizen", r->id);
    assert_err(ERR_OK, db_now(c->db, &now));
}

static enum err jump_away(struct db *db, void *arg)
{
    if (add(db, 1) == ERR_OK)
        longjmp(*(jmp_buf *)arg, 1);
    return ERR_INTERNAL;
}

static void end_of_request_rolls_back(void **state)
{
    (void)state;
    jmp_buf jump;
    if (setjmp(jump) == 0)
        (void)!tx_run(c->db, jump_away, &jump);
    conn_reset(c);
    assert_true(value(1) == 100);
    admin_run("UPDATE sample SET i = 5 WHERE id = 1"); /* no lock is left */
    struct plan p = {0};
    assert_err(ERR_OK, tx_run(c->db, two_changes, &p));
    assert_true(value(1) == 6);
}

static enum err nested(struct db *db, void *arg)
{
    return tx_run(db, refused_at_once, arg);
}

static void run_nested(void *arg)
{
    int runs = 0;
    (void)!tx_run(((struct conn *)arg)->db, nested, &runs);
}

static void nesting_is_a_bug(void **state)
{
    (void)state;
    struct conn *own = conn_open("citizen", &sql_catalogue_citizen);
    assert_true(harness_aborts(run_nested, own));
    conn_close(own);
}

/* A change outside a transaction whose fate is unknown must not be run twice; a read may. */
static void *end_soon(void *arg)
{
    usleep(300000);
    harness_kill("citizen", *(uint64_t *)arg);
    return NULL;
}

static void unknown_fate(void **state)
{
    (void)state;
    struct fault f = {0};
    struct db_config config = harness_config("owner");
    struct db_admin *holder = db_admin_open(&config, &f);
    const struct q_connection_id_row *r;
    pthread_t t;
    assert_non_null(holder);
    assert_err(ERR_OK, db_admin_run(holder, "START TRANSACTION", NULL));
    assert_err(ERR_OK, db_admin_run(holder, "UPDATE sample SET i = 0 WHERE id = 1", NULL));
    (void)harness_admin();
    assert_err(ERR_OK, q_connection_id(c->db, &r));
    uint64_t id = r->id;
    assert_int_equal(0, pthread_create(&t, NULL, end_soon, &id));
    assert_err(ERR_UNAVAILABLE, add(c->db, 1)); /* waits for the lock; the connection is ended meanwhile */
    pthread_join(t, NULL);
    db_admin_close(holder);
    assert_true(value(1) == 100);
}

/* A reply that never comes is a lost connection, and is told as one: nothing is read out of a packet that is not there. */
struct vain {
    struct conn *c;
    struct db_admin *holder;
    int runs;
    enum err first;
    char told[sizeof ((struct fault *)0)->detail];
};

static enum err wait_in_vain(struct db *db, void *arg)
{
    struct vain *v = arg;
    enum err e = add(db, 1); /* waits for the lock, longer than the connection waits for the reply */
    if (++v->runs == 1) {
        v->first = e;
        memcpy(v->told, v->c->f.detail, sizeof v->told);
        db_admin_close(v->holder);
    }
    return e;
}

static void no_reply(void **state)
{
    (void)state;
    struct fault f = {0};
    struct db_config brief = harness_config("citizen"), config = harness_config("owner");
    brief.read_timeout_ms = 1000;
    struct vain v = {.c = conn_open_with(brief, &sql_catalogue_citizen), .holder = db_admin_open(&config, &f)};
    assert_non_null(v.holder);
    assert_err(ERR_OK, db_admin_run(v.holder, "START TRANSACTION", NULL));
    assert_err(ERR_OK, db_admin_run(v.holder, "UPDATE sample SET i = 0 WHERE id = 1", NULL));
    assert_err(ERR_OK, tx_run(v.c->db, wait_in_vain, &v));
    assert_true(v.runs > 1 && v.first == ERR_UNAVAILABLE && value(1) == 101);
    if (!strstr(v.told, "Lost connection"))
        fail_msg("told as: %s", v.told);
    conn_close(v.c);
}

/* ---- statements sent without waiting ------------------------------------------------------------------------------- */
static enum err put_later(struct db *db, uint64_t id)
{
    return q_later_put(db, &(struct q_later_put_in){.id = id, .words = STR("w"), .has_words = true});
}

static int64_t rows(void)
{
    return admin_number("SELECT COUNT(*) FROM sample");
}

static enum err many_later(struct db *db, void *arg)
{
    struct plan *p = arg;
    size_t n = 0;
    enum err e = ERR_OK;
    bool kill = ++p->runs <= p->kills;
    for (uint64_t id = 1000; id < 1100 && e == ERR_OK; id++)
        e = put_later(db, id);
    if (e == ERR_OK && kill)
        kill_self(db);
    if (e == ERR_OK)
        e = q_later_add(db, &(struct q_later_add_in){1});
    if (e == ERR_OK)
        e = q_sample_add(db, &(struct q_sample_add_in){1}, &n);
    assert_true(e != ERR_OK || n == 1);
    if (e == ERR_OK)
        e = q_sample_put(db, &(struct q_sample_put_in){.id = 1050}, &n); /* the row is there before its reply was read */
    return e == ERR_CONFLICT && db_was_duplicate(db) ? p->answer : ERR_INTERNAL;
}

static void later_in_order(void **state)
{
    (void)state;
    struct plan p = {0};
    assert_err(ERR_OK, tx_run(c->db, many_later, &p));
    assert_true(rows() == 102 && value(1) == 102);
    reset(state);
    p = (struct plan){.answer = ERR_DENIED};
    assert_err(ERR_DENIED, tx_run(c->db, many_later, &p));
    assert_true(rows() == 2 && value(1) == 100);
    assert_err(ERR_OK, add(c->db, 1));
    assert_true(value(1) == 101); /* autocommit is back */
}

static void later_over_a_loss(void **state)
{
    (void)state;
    struct plan p = {.kills = 1};
    enum err e = tx_run(c->db, many_later, &p);
    if (e != ERR_OK) /* the loss shows as whatever the act made of it, but nothing stays */
        assert_true(rows() == 2);
    conn_reset(c);
    assert_err(ERR_OK, add(c->db, 1));
}

struct draw {
    uint64_t first, step;
    int runs;
    bool swallow;
    int64_t small;
};

static enum err draw_id(struct db *db, void *arg)
{
    struct draw *x = arg;
    enum err e = add(db, 1);
    if (e == ERR_OK)
        e = q_later_put(db, &(struct q_later_put_in){.id = x->first + x->step * (uint64_t)x->runs++, .small = x->small, .has_small = true});
    if (e == ERR_OK)
        e = put_later(db, 500 + (uint64_t)x->runs);
    if (e == ERR_OK && x->swallow)
        (void)!add(db, 2);
    return x->swallow ? ERR_OK : e;
}

/* An id drawn twice is drawn again; one that is always taken gives up; nothing of the failed runs stays. */
static void later_duplicate(void **state)
{
    (void)state;
    struct draw x = {.first = 1, .step = 600};
    assert_err(ERR_OK, tx_run(c->db, draw_id, &x));
    assert_true(x.runs == 2 && rows() == 4 && value(1) == 101);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM sample WHERE id = 601"));
    assert_int_equal(ERR_OK, c->f.err);
    reset(state);
    x = (struct draw){.first = 1};
    assert_err(ERR_UNAVAILABLE, tx_run(c->db, draw_id, &x));
    assert_true(x.runs == 4 && rows() == 2 && value(1) == 100);
    assert_non_null(strstr(c->f.detail, "later_put"));
}

/* A statement that can never succeed dooms its transaction, also when the act looks away. */
static void later_fault(void **state)
{
    (void)state;
    for (int swallow = 0; swallow < 2; swallow++) {
        reset(state);
        struct draw x = {.first = 700, .swallow = swallow, .small = INT64_C(1) << 40};
        assert_err(ERR_INTERNAL, tx_run(c->db, draw_id, &x));
        assert_true(x.runs == 1 && rows() == 2 && value(1) == 100 && value(2) == 200);
        assert_non_null(strstr(c->f.detail, "later_put"));
        assert_non_null(strstr(c->f.detail, "1264"));
        conn_reset(c);
        assert_err(ERR_OK, add(c->db, 1));
        assert_true(value(1) == 101);
    }
}

static void later_outside(void **state)
{
    (void)state;
    assert_err(ERR_OK, put_later(c->db, 9));
    assert_true(rows() == 3);
    assert_err(ERR_CONFLICT, put_later(c->db, 9));
    assert_true(db_was_duplicate(c->db));
}

/* The server ends one of two transactions while statements behind the fatal one are already on their way: these must
 * not be committed alone. If they were, the second run would meet its own row. */
static enum err cross_later(struct db *db, void *arg)
{
    struct crossing *x = arg;
    enum err e = add(db, x->first);
    if (e == ERR_OK && ++x->runs == 1)
        pthread_barrier_wait(x->meet);
    if (e == ERR_OK)
        e = q_later_add(db, &(struct q_later_add_in){x->second});
    if (e == ERR_OK)
        e = put_later(db, 100 + x->first);
    return e == ERR_OK ? put_later(db, 200 + x->first) : e;
}

static void *cross_later_thread(void *arg)
{
    struct crossing *x = arg;
    struct conn *own = conn_open("citizen", &sql_catalogue_citizen);
    const struct q_connection_id_row *r;
    if (q_connection_id(own->db, &r) != ERR_OK || put_later(own->db, 300 + x->first) != ERR_OK || add(own->db, 300) != ERR_OK ||
        q_later_add(own->db, &(struct q_later_add_in){300}) != ERR_OK)
        x->runs = 100; /* all statements are prepared now, so that nothing waits in the transaction itself */
    x->e = tx_run(own->db, cross_later, x);
    conn_close(own);
    return NULL;
}

static void later_deadlock(void **state)
{
    (void)state;
    pthread_barrier_t meet;
    pthread_t t[2];
    struct crossing x[2] = {{&meet, 1, 2, 0, ERR_INTERNAL}, {&meet, 2, 1, 0, ERR_INTERNAL}};
    pthread_barrier_init(&meet, NULL, 2);
    for (int i = 0; i < 2; i++)
        assert_int_equal(0, pthread_create(&t[i], NULL, cross_later_thread, &x[i]));
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    pthread_barrier_destroy(&meet);
    assert_err(ERR_OK, x[0].e);
    assert_err(ERR_OK, x[1].e);
    assert_int_equal(3, x[0].runs + x[1].runs);
    assert_true(value(1) == 102 && value(2) == 202);
    assert_int_equal(4, admin_number("SELECT COUNT(*) FROM sample WHERE id IN (101, 102, 201, 202)"));
}

/* A transaction of statements that may all wait is one command, begun, committed and rolled back by the server itself. */
struct row_of_later {
    uint64_t first;
    int n, runs;
    bool add;
};

static enum err only_later(struct db *db, void *arg)
{
    struct row_of_later *x = arg;
    enum err e = ERR_OK;
    x->runs++;
    for (int i = 0; i < x->n && e == ERR_OK; i++)
        e = put_later(db, x->first + (uint64_t)i);
    return e == ERR_OK && x->add ? q_later_add(db, &(struct q_later_add_in){1}) : e;
}

static int64_t executed(void)
{
    return admin_number("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'COM_STMT_EXECUTE'");
}

static void later_alone_is_one_command(void **state)
{
    (void)state;
    struct row_of_later x = {.first = 700, .n = 5, .add = true}, taken = {.first = 1000, .n = 3};
    assert_err(ERR_OK, tx_run(c->db, only_later, &x));
    x.first = 800;
    int64_t before = executed();
    assert_err(ERR_OK, tx_run(c->db, only_later, &x));
    assert_int_equal(1, executed() - before);
    assert_true(rows() == 12 && value(1) == 102);
    /* The second statement fails: the first does not stay, and the connection is as before. */
    assert_err(ERR_OK, put_later(c->db, 1001));
    assert_err(ERR_UNAVAILABLE, tx_run(c->db, only_later, &taken));
    assert_true(taken.runs == 4 && rows() == 13);
    conn_reset(c);
    assert_err(ERR_OK, add(c->db, 1));
    assert_true(value(1) == 103);
    /* More rows of statements than a connection keeps ready. */
    for (int i = 1; i < 33; i++)
        for (int add_too = 0; add_too < 2; add_too++) {
            struct row_of_later y = {.first = 2000 + (uint64_t)(100 * i + 40 * add_too), .n = i, .add = add_too};
            conn_reset(c);
            assert_err(ERR_OK, tx_run(c->db, only_later, &y));
        }
    assert_true(rows() == 13 + 2 * 32 * 33 / 2 && value(1) == 103 + 32);
}

static enum err leave_behind(struct db *db, void *arg)
{
    if (put_later(db, 40) == ERR_OK && put_later(db, 41) == ERR_OK)
        longjmp(*(jmp_buf *)arg, 1);
    return ERR_INTERNAL;
}

static void end_of_request_takes_later_back(void **state)
{
    (void)state;
    jmp_buf jump;
    assert_err(ERR_OK, put_later(c->db, 39));
    if (setjmp(jump) == 0)
        (void)!tx_run(c->db, leave_behind, &jump);
    conn_reset(c);
    assert_true(rows() == 3);
    assert_err(ERR_OK, put_later(c->db, 40));
    assert_true(rows() == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(commits_and_rolls_back, reset), cmocka_unit_test_setup(refusal_costs_nothing, reset),
        cmocka_unit_test_setup(lost_connection, reset), cmocka_unit_test_setup(swallowed_loss, reset),
        cmocka_unit_test_setup(no_reply, reset),
        cmocka_unit_test_setup(gives_up, reset), cmocka_unit_test_setup(duplicate_is_an_answer, reset),
        cmocka_unit_test_setup(deadlock, reset), cmocka_unit_test_setup(lock_wait, reset),
        cmocka_unit_test_setup(clock_stands_in_a_transaction, reset), cmocka_unit_test_setup(clock_over_a_loss, reset),
        cmocka_unit_test_setup(clock_is_kept_a_moment, reset),
        cmocka_unit_test_setup(end_of_request_rolls_back, reset), cmocka_unit_test_setup(nesting_is_a_bug, reset),
        cmocka_unit_test_setup(unknown_fate, reset), cmocka_unit_test_setup(later_in_order, reset),
        cmocka_unit_test_setup(later_over_a_loss, reset), cmocka_unit_test_setup(later_duplicate, reset),
        cmocka_unit_test_setup(later_fault, reset), cmocka_unit_test_setup(later_outside, reset),
        cmocka_unit_test_setup(later_alone_is_one_command, reset),
        cmocka_unit_test_setup(later_deadlock, reset), cmocka_unit_test_setup(end_of_request_takes_later_back, reset),
    };
    c = conn_open("citizen", &sql_catalogue_citizen);
    int failed = cmocka_run_group_tests_name("tx", tests, NULL, NULL);
    conn_close(c);
    db_admin_close(harness_admin());
    return failed;
}
