/*
 * new_place.c - where: district, street or town, community, address; each on a page of its own.
 *
 * Contract: whoever does not know the street is not stopped: the district then finds it [T 12]. A name typed into the
 * search of the first page leads as deep as it goes. Must not know units.
 */
#include "pages/new.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "gen/tmpl.h"

enum { FOUND_MAX = 20, DEGREES = 10000000 };
#define UNKNOWN STR("unknown")

/* ---- choosing an area ------------------------------------------------------------------------------------------- */

static const struct place_page {
    int level;             /* of the areas offered */
    const char *action, *back;
    enum msg title;
} pages[] = {
    [AREA_DISTRICT] = {AREA_DISTRICT, "/new/place", "/new/category", MSG_new_place_district},
    [AREA_STREET] = {AREA_STREET, "/new/place/street", "/new/place", MSG_new_place_street},
    [AREA_COMMUNITY] = {AREA_COMMUNITY, "/new/place/community", "/new/place/street", MSG_new_place_community},
};

/* The area above those offered; NULL = the city. */
static const struct area *above(const struct refdata *ref, const struct place_page *p, const struct draft *d)
{
    return p->level == AREA_DISTRICT ? NULL : flow_area_at(ref, d->in.area_code, p->level - 1);
}

static void put_options(const struct say *s, const struct area *const *areas, size_t n, struct str chosen, bool whole_path,
                        struct view_new_place *v)
{
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct view_name name = say_name(s, areas[i]->name, areas[i]->name_en);
        o[i] = (struct view_option){.value = areas[i]->code, .text = name.text, .zh = name.zh,
                                    .chosen = str_eq(areas[i]->code, chosen)};
        if (whole_path && areas[i]->level > AREA_DISTRICT)
            o[i].hint = say_area(s, areas[i]->parent);
    }
    v->areas = o;
    v->n_areas = n;
}

static void put_areas(struct request *rq, const struct say *s, const struct place_page *p, const struct draft *d,
                      struct str sent, struct view_new_place *v)
{
    const struct area *up = above(s->ref, p, d), *now = flow_area_at(s->ref, d->in.area_code, p->level);
    const struct area *const *areas;
    const struct area **found;
    struct str chosen = sent.n > 0 ? sent : now != NULL ? now->code : STR_NONE;
    if (v->q.value.n > 0) {
        size_t n = refdata_area_find(s->ref, rq->a, v->q.value, FOUND_MAX + 1, &found);
        v->found = n > 0;
        v->none = n == 0;
        if (n > FOUND_MAX)
            v->cut = (int64_t)(n = FOUND_MAX);
        put_options(s, found, n, chosen, true, v);
        if (v->found)
            return;
    }
    size_t n = refdata_area_children(s->ref, up != NULL ? up->code : STR_NONE, &areas);
    put_options(s, areas, n, chosen, false, v);
}

static enum err show_place(struct request *rq, struct response *rs, const struct place_page *p, const struct flow *f,
                           struct str sent)
{
    struct say s = say_of(rq);
    struct page pg;
    const struct area *up = above(s.ref, p, &f->d), *now = refdata_area(s.ref, f->d.in.area_code);
    struct view_new_place v = {.step = flow_view_step(f, FLOW_PLACE, str_from_c(p->back)), .errors = say_errors(rq),
                               .action = str_from_c(p->action), .district = p->level == AREA_DISTRICT,
                               .street = p->level == AREA_STREET, .community = p->level == AREA_COMMUNITY,
                               .area_error = say_error(rq, "area"), .to_check = f->to_check};
    if (v.district)
        v.q.value = utf8_truncate(request_query(rq, "q"), LIMIT_SEARCH_CHARS);
    if (up != NULL) {
        v.within = say_area(&s, up->code);
        v.within_href = flow_path(rq, f, str_from_c(v.street ? "/new/place" : "/new/place/street"));
    }
    put_areas(rq, &s, p, &f->d, sent, &v);
    if (v.found)
        v.by_district = flow_path(rq, f, str_from_c(p->action));
    v.unknown = str_eq(sent, UNKNOWN) || (sent.n == 0 && f->d.has_area && now != NULL && now->level == p->level - 1);
    flow_page(rq, rs, &pg, p->title, FLOW_PLACE);
    tmpl_citizen_new_place(&rs->body, &pg, &v);
    return ERR_OK;
}

/* Loads; a page whose upper area is not chosen yet leads to the one where it is. */
static enum err enter_place(struct request *rq, struct response *rs, struct str to, const struct place_page *p,
                            struct flow *f, bool *ret_shown)
{
    enum err err = flow_enter(rq, rs, to, FLOW_PLACE, f, ret_shown);
    if (err != ERR_OK || !*ret_shown)
        return err;
    const struct refdata *ref = join_ctx(rq)->ref;
    if (p->level > AREA_DISTRICT && above(ref, p, &f->d) == NULL) {
        *ret_shown = false;
        return response_redirect(rs, flow_path(rq, f, flow_after_area(ref, f->d.in.area_code)));
    }
    return ERR_OK;
}

static enum err get_place(struct request *rq, struct response *rs, int level)
{
    struct flow f;
    bool shown;
    enum err err = enter_place(rq, rs, STR_NONE, &pages[level], &f, &shown);
    return err == ERR_OK && shown ? show_place(rq, rs, &pages[level], &f, STR_NONE) : err;
}

/* An area of this page: below the chosen one, or, from the search of the first page, any. */
static bool offered(const struct refdata *ref, const struct place_page *p, const struct draft *d, const struct area *a)
{
    const struct area *up = above(ref, p, d);
    if (a == NULL)
        return false;
    return p->level == AREA_DISTRICT || (a->level == p->level && up != NULL && str_eq(a->parent, up->code));
}

