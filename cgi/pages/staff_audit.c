/*
 * staff_audit.c - who saw, changed, exported what; and whether the chain of one demand is whole.
 *
 * Contract: every page that is read here is a row of the audit itself. Checking a chain is a POST, because it writes that it was
 * done. Must not show what a demand says.
 */
#include "pages/staff_audit.h"

#include "app/audit_read.h"
#include "app/event.h"
#include "app/ids.h"
#include "base/clock.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_audit.h"

enum { TYPED_CHARS = 60, DAY_CHARS = 10, DAY_MONTH = 5, DAY_DAY = 8 };

struct audit_query {
    struct str login, ticket_no, action, day;
    int64_t before;
};
/* clang-format off */
static const struct form_field query_fields[] = {
    {FORM_FIELD(struct audit_query, login, "login", FIELD_TEXT), .max = TYPED_CHARS},
    {FORM_FIELD(struct audit_query, ticket_no, "ticket_no", FIELD_TEXT), .max = TYPED_CHARS},
    {FORM_FIELD(struct audit_query, action, "action", FIELD_CHOICE), .choices = &audit_action_words[1]},
    {FORM_FIELD(struct audit_query, day, "day", FIELD_TEXT), .max = DAY_CHARS},
    {FORM_FIELD(struct audit_query, before, "before", FIELD_INT), .min_value = 0, .max_value = INT64_MAX},
};
const struct form_spec staff_audit_query = {FORM_SPEC("staff_audit", struct audit_query, query_fields)};
static const struct form_field chain_fields[] = {
    {FORM_FIELD(struct audit_query, ticket_no, "ticket_no", FIELD_TEXT), .required = true, .max = TYPED_CHARS},
};
const struct form_spec staff_audit_chain_form = {FORM_SPEC("staff_audit_chain", struct audit_query, chain_fields)};
/* clang-format on */

