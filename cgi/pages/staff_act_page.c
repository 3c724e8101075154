/*
 * staff_act_page.c - the page of one act: GET shows its form, POST does it and leads back to the demand with 303.
 *
 * Contract: what was typed is kept whatever goes wrong; a demand that moved meanwhile is said so, with its new version in the form.
 * Must not know single acts: they are rows of staff_act_table.c.
 */
#include "app/desk.h"
#include "app/ids.h"
#include "app/ticket_state.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_act.h"
#include "pages/staff_act_choices.h"
#include "pages/once.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_act.h"
#include "web/problem.h"
#include "web/route.h"

enum { WORD_BYTES = 80, FACTS_MAX = 6 };

/* ---- showing it -------------------------------------------------------------------------------------------------------------- */

static struct view_facts facts_of(const struct say *s, const struct officer_ticket *t)
{
    struct view_fact *f = ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX);
    const bool zh = s->lang != LANG_ZH;
    size_t n = 0;
    f[n++] = (struct view_fact){.label = MSG_fact_category, .zh = zh && t->category_code.n > 0,
                                .text = t->category_code.n > 0 ? say_category(s, t->category_code) : msg_text(s->lang, MSG_fact_unsure)};
    f[n++] = (struct view_fact){.label = MSG_fact_place, .text = say_area(s, t->area_code), .zh = zh};
    if (t->lead_unit.n > 0)
        f[n++] = (struct view_fact){.label = MSG_staff_lead, .text = say_unit(s, t->lead_unit), .zh = zh};
    if (t->promise_at > 0 && ticket_state_running(t->state))
        f[n++] = (struct view_fact){.label = MSG_staff_promise, .text = say_time(s, t->promise_at).text};
    return (struct view_facts){f, n};
}

static struct str value_of(const struct staff_act_form *in, const char *name)
{
    static const struct {
        const char *name;
        size_t at;
    } text[] = {
#define M(member) {#member, offsetof(struct staff_act_form, member)}
        M(words), M(account), M(title), M(text), M(outcome), M(reason), M(ground), M(class), M(body), M(helper), M(review), M(approve),
        M(reached), M(unit_code), M(joint), M(category_code), M(area_code), M(other), M(name), M(until), M(due), M(report_by),
#undef M
    };
    for (size_t i = 0; in != NULL && i < sizeof text / sizeof text[0]; i++)
        if (strcmp(text[i].name, name) == 0)
            return *(const struct str *)((const char *)in + text[i].at);
    return STR_NONE;
}

static bool ticked(const struct staff_act_form *in, const char *name)
{
    if (in == NULL)
        return false;
    return strcmp(name, "stage") == 0 ? in->stage : strcmp(name, "internal") == 0 ? in->internal : in->for_hotline;
}

struct showing {
    struct request *rq;
    const struct say *s;
    const struct staff_act *a;
    const struct officer_ticket *t;
    const struct staff_act_form *in; /* NULL on GET */
    struct str start;                /* wording to start from */
};

static enum msg field_msg(const struct showing *g, const struct act_field *f, const char *more)
{
    char key[WORD_BYTES];
    snprintf(key, sizeof key, "%s_%s%s", g->a->word, f->name, more);
    for (char *p = key; *p; p++)
        *p = *p == '-' ? '_' : *p;
    const enum msg own = say_msg("staff_act", str_from_c(key));
    if (own != MSG_NONE)
        return own;
    snprintf(key, sizeof key, "%s%s", f->name, more);
    return say_msg("staff_field", str_from_c(key));
}

