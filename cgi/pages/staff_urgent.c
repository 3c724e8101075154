/*
 * staff_urgent.c - urgent modes: what is on, beginning one, changing it, ending it with a reason.
 *
 * Contract: the number of demands that a mode would raise is shown before it is switched, by the same form. Every change is a version
 * of its own; a version that was changed meanwhile is said so by the domain. Must not know what a mode does to a demand.
 */
#include "pages/staff_urgent.h"

#include "app/ids.h"
#include "base/clock.h"
#include "gen/tmpl.h"
#include "pages/once.h"
#include "pages/staff_frame.h"

/* ---- words ------------------------------------------------------------------------------------------------------------- */

static struct str names(const struct say *s, struct str list, bool areas)
{
    struct str rest = list, one, out = STR_NONE;
    while (rest.n > 0) {
        str_cut(rest, ';', &one, &rest);
        const struct str name = areas ? say_area(s, one) : say_category(s, one);
        out = out.n > 0 ? SAY(s, MSG_staff_list_and, {"first", out}, {"next", name}) : name;
    }
    return out;
}

struct view_mode say_mode(const struct request *rq, const struct say *s, const struct urgent_mode *m)
{
    const bool on = m->starts_at <= rq->now_us && rq->now_us < m->ends_at, over = m->ends_at <= rq->now_us;
    return (struct view_mode){
        .href = arena_printf(rq->a, "/staff/urgent/%llu", (unsigned long long)m->id), .name = m->name, .reason = m->reason,
        .categories = names(s, m->categories, false), .areas = m->areas.n > 0 ? names(s, m->areas, true) : msg_text(s->lang, MSG_staff_scope_city),
        .level = say_limit(s, s->set->level_minutes[m->level]), .from = say_time(s, m->starts_at), .until = say_time(s, m->ends_at),
        .changed = say_time(s, m->changed_at), .state = on ? MSG_staff_mode_on : over ? MSG_staff_mode_over : MSG_staff_mode_planned,
        .on = on, .over = over, .raises = m->raise_open, .zh = s->lang != LANG_ZH, .version = say_int(s, m->version),
        .notice_zh = m->notice_zh, .notice_en = m->notice_en};
}

/* ---- the list ------------------------------------------------------------------------------------------------------------ */

enum err page_staff_urgent(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    struct view_staff_urgent v = {0};
    struct page pg;
    size_t n = 0;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = urgent_list(join_ctx(rq), true, &m, &n);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    struct view_mode *now = ARENA_ARRAY(rq->a, struct view_mode, n + 1), *over = ARENA_ARRAY(rq->a, struct view_mode, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct view_mode one = say_mode(rq, &s, &m[i]);
        if (one.over)
            over[v.n_ended++] = one;
        else
            now[v.n_modes++] = one;
    }
    v.modes = now;
    v.ended = over;
    staff_page(rq, rs, &pg, MSG_staff_nav_urgent);
    tmpl_staff_urgent(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- one mode -------------------------------------------------------------------------------------------------------------- */

enum err staff_urgent_versions(struct request *rq, const struct urgent_mode **ret, size_t *ret_n)
{
    uint64_t id = 0;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK && !id_parse(rq->path_args[0], &id))
        e = fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "not an id");
    if (e == ERR_OK)
        e = urgent_versions(join_ctx(rq), id, ret, ret_n);
    return e == ERR_OK && *ret_n == 0 ? fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such mode") : e;
}

