/* fixture.c - see fixture.h. */
#include "fixture.h"

#include <unistd.h>

#include "app/desk.h"
#include "app/handling.h"
#include "app/routing.h"
#include "app/dispatch.h"
#include "app/event.h"
#include "base/clock.h"

struct bench citizen, worker, ctl, second;
struct app_settings settings;
struct keyring *keys;
struct str district, street, community, category;
const struct actor nobody = {.kind = ACTOR_NONE}, hotline = {.kind = ACTOR_STAFF, .staff_id = 7};

static struct refdata *ref;
static struct arena *kept;
static char key_path[200], checkpoint_path[200], upload_path[200];

struct str keep(struct str s)
{
    return arena_dup(kept, s);
}

struct told told;

static void note_told(struct ctx *c, const struct outbox_item *it)
{
    told = (struct told){told.n + 1, it->id, keep(params_get(c->a, it->params, "event"))};
}

struct outbox_batch take_outbox(void)
{
    struct outbox_batch b = {0};
    bench_reset(&worker);
    assert_err(ERR_OK, outbox_take(&worker.c, 50, note_told, &b));
    return b;
}

void bench_reset(struct bench *b)
{
    conn_reset(b->conn);
    b->c.wall_us = clock_now_us();
}

void refdata_reload(void)
{
    const int check = settings.refdata_check_seconds;
    settings.refdata_check_seconds = 0;
    bench_reset(&citizen);
    assert_err(ERR_OK, refdata_refresh(ref, &citizen.c));
    settings.refdata_check_seconds = check;
}

static void bench_open(struct bench *b, const char *user, const struct db_catalogue *role)
{
    b->conn = conn_open(user, role);
    b->c = (struct ctx){.a = b->conn->a, .db = b->conn->db, .fault = &b->conn->f, .set = &settings, .keys = keys, .ref = ref,
                        .lang = APP_ZH, .client_net = STR("192.0.2.0/24"), .wall_us = clock_now_us()};
}

static void choose_codes(void)
{
    const struct area *const *areas = NULL;
    assert_true(refdata_area_children(ref, STR_NONE, &areas) >= 16);
    district = keep(areas[2]->code);
    assert_true(refdata_area_children(ref, district, &areas) > 0);
    street = keep(areas[0]->code);
    assert_true(refdata_area_children(ref, street, &areas) > 0);
    community = keep(areas[0]->code);
    const struct category *all = NULL;
    size_t n = refdata_categories(ref, &all);
    for (size_t i = 0; i < n && category.n == 0; i++) {
        struct dispatch d;
        struct fault f = {0};
        if (all[i].level == 3 && dispatch_choose(ref, &settings, &f, all[i].code, community, &d) == ERR_OK && d.copy &&
            d.n_co == 0 && d.level == 3 && !d.working_days)
            category = keep(all[i].code);
    }
    assert_true(category.n > 0);
}

int fixture_open(void **state)
{
    char why[300];
    const char *folder = getenv("TEST_TMP") ? getenv("TEST_TMP") : "/tmp";
    (void)state;
    crypto_init();
    kept = arena_new((size_t)4 << 20);
    snprintf(key_path, sizeof key_path, "%s/keys.%d", folder, (int)getpid());
    snprintf(checkpoint_path, sizeof checkpoint_path, "%s/checkpoints.%d", folder, (int)getpid());
    snprintf(upload_path, sizeof upload_path, "%s", folder);
    unlink(key_path);
    if (!keyring_create(key_path, 1000, why, sizeof why) || !(keys = keyring_load(key_path, why, sizeof why)))
        fail_msg("%s", why);
    settings = app_settings_default();
    settings.checkpoint_file = checkpoint_path;
    settings.upload_dir = upload_path;
    assert_null(app_settings_check(&settings));
    ref = refdata_new(REF_ALL);
    assert_non_null(ref);
    bench_open(&citizen, "citizen", &sql_catalogue_citizen);
    bench_open(&second, "citizen", &sql_catalogue_citizen);
    bench_open(&worker, "worker", &sql_catalogue_worker);
    bench_open(&ctl, "ctl", &sql_catalogue_ctl);
    assert_err(ERR_OK, refdata_refresh(ref, &citizen.c));
    choose_codes();
    admin_run("DELETE FROM idempotency"); /* of programs before this one: their keys are the same */
    return 0;
}

int fixture_close(void **state)
{
    (void)state;
    conn_close(citizen.conn);
    conn_close(second.conn);
    conn_close(worker.conn);
    conn_close(ctl.conn);
    refdata_free(ref);
    keyring_free(keys);
    arena_free(kept);
    unlink(key_path);
    unlink(checkpoint_path);
    return 0;
}

