/*
 * demo_write.c - demo rows into their tables, some thousand at a time, a transaction for each batch.
 *
 * Contract: demo_private.h. Hash and commitment are those of app/event; only the nonce comes from the generator, so that
 * the same date gives the same chain. Rows are never anchored in checkpoints (unsealed = 0), so that they can be removed.
 */
#include "app/card.h"
#include "app/demo_private.h"
#include "app/timeline.h"

enum table { T_TICKET, T_TEXT, T_ASSIGNMENT, T_EVENT, T_RATING, T_PUBLICATION, TABLES };

#define I(n) {n, DB_T_I64}
#define U(n) {n, DB_T_U64}
#define S(n) {n, DB_T_TEXT}
#define B(n) {n, DB_T_BLOB}
static const struct db_bulk_col ticket_cols[] = {U("id"), S("ticket_no"), S("public_id"), I("kind"), I("channel"), I("applicant"),
    I("state"), I("diversion"), I("version"), I("round"), S("category_code"), S("area_code"), S("district_code"),
    I("response_level"), I("promise_at"), U("account_id"), I("is_public"), I("confidential"), I("no_reply"), I("urge_count"),
    I("urged_at"), I("objected_at"), I("chain_seq"), B("chain_head"), I("created_at"), I("local_day"), I("replied_at"),
    I("closed_at"), I("n_units"), U("lead_id"), I("unsealed"), I("is_demo")};
static const struct db_bulk_col text_cols[] = {U("ticket_id"), S("title"), S("body"), S("address"), I("timeline_seq"),
    B("timeline"), B("card")};
static const struct db_bulk_col assignment_cols[] = {U("id"), U("ticket_id"), I("round"), I("role"), S("unit_code"), I("state"),
    I("version"), I("rule_id"), I("started_at"), I("due_at"), I("signed_at"), I("contacted_at"), I("done_at"), I("warned"),
    I("next_at"), I("is_demo")};
static const struct db_bulk_col event_cols[] = {U("ticket_id"), I("seq"), I("at"), I("code"), I("wording"), I("public"),
    I("from_state"), I("to_state"), I("actor_kind"), U("actor_id"), S("unit_code"), S("params"), S("words"), I("words_lang"),
    B("nonce"), B("commitment"), B("hash")};
static const struct db_bulk_col rating_cols[] = {U("ticket_id"), I("round"), I("state"), I("invited_at"), I("expires_at"),
    I("answered_at"), I("channel"), I("contacted"), I("solved"), I("satisfaction"), S("words"), I("is_demo")};
static const struct db_bulk_col publication_cols[] = {U("ticket_id"), I("published_at"), S("district_code"), S("street_code"),
    S("category_top"), S("category_code"), S("title"), S("body"), S("reply"), S("reply_unit"), I("reply_day"), I("n_joined")};
#undef I
#undef U
#undef S
#undef B
#define COLS(x) x, sizeof x / sizeof *x
static const struct {
    const char *name;
    const struct db_bulk_col *cols;
    size_t n;
} tables[TABLES] = {{"ticket", COLS(ticket_cols)}, {"ticket_text", COLS(text_cols)}, {"assignment", COLS(assignment_cols)},
                    {"event", COLS(event_cols)}, {"rating", COLS(rating_cols)}, {"publication", COLS(publication_cols)}};

struct demo_writer {
    struct db_admin *admin;
    struct db_bulk *bulk[TABLES];
};

static enum err close_all(struct demo_writer *w)
{
    enum err e = ERR_OK;
    for (int i = 0; i < TABLES; i++)
        if (w->bulk[i]) {
            enum err x = db_bulk_close(w->bulk[i]);
            w->bulk[i] = NULL;
            e = e ? e : x;
        }
    return e;
}

