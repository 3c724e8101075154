/*
 * test_ticket_state.c - the whole matrix of states and events, written out once more by hand.
 *
 * A row here says where an event leads from each state, '.' where it is refused. It is the product's promise, so a change
 * of the table must be made twice, knowingly.
 */
#include "unit.h"

#include "app/ticket_state.h"

/* Columns: none, Received, Dispatched, Handling, rePlied, rAting, Closed, diVerted, Withdrawn. */
static const struct {
    enum event_code event;
    const char *to;
    char may; /* Anyone, Holder, Lead, Unit, hOtline, Worker, Supervisor, lead or Clock */
    bool is_public;
} matrix[] = {
    {EVENT_RECEIVED,        "R........", 'A', true},
    {EVENT_DISPATCHED,      ".D.......", 'O', true},
    {EVENT_TRIAGE,          ".R.....R.", 'O', true},
    {EVENT_DIVERTED,        ".VVV.....", 'O', true},
    {EVENT_SIGNED,          "..H......", 'L', true},
    {EVENT_CONTACTED,       "..HH.....", 'L', true},
    {EVENT_CONTACT_FAILED,  "..HH.....", 'L', true},
    {EVENT_NOTE,            ".RDHPACVW", 'U', false},
    {EVENT_EXTENDED,        "...H.....", 'L', true},
    {EVENT_COWORK_ASKED,    "...H.....", 'L', true},
    {EVENT_COWORK_REPORTED, "..DHP....", 'U', true},
    {EVENT_REPLIED,         ".P.PP....", 'L', true},
    {EVENT_RATING_INVITED,  "....A.C..", 'W', true},
    {EVENT_RATED,           "....CCC..", 'H', true},
    {EVENT_CLOSED,          "....CC...", 'W', true},
    {EVENT_MESSAGE,         ".RDHPA.V.", 'H', true},
    {EVENT_URGED,           ".RDH.....", 'H', true},
    {EVENT_WITHDRAWN,       ".WWW.....", 'H', true},
    {EVENT_OBJECTED,        "....PAC..", 'H', true},
    {EVENT_REOPENED,        "....DDD..", 'H', true},
    {EVENT_WARNED,          ".RDH.....", 'W', false},
    {EVENT_OVERDUE,         ".RDH.....", 'W', true},
    {EVENT_REDISPATCHED,    "..DD.....", 'O', true},
    {EVENT_MERGED,          ".CCC.....", 'O', true},
    {EVENT_PUBLISHED,       "..DHPAC..", 'O', true},
    {EVENT_ERASED,          ".RDHPACVW", 'H', true},
    {EVENT_RETURN_ASKED,    "..DH.....", 'L', true},
    {EVENT_RETURN_REFUSED,  "..DH.....", 'O', true},
    {EVENT_RETURN_ACCEPTED, "..DH.....", 'O', true},
    {EVENT_CONSULTED,       ".R.......", 'O', true},
    {EVENT_JOINT_DISPATCHED, "..DH.....", 'O', true},
    {EVENT_WHISTLED,        "...H.....", 'L', true},
    {EVENT_WHISTLE_REPORTED, "...HP....", 'U', true},
    {EVENT_WHISTLE_DELIVERED, "...HP....", 'U', true},
    {EVENT_WHISTLE_OVERDUE, "...H.....", 'W', false},
    {EVENT_ESCALATED,       "...H.....", 'L', true},
    {EVENT_ESCALATION_ANSWERED, "...HP....", 'U', true},
    {EVENT_RELAYED,         ".RDH.....", 'L', true},
    {EVENT_RELAY_ANSWERED,  ".RDHP....", 'L', true},
    {EVENT_HELPER_ASKED,    "...H.....", 'L', true},
    {EVENT_PAUSED,          "...H.....", 'L', true},
    {EVENT_RESUMED,         "...H.....", 'C', true},
    {EVENT_REMINDED,        ".RDH.....", 'W', false},
    {EVENT_SUPERVISED,      ".RDHP....", 'S', true},
    {EVENT_SUPERVISION_ANSWERED, ".RDHP....", 'U', true},
    {EVENT_VISIT_ATTEMPTED, "....PAC..", 'W', true},
    {EVENT_VISITED,         "....PAC..", 'W', true},
    {EVENT_VISIT_VOID,      "....PAC..", 'W', true},
    {EVENT_REVIEWED,        "...H.....", 'L', true},
    {EVENT_LEVEL_RAISED,    ".RDH.....", 'W', true},
    {EVENT_LINKED,          ".RDHPACV.", 'O', true},
    {EVENT_ABSORBED,        ".RDHPA...", 'O', true},
    {EVENT_RECLASSIFIED,    ".R.......", 'O', true},
    {EVENT_UNMERGED,        "......D..", 'O', true},
};

