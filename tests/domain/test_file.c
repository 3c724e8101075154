/*
 * test_file.c - filing: input, idempotency, names, contact, uploads, looking up, lists, publication.
 */
#include "fixture.h"
#include "app/suggest.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "app/act.h"
#include "app/attachment.h"
#include "app/outbox_write.h"
#include "app/token.h"
#include "base/clock.h"
#include "base/limits.h"

/* ---- input ------------------------------------------------------------------------------------------------------------------ */

static void all_faults_are_shown_together(void **state)
{
    (void)state;
    struct ticket_filing f = {.kind = KIND_END, .text = STR("短"), .area_code = STR("999999"), .category_code = STR("zz"),
                              .phone = STR("12"), .n_uploads = TICKET_UPLOADS_MAX + 1};
    struct ticket_filed t;
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, NULL, &t));
    assert_field(&citizen.conn->f, "kind", "NOT_A_CHOICE");
    assert_field(&citizen.conn->f, "text", "TOO_SHORT");
    assert_field(&citizen.conn->f, "area_code", "NOT_A_CHOICE");
    assert_field(&citizen.conn->f, "category_code", "NOT_A_CHOICE");
    assert_field(&citizen.conn->f, "contact.phone", "BAD_FORMAT");
    assert_field(&citizen.conn->f, "uploads", "TOO_MANY");
}

static void text_has_a_last_character(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    char *text = malloc(3 * (LIMIT_TEXT_CHARS + 1));
    for (size_t i = 0; i <= LIMIT_TEXT_CHARS; i++)
        memcpy(text + 3 * i, "字", 3);
    f.text = (struct str){text, 3 * LIMIT_TEXT_CHARS};
    struct ticket_filed t = file_demand(&f);
    assert_true(str_eq(track(&t).text, f.text));
    f.text.n += 3;
    bench_reset(&citizen);
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, NULL, &t));
    assert_field(&citizen.conn->f, "text", "TOO_LONG");
    free(text);
}

static void only_the_district_is_enough(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    f.area_code = district;
    struct ticket_filed t = file_demand(&f);
    struct ticket_view v = track(&t);
    assert_true(str_starts(v.holder, STR("BJ11"))); /* the district government co-ordinates [T 12 (2)] */
    assert_int_equal(1, params_get_i64(v.events[1].params, "by_district", 0));
}

/* ---- idempotency [decisions 11] ------------------------------------------------------------------------------------------------- */

static void same_key_same_ticket(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct idem key = key_of("n:192.0.2.0/24", "key-of-sixteen-characters", "body"), other = key_of("n:192.0.2.0/24", "key-of-sixteen-characters", "other body"),
                elsewhere = key_of("n:198.51.100.0/24", "key-of-sixteen-characters", "other body");
    struct ticket_filed a, b, c;
    assert_err(ERR_NOT_FOUND, ticket_filed_before(&citizen.c, &key, &b)); /* asking files nothing */
    assert_err(ERR_OK, ticket_file(&citizen.c, &nobody, &f, &key, &a));
    /* Things happen meanwhile; the reply stays what it was. */
    struct ticket_done done;
    struct actor unit = officer_of(a.holder);
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, a.no, 0, &done));
    assert_err(ERR_OK, officer_extend(&ctl.c, &unit, a.no, 0, a.promise_at + US_PER_DAY, STR("等待备件到货"), &done));
    assert_err(ERR_OK, ticket_file(&citizen.c, &nobody, &f, &key, &b));
    assert_true(b.replayed && !a.replayed);
    assert_int_equal(a.id, b.id);
    assert_true(str_eq(a.no, b.no) && str_eq(a.query_code, b.query_code) && str_eq(a.ticket_token, b.ticket_token));
    assert_true(a.state == b.state && a.promise_at == b.promise_at && a.created_at == b.created_at);
    assert_err(ERR_OK, ticket_filed_before(&citizen.c, &key, &c));
    assert_true(c.id == a.id && str_eq(c.query_code, a.query_code) && c.state == a.state && c.promise_at == a.promise_at);
    assert_err(ERR_INVALID, ticket_filed_before(&citizen.c, &other, &c));
    assert_string_equal("IDEMPOTENCY_MISMATCH", citizen.conn->f.reason);
    bench_reset(&citizen);
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, &other, &c));
    assert_string_equal("IDEMPOTENCY_MISMATCH", citizen.conn->f.reason);
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_file(&citizen.c, &nobody, &f, &elsewhere, &c)); /* keys of others never meet */
    assert_true(c.id != a.id);
}