enum err demo_write_begin(struct db_admin *admin, struct arena *a, struct demo_writer **ret)
{
    struct demo_writer *w = ARENA_NEW(a, struct demo_writer);
    w->admin = admin;
    *ret = w;
    enum err e = db_admin_run(admin, "START TRANSACTION", NULL);
    for (int i = 0; i < TABLES && !e; i++) {
        w->bulk[i] = db_bulk_open(admin, tables[i].name, tables[i].cols, tables[i].n, DB_BULK_PLAIN);
        e = w->bulk[i] ? ERR_OK : ERR_INTERNAL;
    }
    return e;
}

enum err demo_write_end(struct demo_writer *w)
{
    enum err e = close_all(w);
    return e ? e : db_admin_run(w->admin, "COMMIT", NULL);
}

void demo_write_drop(struct demo_writer *w)
{
    if (close_all(w) || db_admin_run(w->admin, "ROLLBACK", NULL))
        return; /* the connection is closed by the caller in any case, which rolls back */
}

/* ---- rows ----------------------------------------------------------------------------------------------------------- */

static void time_or_null(struct db_bulk *b, int64_t v)
{
    if (v)
        db_bulk_i64(b, v);
    else
        db_bulk_null(b);
}

static void id_or_null(struct db_bulk *b, uint64_t v)
{
    if (v)
        db_bulk_u64(b, v);
    else
        db_bulk_null(b);
}

static void text_or_null(struct db_bulk *b, struct str s)
{
    if (s.n)
        db_bulk_text(b, s);
    else
        db_bulk_null(b);
}

static enum err put_event(struct demo_writer *w, struct chance *r, struct demo_ticket *t, const struct demo_event *x)
{
    struct db_bulk *b = w->bulk[T_EVENT];
    uint8_t nonce[EVENT_NONCE_BYTES], commitment[EVENT_HASH_BYTES];
    struct str commit = STR_NONE;
    if (x->e.words.n || x->e.code == EVENT_RECEIVED) {
        const struct event_text text = {t->title, t->body, t->address};
        chance_bytes(r, nonce, sizeof nonce);
        if (x->e.code == EVENT_RECEIVED)
            event_commit_text(nonce, &text, commitment);
        else
            event_commit_words(nonce, x->e.words, commitment);
        commit = (struct str){(const char *)commitment, sizeof commitment};
    }
    struct event_hashed h = {.before = t->chain_head, .ticket_id = t->id, .seq = ++t->chain_seq, .at = x->at,
        .code = (int)x->e.code, .wording = EVENT_WORDING, .is_public = x->e.is_public, .from = (int)x->e.from,
        .to = (int)x->e.to, .actor_kind = (int)x->actor, .actor_id = x->actor_id, .unit_code = x->e.unit_code,
        .params = x->e.params, .commitment = commit};
    event_hash(&h, t->chain_head);
    db_bulk_u64(b, t->id);
    const int64_t numbers[] = {t->chain_seq, x->at, (int)x->e.code, EVENT_WORDING, x->e.is_public, (int)x->e.from, (int)x->e.to,
                               (int)x->actor};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        db_bulk_i64(b, numbers[i]);
    db_bulk_u64(b, x->actor_id);
    db_bulk_text(b, x->e.unit_code);
    db_bulk_text(b, x->e.params);
    text_or_null(b, x->e.words);
    if (x->e.words.n)
        db_bulk_i64(b, x->e.words_lang);
    else
        db_bulk_null(b);
    text_or_null(b, commit.n ? (struct str){(const char *)nonce, sizeof nonce} : STR_NONE);
    text_or_null(b, commit);
    db_bulk_text(b, (struct str){(const char *)t->chain_head, EVENT_HASH_BYTES});
    return db_bulk_row(b);
}

static size_t units_of(const struct demo_ticket *t)
{
    size_t units = 0;
    for (size_t i = 0; i < t->n_assignments; i++)
        units += t->assignments[i].round == t->round;
    return units ? units : 1;
}