static const char letters[] = ".RDHPACVW"; /* by enum ticket_state */
static char may_letter(enum transition_may m)
{
    return "AHLUOWSC"[m];
}

static void every_cell(void **state)
{
    (void)state;
    assert_int_equal(EVENT_END - 1, sizeof matrix / sizeof *matrix);
    for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++) {
        assert_int_equal(i + 1, matrix[i].event);
        assert_int_equal(STATE_END, strlen(matrix[i].to));
        for (int from = STATE_NONE; from < STATE_END; from++) {
            const struct transition *t = transition_find((enum ticket_state)from, matrix[i].event);
            char want = matrix[i].to[from];
            if ((want == '.') != (t == NULL))
                fail_msg("event %d in state %d", (int)matrix[i].event, from);
            if (!t)
                continue;
            assert_int_equal(want, letters[t->to]);
            assert_int_equal(matrix[i].is_public, t->is_public);
            bool at_once = matrix[i].event == EVENT_REPLIED && from == STATE_RECEIVED; /* by the hotline centre [T 11] */
            bool new_fact = matrix[i].event == EVENT_TRIAGE && from == STATE_DIVERTED; /* of a repeated matter [T 11 (3)] */
            assert_int_equal(at_once ? 'O' : new_fact ? 'H' : matrix[i].may, may_letter(t->may));
        }
    }
}

static void no_pair_twice(void **state)
{
    size_t n = 0;
    const struct transition *t = transition_table(&n);
    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            assert_false(t[i].from == t[j].from && t[i].event == t[j].event);
}

static void clocks_fit_states(void **state)
{
    size_t n = 0;
    const struct transition *t = transition_table(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        bool was = ticket_state_running(t[i].from), is = ticket_state_running(t[i].to);
        if (was && !is && t[i].clock != CLOCK_STOP)
            fail_msg("event %d ends what is owed, but not the clock", (int)t[i].event);
        if (!was && is && t[i].clock != CLOCK_START && t[i].clock != CLOCK_RESTART)
            fail_msg("event %d makes something owed without a clock", (int)t[i].event);
        if (t[i].clock == CLOCK_MOVE)
            assert_int_equal(EVENT_EXTENDED, t[i].event); /* the promise moves by extension alone [decisions 21] */
        if (ticket_state_final(t[i].from) && !ticket_state_final(t[i].to))
            assert_true(t[i].event == EVENT_REOPENED || t[i].event == EVENT_UNMERGED || t[i].event == EVENT_TRIAGE);
        if (t[i].clock == CLOCK_HOLD || t[i].clock == CLOCK_GO)
            assert_true(was && is);
    }
}

static void every_state_has_a_way_out(void **state)
{
    (void)state;
    for (int s = STATE_RECEIVED; s < STATE_END; s++) {
        bool out = false;
        for (int e = 1; e < EVENT_END; e++) {
            const struct transition *t = transition_find((enum ticket_state)s, (enum event_code)e);
            out |= t && (int)t->to != s;
        }
        assert_int_equal(s != STATE_WITHDRAWN, out);
    }
}

/* The kept picture is the table's. */
static void picture_is_current(void **state)
{
    (void)state;
    enum { BYTES = 64 * 1024 };
    static char kept[BYTES];
    struct arena *ar = arena_new(4 * BYTES);
    struct buf b;
    buf_init(&b, ar, BYTES);
    transition_dot(&b);
    assert_false(b.full);
    FILE *f = fopen("cgi/states.dot", "re");
    assert_non_null(f);
    size_t n = fread(kept, 1, sizeof kept, f);
    fclose(f);
    if (n != b.n || memcmp(kept, b.p, n) != 0)
        fail_msg("cgi/states.dot is stale: sudactl states > cgi/states.dot");
    kept[n / 2]++; /* the comparison can fail */
    assert_memory_not_equal(kept, b.p, n);
    arena_free(ar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_cell), cmocka_unit_test(no_pair_twice),
                                       cmocka_unit_test(clocks_fit_states), cmocka_unit_test(every_state_has_a_way_out),
                                       cmocka_unit_test(picture_is_current)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
