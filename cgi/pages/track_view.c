/*
 * track_view.c - a ticket as its holder sees it.
 *
 * Contract: says only what the events say; free words are shown in their own language. Must not decide what is allowed:
 * the actions come with the ticket.
 */
#include "pages/track_view.h"

#include "app/attachment.h"
#include "app/ids.h"
#include "app/qr.h"
#include "app/statistics.h"
#include "app/ticket_state.h"
#include "app/words.h"
#include "base/clock.h"
#include "base/limits.h"
#include "pages/join.h"
#include "gen/tmpl.h"
#include "web/page.h"

enum { FACTS_MAX = 12, QUIET_ZONE = 4 };

/* ---- facts ------------------------------------------------------------------------------------------------------ */

struct facts {
    struct view_fact *p;
    size_t n;
};

static void put_fact(struct facts *f, enum msg label, struct str text, bool zh)
{
    BUG_ON(f->n == FACTS_MAX);
    f->p[f->n++] = (struct view_fact){.label = label, .text = text, .zh = zh};
}

static struct str yes_no(const struct say *s, bool yes)
{
    return msg_text(s->lang, yes ? MSG_fact_yes : MSG_fact_no);
}

struct view_facts track_facts(const struct say *s, const struct ticket_view *t)
{
    struct facts f = {ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX), 0};
    bool zh = s->lang != LANG_ZH;
    put_fact(&f, MSG_fact_kind, say_word(s, "kind", word(WORDS_KIND, (int)t->kind)), false);
    put_fact(&f, MSG_fact_category,
             t->category_code.n > 0 ? say_category(s, t->category_code) : msg_text(s->lang, MSG_fact_unsure),
             zh && t->category_code.n > 0);
    put_fact(&f, MSG_fact_place, say_area(s, t->area_code), zh);
    if (t->address.n > 0)
        put_fact(&f, MSG_fact_address, t->address, zh);
    put_fact(&f, MSG_fact_public, yes_no(s, t->is_public), false);
    if (t->confidential)
        put_fact(&f, MSG_fact_confidential, yes_no(s, true), false);
    if (t->no_reply)
        put_fact(&f, MSG_fact_no_reply, msg_text(s->lang, MSG_fact_no_reply_wanted), false);
    return (struct view_facts){f.p, f.n};
}

static struct view_facts rating_facts(const struct say *s, const struct ticket_view *t)
{
    struct facts f = {ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX), 0};
    put_fact(&f, MSG_fact_contacted, yes_no(s, t->contacted), false);
    put_fact(&f, MSG_fact_solved, yes_no(s, t->solved), false);
    put_fact(&f, MSG_fact_satisfaction, say_word(s, "grade", word(WORDS_SATISFACTION, (int)t->satisfaction)), false);
    if (t->rating_words.n > 0)
        put_fact(&f, MSG_fact_rating_words, t->rating_words, s->lang != LANG_ZH);
    return (struct view_facts){f.p, f.n};
}

/* ---- files ------------------------------------------------------------------------------------------------------ */

static struct view_photo photo_view(const struct say *s, struct str no, const struct attachment *u, size_t number)
{
    const char *shown = arena_cstr(s->a, no);
    struct view_photo v = {.is_image = u->kind == UPLOAD_PHOTO};
    v.label = say_file(s, u->kind, number);
    if (u->state != UPLOAD_READY)
        return v; /* nobody sees a file before it was cleaned */
    v.href = arena_printf(s->a, "/track/%s/file/%llu", shown, (unsigned long long)u->id);
    if (u->thumb_name.n > 0)
        v.thumb = arena_printf(s->a, "/track/%s/thumb/%llu", shown, (unsigned long long)u->id);
    return v;
}

static void pick_photos(const struct say *s, struct str no, const struct attachment *all, size_t n, uint32_t seq,
                        const struct view_photo **ret, size_t *ret_n)
{
    struct view_photo *v = ARENA_ARRAY(s->a, struct view_photo, n > 0 ? n : 1);
    size_t count = 0, photo = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].event_seq == seq && all[i].state != UPLOAD_GONE) {
            photo += all[i].kind == UPLOAD_PHOTO;
            v[count++] = photo_view(s, no, &all[i], photo);
        }
    *ret = v;
    *ret_n = count;
}

