/*
 * event_verify.c - checking chains: every hash, every link, every state, and what the ticket's rows claim: its head, the
 * words that the filer wrote, the times that were promised.
 *
 * Contract: names the first event that does not fit. Reads in pages; keeps nothing. Checkpoints stand in checkpoint.c.
 */
#include "app/event_private.h"
#include "app/timeline.h"
#include "gen/sql.h"

/* What the rows beside the chain say. */
struct claim {
    int state;
    uint32_t chain_seq;
    struct str chain_head;
    int64_t promise_at, lead_due_at; /* 0 = none */
    struct event_text text;          /* empty = erased */
    uint32_t timeline_seq;           /* of the last event that the copy beside the words covers; 0 = none is kept */
    struct str timeline;
    bool card_wrong;                 /* readers are shown something else than the rows say */
};
/* A time as events state it. */
struct stated {
    int64_t at;
    uint32_t seq;              /* of the event that says so; 0 = none does */
};

/* A chain under inspection. */
struct walk {
    uint64_t ticket_id;
    const struct claim *claim;
    struct stated promise, due;
    bool reopened;             /* a later round: the first promise stays on record */
    uint32_t seq;              /* of the last event seen */
    int64_t at;
    int state;
    uint8_t head[EVENT_HASH_BYTES];
    struct str timeline;       /* what of it is still to be met */
    struct event_verdict v;
};

static void walk_start(struct walk *w, uint64_t ticket_id, const struct claim *claim)
{
    *w = (struct walk){.ticket_id = ticket_id, .claim = claim, .timeline = claim->timeline, .v = {.ok = true}};
}

static void blame(struct walk *w, uint32_t seq, const char *why)
{
    if (!w->v.ok)
        return;
    w->v.ok = false;
    w->v.bad_seq = seq;
    w->v.why = why;
}

static bool words_fit(const struct q_event_page_row *r)
{
    uint8_t want[EVENT_HASH_BYTES];
    if (!r->has_words) /* none, or erased: the commitment alone stays */
        return true;
    if (!r->has_nonce || r->nonce.n != EVENT_NONCE_BYTES || !r->has_commitment || r->commitment.n != EVENT_HASH_BYTES)
        return false;
    event_commit_words((const uint8_t *)r->nonce.p, r->words, want);
    return memcmp(want, r->commitment.p, EVENT_HASH_BYTES) == 0;
}

/* The first event commits to the text; without a nonce the text must be gone as well. */
static bool text_fits(struct walk *w, const struct q_event_page_row *r)
{
    const struct event_text *x = &w->claim->text;
    uint8_t want[EVENT_HASH_BYTES];
    if (!r->has_commitment) { /* the hash says that there was none */
        w->v.uncommitted = true;
        return !r->has_nonce;
    }
    if (!r->has_nonce)
        return x->title.n == 0 && x->body.n == 0 && x->address.n == 0;
    if (r->nonce.n != EVENT_NONCE_BYTES || r->commitment.n != EVENT_HASH_BYTES)
        return false;
    event_commit_text((const uint8_t *)r->nonce.p, x, want);
    return memcmp(want, r->commitment.p, EVENT_HASH_BYTES) == 0;
}

/* Times as event.h says they are stated. */
static void take_times(struct walk *w, const struct q_event_page_row *r)
{
    enum event_code code = (enum event_code)r->code;
    uint32_t seq = (uint32_t)r->seq;
    if (code == EVENT_REOPENED)
        w->reopened = true;
    if (code == EVENT_RECEIVED && params_get_i64(r->params, "own", 0) != 0) /* recorded by the hotline centre, which keeps it */
        w->promise = (struct stated){params_get_i64(r->params, "due", 0), seq};
    if (code == EVENT_EXTENDED) {
        w->due = (struct stated){params_get_i64(r->params, "new", 0), seq};
        if (!w->reopened && w->due.at > w->promise.at) /* an extension within the promise leaves it */
            w->promise = w->due;
    } else if (code == EVENT_RESUMED && w->due.seq) {
        w->due = (struct stated){params_get_i64(r->params, "new", 0), seq};
    } else if ((code == EVENT_LEVEL_RAISED && w->due.seq) || code == EVENT_UNMERGED) {
        w->due = (struct stated){params_get_i64(r->params, "due", 0), seq};
    } else if (code == EVENT_DISPATCHED || code == EVENT_REDISPATCHED || code == EVENT_REOPENED || code == EVENT_TRIAGE) {
        struct stated x = {params_get_i64(r->params, "due", 0), seq};
        if (!w->promise.seq)
            w->promise = x;
        w->due = code == EVENT_TRIAGE ? (struct stated){0} : x;
    }
}

