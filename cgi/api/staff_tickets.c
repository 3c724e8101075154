/*
 * staff_tickets.c - worklist, demands and acts for street and district platforms, over JSON.
 *
 * Contract: the same forms and the same inner part as the pages (pages/staff_act.h), the same rights by the service's grants.
 * Contact data leaves by its own act alone, with its purpose. Must not know what a demand allows.
 */
#include "api/staff_tickets.h"

#include "api/idem.h"
#include "api/staff_json.h"
#include "app/cursor.h"
#include "app/ids.h"
#include "pages/join.h"
#include "pages/staff_act.h"
#include "pages/staff_work.h"
#include "web/envelope.h"
#include "web/json.h"
#include "web/route.h"

enum { API_ROWS = 50 };

enum err api_staff_work(struct request *rq, struct response *rs)
{
    const struct staff_work_query *q = rq->form;
    struct actor who = join_actor(rq);
    struct staff_work_page p;
    struct json w;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = staff_work_read(rq, &who, q, API_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < p.n_items; i++)
        staff_json_item(&w, &s, &p.items[i]);
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

/* ---- one demand ---------------------------------------------------------------------------------------------------------- */

static void assignments_json(struct json *w, const struct say *s, const struct officer_ticket *t)
{
    json_key(w, "assignments");
    json_open_array(w);
    for (size_t i = 0; i < t->n_assignments; i++) {
        const struct officer_assignment *a = &t->assignments[i];
        json_open_object(w);
        PUT_UNIT(w, s, "unit", a->unit_code);
        PUT_WORD(w, s, "role", WORDS_ROLE, "staff_role_of", a->role);
        PUT_WORD(w, s, "state", WORDS_ASSIGNMENT, "staff_assignment", a->state);
        json_put_i64(w, "round", a->round);
        json_put_time_or_null(w, "started_at", a->started_at);
        json_put_time_or_null(w, "due_at", a->due_at);
        json_put_time_or_null(w, "signed_at", a->signed_at);
        json_put_time_or_null(w, "contacted_at", a->contacted_at);
        json_put_time_or_null(w, "done_at", a->done_at);
        json_put_bool(w, "overdue", a->overdue);
        json_put_bool(w, "paused", a->paused_at > 0);
        json_close(w);
    }
    json_close(w);
}

static void events_json(struct json *w, const struct say *s, const struct officer_ticket *t)
{
    json_key(w, "events");
    json_open_array(w);
    for (size_t i = 0; i < t->n_events; i++) {
        const struct event *e = &t->events[i];
        struct view_event v;
        staff_work_event(s, t, e, &v);
        json_open_object(w);
        json_put_i64(w, "seq", e->seq);
        json_put_time(w, "at", e->at);
        json_put_str(w, "event", word(WORDS_EVENT, (int)e->code));
        json_put_str(w, "text", v.detail.n > 0 ? arena_printf(s->a, STR_FMT " " STR_FMT, STR_ARG(v.title), STR_ARG(v.detail)) : v.title);
        json_put_str(w, "words", e->words);
        PUT_UNIT(w, s, "unit", e->unit_code);
        json_put_bool(w, "public", e->is_public);
        json_put_time_or_null(w, "withheld_until", e->withheld_until);
        json_close(w);
    }
    json_close(w);
}

static void acts_json(struct request *rq, struct json *w, const struct officer_ticket *t)
{
    json_key(w, "actions");
    json_open_array(w);
    for (size_t i = 0; i < staff_act_table_n; i++)
        if (staff_act_offered(rq, &staff_act_table[i], t))
            json_str(w, str_from_c(staff_act_table[i].word));
    json_close(w);
}

enum err api_staff_ticket(struct request *rq, struct response *rs)
{
    struct officer_ticket t;
    struct actor who = join_actor(rq);
    struct json w;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = officer_ticket(join_ctx(rq), &who, rq->path_args[0], &t);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "ticket_no", ticket_no_show(rq->a, t.no));
    json_put_str(&w, "title", t.title);
    json_put_str(&w, "text", t.text);
    json_put_str(&w, "address", t.address);
    PUT_WORD(&w, &s, "kind", WORDS_KIND, "kind", t.kind);
    PUT_WORD(&w, &s, "channel", WORDS_CHANNEL, "channel_by", t.channel);
    json_key(&w, "status");
    status_json(&w, &s, t.state);
    PUT_CATEGORY(&w, &s, "category", t.category_code);
    PUT_AREA(&w, &s, "area", t.area_code);
    PUT_UNIT(&w, &s, "lead", t.lead_unit);
    json_put_time_or_null(&w, "created_at", t.created_at);
    json_put_time_or_null(&w, "promise_at", t.promise_at);
    json_put_time_or_null(&w, "replied_at", t.replied_at);
    json_put_time_or_null(&w, "closed_at", t.closed_at);
    json_put_bool(&w, "overdue", t.overdue);
    json_put_bool(&w, "confidential", t.confidential);
    json_put_bool(&w, "paused", t.paused);
    json_put_i64(&w, "round", t.round);
    json_key(&w, "solved_round");
    t.solved_round > 0 ? json_i64(&w, t.solved_round) : json_null(&w);
    json_put_i64(&w, "version", t.version);
    assignments_json(&w, &s, &t);
    events_json(&w, &s, &t);
    acts_json(rq, &w, &t);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* ---- acts ------------------------------------------------------------------------------------------------------------------ */

enum err api_staff_act(struct request *rq, struct response *rs)
{
    const struct staff_act *a = staff_act_of(rq);
    struct act_call x;
    struct idem once = {0};
    const int64_t version = ((const struct staff_act_form *)rq->form)->version;
    const bool looks = a->may == offsetof(struct officer_may, reveal); /* each look is told and kept for itself */
    struct json w;
    BUG_ON(rq->route->form != a->form); /* the table and the routes say the same */
    enum err e = idem_not_once(rq, ((const struct staff_act_form *)rq->form)->once);
    if (e == ERR_OK && !looks)
        e = idem_read(rq, a->unversioned || version == 0, &once);
    if (e == ERR_OK)
        e = staff_act_run(rq, a, &once, &x);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    staff_json_done(&w, &s, &x.done);
    if (looks) {
        json_put_str(&w, "name", x.contact.name);
        json_put_str(&w, "phone", x.contact.phone);
        json_put_str(&w, "org", x.contact.org);
    }
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}
