/*
 * urgent.c - urgent modes: which one concerns a demand, and switching them.
 *
 * Contract: urgent.h. What is on is judged on the clock by every caller; the reference data only say what was decided. A
 * change supersedes a version and tells every process to read anew, in one transaction. Raising stands in urgent_raise.c.
 */
#include "app/urgent.h"

#include "app/audit.h"
#include "app/idem.h"
#include "app/ids.h"
#include "app/permission.h"
#include "app/refdata_private.h"
#include "app/ticket_input.h"
#include "app/wall.h"
#include "gen/sql.h"

enum { MODE_MAX_DAYS = 60, NAME_CHARS = 30, REASON_CHARS = 200, NOTICE_CHARS = 200, PREFIXES_BYTES = 600, LISTED = 100 };

size_t refdata_urgent(const struct refdata *r, const struct urgent_mode **ret)
{
    *ret = r->now->modes;
    return r->now->n_modes;
}

/* ---- pure ------------------------------------------------------------------------------------------------------------- */

static bool any_prefix(struct str list, struct str code)
{
    struct str rest = list, one;
    while (rest.n > 0) {
        str_cut(rest, ';', &one, &rest);
        if (one.n > 0 && str_starts(code, one))
            return true;
    }
    return false;
}

static bool is_on(const struct urgent_mode *m, int64_t now)
{
    return m->starts_at <= now && now < m->ends_at;
}

const struct urgent_mode *urgent_for(const struct refdata *r, struct str category_code, struct str area_code, int64_t now)
{
    const struct urgent_mode *modes = NULL, *best = NULL;
    const size_t n = refdata_urgent(r, &modes);
    for (size_t i = 0; i < n; i++) {
        const struct urgent_mode *m = &modes[i];
        if (is_on(m, now) && any_prefix(m->categories, category_code) && (m->areas.n == 0 || any_prefix(m->areas, area_code)) &&
            (!best || m->level < best->level))
            best = m;
    }
    return best;
}

const struct urgent_mode *urgent_raise(const struct refdata *r, struct str category_code, struct str area_code, int64_t now,
                                       struct dispatch *d)
{
    const struct urgent_mode *m = category_code.n ? urgent_for(r, category_code, area_code, now) : NULL;
    if (!m || d->level <= m->level)
        return NULL;
    d->level = m->level;
    d->working_days = false;
    return m;
}

size_t urgent_active(const struct refdata *r, int64_t now, struct arena *a, const struct urgent_mode **ret)
{
    const struct urgent_mode *modes = NULL;
    const size_t n = refdata_urgent(r, &modes);
    struct urgent_mode *out = ARENA_ARRAY(a, struct urgent_mode, n + 1);
    size_t on = 0;
    for (size_t i = 0; i < n; i++)
        if (is_on(&modes[i], now))
            out[on++] = modes[i];
    *ret = out;
    return on;
}

/* ---- switching -------------------------------------------------------------------------------------------------------- */

static enum err may_switch(const struct ctx *c, const struct actor *who)
{
    if (permission_may(c, who, MAY_URGENT, STR_NONE, STR_NONE, STR_NONE))
        return ERR_OK;
    return fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "may not switch urgent modes");
}

static bool all_known(struct ctx *c, struct str list, bool areas)
{
    struct str rest = list, one;
    bool any = false;
    while (rest.n > 0) {
        str_cut(rest, ';', &one, &rest);
        if (areas ? !refdata_area(c->ref, one) : !refdata_category(c->ref, one))
            return false;
        any = true;
    }
    return any || areas;
}