/* Readers are shown the copy, so it must be one. */
static bool timeline_fits(struct walk *w, const struct q_event_page_row *r)
{
    struct ticket_event e;
    if (!r->public || (uint32_t)r->seq > w->claim->timeline_seq)
        return true;
    return timeline_take(&w->timeline, &e) && e.seq == (uint32_t)r->seq && e.at == r->at && (int)e.code == r->code &&
           e.wording == r->wording && str_eq(e.unit_code, r->unit_code) && str_eq(e.params, r->params) &&
           str_eq(e.words, r->words) && (e.words_lang >= 0) == r->has_words;
}

static void walk_event(struct walk *w, const struct q_event_page_row *r)
{
    uint32_t seq = (uint32_t)r->seq;
    struct event_hashed h = {.before = w->head, .ticket_id = r->ticket_id, .seq = seq, .at = r->at, .code = r->code,
                             .wording = r->wording, .is_public = r->public, .from = r->from_state, .to = r->to_state,
                             .actor_kind = r->actor_kind, .actor_id = r->actor_id, .unit_code = r->unit_code,
                             .params = r->params, .commitment = r->has_commitment ? r->commitment : STR_NONE};
    uint8_t hash[EVENT_HASH_BYTES];
    event_hash(&h, hash);
    if (seq != w->seq + 1)
        blame(w, w->seq + 1, "GAP");
    if (r->hash.n != EVENT_HASH_BYTES || memcmp(hash, r->hash.p, EVENT_HASH_BYTES) != 0)
        blame(w, seq, "HASH");
    if (r->from_state != w->state)
        blame(w, seq, "STATE");
    if (r->at < w->at)
        blame(w, seq, "TIME");
    if (!words_fit(r))
        blame(w, seq, "COMMITMENT");
    if (seq == 1 && !text_fits(w, r))
        blame(w, seq, "TEXT");
    if (!timeline_fits(w, r))
        blame(w, seq, "TIMELINE");
    take_times(w, r);
    w->seq = seq;
    w->at = r->at;
    w->state = r->to_state;
    w->v.n_events++;
    if (r->hash.n == EVENT_HASH_BYTES)
        memcpy(w->head, r->hash.p, EVENT_HASH_BYTES);
}

static void walk_end(struct walk *w)
{
    const struct claim *c = w->claim;
    if (w->v.n_events == 0)
        blame(w, 1, "EMPTY");
    else if (c->chain_seq != w->seq || c->chain_head.n != EVENT_HASH_BYTES ||
             memcmp(c->chain_head.p, w->head, EVENT_HASH_BYTES) != 0)
        blame(w, w->seq + 1, "HEAD");
    else if (c->state != w->state)
        blame(w, w->seq, "STATE");
    /* A promise comes with the filing or never; a ticket from before the commitment may have one that no event states. */
    else if (c->promise_at != w->promise.at && (w->promise.seq || !w->v.uncommitted))
        blame(w, w->promise.seq ? w->promise.seq : 1, "PROMISE");
    else if (w->due.seq && c->lead_due_at != w->due.at)
        blame(w, w->due.seq, "DUE");
    else if (w->timeline.n || c->timeline_seq > w->seq)
        blame(w, w->seq + 1, "TIMELINE");
    else if (c->card_wrong)
        blame(w, w->seq, "CARD");
}

/* ---- one ticket ------------------------------------------------------------------------------------------------------------ */

