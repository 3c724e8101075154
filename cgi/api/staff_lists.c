/*
 * staff_lists.c - what waits for a class, a decision or a unit, over JSON; the acts themselves are those on the demand.
 *
 * Contract: reading alone, by the inner part of the pages (pages/staff_desk.h). Must not know what may be decided.
 */
#include "api/staff_board.h"
#include "api/staff_json.h"
#include "pages/staff_desk.h"
#include "web/envelope.h"
#include "web/json.h"

enum { API_ROWS = 50, TRIAGE_ROWS = 25 };

enum err api_staff_triage(struct request *rq, struct response *rs)
{
    struct staff_triage_page p;
    struct json w;
    const enum err e = staff_triage_read(rq, rq->form, TRIAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < p.n_items; i++)
        staff_json_item(&w, &s, &p.items[i]);
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

static void return_json(struct json *w, const struct say *s, const struct return_row *r)
{
    json_open_object(w);
    staff_json_no(w, s, r->no);
    json_put_str(w, "title", r->title);
    PUT_CATEGORY(w, s, "category", r->category_code);
    PUT_AREA(w, s, "area", r->area_code);
    PUT_UNIT(w, s, "unit", r->unit_code);
    PUT_UNIT(w, s, "suggested", r->suggested_unit);
    PUT_WORD(w, s, "ground", WORDS_GROUND, "staff_ground", r->ground);
    json_put_i64(w, "n", r->n);
    json_put_time_or_null(w, "asked_at", r->asked_at);
    json_put_time_or_null(w, "due_at", r->due_at);
    json_close(w);
}

enum err api_staff_returns(struct request *rq, struct response *rs)
{
    struct staff_returns_page p;
    struct json w;
    const enum err e = staff_returns_read(rq, rq->form, API_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < p.n_rows; i++)
        return_json(&w, &s, &p.rows[i]);
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

enum err api_staff_extensions(struct request *rq, struct response *rs)
{
    struct staff_extensions_page p;
    struct json w;
    const enum err e = staff_extensions_read(rq, rq->form, API_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < p.n_rows; i++) {
        const struct extension_row *r = &p.rows[i];
        json_open_object(&w);
        staff_json_no(&w, &s, r->no);
        json_put_str(&w, "title", r->title);
        PUT_UNIT(&w, &s, "unit", r->unit_code);
        json_put_str(&w, "reason", r->reason);
        json_put_time_or_null(&w, "asked_at", r->asked_at);
        json_put_time_or_null(&w, "due_at", r->due_at);
        json_put_time_or_null(&w, "until", r->until);
        json_close(&w);
    }
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

static void whistle_json(struct json *w, const struct say *s, const struct whistle_row *r)
{
    json_open_object(w);
    staff_json_no(w, s, r->no);
    json_put_str(w, "title", r->title);
    PUT_CATEGORY(w, s, "category", r->category_code);
    PUT_AREA(w, s, "area", r->area_code);
    PUT_UNIT(w, s, "caller", r->caller);
    PUT_UNIT(w, s, "called", r->called);
    PUT_WORD(w, s, "state", WORDS_ASSIGNMENT, "staff_assignment", r->state);
    json_put_i64(w, "round", r->round);
    json_put_i64(w, "step", r->step);
    json_put_time_or_null(w, "called_at", r->called_at);
    json_put_time_or_null(w, "report_by", r->report_by);
    json_put_time_or_null(w, "reported_at", r->reported_at);
    json_put_time_or_null(w, "due_at", r->due_at);
    json_put_time_or_null(w, "stage_at", r->stage_at);
    json_put_time_or_null(w, "delivered_at", r->delivered_at);
    json_put_bool(w, "late_report", r->late_report);
    json_put_bool(w, "late_delivery", r->late_delivery);
    json_close(w);
}

static void whistles_json(struct json *w, const struct say *s, const struct staff_whistles_page *p)
{
    json_open_object(w);
    json_key(w, "items");
    json_open_array(w);
    for (size_t i = 0; i < p->n_rows; i++)
        whistle_json(w, s, &p->rows[i]);
    json_close(w);
    envelope_put_next(w, p->next_cursor);
    json_close(w);
}

enum err api_staff_whistles(struct request *rq, struct response *rs)
{
    const struct staff_whistles_query *q = rq->form;
    const bool all = q->all.n > 0;
    struct staff_whistles_page called, calling;
    struct json w;
    enum err e = staff_whistles_read(rq, false, all, q->called, API_ROWS, &called);
    if (e == ERR_OK)
        e = staff_whistles_read(rq, true, all, q->calling, API_ROWS, &calling);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "called");
    whistles_json(&w, &s, &called);
    json_key(&w, "calling");
    whistles_json(&w, &s, &calling);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
