/*
 * staff_board.c - what supervisors watch, over JSON: figures and the demands behind them, supervisions, the calendar.
 *
 * Contract: reading alone, by the inner part of the pages (pages/staff_wall.h). Who sees no single demand gets no titles. The export
 * is not here: it needs a second factor, which no key has. Must not know how numbers come about.
 */
#include "api/staff_board.h"

#include "api/staff_json.h"
#include "app/calendar.h"
#include "app/refdata.h"
#include "pages/join.h"
#include "pages/staff_calendar.h"
#include "pages/staff_wall.h"
#include "web/envelope.h"
#include "web/json.h"

enum { API_ROWS = 50, YEAR_DAY = 10000, MONTH_DAY = 100 };

/* ---- the wall ----------------------------------------------------------------------------------------------------------- */

/* only: this kind alone is known of the line; 0 = all. */
static void counts_json(struct json *w, const struct wall_line *l, enum wall_kind only)
{
    json_key(w, "n");
    json_open_object(w);
    for (size_t i = 0; staff_wall_kinds[i] != NULL; i++) {
        enum wall_kind k = 0;
        if (!wall_kind_find(str_from_c(staff_wall_kinds[i]), &k) || (only != 0 && k != only))
            continue;
        json_key_str(w, str_from_c(staff_wall_kinds[i]));
        json_i64(w, l->n[k]);
    }
    json_close(w);
}

static void kinds_json(struct json *w, const struct say *s)
{
    json_key(w, "kinds");
    json_open_array(w);
    for (size_t i = 0; staff_wall_kinds[i] != NULL; i++)
        said_json(w, str_from_c(staff_wall_kinds[i]), say_word(s, "wall.kind", str_from_c(staff_wall_kinds[i])));
    json_close(w);
}

enum err api_staff_wall(struct request *rq, struct response *rs)
{
    struct staff_wall v;
    struct json w;
    const enum err e = staff_wall_read(rq, rq->form, &v);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_bool(&w, "city", v.city);
    PUT_UNIT(&w, &s, "unit", v.unit);
    kinds_json(&w, &s);
    counts_json(&w, &v.own, 0);
    json_key(&w, "districts");
    json_open_array(&w);
    for (size_t i = 0; i < v.n_areas; i++) {
        json_open_object(&w);
        PUT_AREA(&w, &s, "district", v.areas[i].code);
        counts_json(&w, &v.areas[i], 0);
        json_close(&w);
    }
    json_close(&w);
    json_key(&w, "units");
    json_open_array(&w);
    for (size_t i = 0; i < v.n_units; i++) {
        json_open_object(&w);
        PUT_UNIT(&w, &s, "unit", v.units[i].code);
        counts_json(&w, &v.units[i], v.city ? 0 : v.kind);
        json_close(&w);
    }
    json_close(&w);
    json_put_i64(&w, "waiting", v.behind.waiting);
    json_put_time_or_null(&w, "behind_since", v.behind.since);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

static void wall_row_json(struct json *w, const struct say *s, const struct wall_row *r, bool titles)
{
    json_open_object(w);
    staff_json_no(w, s, r->no);
    json_key(w, "title");
    if (titles)
        json_str(w, r->title);
    else
        json_null(w);
    PUT_CATEGORY(w, s, "category", r->category_code);
    PUT_AREA(w, s, "area", r->area_code);
    PUT_UNIT(w, s, "unit", r->unit_code);
    PUT_WORD(w, s, "role", WORDS_ROLE, "staff_role_of", r->role);
    json_key(w, "status");
    status_json(w, s, r->state);
    json_put_i64(w, "round", r->round);
    json_put_time_or_null(w, "since_at", r->since_at);
    json_put_time_or_null(w, "due_at", r->due_at);
    json_close(w);
}

enum err api_staff_wall_list(struct request *rq, struct response *rs)
{
    struct staff_wall_page p;
    struct json w;
    const enum err e = staff_wall_list_read(rq, rq->form, API_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    PUT_TEXT(&w, &s, "kind", "wall.kind", str_from_c(wall_kind_word(p.kind)));
    json_key(&w, "items");
    json_open_array(&w);
    for (size_t i = 0; i < p.n_rows; i++)
        wall_row_json(&w, &s, &p.rows[i], p.titles);
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

/* ---- supervisions ------------------------------------------------------------------------------------------------------- */

static void supervision_json(struct json *w, const struct say *s, const struct supervise_row *r, bool titles)
{
    json_open_object(w);
    staff_json_no(w, s, r->no);
    json_key(w, "title");
    if (titles)
        json_str(w, r->title);
    else
        json_null(w);
    PUT_UNIT(w, s, "unit", r->unit_code);
    PUT_UNIT(w, s, "by", r->by_unit);
    PUT_TEXT(w, s, "ground", "supervise.ground", staff_supervise_ground(r->ground));
    PUT_TEXT(w, s, "level", "supervise.level", staff_supervise_level(r->level));
    json_put_time_or_null(w, "created_at", r->created_at);
    json_put_time_or_null(w, "due_at", r->due_at);
    json_put_time_or_null(w, "answered_at", r->answered_at);
    json_close(w);
}

enum err api_staff_supervise(struct request *rq, struct response *rs)
{
    struct staff_supervise_page p;
    struct json w;
    const enum err e = staff_supervise_read(rq, rq->form, API_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "state");
    json_cstr(&w, staff_supervise_states[p.tab]);
    json_key(&w, "items");
    json_open_array(&w);
    for (size_t i = 0; i < p.n_rows; i++)
        supervision_json(&w, &s, &p.rows[i], p.titles);
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

/* ---- the calendar -------------------------------------------------------------------------------------------------------- */

enum err api_staff_calendar(struct request *rq, struct response *rs)
{
    static const char *const faults[] = {[CALENDAR_GOOD] = "good", [CALENDAR_MISSING] = "missing", [CALENDAR_THIN] = "thin", [CALENDAR_ODD] = "odd"};
    struct json w;
    const enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    const struct calendar *cal = refdata_calendar(join_ctx(rq)->ref);
    const int year = staff_calendar_year(rq, rq->form);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_i64(&w, "year", year);
    json_key(&w, "schedule");
    json_cstr(&w, faults[calendar_judge(cal, year)]);
    json_key(&w, "exceptions");
    json_open_array(&w);
    for (size_t i = 0; i < cal->n; i++) {
        const int32_t day = cal->days[i].day;
        if (day / YEAR_DAY != year)
            continue;
        json_open_object(&w);
        json_put_str(&w, "day", arena_printf(rq->a, "%d-%02d-%02d", day / YEAR_DAY, day / MONTH_DAY % MONTH_DAY, day % MONTH_DAY));
        json_put_bool(&w, "working", cal->days[i].working);
        json_close(&w);
    }
    json_close(&w);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