static enum err post_place(struct request *rq, struct response *rs, int level)
{
    const struct new_place_form *in = rq->form;
    const struct place_page *p = &pages[level];
    struct flow f;
    bool shown, unknown = str_eq(in->area, UNKNOWN) && level > AREA_DISTRICT;
    enum err err = enter_place(rq, rs, in->to, p, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    const struct refdata *ref = join_ctx(rq)->ref;
    const struct area *a = unknown ? above(ref, p, &f.d) : refdata_area(ref, in->area);
    if (!rq->form_invalid && !unknown && !offered(ref, p, &f.d, a))
        err = fault_field(rq->fault, "area", "NOT_A_CHOICE");
    if (rq->form_invalid || err != ERR_OK)
        return show_place(rq, rs, p, &f, in->area);
    /* A finer choice inside what was chosen is kept, so that going back and on again loses nothing. */
    const struct area *kept = unknown ? NULL : flow_area_at(ref, f.d.in.area_code, a->level);
    if (kept == NULL || kept != a) {
        f.d.in.area_code = a->code;
        f.d.has_area = false;
    }
    struct str next = unknown ? STR("/new/place/address") : flow_after_area(ref, a->code);
    if (unknown)
        f.d.in.area_code = a->code;
    if (str_eq(next, STR("/new/place/address")))
        f.d.has_area = true;
    next = flow_path(rq, &f, next);
    f.to_check = false; /* a change of place goes through to the address, which then returns */
    return flow_go_on(rq, rs, &f, next);
}

enum err page_new_district(struct request *rq, struct response *rs)
{
    return get_place(rq, rs, AREA_DISTRICT);
}
enum err page_new_district_post(struct request *rq, struct response *rs)
{
    return post_place(rq, rs, AREA_DISTRICT);
}
enum err page_new_street(struct request *rq, struct response *rs)
{
    return get_place(rq, rs, AREA_STREET);
}
enum err page_new_street_post(struct request *rq, struct response *rs)
{
    return post_place(rq, rs, AREA_STREET);
}
enum err page_new_community(struct request *rq, struct response *rs)
{
    return get_place(rq, rs, AREA_COMMUNITY);
}
enum err page_new_community_post(struct request *rq, struct response *rs)
{
    return post_place(rq, rs, AREA_COMMUNITY);
}

/* ---- the address ------------------------------------------------------------------------------------------------ */

static struct str degrees(struct arena *a, int32_t e7)
{
    int64_t v = e7 < 0 ? -(int64_t)e7 : e7;
    return arena_printf(a, "%s%lld.%07lld", e7 < 0 ? "-" : "", (long long)(v / DEGREES), (long long)(v % DEGREES));
}

static enum err show_address(struct request *rq, struct response *rs, const struct flow *f, struct str address)
{
    struct say s = say_of(rq);
    struct page pg;
    const struct area *a = refdata_area(s.ref, f->d.in.area_code);
    struct str back = a == NULL ? STR("/new/place") : a->level == AREA_COMMUNITY ? STR("/new/place/community")
                      : a->level == AREA_STREET ? STR("/new/place/community") : STR("/new/place/street");
    struct view_new_address v = {.step = flow_view_step(f, FLOW_PLACE, back), .errors = say_errors(rq),
                                 .within = say_area(&s, f->d.in.area_code),
                                 .within_href = flow_path(rq, f, STR("/new/place")),
                                 .address = say_input(rq, "address", address), .address_max = LIMIT_ADDRESS_CHARS,
                                 .has_point = f->d.in.has_point, .to_check = f->to_check};
    if (v.has_point) {
        v.lng = degrees(rq->a, f->d.in.lng_e7);
        v.lat = degrees(rq->a, f->d.in.lat_e7);
    }
    flow_page(rq, rs, &pg, MSG_new_address_title, FLOW_PLACE);
    tmpl_citizen_new_address(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err enter_address(struct request *rq, struct response *rs, struct str to, struct flow *f, bool *ret_shown)
{
    enum err err = flow_enter(rq, rs, to, FLOW_PLACE, f, ret_shown);
    if (err == ERR_OK && *ret_shown && !f->d.has_area) {
        *ret_shown = false;
        return response_redirect(rs, flow_path(rq, f, flow_after_area(join_ctx(rq)->ref, f->d.in.area_code)));
    }
    return err;
}

enum err page_new_address(struct request *rq, struct response *rs)
{
    struct flow f;
    bool shown;
    enum err err = enter_address(rq, rs, STR_NONE, &f, &shown);
    return err == ERR_OK && shown ? show_address(rq, rs, &f, f.d.in.address) : err;
}

enum err page_new_address_post(struct request *rq, struct response *rs)
{
    const struct new_address_form *in = rq->form;
    struct flow f;
    bool shown;
    enum err err = enter_address(rq, rs, in->to, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    if (rq->form_invalid)
        return show_address(rq, rs, &f, in->address);
    f.d.in.address = in->address;
    f.d.in.has_point = in->has_lng && in->has_lat;
    f.d.in.lng_e7 = f.d.in.has_point ? (int32_t)in->lng : 0;
    f.d.in.lat_e7 = f.d.in.has_point ? (int32_t)in->lat : 0;
    f.d.has_address = true;
    return flow_go_on(rq, rs, &f, f.d.in.diversion != DIVERT_NONE ? STR("/new/check") : STR("/new/photos"));
}