static enum err put_ticket(struct demo_writer *w, const struct demo_ticket *t)
{
    struct db_bulk *b = w->bulk[T_TICKET];
    db_bulk_u64(b, t->id);
    db_bulk_text(b, t->no);
    db_bulk_text(b, t->public_id);
    const int64_t head[] = {(int)t->kind, (int)t->channel, (int)t->applicant, (int)t->state, (int)t->diversion, t->version, t->round};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        db_bulk_i64(b, head[i]);
    db_bulk_text(b, t->category);
    db_bulk_text(b, t->area);
    db_bulk_text(b, t->district);
    db_bulk_i64(b, t->level);
    time_or_null(b, t->promise_at);
    id_or_null(b, t->account_id);
    const int64_t flags[] = {t->is_public, t->confidential, t->no_reply, t->urge_count};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        db_bulk_i64(b, flags[i]);
    time_or_null(b, t->urged_at);
    time_or_null(b, t->objected_at);
    db_bulk_i64(b, t->chain_seq);
    db_bulk_text(b, (struct str){(const char *)t->chain_head, EVENT_HASH_BYTES});
    db_bulk_i64(b, t->created_at);
    db_bulk_i64(b, t->local_day);
    time_or_null(b, t->replied_at);
    time_or_null(b, t->closed_at);
    db_bulk_i64(b, (int64_t)units_of(t));
    id_or_null(b, t->lead < t->n_assignments ? t->assignments[t->lead].id : 0);
    db_bulk_i64(b, 0);
    db_bulk_i64(b, 1);
    return db_bulk_row(b);
}

/* As the view ticket_card will find the rows. */
static struct str card_of(struct arena *a, const struct demo_ticket *t)
{
    const struct demo_assignment *lead = t->lead < t->n_assignments ? &t->assignments[t->lead] : NULL;
    struct card card = {.ticket_no = t->no, .row = {
        .chain_seq = (int32_t)t->chain_seq, .public_id = t->public_id, .kind = (int32_t)t->kind, .channel = (int32_t)t->channel,
        .applicant = (int32_t)t->applicant, .state = (int32_t)t->state, .diversion = (int32_t)t->diversion,
        .version = (int32_t)t->version, .round = t->round, .category_code = t->category, .area_code = t->area,
        .response_level = t->level, .promise_at = t->promise_at, .has_promise_at = t->promise_at != 0, .is_public = t->is_public,
        .confidential = t->confidential, .no_reply = t->no_reply, .token_epoch = 1, .urge_count = t->urge_count,
        .urged_at = t->urged_at, .has_urged_at = t->urged_at != 0, .objected_at = t->objected_at,
        .has_objected_at = t->objected_at != 0, .created_at = t->created_at, .replied_at = t->replied_at,
        .has_replied_at = t->replied_at != 0, .closed_at = t->closed_at, .has_closed_at = t->closed_at != 0,
        .n_units = (int32_t)units_of(t), .is_demo = true, .lead_unit = lead ? lead->unit : STR_NONE, .has_lead_unit = lead != NULL,
        .lead_state = lead ? (int32_t)lead->state : 0, .has_lead_state = lead != NULL, .lead_due_at = lead ? lead->due_at : 0,
        .has_lead_due_at = lead && lead->due_at != 0}};
    for (size_t i = 0; i < t->n_ratings; i++)
        if (t->ratings[i].round == t->round && t->ratings[i].state == 1) {
            card.has_rating_until = true;
            card.rating_until = t->ratings[i].expires_at;
        }
    return card_text(a, &card);
}

static enum err put_text(struct demo_writer *w, struct arena *a, const struct demo_ticket *t)
{
    struct db_bulk *b = w->bulk[T_TEXT];
    struct buf timeline;
    buf_init(&timeline, a, TIMELINE_BYTES);
    for (size_t i = 0; i < t->n_events; i++) {
        const struct demo_event *x = &t->events[i];
        if (x->e.is_public)
            timeline_put(&timeline, &(struct ticket_event){.seq = (uint32_t)i + 1, .at = x->at, .code = x->e.code,
                                                           .wording = EVENT_WORDING, .unit_code = x->e.unit_code,
                                                           .params = x->e.params, .words = x->e.words,
                                                           .words_lang = x->e.words_lang});
    }
    db_bulk_u64(b, t->id);
    db_bulk_text(b, t->title);
    db_bulk_text(b, t->body);
    db_bulk_text(b, t->address);
    db_bulk_i64(b, timeline.full ? 0 : t->chain_seq);
    text_or_null(b, timeline.full ? STR_NONE : buf_str(&timeline));
    db_bulk_text(b, card_of(a, t));
    return db_bulk_row(b);
}

