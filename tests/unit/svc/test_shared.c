/* test_shared.c - cgi/svc/shared.c: counters across processes, a full table, the text for Prometheus. */
#include "svc/internal.h"
#include "unit.h"

static char text[2 << 20];

static void in_child(void (*fn)(void))
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        fn();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void test_same_name_same_counter(void **state)
{
    (void)state;
    int64_t *a = svc_counter("suda_a_total"), *b = svc_counter("suda_b_total{route=\"x\"}");
    assert_non_null(a);
    assert_non_null(b);
    assert_ptr_not_equal(a, b);
    assert_ptr_equal(svc_counter("suda_a_total"), a);
    assert_ptr_equal(svc_counter("suda_b_total{route=\"x\"}"), b);
    assert_ptr_not_equal(svc_counter("suda_b_total{route=\"y\"}"), b);
    assert_null(svc_counter(""));
    memset(text, 'n', 400);
    text[400] = 0;
    assert_null(svc_counter(text));
}

static void add_in_child(void)
{
    for (int i = 0; i < 1000; i++)
        __atomic_fetch_add(svc_counter("suda_a_total"), 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(svc_counter("suda_new_in_child_total"), 5, __ATOMIC_RELAXED);
}

static void test_children_share(void **state)
{
    (void)state;
    *svc_counter("suda_a_total") = 0;
    in_child(add_in_child);
    in_child(add_in_child);
    assert_int_equal(*svc_counter("suda_a_total"), 2000);
    assert_int_equal(*svc_counter("suda_new_in_child_total"), 10);
}

/* Many processes claim the same names at once; each name must end up in one entry. */
static void race(void)
{
    char name[64];
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "suda_race_total{n=\"%d\"}", i);
        int64_t *c = svc_counter(name);
        if (!c)
            _exit(1);
        __atomic_fetch_add(c, 1, __ATOMIC_RELAXED);
    }
}

static void test_racing_claims(void **state)
{
    pid_t pids[8];
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0) {
            race();
            _exit(0);
        }
    }
    for (size_t i = 0; i < 8; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    for (int i = 0; i < 300; i++) {
        char name[64];
        snprintf(name, sizeof name, "suda_race_total{n=\"%d\"}", i);
        assert_int_equal(*svc_counter(name), 8);
    }
}

static size_t count_lines(const char *start)
{
    size_t n = 0, len = strlen(start);
    for (const char *at = text; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        n += strncmp(at, start, len) == 0;
    return n;
}

static void test_text(void **state)
{
    (void)state;
    shared_name("unit");
    *svc_counter("suda_z_gauge") = -3;
    *svc_counter("suda_h_seconds_bucket{le=\"1\"}") = 2;
    *svc_counter("suda_h_seconds_sum") = 9;
    *svc_counter("suda_h_seconds_count") = 2;
    *svc_counter("suda_b_total{route=\"x\"}") = 4;
    struct slot *s = &shared_slots()[3];
    s->requests = 11;
    s->state = SLOT_READY;
    size_t n = svc_metrics_text(text, sizeof text);
    assert_int_equal(strlen(text), n);
    assert_int_equal(text[n - 1], '\n');
    assert_int_equal(count_lines("suda_b_total{route=\"x\"} 4\n"), 1);
    assert_int_equal(count_lines("# TYPE suda_b_total counter\n"), 1);
    assert_int_equal(count_lines("# TYPE suda_race_total counter\n"), 1);
    assert_int_equal(count_lines("suda_race_total{"), 300);
    assert_int_equal(count_lines("# TYPE suda_h_seconds histogram\n"), 1);
    assert_int_equal(count_lines("# TYPE suda_h_seconds_sum"), 0);
    assert_int_equal(count_lines("# TYPE suda_z_gauge gauge\n"), 1);
    assert_int_equal(count_lines("suda_z_gauge -3\n"), 1);
    assert_int_equal(count_lines("suda_svc_requests_total{program=\"unit\"} 11\n"), 1);
    assert_int_equal(count_lines("suda_svc_workers{program=\"unit\",state=\"ready\"} 1\n"), 1);
    shared_slot_retire(s); /* its requests stay in the sum */
    svc_metrics_text(text, sizeof text);
    assert_int_equal(count_lines("suda_svc_requests_total{program=\"unit\"} 11\n"), 1);
    assert_int_equal(count_lines("suda_svc_workers{program=\"unit\",state=\"ready\"} 0\n"), 1);
}

static void test_text_is_never_half_a_line(void **state)
{
    (void)state;
    size_t whole = svc_metrics_text(text, sizeof text);
    for (size_t cap = 0; cap < whole; cap += 97) {
        text[cap] = 'G';
        size_t n = svc_metrics_text(text, cap);
        assert_true(n < cap || cap == 0);
        assert_int_equal(text[cap], 'G');
        if (cap)
            assert_int_equal(text[n], 0);
        if (n)
            assert_int_equal(text[n - 1], '\n');
    }
}

static void fill(void)
{
    char name[64];
    int made = 0;
    for (int i = 0; i < SVC_METRIC_SLOTS + 10; i++) {
        snprintf(name, sizeof name, "suda_fill_total{n=\"%d\"}", i);
        made += svc_counter(name) != NULL;
    }
    if (made >= SVC_METRIC_SLOTS || made < SVC_METRIC_SLOTS - 400 || !svc_counter("suda_a_total"))
        _exit(1);
    if (svc_counter("suda_one_more_total") || svc_metrics_text(text, sizeof text) < 4096)
        _exit(2);
}

static void test_full_table(void **state)
{
    (void)state;
    in_child(fill); /* last: the table is shared */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_name_same_counter), cmocka_unit_test(test_children_share),
        cmocka_unit_test(test_racing_claims),          cmocka_unit_test(test_text),
        cmocka_unit_test(test_text_is_never_half_a_line), cmocka_unit_test(test_full_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