static struct q_event_page_row as_page_row(uint64_t ticket_id, const struct q_event_chain_row *r)
{
    return (struct q_event_page_row){
        .ticket_id = ticket_id, .seq = r->seq, .at = r->at, .code = r->code, .wording = r->wording, .public = r->public,
        .from_state = r->from_state, .to_state = r->to_state, .actor_kind = r->actor_kind, .actor_id = r->actor_id,
        .unit_code = r->unit_code, .params = r->params, .words = r->words, .has_words = r->has_words, .nonce = r->nonce,
        .has_nonce = r->has_nonce, .commitment = r->commitment, .has_commitment = r->has_commitment, .hash = r->hash};
}

enum err event_verify_ticket(struct ctx *c, uint64_t ticket_id, struct event_verdict *ret)
{
    const struct q_ticket_head_row *t = NULL;
    struct walk w;
    size_t n = 1;
    struct q_ticket_head_in head = {.id = ticket_id};
    enum err e = q_ticket_head(c->db, &head, &t);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no ticket to verify");
    if (e != ERR_OK)
        return e;
    const struct claim claim = {.state = t->state, .chain_seq = (uint32_t)t->chain_seq, .chain_head = t->chain_head,
                                .promise_at = t->promise_at, .lead_due_at = t->lead_due_at,
                                .text = {t->title, t->body, t->address}, .timeline_seq = (uint32_t)t->timeline_seq,
                                .timeline = t->timeline, .card_wrong = t->card_wrong};
    walk_start(&w, ticket_id, &claim);
    while (e == ERR_OK && n > 0) {
        const struct q_event_chain_row *r = NULL;
        struct q_event_chain_in in = {.ticket_id = ticket_id, .after = (int32_t)w.seq};
        e = q_event_chain(c->db, &in, &r, &n);
        for (size_t i = 0; e == ERR_OK && i < n; i++) {
            struct q_event_page_row row = as_page_row(ticket_id, &r[i]);
            walk_event(&w, &row);
        }
    }
    if (e != ERR_OK)
        return e;
    walk_end(&w);
    *ret = w.v;
    return ERR_OK;
}

/* ---- all --------------------------------------------------------------------------------------------------------------------- */

enum { PAGE_ROWS = 1000, PAGE_BYTES = 32 * 1024 * 1024 };

/* Two streams in order of ticket id: tickets, and events. */
struct sweep {
    struct ctx *c;
    struct arena *pages[2];         /* of tickets, of events: each holds one page */
    void (*report)(void *arg, uint64_t ticket_id, const struct event_verdict *v);
    void *arg;
    const struct q_event_page_row *events;
    size_t n, at;
    uint64_t last_id;
    int32_t last_seq;
    bool end;
    struct event_verify_sum sum;
};

enum { PAGE_TICKETS, PAGE_EVENTS };

/* The next rows of the connection go into this arena, which is emptied of the page before. */
static void use_page(struct sweep *s, int which)
{
    arena_clear(s->pages[which]);
    db_begin_request(s->c->db, s->pages[which], s->c->fault, 0);
}

static enum err next_event(struct sweep *s, const struct q_event_page_row **ret)
{
    *ret = NULL;
    if (s->at == s->n && !s->end) {
        struct q_event_page_in in = {.ticket_id = s->last_id, .seq = s->last_seq};
        use_page(s, PAGE_EVENTS);
        enum err e = q_event_page(s->c->db, &in, &s->events, &s->n);
        if (e != ERR_OK)
            return e;
        s->at = 0;
        s->end = s->n < PAGE_ROWS;
    }
    if (s->at == s->n)
        return ERR_OK;
    *ret = &s->events[s->at];
    return ERR_OK;
}

static void take_event(struct sweep *s)
{
    s->last_id = s->events[s->at].ticket_id;
    s->last_seq = s->events[s->at].seq;
    s->at++;
    s->sum.n_events++;
}

static enum err skip_orphans(struct sweep *s, uint64_t below)
{
    const struct q_event_page_row *r = NULL;
    enum err e = next_event(s, &r);
    while (e == ERR_OK && r && r->ticket_id < below) {
        s->sum.n_orphans++;
        take_event(s);
        e = next_event(s, &r);
    }
    return e;
}