static void put_choices(const struct showing *g, const struct act_field *f, struct view_act_field *v)
{
    const struct str value = value_of(g->in, f->name);
    switch (f->show) {
    case ACT_CHOICE:
        v->choice = true;
        act_choices(g->s, f->choices, value, v);
        break;
    case ACT_UNIT:
    case ACT_UNIT_ALL:
        v->select = true;
        act_units(g->s, g->t, f->show == ACT_UNIT_ALL, value, NULL, v);
        break;
    case ACT_UNITS:
    case ACT_UNITS_ALL:
        v->checks = true;
        act_units(g->s, g->t, f->show == ACT_UNITS_ALL, STR_NONE, g->in ? &g->in->units : NULL, v);
        break;
    case ACT_CATEGORY:
        v->select = true;
        act_categories(g->s, value, v);
        break;
    case ACT_PLACE:
        v->select = true;
        act_places(g->s, value, v);
        break;
    case ACT_RELAYS:
        v->choice = true;
        act_relays(g->s, g->t, g->in ? g->in->seq : 0, v);
        break;
    case ACT_AREA:
    case ACT_LINE:
    case ACT_TIME:
    case ACT_TICK:
    case ACT_FILES:
        break;
    }
}

static struct view_act_field field_of(const struct showing *g, const struct act_field *f)
{
    struct view_act_field v = {.area = f->show == ACT_AREA, .line = f->show == ACT_LINE, .time = f->show == ACT_TIME,
                               .tick = f->show == ACT_TICK, .files = f->show == ACT_FILES, .optional = f->optional};
    v.name = str_from_c(f->show == ACT_FILES ? "file" : f->name);
    v.id = str_eq_c(v.name, "category_code") ? STR("category") : str_eq_c(v.name, "area_code") ? STR("area") : v.name;
    v.label = msg_text(g->rq->lang, field_msg(g, f, ""));
    v.hint = msg_text(g->rq->lang, field_msg(g, f, "_hint"));
    v.error = say_error(g->rq, f->show == ACT_FILES ? "file" : f->name);
    v.value = value_of(g->in, f->name);
    if (g->in == NULL && strcmp(f->name, "words") == 0)
        v.value = g->start;
    v.max = f->show == ACT_AREA ? LIMIT_REPLY_CHARS : 0;
    v.chosen = v.tick && ticked(g->in, f->name);
    put_choices(g, f, &v);
    return v;
}

/* Wordings that editors keep, for replies and diversions; ?use=<id> starts from one. */
static enum err put_templates(struct showing *g, struct view_staff_act *v)
{
    const bool reply = strcmp(g->a->word, "reply") == 0, divert = strcmp(g->a->word, "divert") == 0;
    const struct reply_template *all = NULL;
    const struct str use = request_query(g->rq, "use");
    size_t n = 0;
    if (!reply && !divert && strcmp(g->a->word, "answer") != 0)
        return ERR_OK;
    enum err e = reply_templates(join_ctx(g->rq), reply ? TEMPLATE_REPLY : divert ? TEMPLATE_DIVERSION : TEMPLATE_ANSWER, STR_NONE,
                                 g->t->lead_unit, g->t->category_code, &all, &n);
    if (e != ERR_OK)
        return e;
    struct view_act_template *list = ARENA_ARRAY(g->rq->a, struct view_act_template, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct str id = say_int(g->s, all[i].id);
        list[i] = (struct view_act_template){arena_printf(g->rq->a, "?use=" STR_FMT, STR_ARG(id)), all[i].title};
        if (str_eq(id, use))
            g->start = all[i].body;
    }
    v->templates = list;
    v->n_templates = n;
    return ERR_OK;
}