static void refusals_are_not_kept(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct idem key = key_of("n:x", "another-key-of-length", "body");
    struct ticket_filed t;
    f.text = STR("");
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, &key, &t));
    bench_reset(&citizen);
    f = a_demand();
    assert_err(ERR_OK, ticket_file(&citizen.c, &nobody, &f, &key, &t));
    assert_false(t.replayed);
}

static void acts_replay_too(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t);
    struct idem key = key_of("t:1", "urge-key-0123456789", ""), bad = key_of("t:1", "urge-key-0123456789", "x");
    struct ticket_done a, b;
    assert_err(ERR_OK, ticket_urge(&citizen.c, &filer, t.no, &key, &a));
    assert_err(ERR_OK, ticket_urge(&citizen.c, &filer, t.no, &key, &b)); /* not URGE_TOO_SOON */
    assert_true(b.replayed && a.event_seq == b.event_seq && a.at == b.at && a.state == b.state);
    assert_err(ERR_INVALID, ticket_urge(&citizen.c, &filer, t.no, &bad, &b));
    assert_int_equal(1, admin_number("SELECT urge_count FROM ticket WHERE id = %lld", (long long)t.id));
}

/* The same act is committed elsewhere while this one judges: after its key was looked for, before it refuses. */
struct beaten {
    struct str no;
    struct actor filer;
    const struct idem *same; /* key of the one that is faster; NULL = none */
    struct ticket_done first;
    int runs;
};

static enum err plan_beaten(struct act *a, void *arg)
{
    struct beaten *x = arg;
    if (x->runs++ == 0)
        assert_err(ERR_OK, ticket_urge(&second.c, &x->filer, x->no, x->same, &x->first));
    assert_err(ERR_OK, outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "beaten", a->now)); /* must not stay */
    return fault_set(a->c->fault, ERR_LIMITED, "URGE_TOO_SOON", "as the second of two judges");
}

static void an_act_that_was_beaten_replays(void **state)
{
    (void)state;
    struct idem key = key_of("t:2", "urge-key-of-a-race-1", ""), other = key_of("t:2", "urge-key-of-a-race-2", ""),
                bad = key_of("t:2", "urge-key-of-a-race-1", "x");
    const struct idem *const faster[] = {&key, &other, &bad};
    const enum err wanted[] = {ERR_OK, ERR_LIMITED, ERR_INVALID};
    for (int i = 0; i < 3; i++) {
        admin_run("DELETE FROM idempotency");
        bench_reset(&citizen);
        bench_reset(&second);
        struct ticket_filing f = a_demand();
        struct ticket_filed t = file_demand(&f);
        struct beaten x = {.no = t.no, .filer = holder_of(&t), .same = faster[i]};
        struct act_request q = {.ticket_no = t.no, .idem = &key, .event = EVENT_URGED, .plan = plan_beaten, .arg = &x};
        struct ticket_done done = {0};
        assert_err(wanted[i], act_run(&citizen.c, &x.filer, &q, &done));
        assert_int_equal(1, x.runs);
        assert_true(i != 0 || (done.replayed && done.event_seq == x.first.event_seq && done.at == x.first.at));
        assert_int_equal(1, admin_number("SELECT urge_count FROM ticket WHERE id = %lld", (long long)t.id));
        assert_int_equal(0, admin_number("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%%beaten%%'"));
    }
}

