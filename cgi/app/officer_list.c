/*
 * officer_list.c - worklists by due time, page after page, without ever reading more than some windows.
 *
 * Contract: officer_view.h. The keys of open assignments are looked at window by window, each with what filter and scope ask about;
 * only those of the page are then read whole. A page is full while windows last; the key of what was looked at last leads on.
 */
#include "app/act.h"
#include "app/officer_view.h"
#include "gen/sql.h"

/* Without a filter the first window is the page itself; with one it is larger from the start, since most rows will be passed over. */
enum { WINDOWS = 3, WINDOW_FILTERED = 200, WINDOW_SECOND = 400, WINDOW_LAST = 600 };

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
    uint64_t ids[LIMIT_LIST_ITEMS]; /* of the page */
    struct place at;
    bool more;
};

/* ---- which -------------------------------------------------------------------------------------------------------------------- */

static bool wanted(struct listing *l, const struct q_worklist_scan_row *r)
{
    const struct officer_filter *f = l->f;
    if (l->only && r->ticket_state != (int)l->only)
        return false;
    if ((f->role && r->role != (int)f->role) || (f->assignment && r->state != (int)f->assignment))
        return false;
    if ((f->unsigned_only && r->state != ASSIGN_SENT) || (f->overdue && (r->due_key >= r->now || r->paused)))
        return false;
    if (!str_starts(r->category_code, f->category_prefix) || !str_starts(r->area_code, f->area_prefix))
        return false;
    const struct permission_ticket t = {.area_code = r->area_code, .category_code = r->category_code, .units = &l->unit,
                                        .n_units = 1, .against_unit = r->reported_unit};
    const bool ok = permission_ticket(l->c, l->who, MAY_TICKET, &t) == ERR_OK;
    fault_clear(l->c->fault);
    return ok;
}

static size_t window_rows(const struct listing *l, int window)
{
    const struct officer_filter *f = l->f;
    const bool passes_over = l->only || f->role || f->assignment || f->unsigned_only || f->overdue || f->category_prefix.n || f->area_prefix.n;
    return window > 1 ? WINDOW_LAST : window == 1 ? WINDOW_SECOND : passes_over ? WINDOW_FILTERED : l->limit + 1;
}

/* One window. ret_end: nothing lies behind it. */
static enum err take_window(struct listing *l, size_t rows, bool *ret_end)
{
    const struct q_worklist_scan_row *r = NULL;
    const struct officer_filter *f = l->f;
    size_t n = 0;
    struct q_worklist_scan_in in = {.unit_code = l->unit, .lane = l->at.lane, .due = l->at.due, .id = l->at.id,
                                    .due_from = f->due_from ? f->due_from : INT64_MIN, .due_to = f->due_to ? f->due_to : INT64_MAX,
                                    .rows = (int32_t)rows};
    enum err e = q_worklist_scan(l->c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < n; i++) {
        const bool take = wanted(l, &r[i]);
        if (take && l->n == l->limit) {
            l->more = true;
            return ERR_OK;
        }
        if (take)
            l->ids[l->n++] = r[i].id;
        l->at = (struct place){r[i].lane, r[i].due_key, r[i].id};
    }
    *ret_end = n < rows;
    return ERR_OK;
}

/* ---- the page ------------------------------------------------------------------------------------------------------------------ */

static struct officer_item item_of(const struct q_worklist_rows_row *r)
{
    return (struct officer_item){
        .assignment_id = r->id, .ticket_id = r->ticket_id, .no = r->ticket_no, .title = r->title, .category_code = r->category_code,
        .area_code = r->area_code, .unit_code = r->unit_code, .lead_unit = r->lead_unit, .kind = (enum kind)r->kind,
        .state = (enum ticket_state)r->ticket_state, .role = (enum role)r->role, .assignment = (enum assignment_state)r->state,
        .started_at = r->started_at, .due_at = r->due_at, .promise_at = r->promise_at, .paused_at = r->paused_at,
        .round = r->ticket_round, .level = r->response_level, .urge_count = r->urge_count, .version = (uint32_t)r->ticket_version,
        .overdue = r->has_due_at && r->due_at < r->now && !r->has_paused_at, .warned = r->warned > 0, .fast = r->lane == 0};
}

