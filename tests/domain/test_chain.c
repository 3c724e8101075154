/*
 * test_chain.c - whoever touches the history is found out: by the chain, or, having hashed it anew, by a checkpoint.
 *
 * Each test first sees that all is well (the negative control of the finding), then tampers, then looks again.
 */
#include "fixture.h"

#include <unistd.h>

#include "app/checkpoint.h"
#include "app/event_private.h"
#include "base/clock.h"
#include "base/hash.h"

static struct ticket_filed long_story(void)
{
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t), unit = officer_of(t.holder);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, ticket_message(&citizen.c, &filer, t.no, STR("还是没人来"), NULL, 0, NULL, &done));
    assert_err(ERR_OK, ticket_urge(&citizen.c, &filer, t.no, NULL, &done));
    return t; /* 5 events */
}

static struct event_verdict verdict(const struct ticket_filed *t)
{
    struct event_verdict v = {0};
    bench_reset(&ctl);
    assert_err(ERR_OK, event_verify_ticket(&ctl.c, t->id, &v));
    return v;
}

static void assert_bad(const struct ticket_filed *t, uint32_t seq, const char *why)
{
    struct event_verdict v = verdict(t);
    assert_false(v.ok);
    assert_int_equal(seq, v.bad_seq);
    assert_string_equal(why, v.why);
}

static void every_field_is_covered(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "at = at + 1", "code = 12", "wording = 2", "public = 1 - public", "from_state = 7", "to_state = 7", "actor_kind = 3",
        "actor_id = actor_id + 1", "unit_code = 'BJ302'", "params = CONCAT(params, '&x=1')", "hash = REVERSE(hash)"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct ticket_filed t = long_story();
        assert_true(verdict(&t).ok);
        admin_run("UPDATE event SET %s WHERE ticket_id = %llu AND seq = 3", changes[i], (unsigned long long)t.id);
        struct event_verdict v = verdict(&t);
        assert_false(v.ok);
        assert_int_equal(3, v.bad_seq);
        admin_run("DELETE FROM ticket WHERE id = %llu", (unsigned long long)t.id);
        admin_run("DELETE FROM event WHERE ticket_id = %llu", (unsigned long long)t.id);
    }
}

static void words_are_bound_and_may_be_erased(void **state)
{
    (void)state;
    struct ticket_filed t = long_story();
    unsigned long long id = t.id;
    assert_true(verdict(&t).ok);
    admin_run("UPDATE event SET words = '一切都好' WHERE ticket_id = %llu AND seq = 4", id);
    assert_bad(&t, 4, "COMMITMENT");
    admin_run("UPDATE event SET words = NULL, words_lang = NULL, nonce = NULL WHERE ticket_id = %llu AND seq = 4", id);
    assert_bad(&t, 4, "TIMELINE"); /* the copy still tells them */
    admin_run("UPDATE ticket_text SET timeline_seq = 0, timeline = NULL WHERE ticket_id = %llu", id);
    assert_true(verdict(&t).ok); /* [PIPL 47] */
    admin_run("UPDATE event SET commitment = NULL WHERE ticket_id = %llu AND seq = 4", id);
    assert_bad(&t, 4, "HASH");
    admin_run("DELETE FROM ticket WHERE id = %llu", id);
    admin_run("DELETE FROM event WHERE ticket_id = %llu", id);
}