static enum err judge_mode(struct ctx *c, const struct urgent_mode *in, struct urgent_mode *m, int64_t now)
{
    *m = *in;
    if (m->starts_at == 0)
        m->starts_at = now;
    enum err e = words_judge(c, "name", in->name, 1, NAME_CHARS, &m->name);
    enum err f = words_judge(c, "reason", in->reason, 5, REASON_CHARS, &m->reason);
    e = e ? e : f;
    f = words_judge(c, "notice_zh", in->notice_zh, 5, NOTICE_CHARS, &m->notice_zh);
    e = e ? e : f;
    f = words_judge(c, "notice_en", in->notice_en, 5, 2 * NOTICE_CHARS, &m->notice_en);
    e = e ? e : f;
    if (m->categories.n == 0)
        e = fault_field(c->fault, "categories", "REQUIRED");
    else if (m->categories.n > PREFIXES_BYTES || !all_known(c, m->categories, false))
        e = fault_field(c->fault, "categories", "NOT_A_CHOICE");
    if (m->areas.n > PREFIXES_BYTES || !all_known(c, m->areas, true))
        e = fault_field(c->fault, "areas", "NOT_A_CHOICE");
    if (m->level < 1 || m->level > 2)
        e = fault_field(c->fault, "level", "NOT_A_CHOICE");
    if (m->ends_at <= now || m->ends_at <= m->starts_at)
        e = fault_field(c->fault, "ends_at", "TOO_EARLY");
    else if (m->ends_at > now + MODE_MAX_DAYS * US_PER_DAY)
        e = fault_field(c->fault, "ends_at", "OUT_OF_RANGE");
    return e;
}

struct switching {
    struct ctx *c;
    const struct actor *who;
    struct urgent_mode m;
    uint64_t id;
    bool ends;          /* the mode as it stands, over now */
    struct str reason;  /* of ending */
};