enum err page_staff_urgent_mode(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    struct page pg;
    size_t n = 0;
    enum err e = staff_urgent_versions(rq, &m, &n);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    struct view_mode *all = ARENA_ARRAY(rq->a, struct view_mode, n);
    for (size_t i = 0; i < n; i++)
        all[i] = say_mode(rq, &s, &m[i]);
    const struct str done = request_query(rq, "done");
    struct view_staff_urgent_mode v = {.now = all[0], .versions = all, .n_versions = n, .edit = arena_concat(rq->a, all[0].href, STR("/edit")),
                                       .end = arena_concat(rq->a, all[0].href, STR("/end"))};
    v.notice.text = str_eq_c(done, "saved") ? MSG_staff_mode_done_saved : str_eq_c(done, "ended") ? MSG_staff_mode_done_ended : MSG_NONE;
    staff_page(rq, rs, &pg, MSG_staff_mode_title);
    staff_page_about(rq, &pg, v.now.name);
    tmpl_staff_urgent_mode(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- beginning and changing ---------------------------------------------------------------------------------------------------- */

static struct str joined(struct arena *a, const struct str_list *l)
{
    struct str out = STR_NONE;
    for (size_t i = 0; i < l->n; i++)
        out = out.n > 0 ? arena_printf(a, STR_FMT ";" STR_FMT, STR_ARG(out), STR_ARG(l->p[i])) : l->p[i];
    return out;
}

/* As a datetime field wants it, on a Beijing clock. */
static struct str field_time(struct arena *a, int64_t at)
{
    const struct civil c = clock_civil(at);
    return at == 0 ? STR_NONE : arena_printf(a, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

static bool read_time(struct request *rq, const char *field, struct str typed, int64_t *ret)
{
    const struct str whole = typed.n == strlen("2026-11-22T17:00") ? arena_concat(rq->a, typed, STR(":00+08:00")) : typed;
    *ret = 0;
    return typed.n == 0 || clock_parse_rfc3339(whole, ret) || fault_field(rq->fault, field, "NOT_A_TIME") == ERR_OK;
}

/* was: the version that is changed; NULL = a new mode. */
static enum err show_form(struct request *rq, struct response *rs, const struct urgent_mode *was, const struct urgent_form *in, struct str preview)
{
    static const struct urgent_form nothing;
    const struct say s = say_of(rq);
    const bool fresh = in == NULL && was != NULL;
    struct view_staff_urgent_form v = {.errors = say_errors(rq), .edits = was != NULL, .preview = preview, .back = STR("/staff/urgent"),
                                       .action = STR("/staff/urgent/new"), .version = STR("0")};
    struct page pg;
    if (was != NULL) {
        v.back = arena_printf(rq->a, "/staff/urgent/%llu", (unsigned long long)was->id);
        v.action = arena_concat(rq->a, v.back, STR("/edit"));
        v.version = say_int(&s, in != NULL ? in->version : was->version);
    }
    if (in == NULL)
        in = &nothing;
    v.once = once_show(rq, in->once);
    v.name = say_input(rq, "name", fresh ? was->name : in->name);
    v.reason = say_input(rq, "reason", fresh ? was->reason : in->reason);
    v.starts_at = say_input(rq, "starts_at", fresh ? field_time(rq->a, was->starts_at) : in->starts_at);
    v.ends_at = say_input(rq, "ends_at", fresh ? field_time(rq->a, was->ends_at) : in->ends_at);
    v.notice_zh = say_input(rq, "notice_zh", fresh ? was->notice_zh : in->notice_zh);
    v.notice_en = say_input(rq, "notice_en", fresh ? was->notice_en : in->notice_en);
    v.categories_error = say_error(rq, "categories");
    v.areas_error = say_error(rq, "areas");
    v.level_error = say_error(rq, "level");
    v.level_1 = (fresh ? was->level : in->level) == 1;
    v.level_2 = (fresh ? was->level : in->level) == 2;
    v.raise_open = fresh ? was->raise_open : in->raise_open;
    v.hours_1 = say_limit(&s, s.set->level_minutes[1]);
    v.hours_2 = say_limit(&s, s.set->level_minutes[2]);
    urgent_offer(&s, fresh ? was->categories : joined(rq->a, &in->categories), fresh ? was->areas : joined(rq->a, &in->areas), &v);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_mode_new);
    else
        staff_page(rq, rs, &pg, was != NULL ? MSG_staff_mode_change : MSG_staff_mode_new);
    tmpl_staff_urgent_form(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err staff_urgent_save(struct request *rq, const struct urgent_form *in, const struct urgent_mode *was, struct staff_urgent_done *ret)
{
    struct actor who = join_actor(rq);
    struct urgent_mode m = {.id = was != NULL ? was->id : 0, .version = (int)in->version, .name = in->name, .reason = in->reason,
                            .categories = joined(rq->a, &in->categories), .areas = joined(rq->a, &in->areas), .level = (int)in->level,
                            .raise_open = in->raise_open, .notice_zh = in->notice_zh, .notice_en = in->notice_en};
    const bool from = read_time(rq, "starts_at", in->starts_at, &m.starts_at), to = read_time(rq, "ends_at", in->ends_at, &m.ends_at);
    *ret = (struct staff_urgent_done){.previewed = str_eq_c(in->go, "preview")};
    if (!from || !to)
        return ERR_INVALID;
    return ret->previewed ? urgent_preview(join_ctx(rq), &who, &m, &ret->n, &ret->more) : urgent_start(join_ctx(rq), &who, &m, &ret->id);
}

static enum err save(struct request *rq, struct response *rs, const struct urgent_mode *was)
{
    const struct urgent_form *in = rq->form;
    const struct say s = say_of(rq);
    struct staff_urgent_done done = {0};
    enum err e = rq->form_invalid ? ERR_INVALID : once_take(rq, in->once);
    if (e == ERR_OK)
        e = staff_urgent_save(rq, in, was, &done);
    if (e == ERR_INVALID)
        return show_form(rq, rs, was, in, STR_NONE);
    if (e != ERR_OK)
        return e;
    if (!done.previewed)
        return response_redirect(rs, arena_printf(rq->a, "/staff/urgent/%llu?done=saved", (unsigned long long)done.id));
    return show_form(rq, rs, was, in, SAY(&s, done.more ? MSG_staff_mode_preview_more : MSG_staff_mode_preview, {"n", say_grouped(&s, done.n)}));
}

enum err page_staff_urgent_new(struct request *rq, struct response *rs)
{
    const enum err e = join_need_ref(rq);
    return e == ERR_OK ? show_form(rq, rs, NULL, NULL, STR_NONE) : e;
}

enum err page_staff_urgent_new_post(struct request *rq, struct response *rs)
{
    const enum err e = join_need_ref(rq);
    return e == ERR_OK ? save(rq, rs, NULL) : e;
}

enum err page_staff_urgent_edit(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    size_t n = 0;
    const enum err e = staff_urgent_versions(rq, &m, &n);
    return e == ERR_OK ? show_form(rq, rs, &m[0], NULL, STR_NONE) : e;
}

enum err page_staff_urgent_edit_post(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    const struct fault wrong = *rq->fault; /* of the form: told later, beside its fields */
    size_t n = 0;
    *rq->fault = (struct fault){0};
    const enum err e = staff_urgent_versions(rq, &m, &n);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    return save(rq, rs, &m[0]);
}

/* ---- ending ---------------------------------------------------------------------------------------------------------------------- */

static enum err show_end(struct request *rq, struct response *rs)
{
    const struct urgent_end_form *in = rq->form;
    const struct fault wrong = *rq->fault;
    const struct urgent_mode *m = NULL;
    struct page pg;
    size_t n = 0;
    *rq->fault = (struct fault){0};
    const enum err e = staff_urgent_versions(rq, &m, &n);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    const struct say s = say_of(rq);
    struct view_staff_urgent_end v = {.errors = say_errors(rq), .mode = say_mode(rq, &s, &m[0]), .reason = say_input(rq, "reason", in ? in->reason : STR_NONE)};
    v.action = arena_concat(rq->a, v.mode.href, STR("/end"));
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_mode_end_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_mode_end_title);
    tmpl_staff_urgent_end(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_urgent_end(struct request *rq, struct response *rs)
{
    return show_end(rq, rs);
}

enum err staff_urgent_stop(struct request *rq, const struct urgent_end_form *in, uint64_t *ret_id)
{
    struct actor who = join_actor(rq);
    if (!id_parse(rq->path_args[0], ret_id))
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "not an id");
    return urgent_end(join_ctx(rq), &who, *ret_id, in->reason);
}

enum err page_staff_urgent_end_post(struct request *rq, struct response *rs)
{
    uint64_t id = 0;
    const enum err e = rq->form_invalid ? ERR_INVALID : staff_urgent_stop(rq, rq->form, &id);
    if (e == ERR_INVALID)
        return show_end(rq, rs);
    return e == ERR_OK ? response_redirect(rs, arena_printf(rq->a, "/staff/urgent/%llu?done=ended", (unsigned long long)id)) : e;
}