/* ---- timeline, looks -------------------------------------------------------------------------------------------- */

static void put_events(const struct say *s, const struct ticket_view *t, const struct attachment *files, size_t n_files,
                       struct view_track *v)
{
    struct view_event *e = ARENA_ARRAY(s->a, struct view_event, t->n_events > 0 ? t->n_events : 1);
    struct str no = ticket_no_show(s->a, t->no);
    for (size_t i = 0; i < t->n_events; i++) { /* newest first */
        const struct ticket_event *from = &t->events[t->n_events - 1 - i];
        say_event(s, t, from, &e[i]);
        if (from->code == EVENT_MESSAGE && n_files > 0)
            pick_photos(s, no, files, n_files, from->seq, &e[i].photos, &e[i].n_photos);
    }
    v->events = e;
    v->n_events = t->n_events;
}

static enum msg who_looked(enum actor_kind kind)
{
    switch (kind) {
    case ACTOR_CITIZEN:
        return MSG_look_citizen;
    case ACTOR_STAFF:
        return MSG_look_officer;
    case ACTOR_NONE:
    case ACTOR_SYSTEM:
    case ACTOR_SERVICE:
        break;
    }
    return MSG_look_system;
}

static enum err put_looks(struct request *rq, const struct say *s, const struct ticket_view *t, struct view_track *v)
{
    const struct ticket_look *looks = NULL;
    size_t n = 0;
    enum err err = t->looked ? ticket_looks(join_ctx(rq), t->id, &looks, &n) : ERR_OK;
    if (err != ERR_OK)
        return err;
    struct view_look *to = ARENA_ARRAY(s->a, struct view_look, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++)
        to[i] = (struct view_look){.at = say_time(s, looks[i].at),
                                   .who = msg_text(s->lang, who_looked(looks[i].actor_kind)),
                                   .purpose = looks[i].purpose};
    v->looks = to;
    v->n_looks = n;
    v->contact_kept = true;
    return ERR_OK;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

struct safe_html track_qr(struct request *rq, struct str url)
{
    struct qr code;
    struct page pg;
    struct buf b;
    if (qr_encode(rq->a, url, &code) != ERR_OK)
        return (struct safe_html){STR_NONE};
    struct view_qr v = {.label = msg_text(rq->lang, MSG_receipt_qr), .path = code.path, .box = code.size + 2 * QUIET_ZONE};
    page_init(rq, &pg, NAV_NONE, MSG_title_track);
    buf_init(&b, rq->a, LIMIT_RESPONSE_BYTES);
    tmpl_partial_qr(&b, &pg, &v);
    return (struct safe_html){buf_str(&b)};
}

static void put_standing(const struct say *s, const struct ticket_view *t, struct view_track *v)
{
    v->running = t->promise_at != 0 && ticket_state_running(t->state);
    if (v->running) {
        v->due = say_time(s, t->promise_at);
        v->left = say_left(s, t->promise_at);
    }
    if (t->extended) {
        v->first_due = say_time(s, t->first_promise_at);
        for (size_t i = 0; i < t->n_events; i++)
            if (t->events[i].code == EVENT_EXTENDED)
                v->extended_why = t->events[i].words;
    }
    v->holder = t->holder.n > 0 && !ticket_state_final(t->state) ? say_unit(s, t->holder) : STR_NONE;
    v->next = say_next(s, t);
}

/* What the same category took before; nothing is said when there were too few. */
static enum err put_forecast(struct request *rq, const struct say *s, const struct ticket_view *t, struct view_track *v)
{
    int64_t minutes = 0;
    if (!v->running || t->overdue || t->category_code.n == 0)
        return ERR_OK;
    const struct join *j = join_of(rq);
    enum err err = statistics_usual(j->db, j->usual, t->category_code, j->set->suppress_below, rq->now_us, &minutes);
    if (err == ERR_OK)
        v->forecast = SAY(s, MSG_forecast_half, {"time", say_span(s, minutes * 60 * US_PER_S)});
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static void put_reply(const struct say *s, const struct ticket_view *t, struct view_track *v)
{
    const struct ticket_event *r = ticket_last_reply(t);
    if (r == NULL)
        return;
    v->reply = r->words;
    v->reply_by = say_unit(s, r->unit_code);
    v->reply_at = say_time(s, r->at);
    v->reply_zh = s->lang != LANG_ZH && r->words_lang == APP_ZH;
}

/* Merged: the receipt goes on and tells how the main demand fares. Why that one was dispatched says where and what it is: left out. */
static enum err put_merged(struct request *rq, const struct say *s, const struct ticket_view *t, struct view_track *v)
{
    struct ticket_main m;
    if (t->merged_into == 0)
        return ERR_OK;
    enum err err = ticket_merged_main(join_ctx(rq), t->merged_into, &m);
    if (err != ERR_OK)
        return err;
    const struct ticket_view as = {.no = m.no, .state = m.state, .holder = m.holder, .promise_at = m.promise_at, .now = t->now,
                                   .events = m.events, .n_events = m.n_events,
                                   .overdue = ticket_state_running(m.state) && m.promise_at != 0 && m.promise_at < t->now};
    struct view_event *e = ARENA_ARRAY(s->a, struct view_event, m.n_events + 1);
    for (size_t i = 0; i < m.n_events; i++) {
        const struct ticket_event *from = &m.events[m.n_events - 1 - i];
        say_event(s, &as, from, &e[i]);
        if (from->code == EVENT_DISPATCHED || from->code == EVENT_REDISPATCHED || from->code == EVENT_RECLASSIFIED)
            e[i].detail = STR_NONE;
    }
    v->merged = true;
    v->main_headline = say_headline(s, &as);
    v->main_running = m.promise_at != 0 && ticket_state_running(m.state);
    v->main_due = say_time(s, m.promise_at);
    v->main_events = e;
    v->n_main_events = m.n_events;
    put_reply(s, &as, v);
    return ERR_OK;
}

static void put_actions(const struct say *s, const struct ticket_view *t, struct view_track *v)
{
    const struct ticket_actions *can = &t->actions;
    v->can_add = can->message;
    v->can_urge = can->urge;
    v->can_withdraw = can->withdraw;
    v->can_object = can->object;
    v->can_rate = can->rate;
    v->can_follow = can->follow;
    v->following = t->followed;
    if (!can->urge && can->urge_after > s->now_us)
        v->urge_wait = SAY(s, MSG_track_urge_wait, {"time", say_time(s, can->urge_after).text});
    else if (!can->urge && can->urges_left == 0 && ticket_state_running(t->state))
        v->urge_wait = msg_text(s->lang, MSG_track_urge_none);
    if (can->object_until != 0)
        v->object_until = say_time(s, can->object_until);
}

enum err track_view(struct request *rq, const struct ticket_view *t, struct view_track **ret)
{
    struct say s = say_of(rq);
    s.now_us = t->now;
    struct view_track *v = ARENA_NEW(rq->a, struct view_track);
    const struct attachment *files = NULL;
    size_t n_files = 0;
    enum err err = t->n_uploads > 0 ? attachment_of_ticket(join_ctx(rq), t->id, &files, &n_files) : ERR_OK;
    if (err == ERR_OK)
        err = put_looks(rq, &s, t, v);
    if (err != ERR_OK)
        return err;
    v->no = ticket_no_show(rq->a, t->no);
    v->headline = say_headline(&s, t);
    v->filed_at = say_time(&s, t->created_at);
    v->channel = say_word(&s, "channel_by", word(WORDS_CHANNEL, (int)t->channel));
    v->progress = say_progress(&s, t->state, t->rated);
    put_standing(&s, t, v);
    err = put_forecast(rq, &s, t, v);
    if (err != ERR_OK)
        return err;
    put_reply(&s, t, v);
    err = put_merged(rq, &s, t, v);
    if (err != ERR_OK)
        return err;
    put_actions(&s, t, v);
    put_events(&s, t, files, n_files, v);
    pick_photos(&s, v->no, files, n_files, 0, &v->photos, &v->n_photos);
    v->rated = t->rated;
    if (t->rated)
        v->rating = rating_facts(&s, t);
    v->text = t->text;
    v->text_zh = s.lang != LANG_ZH && t->lang == APP_ZH;
    v->facts = track_facts(&s, t);
    v->track_url = str_from_c(request_absolute(rq, arena_cstr(rq->a, arena_concat(rq->a, STR("/track/"), v->no))));
    v->qr = track_qr(rq, v->track_url);
    *ret = v;
    return ERR_OK;
}
