/*
 * event_verify.c - checking chains: every hash, every link, every state, and the head that the ticket claims.
 *
 * Contract: names the first event that does not fit. Reads in pages; keeps nothing. Checkpoints stand in checkpoint.c.
 */
#include "app/event_private.h"
#include "gen/sql.h"

/* A chain under inspection. */
struct walk {
    uint64_t ticket_id;
    uint32_t seq;              /* of the last event seen */
    int64_t at;
    int state;
    uint8_t head[EVENT_HASH_BYTES];
    struct event_verdict v;
};

static void walk_start(struct walk *w, uint64_t ticket_id)
{
    *w = (struct walk){.ticket_id = ticket_id, .v = {.ok = true}};
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
    w->seq = seq;
    w->at = r->at;
    w->state = r->to_state;
    w->v.n_events++;
    if (r->hash.n == EVENT_HASH_BYTES)
        memcpy(w->head, r->hash.p, EVENT_HASH_BYTES);
}

static void walk_end(struct walk *w, int state, uint32_t chain_seq, struct str chain_head)
{
    if (w->v.n_events == 0)
        blame(w, 1, "EMPTY");
    else if (chain_seq != w->seq || chain_head.n != EVENT_HASH_BYTES || memcmp(chain_head.p, w->head, EVENT_HASH_BYTES) != 0)
        blame(w, w->seq + 1, "HEAD");
    else if (state != w->state)
        blame(w, w->seq, "STATE");
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
    walk_start(&w, ticket_id);
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
    walk_end(&w, t->state, (uint32_t)t->chain_seq, t->chain_head);
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
    enum err e = skip_orphans(s, t->id);
    walk_start(&w, t->id);
    if (e == ERR_OK)
        e = next_event(s, &r);
    while (e == ERR_OK && r && r->ticket_id == t->id) {
        walk_event(&w, r);
        take_event(s);
        e = next_event(s, &r);
    }
    if (e != ERR_OK)
        return e;
    walk_end(&w, t->state, (uint32_t)t->chain_seq, t->chain_head);
    s->sum.n_tickets++;
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
