/*
 * new_flow.c - the order of the pages of filing, and what they share.
 *
 * Contract: which page is open follows from the draft alone, so that back, reload and a second tab all lead to the same
 * place. A case that the filer keeps as a mere record [T 11] needs words and a place, nothing else. Must not know what a
 * page asks.
 */
#include "pages/new_flow.h"

#include "pages/join.h"
#include "web/form.h"
#include "web/page.h"
#include "web/session.h"

/* ---- the order -------------------------------------------------------------------------------------------------- */

static bool is_record(const struct draft *d)
{
    return d->in.diversion != DIVERT_NONE;
}

enum flow_step flow_reached(const struct draft *d)
{
    if (!d->has_kind)
        return FLOW_WORDS;
    if (!d->has_category && !is_record(d))
        return FLOW_CATEGORY;
    if (!d->has_area || (!d->has_address && !is_record(d)))
        return FLOW_PLACE;
    if (is_record(d))
        return FLOW_CHECK;
    if (!d->has_photos)
        return FLOW_PHOTOS;
    return d->has_contact && d->phone_pending.n == 0 ? FLOW_CHECK : FLOW_CONTACT;
}

const struct area *flow_area_at(const struct refdata *ref, struct str code, int level)
{
    const struct area *a = refdata_area(ref, code);
    while (a != NULL && a->level > level)
        a = refdata_area(ref, a->parent);
    return a != NULL && a->level == level ? a : NULL;
}

struct str flow_after_area(const struct refdata *ref, struct str area_code)
{
    const struct area *a = refdata_area(ref, area_code);
    const struct area *const *below;
    if (a == NULL)
        return STR("/new/place");
    if (refdata_area_children(ref, area_code, &below) == 0)
        return STR("/new/place/address"); /* a community, or an area without further division */
    return a->level == AREA_DISTRICT ? STR("/new/place/street") : STR("/new/place/community");
}

struct str flow_first_open(const struct refdata *ref, const struct draft *d)
{
    switch (flow_reached(d)) {
    case FLOW_WORDS:
        return STR("/new");
    case FLOW_CATEGORY:
        return STR("/new/category");
    case FLOW_PLACE:
        return d->has_area ? STR("/new/place/address") : flow_after_area(ref, d->in.area_code);
    case FLOW_PHOTOS:
        return STR("/new/photos");
    case FLOW_CONTACT:
        return d->has_contact ? STR("/new/code") : STR("/new/contact");
    case FLOW_CHECK:
        break;
    }
    return STR("/new/check");
}

/* ---- the draft -------------------------------------------------------------------------------------------------- */

enum err flow_load(struct request *rq, struct str to, struct flow *ret)
{
    struct fault said = *rq->fault; /* reading the draft must not hide what is wrong with the form */
    enum err err = ERR_NOT_FOUND;
    *ret = (struct flow){.to_check = str_eq(to.n > 0 ? to : request_query(rq, "to"), STR("check"))};
    *rq->fault = (struct fault){0};
    if (rq->session != NULL)
        err = draft_load(join_ctx(rq), rq->session->id, &ret->d);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND)
        ret->d = (struct draft){0};
    ret->filed = ret->d.filed_ticket_id;
    if (ret->filed != 0)
        ret->d = (struct draft){0};
    ret->found = err == ERR_OK && ret->filed == 0;
    if (ret->found)
        ret->name = draft_name(join_ctx(rq), rq->session->id, &ret->d);
    *rq->fault = said;
    return ERR_OK;
}

/* The session was lost on the way here: its draft lies on the server and is named by the form. */
static enum err take_along(struct request *rq, struct response *rs, struct str to, struct flow *f)
{
    const struct fault said = *rq->fault;
    struct str name = STR_NONE;
    for (size_t i = 0; rq->sent != NULL && i < rq->sent->n && name.n == 0; i++)
        if (str_eq_c(rq->sent->p[i].name, "draft"))
            name = rq->sent->p[i].value;
    if (name.n == 0)
        return ERR_OK;
    *rq->fault = (struct fault){0};
    enum err err = session_require(rq, rs);
    if (err == ERR_OK)
        err = draft_take(join_ctx(rq), name, rq->session->id);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *rq->fault = said;
    return err == ERR_OK ? flow_load(rq, to, f) : ERR_OK;
}

enum err flow_enter(struct request *rq, struct response *rs, struct str to, enum flow_step step, struct flow *ret,
                    bool *ret_shown)
{
    bool reads = str_eq(rq->method, STR("GET"));
    *ret_shown = false;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = flow_load(rq, to, ret);
    if (err == ERR_OK && !ret->found && ret->filed == 0 && !reads)
        err = take_along(rq, rs, to, ret);
    if (err != ERR_OK)
        return err;
    if (ret->filed != 0)
        return response_redirect(rs, STR("/receipt"));
    if (!ret->found && !reads) {
        *rq->fault = (struct fault){0};
        return fault_set(rq->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "no draft in this session");
    }
    if (flow_reached(&ret->d) < step)
        return response_redirect(rs, flow_first_open(join_ctx(rq)->ref, &ret->d));
    *ret_shown = true;
    return ERR_OK;
}