static enum err read_current(struct switching *x)
{
    const struct q_urgent_versions_row *r = NULL;
    size_t n = 0;
    struct q_urgent_versions_in in = {.id = x->id};
    enum err e = q_urgent_versions(x->c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return fault_set(x->c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such urgent mode");
    if (x->ends)
        x->m = (struct urgent_mode){.version = r[0].version, .name = r[0].name, .reason = x->reason,
                                    .categories = r[0].categories, .areas = r[0].areas, .level = r[0].level,
                                    .starts_at = r[0].starts_at, .ends_at = r[0].ends_at, .notice_zh = r[0].notice_zh,
                                    .notice_en = r[0].notice_en};
    if (r[0].version != x->m.version)
        return fault_set(x->c->fault, ERR_CONFLICT, "VERSION", "the mode was changed since it was read");
    return ERR_OK;
}

static enum err put_version(struct switching *x, int64_t now)
{
    struct ctx *c = x->c;
    const struct urgent_mode *m = &x->m;
    size_t n = 0;
    if (x->id) {
        struct q_urgent_supersede_in old = {.id = x->id, .version = m->version};
        enum err e = q_urgent_supersede(c->db, &old, &n);
        if (e != ERR_OK || n != 1)
            return e ? e : fault_set(c->fault, ERR_CONFLICT, "VERSION", "another change was faster");
    } else {
        x->id = id_new(now);
    }
    struct q_urgent_insert_in in = {
        .id = x->id, .version = m->version + 1, .name = m->name, .reason = m->reason, .categories = m->categories,
        .areas = m->areas, .level = m->level, .raise_open = m->raise_open, .starts_at = m->starts_at, .ends_at = m->ends_at,
        .notice_zh = m->notice_zh, .notice_en = m->notice_en, .staff_id = x->who->staff_id, .at = now};
    return q_urgent_insert(c->db, &in, &n);
}

static enum err switch_tx(struct db *db, void *arg, uint64_t *ret_id)
{
    struct switching *x = arg;
    const uint64_t given = x->id;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    if (e == ERR_OK && given)
        e = read_current(x);
    if (e == ERR_OK && x->ends) {
        if (x->m.ends_at <= now)
            return fault_set(x->c->fault, ERR_CONFLICT, "MODE_ENDED", "the mode is over already");
        x->m.ends_at = now;
    }
    if (e == ERR_OK)
        e = put_version(x, now);
    struct q_urgent_touch_in touch = {.at = now};
    if (e == ERR_OK)
        e = q_urgent_touch(db, &touch, &n);
    if (e == ERR_OK)
        e = audit_write(x->c, x->who, x->ends ? AUDIT_URGENT_END : AUDIT_URGENT_START, AUDIT_OF_URGENT_MODE, x->id, x->m.reason);
    *ret_id = x->id;
    if (!given)
        x->id = 0; /* drawn anew when it is run again */
    return e;
}

enum err urgent_start(struct ctx *c, const struct actor *who, const struct urgent_mode *m, uint64_t *ret_id)
{
    struct switching x = {.c = c, .who = who, .id = m->id};
    int64_t now = 0;
    enum err e = may_switch(c, who);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e == ERR_OK)
        e = judge_mode(c, m, &x.m, now);
    if (e == ERR_OK && m->id == 0)
        x.m.version = 0;
    if (e == ERR_OK)
        e = idem_run(c, switch_tx, &x, ret_id);
    return e;
}

enum err urgent_end(struct ctx *c, const struct actor *who, uint64_t id, struct str reason)
{
    struct switching x = {.c = c, .who = who, .id = id, .ends = true};
    enum err e = may_switch(c, who);
    if (e == ERR_OK)
        e = words_judge(c, "reason", reason, 5, REASON_CHARS, &x.reason);
    return e == ERR_OK ? idem_run(c, switch_tx, &x, &id) : e;
}

/* ---- before it is switched --------------------------------------------------------------------------------------------- */

static bool concerns(const struct urgent_mode *m, const struct q_urgent_open_leads_row *r)
{
    return r->response_level > m->level && any_prefix(m->categories, r->category_code) &&
           (m->areas.n == 0 || any_prefix(m->areas, r->area_code));
}

static enum err preview_kind(struct ctx *c, const struct urgent_mode *m, int kind, int64_t *n, bool *more)
{
    enum { PAGES = 5, PAGE_ROWS = 1000 };
    const struct q_urgent_open_leads_row *r = NULL;
    struct q_urgent_open_leads_in in = {.kind = kind};
    enum err e = ERR_OK;
    size_t got = PAGE_ROWS;
    int page = 0;
    for (; e == ERR_OK && got == PAGE_ROWS && page < PAGES; page++) {
        e = q_urgent_open_leads(c->db, &in, &r, &got);
        for (size_t i = 0; e == ERR_OK && i < got; i++)
            *n += concerns(m, &r[i]);
        if (e == ERR_OK && got > 0)
            in = (struct q_urgent_open_leads_in){.kind = kind, .since_at = r[got - 1].since_at, .after_id = r[got - 1].assignment_id};
    }
    *more = *more || (e == ERR_OK && got == PAGE_ROWS);
    return e;
}

enum err urgent_preview(struct ctx *c, const struct actor *who, const struct urgent_mode *m, int64_t *ret_n, bool *ret_more)
{
    int64_t n = 0;
    bool more = false;
    enum err e = may_switch(c, who);
    if (e == ERR_OK)
        e = preview_kind(c, m, WALL_TO_SIGN, &n, &more);
    if (e == ERR_OK)
        e = preview_kind(c, m, WALL_IN_HAND, &n, &more);
    *ret_n = n;
    *ret_more = more;
    return e;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

#define TAKE(out, r)                                                                                                   \
    (out) = (struct urgent_mode){                                                                                      \
        .id = (r).id, .version = (r).version, .name = (r).name, .reason = (r).reason, .categories = (r).categories,    \
        .areas = (r).areas, .level = (r).level, .raise_open = (r).raise_open != 0, .starts_at = (r).starts_at,         \
        .ends_at = (r).ends_at, .notice_zh = (r).notice_zh, .notice_en = (r).notice_en, .staff_id = (r).staff_id,      \
        .changed_at = (r).changed_at}

enum err urgent_list(struct ctx *c, bool with_ended, const struct urgent_mode **ret, size_t *ret_n)
{
    const struct q_urgent_list_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_urgent_list_in in = {.ends_after = with_ended ? 0 : now};
    if (e == ERR_OK)
        e = q_urgent_list(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct urgent_mode *out = ARENA_ARRAY(c->a, struct urgent_mode, n + 1);
    for (size_t i = 0; i < n; i++)
        TAKE(out[i], r[i]);
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

enum err urgent_versions(struct ctx *c, uint64_t id, const struct urgent_mode **ret, size_t *ret_n)
{
    const struct q_urgent_versions_row *r = NULL;
    size_t n = 0;
    struct q_urgent_versions_in in = {.id = id};
    enum err e = q_urgent_versions(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct urgent_mode *out = ARENA_ARRAY(c->a, struct urgent_mode, n + 1);
    for (size_t i = 0; i < n; i++)
        TAKE(out[i], r[i]);
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