/* A number that is taken is drawn again; here none is ever free, because of a key that only this test has. */
static void taken_names_are_drawn_again(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct idem key = key_of("n:x", "key-of-a-collision", "body");
    struct ticket_filed t;
    f.same_as = id_new(clock_now_us());
    admin_run("UPDATE ticket SET same_as = NULL WHERE id <> %llu AND same_as IS NOT NULL", (unsigned long long)file_demand(&f).id);
    admin_run("ALTER TABLE ticket ADD UNIQUE KEY test_same (same_as)");
    bench_reset(&citizen);
    enum err with_key = ticket_file(&citizen.c, &nobody, &f, &key, &t);
    bench_reset(&citizen);
    enum err without = ticket_file(&citizen.c, &nobody, &f, NULL, &t);
    admin_run("ALTER TABLE ticket DROP KEY test_same");
    assert_true(with_key == ERR_CONFLICT || with_key == ERR_UNAVAILABLE);
    assert_true(without == ERR_CONFLICT || without == ERR_UNAVAILABLE);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM ticket WHERE same_as = %llu", (unsigned long long)f.same_as));
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_file(&citizen.c, &nobody, &f, &key, &t)); /* nothing was left behind */
    assert_false(t.replayed);
}

struct sending {
    struct bench *b;
    struct idem key;
    struct ticket_filed out;
    enum err e;
    pthread_barrier_t *start;
};

static void *send_one(void *arg)
{
    struct sending *s = arg;
    struct ticket_filing f = a_demand();
    pthread_barrier_wait(s->start);
    s->e = ticket_file(&s->b->c, &nobody, &f, &s->key, &s->out);
    return NULL;
}

/* Both sent in the same moment; text "" = without a key. */
static void send_two(struct sending s[2], const char *text)
{
    pthread_barrier_t start;
    pthread_t thread[2];
    pthread_barrier_init(&start, NULL, 2);
    s[0] = (struct sending){.b = &citizen, .key = key_of("f:draft", text, "body"), .start = &start};
    s[1] = (struct sending){.b = &second, .key = key_of("f:draft", text, "body"), .start = &start};
    for (int j = 0; j < 2; j++)
        assert_int_equal(0, pthread_create(&thread[j], NULL, send_one, &s[j]));
    for (int j = 0; j < 2; j++)
        pthread_join(thread[j], NULL);
    pthread_barrier_destroy(&start);
    assert_err(ERR_OK, s[0].e);
    assert_err(ERR_OK, s[1].e);
}

static void two_at_once_make_one(void **state)
{
    struct sending s[2];
    (void)state;
    send_two(s, ""); /* the control: without a key they are two */
    assert_true(s[0].out.id != s[1].out.id);
    fixture_reset(NULL);
    for (int i = 0; i < 40; i++) {
        char text[40];
        snprintf(text, sizeof text, "double-click-%d-%d", i, (int)getpid());
        send_two(s, text);
        assert_int_equal(s[0].out.id, s[1].out.id);
        assert_true(s[0].out.replayed != s[1].out.replayed);
        assert_true(str_eq(s[0].out.ticket_token, s[1].out.ticket_token));
        bench_reset(&citizen);
        bench_reset(&second);
    }
}

struct acting {
    struct bench *b;
    struct actor who;
    struct str no;
    int ok, bad;
    pthread_barrier_t *start;
};

static void *act_many(void *arg)
{
    struct acting *x = arg;
    struct ticket_done done;
    pthread_barrier_wait(x->start);
    for (int i = 0; i < 20; i++) {
        bench_reset(x->b);
        enum err e = ticket_message(&x->b->c, &x->who, x->no, STR("补充一点"), NULL, 0, NULL, &done);
        x->ok += e == ERR_OK;
        x->bad += e != ERR_OK && e != ERR_CONFLICT;
    }
    return NULL;
}

static void acts_in_parallel_make_one_chain(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, 2);
    struct acting x[2] = {{.b = &citizen, .who = holder_of(&t), .no = t.no, .start = &start},
                          {.b = &second, .who = holder_of(&t), .no = t.no, .start = &start}};
    pthread_t thread[2];
    for (int j = 0; j < 2; j++)
        assert_int_equal(0, pthread_create(&thread[j], NULL, act_many, &x[j]));
    for (int j = 0; j < 2; j++)
        pthread_join(thread[j], NULL);
    pthread_barrier_destroy(&start);
    assert_int_equal(0, x[0].bad + x[1].bad);
    assert_true(x[0].ok + x[1].ok >= 20);
    assert_int_equal(2 + x[0].ok + x[1].ok, admin_number("SELECT chain_seq FROM ticket WHERE id = %lld", (long long)t.id));
    assert_int_equal(1 + x[0].ok + x[1].ok, admin_number("SELECT version FROM ticket WHERE id = %lld", (long long)t.id));
    assert_chain(t.id);
}