/* What the citizen wrote stands apart from the events: the first of them commits to it. */
static void the_filers_text_is_bound(void **state)
{
    (void)state;
    static const char *const changes[] = {"title = CONCAT(title, '。')", "body = '一切都好，谢谢。'", "address = ''",
                                          "title = CONCAT(title, body), body = ''", "title = '', body = '', address = ''"};
    struct ticket_filed t = long_story();
    unsigned long long id = t.id;
    assert_true(verdict(&t).ok);
    assert_false(verdict(&t).uncommitted);
    admin_run("CREATE OR REPLACE TABLE text_before AS SELECT * FROM ticket_text WHERE ticket_id = %llu", id);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        admin_run("UPDATE ticket_text SET %s WHERE ticket_id = %llu", changes[i], id);
        assert_bad(&t, 1, "TEXT");
        admin_run("REPLACE INTO ticket_text SELECT * FROM text_before");
        assert_true(verdict(&t).ok);
    }
    admin_run("DELETE FROM ticket_text WHERE ticket_id = %llu", id);
    assert_bad(&t, 1, "TEXT");
    admin_run("REPLACE INTO ticket_text SELECT * FROM text_before");
    admin_run("DROP TABLE text_before");
    /* Without the nonce another text cannot be slipped in. */
    admin_run("UPDATE event SET nonce = NULL WHERE ticket_id = %llu AND seq = 1", id);
    assert_bad(&t, 1, "TEXT");
    size_t n = 0;
    bench_reset(&ctl);
    assert_err(ERR_OK, q_ticket_text_erase(ctl.c.db, &(struct q_ticket_text_erase_in){.ticket_id = t.id}, &n));
    assert_int_equal(1, n);
    assert_err(ERR_OK, q_event_erase_words(ctl.c.db, &(struct q_event_erase_words_in){.ticket_id = t.id}, &n));
    assert_int_equal(1, n); /* the message; the first event's nonce is gone already, and so is the copy */
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM ticket_text WHERE timeline_seq = 0 AND timeline IS NULL AND ticket_id = %llu", id));
    assert_true(verdict(&t).ok); /* [PIPL 47] */
    admin_run("UPDATE event SET commitment = NULL WHERE ticket_id = %llu AND seq = 1", id);
    assert_bad(&t, 1, "HASH");
    admin_run("DELETE FROM ticket WHERE id = %llu", id);
    admin_run("DELETE FROM event WHERE ticket_id = %llu", id);
}

/* The copy that readers are shown: changed, cut, lengthened, or of another demand. */
static void the_copy_is_covered(void **state)
{
    (void)state;
    static const char *const changes[] = {"timeline = REPLACE(timeline, '还是', '没有')", "timeline = LEFT(timeline, LENGTH(timeline) - 1)",
                                          "timeline = CONCAT(timeline, timeline)", "timeline = ''", "timeline_seq = 99"};
    static const uint32_t bad[] = {4, 5, 6, 1, 6};
    struct ticket_filed t = long_story();
    unsigned long long id = t.id;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        admin_run("CREATE TEMPORARY TABLE text_before AS SELECT * FROM ticket_text WHERE ticket_id = %llu", id);
        assert_true(verdict(&t).ok);
        admin_run("UPDATE ticket_text SET %s WHERE ticket_id = %llu", changes[i], id);
        assert_bad(&t, bad[i], "TIMELINE");
        admin_run("REPLACE INTO ticket_text SELECT * FROM text_before");
        admin_run("DROP TABLE text_before");
    }
    /* The card: changed, of another demand, not of its form. */
    static const char *const cards[] = {"INSERT(card, LENGTH(card) - 3, 1, 'x')", "REPLACE(card, ' SD', ' ZD')", "CONCAT(card, '1')"};
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++) {
        admin_run("CREATE TEMPORARY TABLE text_before AS SELECT * FROM ticket_text WHERE ticket_id = %llu", id);
        admin_run("UPDATE ticket_text SET card = %s WHERE ticket_id = %llu", cards[i], id);
        assert_bad(&t, 5, "CARD");
        admin_run("REPLACE INTO ticket_text SELECT * FROM text_before");
        admin_run("DROP TABLE text_before");
    }
    /* What is not of its form is not shown: the events are. */
    struct actor who = holder_of(&t);
    struct ticket_view v = {0};
    admin_run("UPDATE ticket_text SET timeline = CONCAT('x', timeline) WHERE ticket_id = %llu", id);
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_track(&citizen.c, &who, t.no, &v));
    assert_int_equal(5, v.n_events);
    static const char *const not_shown[] = {"NULL", "CONCAT('x', card)", "REPLACE(card, ' SD', ' ZD')", "LEFT(card, 100)", "CONCAT('4', SUBSTRING(card, 2))"};
    for (size_t i = 0; i < sizeof not_shown / sizeof *not_shown; i++) {
        struct ticket_view w = {0};
        admin_run("UPDATE ticket_text SET card = %s WHERE ticket_id = %llu", not_shown[i], id);
        bench_reset(&citizen);
        assert_err(ERR_OK, ticket_track(&citizen.c, &who, t.no, &w));
        assert_int_equal(v.state, w.state);
    }
    /* An act on a demand whose copy has a gap leaves it so. */
    struct ticket_done done;
    admin_run("UPDATE ticket_text SET timeline = NULL, timeline_seq = 0 WHERE ticket_id = %llu", id);
    assert_err(ERR_OK, ticket_message(&citizen.c, &who, t.no, STR("再说一次"), NULL, 0, NULL, &done));
    assert_int_equal(0, admin_number("SELECT timeline_seq FROM ticket_text WHERE ticket_id = %llu", id));
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_track(&citizen.c, &who, t.no, &v));
    assert_int_equal(6, v.n_events);
    assert_true(verdict(&t).ok);
}