static enum err sweep_ticket(struct sweep *s, const struct q_ticket_heads_row *t)
{
    struct walk w;
    const struct q_event_page_row *r = NULL;
    const struct claim claim = {.state = t->state, .chain_seq = (uint32_t)t->chain_seq, .chain_head = t->chain_head,
                                .promise_at = t->promise_at, .lead_due_at = t->lead_due_at,
                                .text = {t->title, t->body, t->address}, .timeline_seq = (uint32_t)t->timeline_seq,
                                .timeline = t->timeline, .card_wrong = t->card_wrong};
    enum err e = skip_orphans(s, t->id);
    walk_start(&w, t->id, &claim);
    if (e == ERR_OK)
        e = next_event(s, &r);
    while (e == ERR_OK && r && r->ticket_id == t->id) {
        walk_event(&w, r);
        take_event(s);
        e = next_event(s, &r);
    }
    if (e != ERR_OK)
        return e;
    walk_end(&w);
    s->sum.n_tickets++;
    s->sum.n_uncommitted += w.v.uncommitted;
    if (!w.v.ok) {
        s->sum.n_bad++;
        if (s->report)
            s->report(s->arg, t->id, &w.v);
    }
    return ERR_OK;
}

/*
 * Tickets and events are read one after the other, so one that is written meanwhile may look wrong: it is looked at once
 * more on its own before it is reported.
 */
struct second_look {
    struct ctx *c;
    void (*report)(void *arg, uint64_t ticket_id, const struct event_verdict *v);
    void *arg;
    uint64_t ids[256];
    size_t n, n_all;
};

static void note_bad(void *arg, uint64_t ticket_id, const struct event_verdict *v)
{
    struct second_look *l = arg;
    (void)v;
    l->n_all++;
    if (l->n < sizeof l->ids / sizeof l->ids[0])
        l->ids[l->n++] = ticket_id;
}

static enum err look_again(struct second_look *l, struct event_verify_sum *sum)
{
    sum->n_bad = l->n_all - l->n; /* beyond what could be kept: taken at the first look's word */
    for (size_t i = 0; i < l->n; i++) {
        struct event_verdict v;
        enum err e = event_verify_ticket(l->c, l->ids[i], &v);
        if (e != ERR_OK)
            return e;
        if (v.ok)
            continue;
        sum->n_bad++;
        if (l->report)
            l->report(l->arg, l->ids[i], &v);
    }
    return ERR_OK;
}

static enum err sweep_all(struct sweep *s)
{
    uint64_t after = 0;
    size_t n = PAGE_ROWS;
    enum err e = ERR_OK;
    while (e == ERR_OK && n == PAGE_ROWS) {
        const struct q_ticket_heads_row *t = NULL;
        struct q_ticket_heads_in in = {.after = after};
        use_page(s, PAGE_TICKETS);
        e = q_ticket_heads(s->c->db, &in, &t, &n);
        for (size_t i = 0; e == ERR_OK && i < n; i++)
            e = sweep_ticket(s, &t[i]);
        if (e == ERR_OK && n > 0)
            after = t[n - 1].id;
    }
    return e == ERR_OK ? skip_orphans(s, UINT64_MAX) : e;
}

enum err event_verify_all(struct ctx *c, void (*report)(void *arg, uint64_t ticket_id, const struct event_verdict *v),
                          void *arg, struct event_verify_sum *ret)
{
    struct second_look look = {.c = c, .report = report, .arg = arg};
    struct sweep s = {.c = c, .report = note_bad, .arg = &look};
    s.pages[PAGE_TICKETS] = arena_new(PAGE_BYTES);
    s.pages[PAGE_EVENTS] = arena_new(PAGE_BYTES);
    enum err e = s.pages[0] && s.pages[1] ? sweep_all(&s)
                                          : fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no memory for a page");
    db_begin_request(c->db, c->a, c->fault, 0);
    arena_free(s.pages[PAGE_TICKETS]);
    arena_free(s.pages[PAGE_EVENTS]);
    if (e == ERR_OK)
        e = look_again(&look, &s.sum);
    if (e == ERR_OK)
        *ret = s.sum;
    return e;
}