/* ---- looking up ------------------------------------------------------------------------------------------------------------------------ */

static void number_and_code(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f), u = file_demand(&f);
    struct ticket_found found = {0}, again = {0};
    struct token token;
    assert_err(ERR_OK, ticket_lookup(&citizen.c, ticket_no_show(citizen.c.a, t.no), query_code_show(citizen.c.a, t.query_code), &found));
    assert_int_equal(t.id, found.id);
    assert_err(ERR_OK, ticket_lookup(&citizen.c, t.no, t.query_code, &again));
    assert_true(str_eq(found.ticket_token, again.ticket_token));
    assert_err(ERR_OK, token_verify(keys, &citizen.conn->f, settings.issuer, TOKEN_TICKET, found.ticket_token,
                                    citizen.c.wall_us / US_PER_S, &token));
    assert_true(token.id == t.id && token.expires_s - citizen.c.wall_us / US_PER_S >= 48 * 3600);
    const struct str wrong[][2] = {{t.no, u.query_code}, {u.no, t.query_code}, {STR("SD-261122-0000000-0"), t.query_code},
                                   {STR("hello"), t.query_code}, {t.no, STR("")}, {t.no, STR("ÄÖÜ")}, {STR(""), STR("")}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bench_reset(&citizen);
        assert_err(ERR_NOT_FOUND, ticket_lookup(&citizen.c, wrong[i][0], wrong[i][1], &found));
        assert_string_equal("LOOKUP_FAILED", citizen.conn->f.reason);
        assert_int_equal(1, db_statement_count(citizen.c.db)); /* the same work, whatever is wrong */
    }
}

/* ---- uploads ------------------------------------------------------------------------------------------------------------------------------ */

static struct str put_file(const void *bytes, size_t n)
{
    char path[] = "/tmp/suda-upload-XXXXXX";
    struct attachment_new a;
    struct str id = STR_NONE;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    enum err e = attachment_judge(&citizen.c, fd, n, STR("C:\\照片\\井盖.jpg"), "file", &a);
    if (e == ERR_OK) {
        assert_true(str_eq(a.display_name, STR("井盖.jpg")));
        e = attachment_record(&citizen.c, &a, &id);
    }
    close(fd);
    unlink(path);
    return e == ERR_OK ? keep(id) : STR_NONE;
}
static const unsigned char jpeg[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};

static void uploads_are_attached_once(void **state)
{
    (void)state;
    struct str id = put_file(jpeg, sizeof jpeg), other = put_file(jpeg, sizeof jpeg);
    struct ticket_filing f = a_demand();
    const struct attachment *files = NULL;
    struct ticket_filed t;
    size_t n = 0;
    assert_true(id.n > 0);
    f.uploads = &id;
    f.n_uploads = 1;
    t = file_demand(&f);
    assert_err(ERR_OK, attachment_of_ticket(&citizen.c, t.id, &files, &n));
    assert_int_equal(1, n);
    assert_true(files[0].kind == UPLOAD_PHOTO && files[0].state == UPLOAD_RECEIVED && files[0].bytes == sizeof jpeg);
    bench_reset(&citizen);
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, NULL, &t));
    assert_field(&citizen.conn->f, "uploads", "UPLOAD_GONE");
    /* The secret half counts, not the number. */
    char forged[100];
    snprintf(forged, sizeof forged, "%.*s-AAAAAAAAAAAAAAAAAAAAAA", (int)strcspn(other.p, "-"), other.p);
    struct str bad = str_from_c(forged);
    f.uploads = &bad;
    bench_reset(&citizen);
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, NULL, &t));
    assert_err(ERR_OK, attachment_loose(&citizen.c, &bad, 1, &files, &n));
    assert_int_equal(0, n);
    assert_err(ERR_OK, attachment_loose(&citizen.c, &other, 1, &files, &n));
    assert_int_equal(1, n);
    assert_err(ERR_OK, attachment_drop(&citizen.c, other));
    assert_err(ERR_OK, attachment_loose(&citizen.c, &other, 1, &files, &n));
    assert_int_equal(0, n);
}

