/*
 * staff_services.c - pages of administrators: other systems and their keys; the tree of units as it stood on a day.
 *
 * Contract: as staff_people.c. A key is shown in the answer to the request that made it, and never again.
 */
#include "app/ids.h"
#include "base/clock.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_grants.h"
#include "pages/staff_people.h"

static struct str base_of(struct request *rq, uint64_t id)
{
    return arena_printf(rq->a, "/staff/services/%llu", (unsigned long long)id);
}

/* ---- the list, and a new one --------------------------------------------------------------------------------------------- */

static enum err list(struct request *rq, struct view_staff_services *v)
{
    const struct staff_service *s = NULL;
    struct actor who = join_actor(rq);
    struct say say = say_of(rq);
    uint64_t after = 0;
    size_t n = 0;
    bool more = false, all = permission_may(join_ctx(rq), &who, MAY_PEOPLE, STR_NONE, STR_NONE, STR_NONE);
    if (!id_parse(request_query(rq, "after"), &after))
        after = 0;
    enum err err = staff_service_list(join_ctx(rq), &who, all ? STR_NONE : who.unit_code, after, &s, &n, &more);
    if (err != ERR_OK)
        return err;
    struct view_staff_service_row *rows = ARENA_ARRAY(rq->a, struct view_staff_service_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_staff_service_row){.href = base_of(rq, s[i].id), .name = s[i].name, .unit = staff_say_unit(rq, s[i].unit_code),
                                                  .disabled = s[i].state == STAFF_DISABLED, .created = say_time(&say, s[i].created_at)};
    v->rows = rows;
    v->n_rows = n;
    if (more)
        v->next_page = arena_printf(rq->a, "/staff/services?after=" STR_FMT, STR_ARG(id_text(rq->a, s[n - 1].id)));
    return ERR_OK;
}