/* One that would outgrow its room is kept no more. */
static void a_long_copy_is_let_go(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor who = holder_of(&t);
    struct ticket_done done;
    struct ticket_view v = {0};
    admin_run("UPDATE ticket_text SET timeline = RPAD(timeline, 59990, 'x') WHERE ticket_id = %llu", (unsigned long long)t.id);
    assert_err(ERR_OK, ticket_message(&citizen.c, &who, t.no, STR("还是没人来"), NULL, 0, NULL, &done));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM ticket_text WHERE timeline_seq = 0 AND timeline IS NULL AND ticket_id = %llu",
                                     (unsigned long long)t.id));
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_track(&citizen.c, &who, t.no, &v));
    assert_int_equal(3, v.n_events);
}

/* Hashes a ticket anew as it was written before the first event committed to the text. */
static void make_old(const struct ticket_filed *t)
{
    const struct q_event_chain_row *r = NULL;
    uint8_t head[EVENT_HASH_BYTES] = {0};
    size_t n = 0;
    unsigned long long id = t->id;
    bench_reset(&ctl);
    assert_err(ERR_OK, q_event_chain(ctl.c.db, &(struct q_event_chain_in){.ticket_id = t->id}, &r, &n));
    for (size_t i = 0; i < n; i++) {
        struct event_hashed h = {.before = head, .ticket_id = t->id, .seq = (uint32_t)r[i].seq, .at = r[i].at,
                                 .code = r[i].code, .wording = r[i].wording, .is_public = r[i].public,
                                 .from = r[i].from_state, .to = r[i].to_state, .actor_kind = r[i].actor_kind,
                                 .actor_id = r[i].actor_id, .unit_code = r[i].unit_code, .params = r[i].params,
                                 .commitment = r[i].seq > 1 && r[i].has_commitment ? r[i].commitment : STR_NONE};
        event_hash(&h, head);
        struct str hex = hex_encode(ctl.c.a, (struct str){(const char *)head, sizeof head});
        admin_run("UPDATE event SET hash = UNHEX('%s') WHERE ticket_id = %llu AND seq = %d", hex.p, id, (int)r[i].seq);
        admin_run("UPDATE ticket SET chain_head = UNHEX('%s') WHERE id = %llu", hex.p, id);
    }
    admin_run("UPDATE event SET nonce = NULL, commitment = NULL WHERE ticket_id = %llu AND seq = 1", id);
}

static void what_was_not_committed_to_is_said(void **state)
{
    (void)state;
    struct event_verify_sum sum = {0};
    struct ticket_filed t = long_story();
    unsigned long long id = t.id;
    make_old(&t);
    assert_true(verdict(&t).ok);
    assert_true(verdict(&t).uncommitted);
    admin_run("UPDATE ticket_text SET body = '一切都好' WHERE ticket_id = %llu", id);
    assert_true(verdict(&t).ok); /* that is why it must be said */
    bench_reset(&ctl);
    assert_err(ERR_OK, event_verify_all(&ctl.c, NULL, NULL, &sum));
    assert_int_equal(1, sum.n_uncommitted);
    admin_run("UPDATE ticket SET promise_at = promise_at + 1 WHERE id = %llu", id);
    assert_bad(&t, 2, "PROMISE");
    admin_run("DELETE FROM ticket WHERE id = %llu", id);
    admin_run("DELETE FROM event WHERE ticket_id = %llu", id);
}