static void one_recording_nine_photos(void **state)
{
    (void)state;
    static const unsigned char amr[] = "#!AMR\n0123456789";
    struct ticket_filing f = a_demand();
    struct str ids[TICKET_UPLOADS_MAX];
    struct ticket_filed t;
    for (size_t i = 0; i < TICKET_UPLOADS_MAX; i++)
        ids[i] = put_file(jpeg, sizeof jpeg);
    f.uploads = ids;
    f.n_uploads = 10;
    assert_err(ERR_INVALID, ticket_file(&citizen.c, &nobody, &f, NULL, &t));
    assert_field(&citizen.conn->f, "uploads", "TOO_MANY");
    bench_reset(&citizen);
    ids[9] = put_file(amr, sizeof amr);
    t = file_demand(&f);
    assert_int_equal(10, track(&t).n_uploads);
}

static void strange_files_are_refused(void **state)
{
    (void)state;
    static const char html[] = "<html><script>alert(1)</script></html>";
    assert_int_equal(0, put_file(html, sizeof html).n);
    assert_field(&citizen.conn->f, "file", "FILE_TYPE");
    bench_reset(&citizen);
    assert_int_equal(0, put_file("", 0).n);
    assert_field(&citizen.conn->f, "file", "FILE_EMPTY");
}

static void files_open_for_their_holder(void **state)
{
    (void)state;
    struct str id = put_file(jpeg, sizeof jpeg), path, type;
    struct ticket_filing f = a_demand();
    const struct attachment *files = NULL;
    size_t n = 0;
    f.uploads = &id;
    f.n_uploads = 1;
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t);
    assert_err(ERR_OK, attachment_of_ticket(&citizen.c, t.id, &files, &n));
    uint64_t upload = files[0].id;
    assert_err(ERR_NOT_FOUND, attachment_open(&citizen.c, &filer, t.no, upload, false, &path, &type)); /* not cleaned yet */
    bench_reset(&citizen);
    const struct attachment_clean clean = {.media_type = STR("image/jpeg"), .clean_name = STR("0123456789abcdef0123456789abcdef.jpg"),
                                           .thumb_name = STR("fedcba9876543210fedcba9876543210.jpg"), .width = 640, .height = 480};
    assert_err(ERR_OK, attachment_ready(&worker.c, upload, &clean));
    assert_err(ERR_OK, attachment_open(&citizen.c, &filer, t.no, upload, false, &path, &type));
    assert_true(str_eq(path, STR("clean/01/0123456789abcdef0123456789abcdef.jpg")));
    assert_err(ERR_OK, attachment_open(&citizen.c, &filer, t.no, upload, true, &path, &type));
    assert_true(str_eq(path, STR("thumb/fe/fedcba9876543210fedcba9876543210.jpg")));
    assert_err(ERR_NOT_FOUND, attachment_open(&citizen.c, &nobody, t.no, upload, false, &path, &type));
}

/* ---- published demands ---------------------------------------------------------------------------------------------------------------------- */

static void published_and_joined(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    f.is_public = false;
    struct ticket_filed hidden = file_demand(&f);
    struct str id = STR_NONE;
    struct public_ticket p = {0};
    const struct public_ticket *rows = NULL;
    size_t n = 0;
    bool more = false;
    assert_err(ERR_DENIED, officer_publish(&ctl.c, &hotline, hidden.no, STR("井盖"), STR("井盖坏了，很危险。"), STR_NONE, &id));
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_publish(&ctl.c, &hotline, t.no, STR("井盖"), STR("井盖坏了，很危险。"), STR_NONE, &id));
    id = keep(id);
    assert_err(ERR_OK, ticket_public_one(&citizen.c, id, &p));
    assert_true(str_eq(p.title, STR("井盖")) && str_eq(p.district_code, district) && p.n_joined == 0);
    const struct public_filter filters[] = {{.before_at = 0}, {.district_code = district}, {.category_top = str_slice(category, 0, 2)},
                                            {.district_code = district, .category_top = str_slice(category, 0, 2)}};
    for (size_t i = 0; i < 4; i++) {
        assert_err(ERR_OK, ticket_public_list(&citizen.c, &filters[i], 1, &rows, &n, &more));
        assert_true(n == 1 && str_eq(rows[0].public_id, id));
        struct public_filter next = filters[i];
        next.before_at = rows[0].published_at;
        next.before_id = rows[0].id;
        assert_err(ERR_OK, ticket_public_list(&citizen.c, &next, 1, &rows, &n, &more));
        assert_true(n == 0 || !str_eq(rows[0].public_id, id));
    }
    struct public_filter elsewhere = {.district_code = STR("110119")};
    assert_err(ERR_OK, ticket_public_list(&citizen.c, &elsewhere, 1, &rows, &n, &more));
    assert_int_equal(0, n);
    assert_err(ERR_OK, ticket_similar(&citizen.c, category, community, &rows, &n));
    assert_true(n >= 1);
    const struct actor me = {.kind = ACTOR_CITIZEN, .account_id = 4711};
    int64_t joined = -1;
    assert_err(ERR_LOGIN, ticket_follow(&citizen.c, &nobody, id, true, &joined));
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_follow(&citizen.c, &me, id, true, &joined));
    assert_int_equal(1, joined);
    assert_err(ERR_OK, ticket_follow(&citizen.c, &me, id, true, &joined));
    assert_int_equal(1, joined); /* once is enough */
    assert_err(ERR_OK, ticket_follow(&citizen.c, &me, id, false, &joined));
    assert_int_equal(0, joined);
    assert_err(ERR_NOT_FOUND, ticket_public_one(&citizen.c, track(&hidden).public_id, &p));
}

