/*
 * staff_visits.c - call-backs over JSON, for a call centre's own exchange.
 *
 * Contract: forms and inner part are those of the pages (pages/staff_visits.h). The phone leaves by its own call alone, which holds
 * the lease and writes the look down. Must not know what answers lead to.
 */
#include "api/staff_visits.h"

#include "api/idem.h"
#include "api/staff_json.h"
#include "pages/join.h"
#include "pages/staff_visits.h"
#include "web/envelope.h"
#include "web/json.h"

enum { API_ROWS = 50 };

static void row_body(struct json *w, const struct say *s, const struct actor *who, const struct visit_row *r)
{
    static const char *const states[] = {"", "invited", "listed", "answered", "void", "lapsed"};
    staff_json_no(w, s, r->no);
    json_put_str(w, "title", r->title);
    PUT_UNIT(w, s, "unit", r->unit_code);
    PUT_CATEGORY(w, s, "category", r->category_code);
    PUT_AREA(w, s, "district", r->district_code);
    json_put_str(w, "state", str_from_c(states[r->state]));
    json_put_i64(w, "round", r->round);
    json_put_i64(w, "attempts", r->attempts);
    json_put_bool(w, "fast", r->lane == 0);
    json_put_time_or_null(w, "call_at", r->call_at);
    json_put_time_or_null(w, "lease_until", r->lease_until);
    json_put_bool(w, "mine", r->visitor_id == who->staff_id && r->lease_until > s->now_us);
}

static void rows_json(struct json *w, const struct say *s, const struct actor *who, const struct visit_row *r, size_t n)
{
    json_open_array(w);
    for (size_t i = 0; i < n; i++) {
        json_open_object(w);
        row_body(w, s, who, &r[i]);
        json_close(w);
    }
    json_close(w);
}

enum err api_staff_visits(struct request *rq, struct response *rs)
{
    struct staff_visits_page p;
    struct actor who = join_actor(rq);
    struct json w;
    const enum err e = staff_visits_read(rq, rq->form, API_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "held");
    rows_json(&w, &s, &who, p.held, p.n_held);
    json_key(&w, "items");
    rows_json(&w, &s, &who, p.rows, p.n_rows);
    envelope_put_next(&w, p.next_cursor);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

static enum err tell_call(struct request *rq, struct response *rs, const struct visit_call *k)
{
    const struct say s = say_of(rq);
    struct actor who = join_actor(rq);
    struct str hello, reopen;
    struct json w;
    staff_visit_script(&s, k, &hello, &reopen);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    row_body(&w, &s, &who, &k->row);
    json_put_str(&w, "reply", k->reply);
    json_put_time_or_null(&w, "created_at", k->created_at);
    json_put_time_or_null(&w, "replied_at", k->replied_at);
    json_put_bool(&w, "no_reply", k->no_reply);
    json_key(&w, "script");
    json_open_object(&w);
    json_put_str(&w, "hello", hello);
    json_put_str(&w, "reopen", reopen);
    json_close(&w);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

enum err api_staff_visit(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct visit_call k;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = visit_look(join_ctx(rq), &who, rq->path_args[0], &k);
    return e == ERR_OK ? tell_call(rq, rs, &k) : e;
}

enum err api_staff_visit_claim(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct visit_call k;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = visit_claim(join_ctx(rq), &who, rq->path_args[0], &k);
    return e == ERR_OK ? tell_call(rq, rs, &k) : e;
}

/* Idempotent: whoever holds nothing gives nothing back. */
enum err api_staff_visit_release(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct visit_call k;
    enum err e = visit_release(join_ctx(rq), &who, rq->path_args[0]);
    if (e == ERR_OK)
        e = join_need_ref(rq);
    if (e == ERR_OK)
        e = visit_look(join_ctx(rq), &who, rq->path_args[0], &k);
    return e == ERR_OK ? tell_call(rq, rs, &k) : e;
}

enum err api_staff_visit_reveal(struct request *rq, struct response *rs)
{
    struct officer_contact_data data;
    struct json w;
    const enum err e = staff_visit_phone(rq, &data);
    if (e != ERR_OK)
        return e;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "name", data.name);
    json_put_str(&w, "phone", data.phone);
    json_put_str(&w, "org", data.org);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* what: "void", or "reopened". */
static enum err tell_done(struct request *rq, struct response *rs, const struct ticket_done *done, const char *what, bool is)
{
    const struct say s = say_of(rq);
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    staff_json_done(&w, &s, done);
    json_key_str(&w, str_from_c(what));
    json_bool(&w, is);
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}

enum err api_staff_visit_attempt(struct request *rq, struct response *rs)
{
    struct ticket_done done;
    bool is_void = false;
    enum err e = idem_not_once(rq, ((const struct staff_visit_attempt_form *)rq->form)->once);
    if (e == ERR_OK)
        e = idem_take(rq, true); /* a second one ends the visit */
    if (e == ERR_OK)
        e = staff_visit_try(rq, rq->form, &is_void, &done);
    return e == ERR_OK ? tell_done(rq, rs, &done, "void", is_void) : e;
}

enum err api_staff_visit_answers(struct request *rq, struct response *rs)
{
    struct ticket_done done;
    bool reopened = false;
    enum err e = idem_take(rq, false);
    if (e == ERR_OK)
        e = staff_visit_answer(rq, rq->form, &reopened, &done);
    return e == ERR_OK ? tell_done(rq, rs, &done, "reopened", reopened) : e;
}
