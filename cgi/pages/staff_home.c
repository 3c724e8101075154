/*
 * staff_home.c - home of the back office: what the reader may do, each with what waits there.
 *
 * Contract: the numbers are the worker's, about a minute old, read by key; nothing is counted here. Must not know who may do what: a
 * tile shows when the navigation has its row.
 */
#include "app/officer_view.h"
#include "app/wall.h"
#include "gen/tmpl.h"
#include "pages/staff.h"
#include "pages/staff_grants.h"
#include "pages/staff_nav.h"
#include "pages/view_staff.h"

/* Of the reader's unit, of the city as far as the reader decides or calls for all of it, and the reader's wall. */
struct home {
    bool whole_city; /* the wall's reader sees all of it */
    bool triage, returns, visits; /* of the whole city: who has a part of it is shown no number */
    struct officer_counts own, city;
    struct wall_line wall;
};

static bool whole_city(struct request *rq, enum permit permit)
{
    const struct actor who = join_actor(rq);
    return permission_has(&who, permit) && permission_may(join_ctx(rq), &who, permit, STR_NONE, STR_NONE, STR_NONE);
}

/* Whether anything of these permits is shown at all: who has none of them costs no statement. */
static enum err read_counts(struct request *rq, struct home *h)
{
    struct ctx *c = join_ctx(rq);
    const struct actor who = join_actor(rq);
    const bool supervises = permission_has(&who, MAY_WALL);
    enum err e = ERR_OK;
    h->whole_city = whole_city(rq, MAY_WALL);
    h->triage = whole_city(rq, MAY_TRIAGE);
    h->returns = whole_city(rq, MAY_ARBITRATE);
    h->visits = whole_city(rq, MAY_VISIT);
    if (permission_has(&who, MAY_WORK) || permission_has(&who, MAY_EXTEND) || (supervises && !h->whole_city))
        e = officer_counts(c, &who, STR_NONE, &h->own);
    if (e == ERR_OK && (h->triage || h->returns || h->visits || h->whole_city))
        e = officer_counts_city(c, &h->city);
    if (e == ERR_OK && supervises)
        e = h->whole_city ? wall_city(c, &h->wall) : wall_unit(c, who.unit_code, &h->wall);
    return e;
}

static void put_count(const struct home *h, struct str route, struct view_staff_tile *t)
{
    static const struct officer_counts none = {0};
    const struct {
        const char *route;
        const struct officer_counts *of; /* NULL: not counted by unit */
        int64_t n;
        enum msg what;
    } all[] = {{"staff_triage", h->triage ? &h->city : &none, h->city.triage, MSG_staff_home_waiting},
               {"staff_returns", h->returns ? &h->city : &none, h->city.returns, MSG_staff_home_waiting},
               {"staff_visits", h->visits ? &h->city : &none, h->city.visits, MSG_staff_home_waiting},
               {"staff_work", &h->own, h->own.open - h->own.copies, MSG_staff_home_waiting},
               {"staff_whistles", &h->own, h->own.whistles, MSG_staff_home_waiting},
               {"staff_extensions", &h->own, h->own.extensions, MSG_staff_home_waiting},
               {"staff_supervise", h->whole_city ? &h->city : &h->own, h->whole_city ? h->city.supervisions : h->own.supervisions,
                MSG_staff_home_waiting},
               {"staff_wall", NULL, h->wall.n[WALL_LATE], MSG_staff_home_late}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_eq_c(route, all[i].route)) {
            t->has_count = all[i].of == NULL || all[i].of->counted_at > 0; /* a unit that was not counted yet has no number */
            t->count = (struct num_grouped){all[i].n};
            t->what = all[i].what;
        }
}

/* What a district has as a copy is no work to be handled: it stands beside it, with a list of its own. */
static bool is_urging(const struct home *h, const struct staff_nav_item *item)
{
    return strcmp(item->route, "staff_work") == 0 && h->own.counted_at > 0 && h->own.copies > 0;
}

enum err page_staff_home(struct request *rq, struct response *rs)
{
    struct page pg;
    struct home h = {0};
    const struct staff_session *s = staff_session_of(rq);
    struct view_staff_tile *tiles = ARENA_ARRAY(rq->a, struct view_staff_tile, staff_n_nav + 1);
    size_t n = 0;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = read_counts(rq, &h);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < staff_n_nav; i++) {
        const struct route *r = staff_nav[i].about != MSG_NONE ? staff_nav_route(rq, &staff_nav[i]) : NULL;
        if (r == NULL)
            continue;
        tiles[n] = (struct view_staff_tile){.href = str_from_c(r->pattern), .label = staff_nav[i].label, .about = staff_nav[i].about};
        put_count(&h, str_from_c(staff_nav[i].route), &tiles[n++]);
        if (is_urging(&h, &staff_nav[i]))
            tiles[n++] = (struct view_staff_tile){.href = STR("/staff/work?role=copy"), .label = MSG_staff_copies, .about = MSG_staff_about_copies,
                                                  .has_count = true, .count = {h.own.copies}, .what = MSG_staff_home_waiting};
    }
    struct view_staff_home v = {.name = s->name, .unit = staff_unit_name(rq, s->unit_code), .tiles = tiles, .n_tiles = n};
    staff_say_grants(rq, s->rights.grants, s->rights.n_grants, &v.grants, &v.n_grants);
    staff_page(rq, rs, &pg, MSG_staff_home_title);
    tmpl_staff_home(&rs->body, &pg, &v);
    return ERR_OK;
}
