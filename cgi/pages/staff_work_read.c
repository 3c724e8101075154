/*
 * staff_work_read.c - the worklist's filter and one page of it, for page and API alike.
 *
 * Contract: what is typed into the address is judged here; which units a person may see is judged in app.
 */
#include "pages/staff_work.h"

#include "app/cursor.h"
#include "base/clock.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/request.h"

enum { DUE_SOON_DAYS = 3 };

const char *const staff_work_roles[] = {"lead", "co", "copy", "whistle", "relay", "joint", "escalation", NULL};
const char *const staff_work_states[] = {"sent", "signed", NULL};
const char *const staff_work_dues[] = {"late", "today", "soon", NULL};

static const struct form_field work_fields[] = {
    {FORM_FIELD(struct staff_work_query, unit, "unit", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_work_query, role, "role", FIELD_CHOICE), .choices = staff_work_roles},
    {FORM_FIELD(struct staff_work_query, state, "state", FIELD_CHOICE), .choices = staff_work_states},
    {FORM_FIELD(struct staff_work_query, due, "due", FIELD_CHOICE), .choices = staff_work_dues},
    {FORM_FIELD(struct staff_work_query, category, "category", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_work_query, area, "area", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_work_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec staff_work_query = {FORM_SPEC("staff_work", struct staff_work_query, work_fields)};

/* The query of a page with this filter; what is empty is left out. The same text is what a cursor is bound to. */
struct str staff_work_query_text(struct arena *a, const struct staff_work_query *q)
{
    const struct {
        const char *name;
        struct str value;
    } all[] = {{"unit", q->unit}, {"role", q->role}, {"state", q->state}, {"due", q->due}, {"category", q->category}, {"area", q->area}};
    struct str out = STR_NONE;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].value.n > 0)
            out = arena_printf(a, STR_FMT "%s%s=" STR_FMT, STR_ARG(out), out.n > 0 ? "&" : "", all[i].name, STR_ARG(all[i].value));
    return out;
}

static struct officer_filter filter_of(const struct staff_work_query *q, int64_t now)
{
    struct officer_filter f = {.unit_code = q->unit, .category_prefix = q->category, .area_prefix = q->area};
    int n = 0;
    const int64_t midnight = clock_day_start_us(clock_day_add(clock_local_day(now), 1));
    if (q->role.n > 0 && word_find(WORDS_ROLE, q->role, &n))
        f.role = (enum role)n;
    if (q->state.n > 0 && word_find(WORDS_ASSIGNMENT, q->state, &n))
        f.assignment = (enum assignment_state)n;
    f.overdue = str_eq_c(q->due, "late");
    if (f.overdue)
        f.due_to = now;
    if (str_eq_c(q->due, "today")) {
        f.due_from = now;
        f.due_to = midnight;
    } else if (str_eq_c(q->due, "soon")) {
        f.due_from = now;
        f.due_to = midnight + (DUE_SOON_DAYS - 1) * US_PER_DAY;
    }
    return f;
}

enum err staff_work_read(struct request *rq, const struct actor *who, const struct staff_work_query *q, size_t limit,
                         struct staff_work_page *ret)
{
    struct ctx *c = join_ctx(rq);
    const struct officer_filter f = filter_of(q, rq->now_us);
    struct officer_key next;
    struct cursor at;
    bool given, more = false;
    *ret = (struct staff_work_page){.query = staff_work_query_text(rq->a, q)};
    enum err e = cursor_open(c->keys, rq->a, CURSOR_WORK, ret->query, q->cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = officer_list(c, who, &f, (struct officer_key){at.a, (uint64_t)at.b}, limit, &ret->items, &ret->n_items, &next, &more);
    ret->unfinished = e == ERR_OK && more && ret->n_items < limit;
    if (e == ERR_OK && more)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_WORK, ret->query, (struct cursor){next.due, (int64_t)next.id});
    return e;
}

struct str staff_work_withheld(const struct say *s, int64_t until)
{
    return SAY(s, MSG_staff_withheld, {"when", say_time(s, until).text});
}

void staff_work_event(const struct say *s, const struct officer_ticket *t, const struct event *e, struct view_event *ret)
{
    const struct ticket_view as = {.no = t->no, .state = t->state, .category_code = t->category_code, .area_code = t->area_code,
                                   .channel = t->channel, .kind = t->kind, .round = t->round, .level = t->level, .holder = t->lead_unit};
    const struct ticket_event from = {.seq = e->seq, .at = e->at, .code = e->code, .wording = e->wording, .unit_code = e->unit_code,
                                      .params = e->params, .words = e->words, .words_lang = e->words_lang};
    say_event(s, &as, &from, ret);
    if (e->withheld_until != 0)
        ret->detail = staff_work_withheld(s, e->withheld_until);
}