int fixture_reset(void **state)
{
    (void)state;
    bench_reset(&citizen);
    bench_reset(&second);
    bench_reset(&worker);
    bench_reset(&ctl);
    return 0;
}

struct ticket_filing a_demand(void)
{
    return (struct ticket_filing){.kind = KIND_COMPLAINT, .channel = CHANNEL_WEB, .applicant = APPLICANT_PERSON,
                                  .text = STR("小区门口的井盖坏了，夜里看不见，很危险。"), .category_code = category,
                                  .area_code = community, .address = STR("三号院北门"), .is_public = true};
}

struct ticket_filed file_demand(const struct ticket_filing *f)
{
    struct ticket_filed t = {0};
    enum err e = ticket_file(&citizen.c, &nobody, f, NULL, &t);
    if (e != ERR_OK)
        fail_msg("filing: %s %s", citizen.conn->f.reason ? citizen.conn->f.reason : "?", citizen.conn->f.detail);
    t.no = keep(t.no);
    t.query_code = keep(t.query_code);
    t.ticket_token = keep(t.ticket_token);
    t.holder = keep(t.holder);
    return t;
}

struct actor holder_of(const struct ticket_filed *t)
{
    return (struct actor){.kind = ACTOR_CITIZEN, .ticket_id = t->id, .ticket_epoch = 1};
}

struct actor officer_of(struct str unit)
{
    return (struct actor){.kind = ACTOR_STAFF, .staff_id = 8, .unit_code = unit};
}

enum err do_reply(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum outcome outcome, struct str words,
                  struct ticket_done *ret)
{
    const struct handling_reply r = {.outcome = outcome, .words = words};
    return handling_reply(c, who, no, version, &r, ret);
}

enum err do_dispatch(struct ctx *c, const struct actor *who, struct str no, uint32_t version, struct str code, struct ticket_done *ret)
{
    const struct routing r = {.category_code = code};
    return routing_dispatch(c, who, no, version, &r, ret);
}

enum err do_divert(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum diversion class, struct str words,
                   struct ticket_done *ret)
{
    const struct desk_diversion d = {.class = class, .words = words};
    return desk_divert(c, who, no, version, &d, ret);
}

enum err do_note(struct ctx *c, const struct actor *who, struct str no, struct str words, struct ticket_done *ret)
{
    return handling_note(c, who, no, words, false, NULL, 0, ret);
}

/* The rows again, read as a card (sql/schema/0024_card.sql). */
static void assert_same_facts(const struct ticket_view *v, const struct ticket_view *w)
{
    assert_true(str_eq(v->public_id, w->public_id) && str_eq(v->category_code, w->category_code) && str_eq(v->area_code, w->area_code));
    assert_true(str_eq(v->title, w->title) && str_eq(v->text, w->text) && str_eq(v->address, w->address));
    assert_true(str_eq(v->holder, w->holder));
    const int64_t a[] = {(int64_t)v->id, v->version, v->kind, v->channel, v->applicant, v->state, v->diversion, v->round, v->level, v->created_at,
                         v->promise_at, v->first_promise_at, v->replied_at, v->closed_at, v->is_public, v->confidential, v->no_reply,
                         v->is_demo, v->lang, v->has_point, v->lng_e7, v->lat_e7, v->holder_state, v->extended, (int64_t)v->merged_into,
                         v->n_uploads, v->n_units, v->rating_open, v->actions.urges_left, v->actions.object_until, v->mine};
    const int64_t b[] = {(int64_t)w->id, w->version, w->kind, w->channel, w->applicant, w->state, w->diversion, w->round, w->level, w->created_at,
                         w->promise_at, w->first_promise_at, w->replied_at, w->closed_at, w->is_public, w->confidential, w->no_reply,
                         w->is_demo, w->lang, w->has_point, w->lng_e7, w->lat_e7, w->holder_state, w->extended, (int64_t)w->merged_into,
                         w->n_uploads, w->n_units, w->rating_open, w->actions.urges_left, w->actions.object_until, w->mine};
    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        if (a[i] != b[i])
            fail_msg("the card tells %lld, the rows %lld: number %zu of the list", (long long)a[i], (long long)b[i], i);
}