static bool read_day(struct request *rq, struct str s, int32_t *ret)
{
    int32_t day = 0;
    *ret = 0;
    if (s.n == 0)
        return true;
    for (size_t i = 0; i < s.n; i++) {
        if (i == DAY_MONTH - 1 || i == DAY_DAY - 1 ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
            return fault_field(rq->fault, "day", "NOT_A_TIME") == ERR_OK;
        if (s.p[i] != '-')
            day = day * 10 + (s.p[i] - '0');
    }
    if (s.n != DAY_CHARS || !clock_day_valid(day))
        return fault_field(rq->fault, "day", "NOT_A_TIME") == ERR_OK;
    *ret = day;
    return true;
}

/* The acts whose purpose we write ourselves; what a person gave as a reason is never touched. */
static bool purpose_is_ours(struct str action)
{
    static const enum audit_action ours[] = {AUDIT_SIGN_IN, AUDIT_ROLE_GRANT, AUDIT_ROLE_REVOKE, AUDIT_SERVICE_ADD, AUDIT_CHAIN_CHECK};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (str_eq(action, word(WORDS_AUDIT_ACTION, (int)ours[i])))
            return true;
    return false;
}

/* Where it begins with a word of ours, such as a role, that is said in the reader's language. */
static struct str say_purpose(const struct say *s, const struct audit_row *r)
{
    if (!purpose_is_ours(r->action))
        return r->purpose;
    struct str head = r->purpose, rest = STR_NONE;
    if (!str_cut(r->purpose, ' ', &head, &rest))
        head = r->purpose;
    enum msg m = say_msg("audit.purpose", head);
    if (m == MSG_NONE)
        m = say_msg("staff", arena_concat(s->a, STR("role_"), head));
    if (m == MSG_NONE)
        return r->purpose;
    const struct str said = msg_text(s->lang, m);
    return rest.n > 0 ? arena_printf(s->a, STR_FMT " " STR_FMT, STR_ARG(said), STR_ARG(rest)) : said;
}

static void put_rows(const struct say *s, const struct audit_row *from, size_t n, struct view_staff_audit *v)
{
    static const enum msg kinds[] = {MSG_staff_audit_nobody, MSG_staff_audit_citizen, MSG_staff_audit_operator, MSG_staff_audit_system, MSG_staff_audit_service};
    struct view_audit_row *out = ARENA_ARRAY(s->a, struct view_audit_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct audit_row *r = &from[i];
        out[i] = (struct view_audit_row){.at = say_time(s, r->at), .who = r->name.n > 0 ? r->name : msg_text(s->lang, kinds[r->actor_kind]), .login = r->login,
                                         .action = say_word(s, "audit.action", r->action), .object = say_word(s, "audit.object", r->object_kind), .purpose = say_purpose(s, r), .net = r->client_net};
        if (r->ticket_no.n > 0) {
            out[i].object = ticket_no_show(s->a, r->ticket_no);
            out[i].href = arena_concat(s->a, STR("/staff/t/"), out[i].object);
        }
    }
    v->rows = out;
    v->n_rows = n;
}

static void put_choices(struct request *rq, const struct say *s, const struct audit_query *q, struct view_staff_audit *v)
{
    struct view_option *o = ARENA_ARRAY(rq->a, struct view_option, AUDIT_ACTION_END);
    for (int i = 1; i < AUDIT_ACTION_END; i++) {
        const struct str w = word(WORDS_AUDIT_ACTION, i);
        o[v->n_actions++] = (struct view_option){.value = w, .text = say_word(s, "audit.action", w), .chosen = str_eq(w, q->action)};
    }
    v->actions = o;
    v->login = say_input(rq, "login", q->login);
    v->ticket_no = say_input(rq, "ticket_no", q->ticket_no);
    v->day = say_input(rq, "day", q->day);
    v->errors = say_errors(rq);
}

static enum err put_points(struct request *rq, const struct say *s, struct view_staff_audit *v)
{
    const struct audit_checkpoint *p = NULL;
    const enum err e = audit_checkpoints(join_ctx(rq), &p, &v->n_points);
    if (e != ERR_OK)
        return e;
    struct view_audit_checkpoint *out = ARENA_ARRAY(rq->a, struct view_audit_checkpoint, v->n_points + 1);
    for (size_t i = 0; i < v->n_points; i++)
        out[i] = (struct view_audit_checkpoint){say_time(s, p[i].at), {p[i].n_heads}};
    v->points = out;
    return ERR_OK;
}

static struct str next_page(struct request *rq, const struct audit_query *q, uint64_t before)
{
    return arena_printf(rq->a, "/staff/audit?login=" STR_FMT "&ticket_no=" STR_FMT "&action=" STR_FMT "&day=" STR_FMT "&before=%llu",
                        STR_ARG(percent_encode(rq->a, q->login)), STR_ARG(percent_encode(rq->a, q->ticket_no)), STR_ARG(q->action), STR_ARG(q->day),
                        (unsigned long long)before);
}

static enum err show(struct request *rq, struct response *rs, const struct audit_query *q, struct view_staff_audit *v)
{
    const struct audit_row *rows = NULL;
    const struct say s = say_of(rq);
    struct actor who = join_actor(rq);
    struct audit_filter f = {.login = q->login, .ticket_no = q->ticket_no, .action = q->action};
    struct page pg;
    uint64_t next = 0;
    size_t n = 0;
    bool more = false;
    enum err e = ERR_OK;
    if (rq->fault->n_fields == 0 && read_day(rq, q->day, &f.day))
        e = audit_read(join_ctx(rq), &who, &f, (uint64_t)q->before, &rows, &n, &next, &more);
    if (e != ERR_OK && e != ERR_INVALID)
        return e;
    put_choices(rq, &s, q, v);
    struct fault wrong = *rq->fault;
    *rq->fault = (struct fault){0};
    e = put_points(rq, &s, v);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    put_rows(&s, rows, n, v);
    if (more)
        v->pager.next = next_page(rq, q, next);
    if (v->errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_nav_audit);
    else
        staff_page(rq, rs, &pg, MSG_staff_nav_audit);
    tmpl_staff_audit(&rs->body, &pg, v);
    return ERR_OK;
}

enum err page_staff_audit(struct request *rq, struct response *rs)
{
    struct view_staff_audit v = {0};
    const enum err e = join_need_ref(rq);
    return e == ERR_OK ? show(rq, rs, rq->form, &v) : e;
}

enum err page_staff_audit_chain(struct request *rq, struct response *rs)
{
    const struct audit_query *q = rq->form;
    struct view_staff_audit v = {0};
    struct actor who = join_actor(rq);
    struct event_verdict verdict;
    struct str no;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK && !rq->form_invalid)
        e = audit_check_chain(join_ctx(rq), &who, q->ticket_no, &no, &verdict);
    if (e != ERR_OK && e != ERR_INVALID)
        return e;
    const struct say s = say_of(rq);
    if (e == ERR_OK && !rq->form_invalid) {
        v.verdict_bad = !verdict.ok;
        v.verdict = verdict.ok ? SAY(&s, MSG_staff_audit_chain_good, {"no", ticket_no_show(rq->a, no)}, {"n", say_int(&s, verdict.n_events)})
                               : SAY(&s, MSG_staff_audit_chain_bad, {"no", ticket_no_show(rq->a, no)}, {"seq", say_int(&s, verdict.bad_seq)},
                                     {"why", str_from_c(verdict.why)});
    }
    return show(rq, rs, q, &v);
}