static enum err show(struct request *rq, struct response *rs, const struct staff_act_form *in)
{
    const struct staff_act *a = staff_act_of(rq);
    struct fault said = *rq->fault; /* reading the demand must not hide what was wrong */
    struct officer_ticket t;
    struct actor who = join_actor(rq);
    struct page pg;
    *rq->fault = (struct fault){0};
    enum err e = officer_ticket(join_ctx(rq), &who, rq->path_args[0], &t);
    if (e != ERR_OK)
        return e;
    const struct str no = ticket_no_show(rq->a, t.no);
    if (said.err == ERR_OK && !staff_act_offered(rq, a, &t))
        return response_redirect(rs, arena_printf(rq->a, "/staff/t/" STR_FMT "?done=late", STR_ARG(no)));
    const struct say s = say_of(rq);
    struct view_staff_act v = {.no = no, .version = t.version, .strong = a->strong, .subject = t.title, .subject_zh = t.lang == 0 && rq->lang != LANG_ZH,
                               .title = staff_act_text(rq, a, ""), .lead = staff_act_text(rq, a, "_lead"), .button = staff_act_text(rq, a, ""),
                               .facts = facts_of(&s, &t), .multipart = false};
    v.action = arena_printf(rq->a, "/staff/t/" STR_FMT "/%s", STR_ARG(no), a->word);
    v.back = arena_printf(rq->a, "/staff/t/" STR_FMT, STR_ARG(no));
    v.once = once_show(rq, in != NULL ? in->once : STR_NONE);
    struct showing g = {rq, &s, a, &t, in, STR_NONE};
    e = put_templates(&g, &v);
    if (e != ERR_OK)
        return e;
    *rq->fault = said;
    struct view_act_field *fields = ARENA_ARRAY(rq->a, struct view_act_field, STAFF_ACT_FIELDS);
    while (v.n_fields < STAFF_ACT_FIELDS && a->fields[v.n_fields].name != NULL) {
        fields[v.n_fields] = field_of(&g, &a->fields[v.n_fields]);
        v.multipart = v.multipart || fields[v.n_fields].files;
        v.n_fields++;
    }
    v.fields = fields;
    v.errors = say_errors(rq);
    if (said.err == ERR_OK) {
        staff_page(rq, rs, &pg, MSG_staff_ticket_title);
    } else {
        staff_page_again(rq, rs, &pg, MSG_staff_ticket_title);
        response_status(rs, said.err == ERR_CONFLICT ? 409 : 422);
    }
    pg.title = v.title;
    staff_page_about(rq, &pg, no);
    tmpl_staff_act(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_act(struct request *rq, struct response *rs)
{
    enum err e = join_need_ref(rq);
    return e == ERR_OK ? show(rq, rs, NULL) : e;
}

static enum err show_contact(struct request *rq, struct response *rs, const struct act_call *x)
{
    struct page pg;
    struct view_staff_contact v = {.no = ticket_no_show(rq->a, x->no), .name = x->contact.name, .phone = x->contact.phone,
                                   .org = x->contact.org, .purpose = x->in->words};
    v.back = arena_printf(rq->a, "/staff/t/" STR_FMT, STR_ARG(v.no));
    staff_page(rq, rs, &pg, MSG_staff_contact_title);
    staff_page_about(rq, &pg, v.no);
    tmpl_staff_contact(&rs->body, &pg, &v);
    return ERR_OK;
}

/* What another person, or the same one in another tab, has done meanwhile: the form comes back and says so. */
static bool is_shown_again(struct request *rq, enum err e)
{
    if (e == ERR_INVALID || (e == ERR_CONFLICT && rq->fault->n_fields > 0))
        return true;
    if (e != ERR_CONFLICT)
        return false;
    const struct problem *p = problem_of(rq->fault, e);
    *rq->fault = (struct fault){.err = e, .reason = p->reason, .n_fields = 1, .fields = {{"act", p->reason, (int)p->msg}}};
    return true;
}

enum err page_staff_act_post(struct request *rq, struct response *rs)
{
    const struct staff_act *a = staff_act_of(rq);
    struct act_call x;
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    if (rq->form_invalid)
        return show(rq, rs, rq->form);
    e = staff_act_run(rq, a, NULL, &x);
    if (e != ERR_OK)
        return is_shown_again(rq, e) ? show(rq, rs, rq->form) : e;
    if (a->may == offsetof(struct officer_may, reveal))
        return show_contact(rq, rs, &x);
    return response_redirect(rs, arena_printf(rq->a, "/staff/t/" STR_FMT "?done=%s", STR_ARG(ticket_no_show(rq->a, x.done.no.n ? x.done.no : x.no)),
                                              a->word));
}
