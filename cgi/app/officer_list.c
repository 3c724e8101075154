/*
 * officer_list.c - worklists by due time, page after page, without ever reading more than a window.
 *
 * Contract: officer_view.h. A page comes out of at most WINDOWS windows of open assignments; what the filter leaves out is
 * skipped, and the key of the last row that was looked at leads on. Scope is asked for each row.
 */
#include "app/act.h"
#include "app/officer_view.h"
#include "gen/sql.h"

enum { WINDOWS = 3, WINDOW_ROWS = 200 };

/* The key in two numbers: the fast lane comes first, so its due times are moved below zero. */
struct place {
    int lane;
    int64_t due;
    uint64_t id;
};

static struct officer_key key_of(const struct place *p)
{
    return (struct officer_key){p->lane == 0 ? p->due - INT64_MAX : p->due, p->id};
}

static struct place place_of(struct officer_key k)
{
    if (k.id == 0)
        return (struct place){0};
    if (k.due <= 0)
        return (struct place){0, k.due == INT64_MIN ? 0 : k.due + INT64_MAX, k.id};
    return (struct place){1, k.due, k.id};
}

struct listing {
    struct ctx *c;
    const struct actor *who;
    const struct officer_filter *f;
    struct str unit;
    enum ticket_state only; /* STATE_NONE = any */
    size_t limit, n;
    struct officer_item *out;
    struct place at;
    bool more;
};

static bool wanted(struct listing *l, const struct q_worklist_page_row *r)
{
    const struct officer_filter *f = l->f;
    if (l->only && r->ticket_state != (int)l->only)
        return false;
    if (f->overdue && !(r->has_due_at && r->due_at < r->now && !r->has_paused_at))
        return false;
    if (!str_starts(r->category_code, f->category_prefix) || !str_starts(r->area_code, f->area_prefix))
        return false;
    const struct permission_ticket t = {.area_code = r->area_code, .category_code = r->category_code, .units = &r->unit_code,
                                        .n_units = 1, .against_unit = r->reported_unit};
    const bool ok = permission_ticket(l->c, l->who, MAY_TICKET, &t) == ERR_OK;
    fault_clear(l->c->fault);
    return ok;
}

static struct officer_item item_of(const struct q_worklist_page_row *r)
{
    return (struct officer_item){
        .assignment_id = r->id, .ticket_id = r->ticket_id, .no = r->ticket_no, .title = r->title, .category_code = r->category_code,
        .area_code = r->area_code, .unit_code = r->unit_code, .lead_unit = r->lead_unit, .kind = (enum kind)r->kind,
        .state = (enum ticket_state)r->ticket_state, .role = (enum role)r->role, .assignment = (enum assignment_state)r->state,
        .started_at = r->started_at, .due_at = r->due_at, .promise_at = r->promise_at, .paused_at = r->paused_at,
        .round = r->ticket_round, .level = r->response_level, .urge_count = r->urge_count, .version = (uint32_t)r->ticket_version,
        .overdue = r->has_due_at && r->due_at < r->now && !r->has_paused_at, .warned = r->warned > 0, .fast = r->lane == 0};
}

/* One window. ret_end: nothing lies behind it. */
static enum err take_window(struct listing *l, bool *ret_end)
{
    const struct q_worklist_page_row *r = NULL;
    const struct q_worklist_window_row *w = NULL;
    const struct officer_filter *f = l->f;
    size_t n = 0;
    struct q_worklist_page_in in = {
        .unit_code = l->unit, .lane = l->at.lane, .due = l->at.due, .id = l->at.id, .role = (int32_t)f->role,
        .state = f->unsigned_only ? ASSIGN_SENT : (int32_t)f->assignment, .due_from = f->due_from ? f->due_from : INT64_MIN,
        .due_to = f->due_to ? f->due_to : INT64_MAX};
    struct q_worklist_window_in end = {.unit_code = l->unit, .lane = l->at.lane, .due = l->at.due, .id = l->at.id};
    enum err e = q_worklist_page(l->c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        if (!wanted(l, &r[i]))
            continue;
        if (l->n == l->limit) {
            l->more = true;
            return ERR_OK;
        }
        l->out[l->n++] = item_of(&r[i]);
        l->at = (struct place){r[i].lane, r[i].due_key, r[i].id};
    }
    if (e == ERR_OK)
        e = q_worklist_window(l->c->db, &end, &w);
    *ret_end = e == ERR_NOT_FOUND;
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e == ERR_OK)
        l->at = (struct place){w->lane, w->due_key, w->id};
    return e;
}

