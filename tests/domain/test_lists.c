/*
 * test_lists.c - lists of what waits for a decision, page by page: nothing twice, nothing left out, and whoever may see little of a
 * long list is led on instead of being told that there is nothing.
 */
#include "fixture.h"

#include "app/handling.h"
#include "app/permission.h"
#include "app/routing.h"

enum { MANY = 320, ROWS = 25, PAGES_MAX = 40 };

/* As many open returns of one demand: every 40th by the unit that leads it, the others by one far away. */
static struct ticket_filed with_returns(void)
{
    const struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    admin_run("DELETE FROM unit_return");
    admin_run("INSERT INTO unit_return (id, ticket_id, round, n, unit_code, ground, asked_at) "
              "SELECT seq, %llu, 1, 1, IF(seq %% 40 = 0, '%.*s', 'BJ101'), 1, 1 FROM seq_1_to_%d",
              (unsigned long long)t.id, (int)t.holder.n, t.holder.p, MANY);
    return t;
}

struct walk {
    size_t pages, rows, empty;
};
static struct walk walk_returns(const struct actor *who, struct str unit_code)
{
    struct walk w = {0};
    uint64_t next = 0, last = 0;
    for (bool more = true; more && w.pages < PAGES_MAX; w.pages++) {
        const struct return_row *r = NULL;
        const uint64_t before = next;
        size_t n = 0;
        bench_reset(&ctl);
        assert_err(ERR_OK, routing_returns(&ctl.c, who, RETURN_OPEN, unit_code, next, ROWS, &r, &n, &next, &more));
        for (size_t i = 0; i < n; i++) {
            assert_true(r[i].id > last);
            last = r[i].id;
        }
        assert_true(n <= ROWS && (!more || next > before));
        w.rows += n;
        w.empty += n == 0;
    }
    return w;
}

static void returns_go_on_where_the_search_stopped(void **state)
{
    (void)state;
    const struct ticket_filed t = with_returns();
    struct walk w = walk_returns(&hotline, STR_NONE);
    assert_true(w.rows == MANY && w.empty == 0 && w.pages == (MANY + ROWS - 1) / ROWS);
    /* An arbiter of one unit alone: eight rows among all, on pages that say that there is more. */
    const struct staff_grant own = {.role = STAFF_SUPERVISOR, .unit_code = t.holder};
    const struct staff_rights rights = {.grants = &own, .n_grants = 1};
    struct actor limited = hotline;
    limited.rights = &rights;
    w = walk_returns(&limited, STR_NONE);
    assert_true(w.rows == MANY / 40 && w.pages == 2);
    /* One of a place that has none: empty pages, but it comes to the end. */
    const struct staff_grant far = {.role = STAFF_SUPERVISOR, .area_prefix = STR("119999")};
    const struct staff_rights elsewhere = {.grants = &far, .n_grants = 1};
    limited.rights = &elsewhere;
    w = walk_returns(&limited, STR_NONE);
    assert_true(w.rows == 0 && w.pages == 2 && w.empty == 2);
    w = walk_returns(&hotline, t.holder);
    assert_true(w.rows == MANY / 40 && w.pages == 1);
    admin_run("DELETE FROM unit_return");
}

static void extensions_come_by_pages(void **state)
{
    (void)state;
    const struct ticket_filing f = a_demand();
    const struct ticket_filed t = file_demand(&f);
    const struct actor unit = officer_of(t.holder);
    uint64_t after = 0;
    size_t rows = 0, pages = 0;
    admin_run("DELETE FROM extension_ask");
    admin_run("INSERT INTO extension_ask (id, ticket_id, unit_code, until_at, reason, asked_at) "
              "SELECT seq, %llu, IF(seq %% 2, '%.*s', 'BJ101'), 1, 'x', 1 FROM seq_1_to_%d",
              (unsigned long long)t.id, (int)t.holder.n, t.holder.p, MANY);
    for (bool more = true; more && pages < PAGES_MAX; pages++) {
        const struct extension_row *r = NULL;
        size_t n = 0;
        bench_reset(&ctl);
        assert_err(ERR_OK, handling_extensions(&ctl.c, &unit, after, ROWS, &r, &n, &more));
        assert_true(n > 0 && n <= ROWS && (n == ROWS || !more));
        for (size_t i = 0; i < n; i++) {
            assert_true(r[i].id > after && str_eq(r[i].unit_code, t.holder));
            after = r[i].id;
        }
        rows += n;
    }
    assert_true(rows == MANY / 2 && pages == (MANY / 2 + ROWS - 1) / ROWS);
    admin_run("DELETE FROM extension_ask");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup(f, fixture_reset)
    const struct CMUnitTest tests[] = {T(returns_go_on_where_the_search_stopped), T(extensions_come_by_pages)};
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