/* A promise that is moved in the row alone, without an extension that says so. */
static void promised_times_are_bound(void **state)
{
    (void)state;
    struct ticket_filed t = long_story();
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    unsigned long long id = t.id;
    for (uint32_t seq = 2; seq <= 6; seq += 4) { /* as dispatched, as extended */
        assert_true(verdict(&t).ok);
        admin_run("UPDATE ticket SET promise_at = promise_at + 86400000000 WHERE id = %llu", id);
        assert_bad(&t, seq, "PROMISE");
        admin_run("UPDATE ticket SET promise_at = promise_at - 86400000000 WHERE id = %llu", id);
        admin_run("UPDATE assignment SET due_at = due_at + 1 WHERE role = 1 AND ticket_id = %llu", id);
        assert_bad(&t, seq, "DUE");
        admin_run("UPDATE assignment SET due_at = due_at - 1 WHERE role = 1 AND ticket_id = %llu", id);
        assert_err(ERR_OK, officer_extend(&ctl.c, &unit, t.no, 0, t.promise_at + seq * US_PER_DAY, STR("等待配件到货"), &done));
    }
    assert_true(verdict(&t).ok);
    admin_run("UPDATE ticket SET promise_at = NULL WHERE id = %llu", id);
    assert_bad(&t, 7, "PROMISE");
    admin_run("DELETE FROM ticket WHERE id = %llu", id);
    admin_run("DELETE FROM event WHERE ticket_id = %llu", id);
}

static void gaps_cuts_and_strangers(void **state)
{
    (void)state;
    admin_run("DELETE FROM event"); /* of other programs, which moved times by hand */
    admin_run("DELETE FROM ticket");
    struct ticket_filed t = long_story(), u = long_story();
    unsigned long long id = t.id;
    struct event_verify_sum before = {0}, sum = {0};
    bench_reset(&ctl);
    assert_err(ERR_OK, event_verify_all(&ctl.c, NULL, NULL, &before));
    assert_int_equal(0, before.n_bad);
    assert_int_equal(0, before.n_orphans);
    assert_true(before.n_tickets >= 2 && before.n_events >= 10);
    admin_run("DELETE FROM event WHERE ticket_id = %llu AND seq = 3", id);
    assert_bad(&t, 3, "GAP");
    admin_run("DELETE FROM event WHERE ticket_id = %llu AND seq = 5", (unsigned long long)u.id);
    assert_bad(&u, 5, "HEAD");
    bench_reset(&ctl);
    assert_err(ERR_OK, event_verify_all(&ctl.c, NULL, NULL, &sum));
    assert_int_equal(2, sum.n_bad);
    admin_run("DELETE FROM ticket WHERE id IN (%llu, %llu)", id, (unsigned long long)u.id);
    bench_reset(&ctl);
    assert_err(ERR_OK, event_verify_all(&ctl.c, NULL, NULL, &sum));
    assert_int_equal(0, sum.n_bad);
    assert_int_equal(8, sum.n_orphans);
    admin_run("DELETE FROM event WHERE ticket_id IN (%llu, %llu)", id, (unsigned long long)u.id);
}

/* ---- checkpoints -------------------------------------------------------------------------------------------------------------- */

static void seal_all(void)
{
    size_t n = 1;
    while (n > 0) {
        bench_reset(&worker);
        assert_err(ERR_OK, checkpoint_make(&worker.c, &n));
    }
}

static struct checkpoint_verdict anchors(void)
{
    struct checkpoint_verdict v = {0};
    bench_reset(&ctl);
    assert_err(ERR_OK, checkpoint_verify(&ctl.c, &v));
    return v;
}

/* A tail cut with a head that fits: the chain alone sees nothing. */
static void a_cut_tail_is_caught_outside(void **state)
{
    (void)state;
    struct ticket_filed t = long_story();
    unsigned long long id = t.id;
    admin_run("DELETE FROM checkpoint"); /* of other programs, which kept their own files */
    unlink(settings.checkpoint_file);
    seal_all();
    assert_int_equal(0, anchors().n_bad);
    admin_run("UPDATE ticket SET chain_seq = 4, chain_head = (SELECT hash FROM event WHERE ticket_id = %llu AND seq = 4) WHERE id = %llu", id, id);
    admin_run("DELETE FROM event WHERE ticket_id = %llu AND seq = 5", id);
    admin_run("UPDATE ticket_text SET timeline_seq = 0, timeline = NULL WHERE ticket_id = %llu", id);
    assert_true(verdict(&t).ok);
    struct checkpoint_verdict v = anchors();
    assert_int_equal(1, v.n_bad);
    assert_int_equal(t.id, v.first_bad_ticket);
    assert_string_equal("EVENT", v.why);
}