/* Plain words of plain people, and the catalogue's own names, lead to the right item of the catalogue as it is loaded. */
static void plain_words_find_their_item(void **state)
{
    static const struct {
        const char *words, *item;
    } plain[] = {
        {"楼道灯坏了", "小区公共设施维修"}, {"路灯不亮", "路灯照明"}, {"井盖丢了", "井盖缺失破损"}, {"暖气不热", "室温不达标"},
        {"停水了", "突发停水"}, {"电梯坏了", "电梯故障停运"}, {"垃圾没人清", "垃圾清运不及时"}, {"邻居装修太吵", "装修噪声"},
        {"施工噪音大", "夜间施工噪声"}, {"快递丢了", "快递丢失损毁"}, {"公交车太少", "公交等候时间长"}, {"狗咬人", "犬只伤人"},
        {"油烟味大", "餐饮油烟"}, {"违章停车", "违章停车"}, {"饭店不卫生", "餐饮环境卫生差"}, {"物业不作为", "物业服务不到位"},
        {"下水道堵了", "小区楼内下水管道堵塞"}, {"树枝挡路", "树木修剪"}, {"广场舞扰民", "社会生活噪声"}, {"飞线充电", "电动自行车进楼入户飞线充电"},
        {"高空抛物", "高空抛物"}, {"马路积水", "道路积水"}};
    const struct category *all = NULL;
    struct suggestion hit[3];
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t n = suggest_categories(citizen.c.ref, citizen.c.a, str_from_c(plain[i].words), 3, hit);
        if (n == 0 || !str_eq_c(hit[0].category->name, plain[i].item))
            fail_msg("%s: first " STR_FMT, plain[i].words, STR_ARG(n ? hit[0].category->name : STR("none")));
    }
    size_t n_all = refdata_categories(citizen.c.ref, &all), n_names = 0;
    for (size_t i = 0; i < n_all; i++) {
        if (all[i].level != 3)
            continue;
        bench_reset(&citizen);
        if (suggest_categories(citizen.c.ref, citizen.c.a, all[i].name, 3, hit) == 0 || !str_eq(hit[0].category->code, all[i].code))
            fail_msg(STR_FMT " does not find itself", STR_ARG(all[i].name));
        n_names++;
    }
    assert_true(n_names > 400);
}

#define T(f) cmocka_unit_test_setup(f, fixture_reset)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(all_faults_are_shown_together), T(text_has_a_last_character), T(only_the_district_is_enough), T(same_key_same_ticket),
        T(refusals_are_not_kept), T(acts_replay_too), T(an_act_that_was_beaten_replays), T(taken_names_are_drawn_again), T(two_at_once_make_one), T(acts_in_parallel_make_one_chain),
        T(number_and_code), T(uploads_are_attached_once), T(one_recording_nine_photos), T(strange_files_are_refused),
        T(files_open_for_their_holder), T(published_and_joined), T(plain_words_find_their_item),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