static enum err put_assignment(struct demo_writer *w, const struct demo_ticket *t, const struct demo_assignment *x)
{
    struct db_bulk *b = w->bulk[T_ASSIGNMENT];
    db_bulk_u64(b, x->id);
    db_bulk_u64(b, t->id);
    db_bulk_i64(b, x->round);
    db_bulk_i64(b, (int)x->role);
    db_bulk_text(b, x->unit);
    db_bulk_i64(b, (int)x->state);
    db_bulk_i64(b, x->version);
    time_or_null(b, x->rule_id);
    db_bulk_i64(b, x->started_at);
    time_or_null(b, x->due_at);
    time_or_null(b, x->signed_at);
    time_or_null(b, x->contacted_at);
    time_or_null(b, x->done_at);
    db_bulk_i64(b, x->warned);
    time_or_null(b, x->next_at);
    db_bulk_i64(b, 1);
    return db_bulk_row(b);
}

static enum err put_rating(struct demo_writer *w, const struct demo_ticket *t, const struct demo_rating *g)
{
    struct db_bulk *b = w->bulk[T_RATING];
    db_bulk_u64(b, t->id);
    db_bulk_i64(b, g->round);
    db_bulk_i64(b, g->state);
    db_bulk_i64(b, g->invited_at);
    db_bulk_i64(b, g->expires_at);
    time_or_null(b, g->answered_at);
    if (g->answered_at) {
        const int64_t answers[] = {g->channel, g->contacted, g->solved, g->satisfaction};
        for (size_t i = 0; i < 4; i++)
            db_bulk_i64(b, answers[i]);
    } else {
        for (size_t i = 0; i < 4; i++)
            db_bulk_null(b);
    }
    text_or_null(b, g->words);
    db_bulk_i64(b, 1);
    return db_bulk_row(b);
}

/* Title and text of the demo name nobody, so the public copy is the same. */
static enum err put_publication(struct demo_writer *w, struct chance *r, const struct demo_ticket *t)
{
    struct db_bulk *b = w->bulk[T_PUBLICATION];
    db_bulk_u64(b, t->id);
    db_bulk_i64(b, t->published_at);
    db_bulk_text(b, t->district);
    db_bulk_text(b, t->area.n >= 9 ? str_slice(t->area, 0, 9) : STR_NONE);
    db_bulk_text(b, str_slice(t->category, 0, 2));
    db_bulk_text(b, t->category);
    db_bulk_text(b, t->title);
    db_bulk_text(b, t->body);
    text_or_null(b, t->reply);
    db_bulk_text(b, t->reply_unit);
    time_or_null(b, t->replied_at ? clock_local_day(t->replied_at) : 0);
    db_bulk_i64(b, (int64_t)chance_below(r, 6));
    return db_bulk_row(b);
}

enum err demo_write(struct demo_writer *w, struct arena *a, struct chance *r, struct demo_ticket *t)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < t->n_events && !e; i++)
        e = put_event(w, r, t, &t->events[i]);
    for (size_t i = 0; i < t->n_assignments && !e; i++)
        e = put_assignment(w, t, &t->assignments[i]);
    for (size_t i = 0; i < t->n_ratings && !e; i++)
        e = put_rating(w, t, &t->ratings[i]);
    if (!e && t->published_at)
        e = put_publication(w, r, t);
    if (!e)
        e = put_text(w, a, t);
    return e ? e : put_ticket(w, t);
}