static void the_file_guards_itself(void **state)
{
    (void)state;
    char copy[300];
    const char *path = settings.checkpoint_file;
    struct ticket_filed t = long_story();
    (void)t;
    seal_all();
    uint64_t bad = anchors().n_bad; /* of the test before */
    snprintf(copy, sizeof copy, "%s.copy", path);
    FILE *in = fopen(path, "r"), *out = fopen(copy, "w");
    assert_true(in && out);
    /* One digit of the last leaf is changed: its root no longer fits. */
    char line[400], last[400] = "";
    while (fgets(line, sizeof line, in)) {
        fputs(last, out);
        memcpy(last, line, sizeof line);
    }
    size_t n = strlen(last);
    last[n - 2] = last[n - 2] == '0' ? '1' : '0';
    fputs(last, out);
    fclose(in);
    fclose(out);
    settings.checkpoint_file = copy;
    assert_true(anchors().n_bad > bad);
    /* Cut in the middle of a line. */
    assert_int_equal(0, truncate(copy, 100));
    struct checkpoint_verdict v = anchors();
    assert_true(v.n_bad > 0);
    assert_string_equal("FILE", v.why);
    settings.checkpoint_file = path;
    assert_int_equal(bad, anchors().n_bad);
    unlink(copy);
}

/* Copies bytes from one place of a file on. */
static void copy_from(const char *from, long skip, FILE *out)
{
    char bytes[4096];
    FILE *in = fopen(from, "r");
    assert_true(in && fseek(in, skip, SEEK_SET) == 0);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
        assert_int_equal(n, fwrite(bytes, 1, n, out));
    fclose(in);
}

/* Of a file that has grown long only the end is read for the checkpoint that the next one builds on. */
static void a_long_file_goes_on_from_its_end(void **state)
{
    (void)state;
    char longer[300], clean[300];
    const char *path = settings.checkpoint_file;
    (void)long_story();
    seal_all();
    const uint64_t bad = anchors().n_bad; /* of the tests before */
    snprintf(longer, sizeof longer, "%s.long", path);
    snprintf(clean, sizeof clean, "%s.clean", path);
    FILE *out = fopen(longer, "w");
    assert_non_null(out);
    for (int i = 0; i < 6000; i++)
        fprintf(out, "L %d 1 %064d\n", i, i);
    const long junk = ftell(out);
    copy_from(path, 0, out);
    fclose(out);
    settings.checkpoint_file = longer;
    (void)long_story();
    seal_all();
    out = fopen(clean, "w");
    assert_non_null(out);
    copy_from(longer, junk, out);
    fclose(out);
    settings.checkpoint_file = path;
    assert_true(anchors().n_bad > bad); /* it has not what was added to the long one */
    assert_int_equal(0, rename(clean, path));
    assert_int_equal(bad, anchors().n_bad);
    unlink(longer);
}

static void another_key_signs_nothing(void **state)
{
    (void)state;
    char why[200], path[300];
    uint64_t bad = anchors().n_bad;
    snprintf(path, sizeof path, "%s.keys", settings.checkpoint_file);
    unlink(path);
    assert_true(keyring_create(path, 1, why, sizeof why));
    struct keyring *other = keyring_load(path, why, sizeof why);
    assert_non_null(other);
    ctl.c.keys = other;
    assert_true(anchors().n_bad > bad);
    ctl.c.keys = keys;
    keyring_free(other);
    unlink(path);
}

#define T(f) cmocka_unit_test_setup(f, fixture_reset)
int main(void)
{
    const struct CMUnitTest tests[] = {T(every_field_is_covered), T(the_copy_is_covered), T(a_long_copy_is_let_go), T(words_are_bound_and_may_be_erased),
                                       T(the_filers_text_is_bound), T(what_was_not_committed_to_is_said), T(promised_times_are_bound),
                                       T(gaps_cuts_and_strangers),
                                       T(a_cut_tail_is_caught_outside), T(the_file_guards_itself), T(a_long_file_goes_on_from_its_end),
                                       T(another_key_signs_nothing)};
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
