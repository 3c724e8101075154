/*
 * staff_visits.c - the visitors' phone list, and one call with its script.
 *
 * Contract: a call is taken by POST, so that looking takes nothing from anybody; whoever lost it, to a colleague or to time, is
 * told on the page of the call. The phone is shown in the answer to the request that gave the purpose, and nowhere else. Must
 * not know what answers lead to.
 */
#include "pages/staff_visits.h"

#include "app/cursor.h"
#include "app/deadline.h"
#include "app/ids.h"
#include "base/clock.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/once.h"
#include "pages/staff_frame.h"
#include "pages/track_form.h"
#include "pages/view_staff_visits.h"
#include "web/route.h"

enum { PAGE_ROWS = 25, FACTS_MAX = 6, STATUS_CONFLICT = 409 };

static const struct form_field query_fields[] = {
    {FORM_FIELD(struct staff_visits_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec staff_visits_query = {FORM_SPEC("staff_visits", struct staff_visits_query, query_fields)};

static const char *const result_words[] = {"no_answer", "busy", "off", "wrong_number", "later", NULL};
static const struct form_field attempt_fields[] = {
    {FORM_FIELD(struct staff_visit_attempt_form, result, "result", FIELD_CHOICE), .required = true, .choices = result_words},
    {FORM_FIELD(struct staff_visit_attempt_form, once, "once", FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec staff_visit_attempt_form = {FORM_SPEC("staff_visit_attempt", struct staff_visit_attempt_form, attempt_fields)};

/* ---- the list ---------------------------------------------------------------------------------------------------------- */

static const struct view_visit_row *rows_of(const struct say *s, const struct visit_row *from, size_t n)
{
    struct view_visit_row *out = ARENA_ARRAY(s->a, struct view_visit_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct visit_row *r = &from[i];
        const struct str no = ticket_no_show(s->a, r->no);
        out[i] = (struct view_visit_row){
            .href = arena_concat(s->a, STR("/staff/visits/"), no), .no = no, .title = r->title, .zh = s->lang != LANG_ZH,
            .category = say_category(s, r->category_code), .district = say_area(s, r->district_code), .unit = say_unit(s, r->unit_code),
            .attempts = r->attempts > 0 ? SAY(s, MSG_staff_visit_tries, {"n", say_int(s, r->attempts)}) : STR_NONE,
            .call_at = say_time(s, r->call_at), .lease = say_time(s, r->lease_until), .fast = r->lane == 0};
    }
    return out;
}

static struct str done_of(struct request *rq, const struct say *s)
{
    static const struct {
        const char *word;
        enum msg text;
    } done[] = {{"closed", MSG_staff_visit_done_closed},       {"recorded", MSG_staff_visit_done_recorded},
                {"reopened", MSG_staff_visit_done_reopened},   {"again", MSG_staff_visit_done_again},
                {"void", MSG_staff_visit_done_void},           {"released", MSG_staff_visit_done_released}};
    const struct str word = request_query(rq, "done");
    struct str no;
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (str_eq_c(word, done[i].word) && ticket_no_parse(rq->a, request_query(rq, "no"), &no))
            return SAY(s, done[i].text, {"no", ticket_no_show(rq->a, no)});
    return STR_NONE;
}

/* A place in the list in two numbers: the lane is the last bit of the first. */
enum err staff_visits_read(struct request *rq, const struct staff_visits_query *q, size_t limit, struct staff_visits_page *ret)
{
    struct ctx *c = join_ctx(rq);
    struct actor who = join_actor(rq);
    struct cursor at;
    bool given, more = false;
    *ret = (struct staff_visits_page){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = cursor_open(c->keys, rq->a, CURSOR_VISITS, STR_NONE, q->cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = visit_held(c, &who, &ret->held, &ret->n_held);
    if (e != ERR_OK)
        return e;
    const struct visit_after after = {.lane = (int)(at.a & 1), .call_at = at.a >> 1, .ticket_id = (uint64_t)at.b};
    e = visit_queue(c, &who, after, limit, &ret->rows, &ret->n_rows, &more);
    if (e == ERR_OK && more) {
        const struct visit_row *last = &ret->rows[ret->n_rows - 1];
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_VISITS, STR_NONE,
                                       (struct cursor){last->call_at * 2 + (last->lane != 0), (int64_t)last->ticket_id});
    }
    return e;
}

enum err page_staff_visits(struct request *rq, struct response *rs)
{
    static const struct staff_visits_query first;
    const struct staff_visits_query *q = rq->form != NULL && !rq->form_invalid ? rq->form : &first;
    const struct say s = say_of(rq);
    struct view_staff_visits v = {.later_page = q->cursor.n > 0};
    struct staff_visits_page p;
    struct page pg;
    *rq->fault = (struct fault){0}; /* an address typed by hand: the first page */
    const enum err e = staff_visits_read(rq, q, PAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    v.done = done_of(rq, &s);
    v.held = rows_of(&s, p.held, v.n_held = p.n_held);
    v.rows = rows_of(&s, p.rows, v.n_rows = p.n_rows);
    v.lease_minutes = say_limit(&s, join_ctx(rq)->set->visit_lease_minutes);
    if (p.next_cursor.n > 0)
        v.pager.next = arena_concat(rq->a, STR("/staff/visits?cursor="), percent_encode(rq->a, p.next_cursor));
    staff_page(rq, rs, &pg, MSG_staff_nav_visits);
    tmpl_staff_visits(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- one call ------------------------------------------------------------------------------------------------------------ */

static void put_choices(struct request *rq, const struct say *s, struct view_staff_visit *v)
{
    const struct rating_form *in = rq->route->form == &rating_form ? rq->form : NULL;
    const struct staff_visit_attempt_form *tried = rq->route->form == &staff_visit_attempt_form ? rq->form : NULL;
    struct view_option *g = ARENA_ARRAY(rq->a, struct view_option, SATISFACTION_END), *r = ARENA_ARRAY(rq->a, struct view_option, VISIT_RESULT_END);
    for (int i = 1; i < SATISFACTION_END; i++) {
        const struct str w = word(WORDS_SATISFACTION, i);
        if (rating_grade_offered(s->set, i))
            g[v->n_grades++] = (struct view_option){.value = w, .text = say_word(s, "grade", w), .chosen = in && str_eq(w, in->satisfaction)};
    }
    for (int i = 1; i < VISIT_RESULT_END; i++) {
        const struct str w = visit_result_word((enum visit_result)i);
        r[v->n_results++] = (struct view_option){.value = w, .text = say_word(s, "visit.result", w), .chosen = tried && str_eq(w, tried->result)};
    }
    v->grades = g;
    v->results = r;
    v->contacted_yes = in && str_eq_c(in->contacted, "yes");
    v->contacted_no = in && str_eq_c(in->contacted, "no");
    v->solved_yes = in && str_eq_c(in->solved, "yes");
    v->solved_no = in && str_eq_c(in->solved, "no");
    v->words = say_input(rq, "words", in ? in->words : STR_NONE);
    v->words_max = LIMIT_RATING_WORDS_CHARS;
    v->contacted_error = say_error(rq, "contacted");
    v->solved_error = say_error(rq, "solved");
    v->satisfaction_error = say_error(rq, "satisfaction");
    v->result_error = say_error(rq, "result");
    v->once = once_show(rq, tried != NULL ? tried->once : STR_NONE);
    v->errors = say_errors(rq);
}

void staff_visit_script(const struct say *s, const struct visit_call *k, struct str *ret_hello, struct str *ret_reopen)
{
    const struct deadline_rule rule = deadline_rule_for(s->set, k->level, false);
    const struct str day = say_day(s, clock_local_day(k->created_at)).text;
    const int64_t due = deadline_due(refdata_calendar(s->ref), rule, s->now_us);
    *ret_hello = SAY(s, MSG_visit_script_hello, {"day", day}, {"title", k->title}, {"unit", say_unit(s, k->row.unit_code)});
    *ret_reopen = SAY(s, MSG_visit_script_reopen, {"due", say_day(s, clock_local_day(due)).text});
}

static void put_call(struct request *rq, const struct say *s, const struct visit_call *k, struct view_staff_visit *v)
{
    const struct actor who = join_actor(rq);
    const bool zh = s->lang != LANG_ZH, free = k->row.lease_until <= s->now_us;
    struct view_fact *f = ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX);
    size_t n = 0;
    v->no = ticket_no_show(s->a, k->row.no);
    v->base = arena_concat(s->a, STR("/staff/visits/"), v->no);
    v->ticket = arena_concat(s->a, STR("/staff/t/"), v->no);
    v->title = k->title;
    v->zh = zh;
    v->over = k->row.state != VISIT_LISTED;
    v->mine = !v->over && !free && k->row.visitor_id == who.staff_id;
    v->taken = !v->over && !free && !v->mine;
    v->fast = k->row.lane == 0;
    v->no_reply = k->no_reply;
    v->english = k->lang == APP_EN;
    v->lease = say_time(s, k->row.lease_until);
    v->reply = k->reply;
    v->attempts = k->row.attempts > 0 ? SAY(s, MSG_staff_visit_tries, {"n", say_int(s, k->row.attempts)}) : STR_NONE;
    f[n++] = (struct view_fact){.label = MSG_staff_col_unit, .text = say_unit(s, k->row.unit_code), .zh = zh};
    f[n++] = (struct view_fact){.label = MSG_fact_category, .text = say_category(s, k->row.category_code), .zh = zh};
    f[n++] = (struct view_fact){.label = MSG_fact_filed, .text = say_time(s, k->created_at).text};
    if (k->replied_at > 0)
        f[n++] = (struct view_fact){.label = MSG_staff_visit_replied, .text = say_time(s, k->replied_at).text};
    v->facts = (struct view_facts){f, n};
    staff_visit_script(s, k, &v->hello, &v->reopen);
}

/* The call as it stands now, with what is wrong with the form that came back. `refused` says why an act did nothing. */
static enum err show(struct request *rq, struct response *rs, struct view_staff_visit *v, enum msg refused)
{
    struct fault wrong = *rq->fault;
    struct actor who = join_actor(rq);
    const struct say s = say_of(rq);
    struct visit_call k;
    struct page pg;
    *rq->fault = (struct fault){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = visit_look(join_ctx(rq), &who, rq->path_args[0], &k);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    put_call(rq, &s, &k, v);
    put_choices(rq, &s, v);
    if (v->errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_visit_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_visit_title);
    staff_page_about(rq, &pg, v->no);
    if (refused != MSG_NONE) {
        v->refused = msg_text(rq->lang, refused);
        response_status(rs, STATUS_CONFLICT);
    }
    tmpl_staff_visit(&rs->body, &pg, v);
    return ERR_OK;
}

enum err page_staff_visit(struct request *rq, struct response *rs)
{
    struct view_staff_visit v = {0};
    return show(rq, rs, &v, MSG_NONE);
}

/* Another visitor was faster, the lease ran out, or it is settled: the page says how it stands. */
static enum err lost(struct request *rq, struct response *rs, enum err e)
{
    struct view_staff_visit v = {0};
    if (e != ERR_CONFLICT || rq->fault->reason == NULL)
        return e;
    const bool taken = strcmp(rq->fault->reason, "VISIT_TAKEN") == 0, over = strcmp(rq->fault->reason, "VISIT_DONE") == 0;
    if (!taken && !over)
        return e;
    const struct fault told = *rq->fault;
    *rq->fault = (struct fault){0};
    const enum err again = show(rq, rs, &v, taken ? MSG_error_visit_taken : MSG_error_visit_done);
    if (again != ERR_NOT_FOUND)
        return again;
    *rq->fault = told; /* the demand is in another round already */
    return e;
}

static enum err back(struct request *rq, struct response *rs, const char *done)
{
    return response_redirect(rs, arena_printf(rq->a, "/staff/visits?done=%s&no=" STR_FMT, done, STR_ARG(percent_encode(rq->a, rq->path_args[0]))));
}

enum err page_staff_visit_claim(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct visit_call k;
    const enum err e = visit_claim(join_ctx(rq), &who, rq->path_args[0], &k);
    if (e != ERR_OK)
        return lost(rq, rs, e);
    return response_redirect(rs, arena_concat(rq->a, STR("/staff/visits/"), ticket_no_show(rq->a, k.row.no)));
}

enum err page_staff_visit_release(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    const enum err e = visit_release(join_ctx(rq), &who, rq->path_args[0]);
    return e == ERR_OK ? back(rq, rs, "released") : e;
}

enum err staff_visit_phone(struct request *rq, struct officer_contact_data *ret)
{
    struct actor who = join_actor(rq);
    struct visit_call k;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = visit_claim(join_ctx(rq), &who, rq->path_args[0], &k);
    return e == ERR_OK ? officer_reveal_contact(join_ctx(rq), &who, rq->path_args[0], msg_text(LANG_ZH, MSG_staff_visit_purpose), ret) : e;
}

enum err page_staff_visit_reveal(struct request *rq, struct response *rs)
{
    struct view_staff_visit v = {.shown = true};
    struct officer_contact_data data;
    const enum err e = staff_visit_phone(rq, &data);
    if (e != ERR_OK)
        return lost(rq, rs, e);
    v.name = data.name;
    v.phone = data.phone;
    if (data.phone.n > 0)
        v.phone_href = arena_concat(rq->a, STR("tel:"), data.phone);
    return show(rq, rs, &v, MSG_NONE);
}

enum err staff_visit_try(struct request *rq, const struct staff_visit_attempt_form *in, bool *ret_void, struct ticket_done *ret)
{
    struct actor who = join_actor(rq);
    int result = 0;
    for (int i = 1; i < VISIT_RESULT_END; i++)
        if (str_eq(in->result, visit_result_word((enum visit_result)i)))
            result = i;
    const enum err e = join_need_ref(rq);
    return e == ERR_OK ? visit_attempt(join_ctx(rq), &who, rq->path_args[0], (enum visit_result)result, ret_void, ret) : e;
}

enum err page_staff_visit_attempt(struct request *rq, struct response *rs)
{
    struct view_staff_visit v = {0};
    struct ticket_done done;
    bool is_void = false;
    if (rq->form_invalid)
        return show(rq, rs, &v, MSG_NONE);
    enum err e = once_take(rq, ((const struct staff_visit_attempt_form *)rq->form)->once);
    if (e == ERR_OK)
        e = staff_visit_try(rq, rq->form, &is_void, &done);
    return e == ERR_OK ? back(rq, rs, is_void ? "void" : "again") : lost(rq, rs, e);
}

enum err staff_visit_answer(struct request *rq, const struct rating_form *in, bool *ret_reopened, struct ticket_done *ret)
{
    struct actor who = join_actor(rq);
    int grade = 0;
    (void)word_find(WORDS_SATISFACTION, in->satisfaction, &grade); /* a choice of the form: always found */
    const struct rating_input answers = {.has_contacted = true, .contacted = str_eq_c(in->contacted, "yes"), .has_solved = true,
                                         .solved = str_eq_c(in->solved, "yes"), .satisfaction = grade, .words = in->words};
    const enum err e = join_need_ref(rq);
    return e == ERR_OK ? visit_record(join_ctx(rq), &who, rq->path_args[0], &answers, ret_reopened, ret) : e;
}

enum err page_staff_visit_answers(struct request *rq, struct response *rs)
{
    struct view_staff_visit v = {0};
    struct ticket_done done;
    bool reopened = false;
    if (rq->form_invalid)
        return show(rq, rs, &v, MSG_NONE);
    const enum err e = staff_visit_answer(rq, rq->form, &reopened, &done);
    if (e == ERR_INVALID)
        return show(rq, rs, &v, MSG_NONE);
    if (e != ERR_OK)
        return lost(rq, rs, e);
    return back(rq, rs, reopened ? "reopened" : done.state == STATE_CLOSED ? "closed" : "recorded");
}