static enum err show_list(struct request *rq, struct response *rs, const struct staff_person_form *in)
{
    static const struct staff_person_form nothing;
    struct fault wrong = *rq->fault;
    struct view_staff_services v = {0};
    struct page pg;
    *rq->fault = (struct fault){0};
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = list(rq, &v);
    if (err != ERR_OK)
        return err;
    *rq->fault = wrong;
    if (in == NULL)
        in = &nothing;
    v.errors = say_errors(rq);
    v.name = say_input(rq, "name", in->name);
    v.unit = say_input(rq, "unit", in->unit);
    staff_grant_fields(rq, in, &v.grant);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_services_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_services_title);
    tmpl_staff_services(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_services(struct request *rq, struct response *rs)
{
    return show_list(rq, rs, NULL);
}

enum err page_staff_services_post(struct request *rq, struct response *rs)
{
    const struct staff_person_form *in = rq->form;
    struct actor who = join_actor(rq);
    struct staff_grant g;
    uint64_t id = 0;
    bool sent;
    enum err err = staff_confirm_first(rq, rs, STR("/staff/services"), &sent);
    if (err == ERR_OK && !sent)
        err = join_need_ref(rq);
    if (err != ERR_OK || sent)
        return err;
    if (rq->form_invalid || !staff_grant_typed(rq, in, &g))
        return show_list(rq, rs, in);
    err = staff_service_add(join_ctx(rq), &who, in->name, staff_unit_typed(rq, in->unit), &g, &id);
    if (err == ERR_INVALID)
        return show_list(rq, rs, in);
    return err == ERR_OK ? response_redirect(rs, base_of(rq, id)) : err;
}

/* ---- one service ------------------------------------------------------------------------------------------------------------- */

static enum err id_of(struct request *rq, uint64_t *ret)
{
    return id_parse(rq->path_args[0], ret) ? ERR_OK : fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
}

static enum msg done_msg(struct request *rq)
{
    struct str done = request_query(rq, "done");
    return str_eq(done, STR("ended"))      ? MSG_staff_done_key_ended
           : str_eq(done, STR("disabled")) ? MSG_staff_done_disabled
           : str_eq(done, STR("enabled"))  ? MSG_staff_done_enabled
                                           : MSG_NONE;
}

enum err page_staff_service(struct request *rq, struct response *rs)
{
    const struct staff_service_key *keys = NULL;
    struct staff_service s;
    struct actor who = join_actor(rq);
    struct say say = say_of(rq);
    struct page pg;
    uint64_t id = 0;
    size_t n = 0;
    enum err err = id_of(rq, &id);
    if (err == ERR_OK)
        err = join_need_ref(rq);
    if (err == ERR_OK)
        err = staff_service_get(join_ctx(rq), &who, id, &s, &keys, &n);
    if (err != ERR_OK)
        return err;
    struct view_staff_key_row *rows = ARENA_ARRAY(rq->a, struct view_staff_key_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_staff_key_row){.hint = keys[i].hint, .created = say_time(&say, keys[i].created_at),
                                              .used = say_time(&say, keys[i].used_at), .ended = say_time(&say, keys[i].ended_at),
                                              .is_ended = keys[i].ended_at != 0, .never = keys[i].used_at == 0};
    struct view_staff_service v = {.notice.text = done_msg(rq), .base = base_of(rq, id), .name = s.name, .unit = staff_say_unit(rq, s.unit_code),
                                   .disabled = s.state == STAFF_DISABLED, .created = say_time(&say, s.created_at), .keys = rows, .n_keys = n};
    staff_say_grants(rq, s.rights.grants, s.rights.n_grants, &v.grants, &v.n_grants);
    staff_page(rq, rs, &pg, MSG_staff_service_title);
    staff_page_about(rq, &pg, v.name);
    tmpl_staff_service(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err new_key(struct request *rq, struct response *rs, uint64_t id)
{
    const struct staff_service_key *keys = NULL;
    struct staff_service s;
    struct actor who = join_actor(rq);
    struct str key;
    size_t n = 0;
    enum err err = staff_service_get(join_ctx(rq), &who, id, &s, &keys, &n);
    if (err == ERR_OK)
        err = staff_service_key_new(join_ctx(rq), &who, id, &key);
    if (err != ERR_OK)
        return err;
    return staff_show_secret(rq, rs, MSG_staff_secret_key_title, MSG_staff_secret_key_lead, s.name, key, base_of(rq, id));
}

enum err page_staff_service_post(struct request *rq, struct response *rs)
{
    const struct staff_go_form *in = rq->form;
    struct actor who = join_actor(rq);
    uint64_t id = 0;
    bool sent = false, off = str_eq(in->go, STR("disable"));
    enum err err = id_of(rq, &id);
    if (err == ERR_OK)
        err = join_need_ref(rq);
    if (err == ERR_OK)
        err = staff_confirm_first(rq, rs, base_of(rq, id), &sent);
    if (err != ERR_OK || sent)
        return err;
    if (str_eq(in->go, STR("key")))
        return new_key(rq, rs, id);
    const char *done = off ? "disabled" : "enabled";
    if (str_eq(in->go, STR("end"))) {
        done = "ended";
        err = staff_service_key_end(join_ctx(rq), &who, id, in->hint);
    } else if (off || str_eq(in->go, STR("enable"))) {
        err = staff_service_set_state(join_ctx(rq), &who, id, off ? STAFF_DISABLED : STAFF_ACTIVE);
    } else {
        err = fault_field(rq->fault, "go", "NOT_A_CHOICE");
    }
    return err == ERR_OK ? response_redirect(rs, arena_printf(rq->a, STR_FMT "?done=%s", STR_ARG(base_of(rq, id)), done)) : err;
}

/* ---- units ------------------------------------------------------------------------------------------------------------------- */

/* "2026-11-22" → 20261122; 0 = not a day. */
static int32_t day_typed(struct str s)
{
    int32_t v = 0;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return 0;
    for (size_t i = 0; i < s.n; i++) {
        if (i == 4 || i == 7)
            continue;
        if (s.p[i] < '0' || s.p[i] > '9')
            return 0;
        v = v * 10 + (s.p[i] - '0');
    }
    return clock_day_valid(v) ? v : 0;
}

static struct str day_text(struct request *rq, int32_t day)
{
    return arena_printf(rq->a, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
}

static const struct staff_unit *unit_at(const struct staff_unit *u, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(u[i].code, code))
            return &u[i];
    return NULL;
}

static struct str unit_href(struct request *rq, struct str code, struct str day)
{
    return arena_printf(rq->a, "/staff/units?top=" STR_FMT "&on=" STR_FMT, STR_ARG(percent_encode(rq->a, code)), STR_ARG(day));
}

static struct view_name unit_say(const struct request *rq, const struct staff_unit *u)
{
    bool en = rq->lang == LANG_EN && u->name_en.n > 0;
    return (struct view_name){.text = en ? u->name_en : u->name, .zh = rq->lang == LANG_EN && !en};
}

static void unit_path(struct request *rq, const struct staff_unit *u, size_t n, struct view_staff_units *v)
{
    enum { DEPTH_MAX = 12 };
    struct view_link *path = ARENA_ARRAY(rq->a, struct view_link, DEPTH_MAX);
    size_t at = DEPTH_MAX;
    for (const struct staff_unit *x = unit_at(u, n, v->top); x != NULL && at > 0; x = x->parent.n > 0 ? unit_at(u, n, x->parent) : NULL) {
        struct view_name name = unit_say(rq, x);
        path[--at] = (struct view_link){.href = unit_href(rq, x->code, v->day), .text = name.text, .zh = name.zh};
    }
    v->path = path + at;
    v->n_path = DEPTH_MAX - at;
}

static void unit_rows(struct request *rq, const struct staff_unit *u, size_t n, struct view_staff_units *v)
{
    enum { STILL = 99991231, ALWAYS = 20000101 };
    struct view_staff_unit_row *rows = ARENA_ARRAY(rq->a, struct view_staff_unit_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        /* A unit whose superior was not there on that day hangs at the root. */
        bool root = u[i].parent.n == 0 || unit_at(u, n, u[i].parent) == NULL;
        if (v->top.n > 0 ? !str_eq(u[i].parent, v->top) : !root)
            continue;
        int64_t below = 0;
        for (size_t k = 0; k < n; k++)
            below += str_eq(u[k].parent, u[i].code);
        rows[v->n_rows++] = (struct view_staff_unit_row){
            .href = below > 0 ? unit_href(rq, u[i].code, v->day) : STR_NONE, .code = u[i].code, .name = unit_say(rq, &u[i]),
            .kind = u[i].kind, .below = below, .since = u[i].valid_from > ALWAYS ? day_text(rq, u[i].valid_from) : STR_NONE,
            .until = u[i].valid_to < STILL ? day_text(rq, u[i].valid_to) : STR_NONE};
    }
    v->rows = rows;
}

enum err page_staff_units(struct request *rq, struct response *rs)
{
    const struct staff_units_query *in = rq->form;
    const struct staff_unit *u = NULL;
    struct page pg;
    size_t n = 0;
    int32_t today = clock_local_day(rq->now_us), day = today;
    enum err wrong = ERR_OK;
    if (!rq->form_invalid && in->on.n > 0 && (day = day_typed(in->on)) == 0) {
        wrong = fault_field(rq->fault, "on", "BAD_FORMAT");
        day = today;
    }
    struct view_staff_units v = {.day = day_text(rq, day), .top = rq->form_invalid ? STR_NONE : in->top, .errors = say_errors(rq)};
    v.on = say_input(rq, "on", wrong == ERR_OK ? v.day : in->on);
    struct fault kept = *rq->fault;
    *rq->fault = (struct fault){0};
    enum err err = staff_units_on(join_ctx(rq), day, &u, &n);
    if (err != ERR_OK)
        return err;
    if (v.top.n > 0 && unit_at(u, n, v.top) == NULL)
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
    *rq->fault = kept;
    unit_path(rq, u, n, &v);
    unit_rows(rq, u, n, &v);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_units_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_units_title);
    tmpl_staff_units(&rs->body, &pg, &v);
    return ERR_OK;
}