struct str flow_path(struct request *rq, const struct flow *f, struct str path)
{
    return f->to_check ? arena_concat(rq->a, path, STR("?to=check")) : path;
}

enum err flow_go_on(struct request *rq, struct response *rs, struct flow *f, struct str next)
{
    enum err err = session_require(rq, rs);
    if (err == ERR_OK)
        err = draft_save(join_ctx(rq), rq->session->id, &f->d);
    return err == ERR_OK ? response_redirect(rs, f->to_check ? STR("/new/check") : next) : err;
}

/* ---- what pages show alike -------------------------------------------------------------------------------------- */

struct view_step flow_view_step(const struct flow *f, enum flow_step step, struct str back)
{
    return (struct view_step){.number = step, .total = FLOW_STEPS, .back = f->to_check ? STR("/new/check") : back, .draft = f->name};
}

void flow_page(struct request *rq, struct response *rs, struct page *pg, enum msg title, enum flow_step step)
{
    struct say s = say_of(rq);
    page_init(rq, pg, NAV_FILE, title);
    pg->title = SAY(&s, MSG_title_step, {"title", pg->title}, {"number", say_int(&s, step)},
                    {"total", say_int(&s, FLOW_STEPS)});
    pg->noindex = true;
    pg->title_error = rq->fault->n_fields > 0;
    response_html(rs);
    if (pg->title_error)
        say_refused(rq, rs);
}

struct str flow_thumb(struct arena *a, const struct attachment *u)
{
    if (u->state != UPLOAD_READY || u->thumb_name.n == 0)
        return STR_NONE;
    return arena_printf(a, "/new/photos/" STR_FMT "/thumb", STR_ARG(u->public_id));
}

static struct str lead_words(const struct say *s, const struct category *c)
{
    const struct unit *u = c->lead_kind == LEAD_CITY || c->lead_kind == LEAD_UTILITY
                               ? refdata_unit_short(s->ref, c->lead_ref) : NULL;
    if (u != NULL)
        return say_unit(s, u->code);
    return say_word(s, "lead", word(WORDS_LEAD_KIND, c->lead_kind));
}

enum err flow_promise(struct request *rq, const struct say *s, struct str category_code, struct str area_code,
                      struct str *ret)
{
    const struct category *c = refdata_category(s->ref, category_code);
    const int *minutes = join_ctx(rq)->set->level_minutes;
    *ret = STR_NONE;
    if (c == NULL)
        return ERR_OK;
    int level = c->response_level;
    struct str lead = lead_words(s, c);
    if (area_code.n > 0) {
        struct ticket_forecast f;
        enum err err = ticket_forecast(join_ctx(rq), category_code, area_code, &f);
        if (err != ERR_OK)
            return err;
        level = f.level;
        lead = say_unit(s, f.lead);
    }
    if (level < 1 || level >= SETTINGS_LEVELS || lead.n == 0)
        return ERR_OK;
    *ret = SAY(s, MSG_new_category_promise, {"unit", lead}, {"limit", say_limit(s, minutes[level])});
    return ERR_OK;
}

enum err flow_similar(struct request *rq, const struct say *s, const struct draft *d, const struct view_similar **ret,
                      size_t *ret_n)
{
    const struct public_ticket *p;
    size_t n;
    *ret_n = 0;
    if (d->in.category_code.n == 0 || flow_area_at(s->ref, d->in.area_code, AREA_STREET) == NULL)
        return ERR_OK; /* "near by" means the same street */
    enum err err = ticket_similar(join_ctx(rq), d->in.category_code, d->in.area_code, &p, &n);
    if (err != ERR_OK || n == 0)
        return err;
    struct view_similar *v = ARENA_ARRAY(rq->a, struct view_similar, n);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_similar){.href = arena_concat(rq->a, STR("/public/"), p[i].public_id),
                                     .public_id = p[i].public_id, .title = p[i].title,
                                     .place = say_area(s, p[i].street_code.n ? p[i].street_code : p[i].district_code),
                                     .status = say_word(s, "status", word(WORDS_STATUS, (int)p[i].state)),
                                     .filed_at = say_day(s, p[i].local_day), .joined = p[i].n_joined,
                                     .zh = s->lang != LANG_ZH, .can_join = true};
    *ret = v;
    *ret_n = n;
    return ERR_OK;
}
