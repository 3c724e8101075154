/*
 * staff_json.c - parts of the answers of the back office.
 *
 * Contract: what is missing is null, a list is never null. Must not know routes.
 */
#include "api/staff_json.h"

#include "web/problem.h"

#include "app/ids.h"

void said_json(struct json *w, struct str code, struct str text)
{
    json_open_object(w);
    json_put_str(w, "code", code);
    json_put_str(w, "text", text);
    json_close(w);
}

void staff_json_no(struct json *w, const struct say *s, struct str no)
{
    json_put_str(w, "ticket_no", ticket_no_show(s->a, no));
}

void staff_json_item(struct json *w, const struct say *s, const struct officer_item *t)
{
    json_open_object(w);
    staff_json_no(w, s, t->no);
    json_put_str(w, "title", t->title);
    PUT_WORD(w, s, "kind", WORDS_KIND, "kind", t->kind);
    json_key(w, "status");
    status_json(w, s, t->state);
    PUT_CATEGORY(w, s, "category", t->category_code);
    PUT_AREA(w, s, "area", t->area_code);
    PUT_UNIT(w, s, "unit", t->unit_code);
    PUT_WORD(w, s, "role", WORDS_ROLE, "staff_role_of", t->role);
    PUT_WORD(w, s, "assignment", WORDS_ASSIGNMENT, "staff_assignment", t->assignment);
    json_put_time_or_null(w, "started_at", t->started_at);
    json_put_time_or_null(w, "due_at", t->due_at);
    json_put_time_or_null(w, "promise_at", t->promise_at);
    json_put_bool(w, "overdue", t->overdue);
    json_put_bool(w, "paused", t->paused_at > 0);
    json_put_i64(w, "round", t->round);
    json_put_i64(w, "urged", t->urge_count);
    json_put_i64(w, "version", t->version);
    json_close(w);
}

void staff_json_done(struct json *w, const struct say *s, const struct ticket_done *t)
{
    staff_json_no(w, s, t->no);
    if (t->event_seq == 0)
        return;
    json_put_i64(w, "event_seq", t->event_seq);
    json_put_time(w, "at", t->at);
    json_key(w, "status");
    status_json(w, s, t->state);
}