/* What is read from the copies beside the words is what the events and the rows say: asked again with the copies put away. */
static void assert_same_without_copy(const struct ticket_view *v, const struct actor *who)
{
    struct ticket_view w = {0};
    unsigned long long id = v->id;
    int64_t covers = admin_number("SELECT timeline_seq FROM ticket_text WHERE ticket_id = %llu", id);
    assert_int_equal(admin_number("SELECT chain_seq FROM ticket WHERE id = %llu", id), covers);
    admin_run("UPDATE ticket_text SET timeline_seq = 0 WHERE ticket_id = %llu", id);
    assert_err(ERR_OK, ticket_track(&citizen.c, who, v->no, &w));
    admin_run("UPDATE ticket_text SET timeline_seq = %lld WHERE ticket_id = %llu", (long long)covers, id);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM ticket_text WHERE ticket_id = %llu AND SUBSTRING_INDEX(card, ' ', 1) = timeline_seq", id));
    assert_same_facts(v, &w);
    assert_int_equal(w.n_events, v->n_events);
    for (size_t i = 0; i < v->n_events; i++) {
        const struct ticket_event *x = &v->events[i], *y = &w.events[i];
        assert_true(x->seq == y->seq && x->at == y->at && x->code == y->code && x->wording == y->wording &&
                    x->words_lang == y->words_lang);
        assert_true(str_eq(x->unit_code, y->unit_code) && str_eq(x->params, y->params) && str_eq(x->words, y->words));
    }
    assert_int_equal(v->rated, admin_number("SELECT COUNT(*) FROM rating WHERE ticket_id = %llu AND round = %d AND state = 2", id, v->round));
    if (v->rated)
        assert_int_equal(1, admin_number("SELECT COUNT(*) FROM rating WHERE ticket_id = %llu AND round = %d AND contacted = %d "
                                         "AND solved = %d AND satisfaction = %d AND LENGTH(COALESCE(words, '')) = %zu", id, v->round,
                                         v->contacted, v->solved, (int)v->satisfaction, v->rating_words.n));
    assert_int_equal(v->published, admin_number("SELECT COUNT(*) FROM publication WHERE ticket_id = %llu", id));
}

struct ticket_view track(const struct ticket_filed *t)
{
    struct ticket_view v = {0};
    struct actor who = holder_of(t);
    bench_reset(&citizen);
    assert_err(ERR_OK, ticket_track(&citizen.c, &who, t->no, &v));
    assert_same_without_copy(&v, &who);
    return v;
}

struct idem key_of(const char *scope, const char *key, const char *body)
{
    struct idem i = {.scope = str_from_c(scope), .route = STR("test"), .key = str_from_c(key)};
    crypto_digest(str_from_c(body), i.request_hash);
    return i;
}

/* Times moved by `age` no longer are what the events state: the last thing that a chain is asked. */
static uint64_t aged[64];
static size_t n_aged;

static bool is_aged(uint64_t ticket_id)
{
    for (size_t i = 0; i < n_aged; i++)
        if (aged[i] == ticket_id)
            return true;
    return false;
}

void age(uint64_t ticket_id, int64_t us)
{
    assert_true(n_aged < sizeof aged / sizeof *aged);
    aged[n_aged++] = ticket_id;
    long long id = (long long)ticket_id, d = (long long)us;
    admin_run("UPDATE ticket SET created_at = created_at - %lld, promise_at = promise_at - %lld, urged_at = urged_at - %lld, "
              "replied_at = replied_at - %lld, closed_at = closed_at - %lld WHERE id = %lld", d, d, d, d, d, id);
    admin_run("UPDATE assignment SET started_at = started_at - %lld, due_at = due_at - %lld, next_at = next_at - %lld "
              "WHERE ticket_id = %lld", d, d, d, id);
    admin_run("UPDATE rating SET invited_at = invited_at - %lld, expires_at = expires_at - %lld WHERE ticket_id = %lld", d, d, id);
    admin_run("UPDATE signed_link SET expires_at = expires_at - %lld WHERE ticket_id = %lld", d, id);
    admin_run("UPDATE ticket_text SET card = (SELECT c.card FROM ticket_card c WHERE c.id = %lld) WHERE ticket_id = %lld", id, id);
}

bool has_event(const struct ticket_view *v, enum event_code code)
{
    for (size_t i = 0; i < v->n_events; i++)
        if (v->events[i].code == code)
            return true;
    return false;
}

void assert_chain(uint64_t ticket_id)
{
    struct event_verdict v = {0};
    assert_err(ERR_OK, event_verify_ticket(&ctl.c, ticket_id, &v));
    if (!v.ok && !(is_aged(ticket_id) && strcmp(v.why, "PROMISE") == 0))
        fail_msg("chain of %llu: %s at %u", (unsigned long long)ticket_id, v.why, v.bad_seq);
}

void assert_field(const struct fault *f, const char *field, const char *reason)
{
    for (size_t i = 0; i < f->n_fields; i++)
        if (strcmp(f->fields[i].field, field) == 0 && strcmp(f->fields[i].reason, reason) == 0)
            return;
    fail_msg("no fault %s on field %s (first of %zu: %s %s)", reason, field, f->n_fields,
             f->n_fields ? f->fields[0].field : "-", f->n_fields ? f->fields[0].reason : "-");
}
