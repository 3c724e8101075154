/*
 * receipt.c - what the filer takes along: number, query code, who has it, by when.
 *
 * Contract: the query code is shown to the browser that filed, as long as its draft remembers; whoever holds the ticket
 * otherwise sees the receipt without it. Must not know how codes are made.
 */
#include "app/account.h"
#include "app/ids.h"
#include "gen/tmpl.h"
#include "web/session.h"
#include "pages/join.h"
#include "pages/new.h"
#include "pages/new_flow.h"
#include "pages/track.h"
#include "web/page.h"
#include "web/problem.h"

/* The ticket to show, and whether this browser filed it. ERR_NOT_FOUND: it holds none. */
static enum err which(struct request *rq, uint64_t *ret_id, bool *ret_own)
{
    struct flow f;
    struct str no;
    enum err err = flow_load(rq, STR_NONE, &f);
    if (err != ERR_OK)
        return err;
    *ret_id = f.filed;
    *ret_own = f.filed != 0;
    if (*ret_own)
        return ERR_OK;
    if (rq->session == NULL)
        return fault_set(rq->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no session");
    return session_last_ticket(join_ctx(rq), rq->session->id, ret_id, &no);
}

/* Why this unit: the sentence of the event that dispatched it, which the timeline shows as well. */
static struct str why_of(const struct say *s, const struct ticket_view *t)
{
    struct view_event e;
    for (size_t i = 0; i < t->n_events; i++)
        if (t->events[i].code == EVENT_DISPATCHED) {
            say_event(s, t, &t->events[i], &e);
            return e.detail;
        }
    return STR_NONE;
}

/* The words as filed, then what the tracking page lists too. */
static struct view_facts filed_facts(const struct say *s, const struct ticket_view *t)
{
    struct view_facts rest = track_facts(s, t);
    struct view_fact *f = ARENA_ARRAY(s->a, struct view_fact, rest.n_facts + 1);
    f[0] = (struct view_fact){.label = MSG_fact_words, .text = t->text, .lines = true,
                              .zh = s->lang != LANG_ZH && t->lang == APP_ZH};
    for (size_t i = 0; i < rest.n_facts; i++)
        f[i + 1] = rest.facts[i];
    return (struct view_facts){f, rest.n_facts + 1};
}

static enum err show(struct request *rq, struct response *rs, const struct ticket_filed *r, bool own,
                     const struct ticket_view *t)
{
    struct say s = say_of(rq);
    struct page pg;
    s.now_us = t->now;
    struct str no = ticket_no_show(rq->a, t->no);
    struct view_receipt v = {.no = no, .track_href = arena_concat(rq->a, STR("/track/"), no),
                             .filed_at = say_time(&s, t->created_at), .due = say_time(&s, t->promise_at),
                             .has_phone = r->phone_verified, .no_reply = t->no_reply,
                             .diverted = t->state == STATE_DIVERTED, .facts = filed_facts(&s, t)};
    if (own)
        v.code = query_code_show(rq->a, r->query_code);
    if (t->state != STATE_RECEIVED && t->holder.n > 0)
        v.holder = say_unit(&s, t->holder);
    v.why = why_of(&s, t);
    v.track_url = str_from_c(request_absolute(rq, arena_cstr(rq->a, v.track_href)));
    v.qr = track_qr(rq, v.track_url);
    page_init(rq, &pg, NAV_FILE, MSG_title_receipt);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_receipt(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_receipt(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct ticket_filed r;
    struct ticket_view t;
    uint64_t id;
    bool own;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = which(rq, &id, &own);
    if (err == ERR_OK)
        err = ticket_receipt(join_ctx(rq), id, &r);
    if (err == ERR_OK)
        err = ticket_track(join_ctx(rq), &who, r.no, &t);
    if (err == ERR_NOT_FOUND) { /* held no more: number and code open it again */
        *rq->fault = (struct fault){0};
        return response_redirect(rs, STR("/track"));
    }
    return err == ERR_OK ? show(rq, rs, &r, own, &t) : err;
}