static enum err list(struct listing *l, struct officer_key after, const struct officer_item **ret, size_t *ret_n,
                     struct officer_key *ret_next, bool *ret_more)
{
    bool end = false;
    enum err e = ERR_OK;
    BUG_ON(l->limit == 0 || l->limit > LIMIT_LIST_ITEMS);
    l->at = place_of(after);
    l->out = ARENA_ARRAY(l->c->a, struct officer_item, l->limit + 1);
    for (int i = 0; e == ERR_OK && i < WINDOWS && !end && !l->more && l->n < l->limit; i++)
        e = take_window(l, &end);
    if (e != ERR_OK)
        return e;
    *ret = l->out;
    *ret_n = l->n;
    *ret_next = key_of(&l->at);
    *ret_more = l->more || !end;
    return ERR_OK;
}

static struct str own_unit(const struct ctx *c, const struct actor *who)
{
    const struct unit *centre = refdata_hotline_centre(c->ref);
    return who->unit_code.n ? who->unit_code : centre ? centre->code : STR_NONE;
}

/* Another unit's list and counts: as if there were no such unit, unless it stands within a scope of this person. */
static enum err may_ask_for(struct ctx *c, const struct actor *who, struct str unit_code)
{
    const struct str *units = NULL;
    size_t n = 0;
    bool all = false;
    if (unit_code.n == 0 || who->rights == NULL || str_eq(unit_code, who->unit_code))
        return ERR_OK;
    permission_units(c, who, MAY_WORK, &all, &units, &n);
    for (size_t i = 0; i < n; i++)
        if (str_eq(units[i], unit_code))
            return ERR_OK;
    return all && refdata_unit(c->ref, unit_code) ? ERR_OK : fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no unit of this person's");
}

enum err officer_list(struct ctx *c, const struct actor *who, const struct officer_filter *f, struct officer_key after, size_t limit,
                      const struct officer_item **ret, size_t *ret_n, struct officer_key *ret_next, bool *ret_more)
{
    struct listing l = {.c = c, .who = who, .f = f, .limit = limit, .unit = f->unit_code.n ? f->unit_code : own_unit(c, who)};
    const enum err e = may_ask_for(c, who, f->unit_code);
    return e == ERR_OK ? list(&l, after, ret, ret_n, ret_next, ret_more) : e;
}

enum err officer_triage(struct ctx *c, const struct actor *who, struct officer_key after, size_t limit, const struct officer_item **ret,
                        size_t *ret_n, struct officer_key *ret_next, bool *ret_more)
{
    static const struct officer_filter leads = {.role = ROLE_LEAD};
    const struct unit *centre = refdata_hotline_centre(c->ref);
    struct listing l = {.c = c, .who = who, .f = &leads, .limit = limit, .unit = centre ? centre->code : STR_NONE,
                        .only = STATE_RECEIVED};
    return list(&l, after, ret, ret_n, ret_next, ret_more);
}

/* ---- counts ------------------------------------------------------------------------------------------------------------------- */

enum err officer_counts(struct ctx *c, const struct actor *who, struct str unit_code, struct officer_counts *ret)
{
    const struct q_unit_load_get_row *r = NULL;
    struct q_unit_load_get_in in = {.unit_code = unit_code.n ? unit_code : own_unit(c, who)};
    enum err e = may_ask_for(c, who, unit_code);
    if (e != ERR_OK)
        return e;
    e = q_unit_load_get(c->db, &in, &r);
    *ret = (struct officer_counts){0};
    if (e == ERR_NOT_FOUND) /* a new unit, not counted yet */
        return ERR_OK;
    if (e == ERR_OK)
        *ret = (struct officer_counts){.open = r->open, .unsigned_ = r->unsigned_, .overdue = r->overdue, .due_today = r->due_today,
                                       .paused = r->paused, .whistles = r->whistles, .returns = r->returns, .triage = r->triage,
                                       .counted_at = r->counted_at};
    return e;
}

enum err officer_count_units(struct ctx *c)
{
    size_t n = 0;
    return q_unit_load_units(c->db, &n);
}

enum err officer_count_job(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_unit_load_stale_row *r = NULL;
    const struct unit *centre = refdata_hotline_centre(c->ref);
    int64_t now = 0;
    size_t n = 0, changed = 0;
    enum err e = db_now(c->db, &now);
    struct q_unit_load_stale_in in = {.before = now - 60 * US_PER_S};
    if (e == ERR_OK)
        e = q_unit_load_stale(c->db, &in, &r, &n);
    if (e == ERR_OK && n > batch)
        n = batch;
    const int64_t tomorrow = clock_day_start_us(clock_local_day(now)) + US_PER_DAY;
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct q_unit_load_count_in x = {.unit_code = r[i].unit_code, .now = now, .tomorrow = tomorrow,
                                         .triage = centre && str_eq(centre->code, r[i].unit_code)};
        e = q_unit_load_count(c->db, &x, &changed);
    }
    *ret_n = e == ERR_OK ? n : 0;
    return e;
}