/* In the order of the keys; what ended since they were read is left out. */
static enum err read_rows(struct listing *l, const struct officer_item **ret, size_t *ret_n)
{
    const struct q_worklist_rows_row *r = NULL;
    struct officer_item *out = ARENA_ARRAY(l->c->a, struct officer_item, l->n + 1);
    struct q_worklist_rows_in in = {0};
    uint64_t *const slots[LIMIT_LIST_ITEMS] = {
        &in.i0, &in.i1, &in.i2, &in.i3, &in.i4, &in.i5, &in.i6, &in.i7, &in.i8, &in.i9, &in.i10, &in.i11,
        &in.i12, &in.i13, &in.i14, &in.i15, &in.i16, &in.i17, &in.i18, &in.i19, &in.i20, &in.i21, &in.i22, &in.i23,
        &in.i24, &in.i25, &in.i26, &in.i27, &in.i28, &in.i29, &in.i30, &in.i31, &in.i32, &in.i33, &in.i34, &in.i35,
        &in.i36, &in.i37, &in.i38, &in.i39, &in.i40, &in.i41, &in.i42, &in.i43, &in.i44, &in.i45, &in.i46, &in.i47,
        &in.i48, &in.i49};
    size_t n = 0, kept = 0;
    for (size_t i = 0; l->n > 0 && i < LIMIT_LIST_ITEMS; i++)
        *slots[i] = l->ids[i < l->n ? i : l->n - 1]; /* the last one fills the places that are left over */
    const enum err e = l->n > 0 ? q_worklist_rows(l->c->db, &in, &r, &n) : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < l->n; i++)
        for (size_t k = 0; k < n; k++)
            if (r[k].id == l->ids[i] && r[k].state <= ASSIGN_SIGNED)
                out[kept++] = item_of(&r[k]);
    *ret = out;
    *ret_n = kept;
    return e;
}

static enum err list(struct listing *l, struct officer_key after, const struct officer_item **ret, size_t *ret_n,
                     struct officer_key *ret_next, bool *ret_more)
{
    bool end = false;
    enum err e = ERR_OK;
    BUG_ON(l->limit == 0 || l->limit > LIMIT_LIST_ITEMS);
    l->at = place_of(after);
    for (int i = 0; e == ERR_OK && i < WINDOWS && !end && !l->more; i++) /* a full page wants to know whether one more follows */
        e = take_window(l, window_rows(l, i), &end);
    if (e == ERR_OK)
        e = read_rows(l, ret, ret_n);
    if (e != ERR_OK)
        return e;
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

static enum err read_counts(struct ctx *c, struct str unit_code, struct officer_counts *ret)
{
    const struct q_unit_load_get_row *r = NULL;
    struct q_unit_load_get_in in = {.unit_code = unit_code};
    const enum err e = q_unit_load_get(c->db, &in, &r);
    *ret = (struct officer_counts){0};
    if (e == ERR_NOT_FOUND) /* a new unit, not counted yet */
        return ERR_OK;
    if (e == ERR_OK)
        *ret = (struct officer_counts){.open = r->open, .unsigned_ = r->unsigned_, .overdue = r->overdue, .due_today = r->due_today,
                                       .paused = r->paused, .whistles = r->whistles, .returns = r->returns, .triage = r->triage,
                                       .extensions = r->extensions, .supervisions = r->supervisions, .visits = r->visits, .copies = r->copies,
                                       .counted_at = r->counted_at};
    return e;
}

enum err officer_counts(struct ctx *c, const struct actor *who, struct str unit_code, struct officer_counts *ret)
{
    const enum err e = may_ask_for(c, who, unit_code);
    return e == ERR_OK ? read_counts(c, unit_code.n ? unit_code : own_unit(c, who), ret) : e;
}

enum err officer_counts_city(struct ctx *c, struct officer_counts *ret)
{
    const struct unit *centre = refdata_hotline_centre(c->ref);
    return read_counts(c, centre ? centre->code : STR_NONE, ret);
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
                                         .centre = centre && str_eq(centre->code, r[i].unit_code)};
        e = q_unit_load_count(c->db, &x, &changed);
    }
    *ret_n = e == ERR_OK ? n : 0;
    return e;
}
