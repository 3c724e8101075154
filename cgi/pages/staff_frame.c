/*
 * staff_frame.c - the frame of every page of the back office.
 *
 * Contract: the navigation is the route table seen through the person's permits: a link shows when its route exists and the
 * permit of the route is theirs, so it can neither lead to a refusal nor be forgotten. Must not know what pages do.
 */
#include "pages/staff_frame.h"

#include "base/limits.h"
#include "gen/assets.h"
#include "gen/tmpl.h"
#include "pages/staff_nav.h"
#include "web/dispatch.h"
#include "web/problem.h"

const struct staff_nav_item staff_nav[] = {
    {"staff_home", MSG_staff_nav_home, MSG_NONE},
    {"staff_desk", MSG_staff_nav_desk, MSG_staff_about_desk},
    {"staff_triage", MSG_staff_nav_triage, MSG_staff_about_triage},
    {"staff_returns", MSG_staff_nav_returns, MSG_staff_about_returns},
    {"staff_work", MSG_staff_nav_work, MSG_staff_about_work},
    {"staff_whistles", MSG_staff_nav_whistles, MSG_staff_about_whistles},
    {"staff_extensions", MSG_staff_nav_extensions, MSG_staff_about_extensions},
    {"staff_visits", MSG_staff_nav_visits, MSG_staff_about_visits},
    {"staff_wall", MSG_staff_nav_wall, MSG_staff_about_wall},
    {"staff_supervise", MSG_staff_nav_supervise, MSG_staff_about_supervise},
    {"staff_urgent", MSG_staff_nav_urgent, MSG_staff_about_urgent},
    {"staff_rules", MSG_staff_nav_rules, MSG_staff_about_rules},
    {"staff_wordings", MSG_staff_nav_wording, MSG_staff_about_wording},
    {"staff_calendar", MSG_staff_nav_calendar, MSG_staff_about_calendar},
    {"staff_audit", MSG_staff_nav_audit, MSG_staff_about_audit},
    {"staff_people", MSG_staff_nav_people, MSG_staff_about_people},
    {"staff_services", MSG_staff_nav_services, MSG_staff_about_services},
    {"staff_units", MSG_staff_nav_units, MSG_staff_about_units},
};
const size_t staff_n_nav = sizeof staff_nav / sizeof *staff_nav;

const struct route *staff_nav_route(const struct request *rq, const struct staff_nav_item *item)
{
    const struct route_table *t = rq->web->routes;
    const struct actor who = join_actor(rq);
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->rows[i].name, item->route) == 0)
            return permission_has(&who, (enum permit)t->rows[i].permit) ? &t->rows[i] : NULL;
    return NULL;
}

struct staff_session *staff_session_of(const struct request *rq)
{
    return join_of(rq)->staff;
}

struct str staff_unit_name(const struct request *rq, struct str code)
{
    const struct refdata *r = join_ctx(rq)->ref;
    const struct unit *u = r == NULL ? NULL : code.n > 0 ? refdata_unit(r, code) : refdata_hotline_centre(r);
    if (u == NULL)
        return code;
    return rq->lang == LANG_EN && u->name_en.n > 0 ? u->name_en : u->name;
}

bool staff_unit_is_zh(const struct request *rq, struct str code)
{
    const struct refdata *r = join_ctx(rq)->ref;
    const struct unit *u = r == NULL ? NULL : code.n > 0 ? refdata_unit(r, code) : refdata_hotline_centre(r);
    return u != NULL && u->name_en.n == 0;
}

/* True when the page shown is this one or one below it. */
static bool is_current(const struct request *rq, const char *pattern)
{
    struct str p = str_from_c(pattern);
    if (str_eq(rq->path, p))
        return true;
    return p.n > 1 && p.p[p.n - 1] != '/' && str_starts(rq->path, p) && rq->path.p[p.n] == '/';
}

void staff_fill_page(struct request *rq, struct page *pg)
{
    const struct staff_session *s = staff_session_of(rq);
    pg->noindex = true;
    pg->desk_css_url = STR(ASSET_css_staff_css);
    if (s == NULL || !rq->signed_in)
        return;
    struct page_desk *d = ARENA_NEW(rq->a, struct page_desk);
    struct page_link *links = ARENA_ARRAY(rq->a, struct page_link, staff_n_nav);
    size_t n = 0;
    for (size_t i = 0; i < staff_n_nav; i++) {
        const struct route *r = staff_nav_route(rq, &staff_nav[i]);
        if (r != NULL)
            links[n++] = (struct page_link){str_from_c(r->pattern), staff_nav[i].label, is_current(rq, r->pattern)};
    }
    *d = (struct page_desk){.name = s->name, .unit = staff_unit_name(rq, s->unit_code),
                            .unit_zh = rq->lang == LANG_EN && staff_unit_is_zh(rq, s->unit_code), .links = links, .n_links = n};
    pg->desk = d;
}

void staff_page(struct request *rq, struct response *rs, struct page *pg, enum msg title)
{
    page_init(rq, pg, NAV_NONE, title);
    pg->noindex = true;
    response_html(rs);
}

void staff_page_again(struct request *rq, struct response *rs, struct page *pg, enum msg title)
{
    staff_page(rq, rs, pg, title);
    pg->title_error = true;
    response_status(rs, 422);
}

void staff_page_about(struct request *rq, struct page *pg, struct str what)
{
    pg->title = arena_printf(rq->a, STR_FMT " " STR_FMT, STR_ARG(pg->title), STR_ARG(what));
}

void staff_problem_page(struct request *rq, struct response *rs, const struct page *pg, const struct view_problem *v)
{
    (void)rq;
    tmpl_staff_problem(&rs->body, pg, v);
}

struct str staff_own_path(struct str next)
{
    return next.n <= LIMIT_NEXT_CHARS && percent_plain_path(next, STR("/staff/")) ? next : STR_NONE;
}

enum err staff_confirm_first(struct request *rq, struct response *rs, struct str back, bool *ret_sent)
{
    *ret_sent = false;
    if (staff_is_confirmed(join_ctx(rq), staff_session_of(rq)))
        return ERR_OK;
    *ret_sent = true;
    return response_redirect(rs, arena_printf(rq->a, "/staff/confirm?next=" STR_FMT, STR_ARG(percent_encode(rq->a, back))));
}
