/*
 * staff_service.c - other systems: their accounts, grants and keys; and the tree of units as it stood on a day.
 *
 * Contract: see staff_people.h. A key is 256 random bits, kept as a keyed hash; only its beginning can be read again.
 */
#include "app/audit.h"
#include "app/crypto.h"
#include "app/ids.h"
#include "app/refdata.h"
#include "app/staff_people.h"
#include "app/staff_private.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { KEY_BYTES = 32, HINT = 6 };
#define KEY_FRONT "sk_" /* so that a leaked key is found by those who look for such */

static enum err absent(struct ctx *c)
{
    return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "absent, or outside of the administrator's scope");
}

static bool in_scope(const struct ctx *c, const struct actor *who, struct str unit_code)
{
    return permission_may(c, who, MAY_PEOPLE, unit_code, STR_NONE, STR_NONE);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

enum err staff_service_list(struct ctx *c, const struct actor *who, struct str unit_code, uint64_t after,
                            const struct staff_service **ret, size_t *ret_n, bool *ret_more)
{
    const struct q_service_list_row *all = NULL;
    const struct q_service_list_unit_row *some = NULL;
    size_t n = 0;
    enum err e;
    if (!in_scope(c, who, unit_code))
        return absent(c);
    if (unit_code.n > 0) {
        struct q_service_list_unit_in in = {.unit_code = unit_code, .after = after};
        e = q_service_list_unit(c->db, &in, &some, &n);
    } else {
        struct q_service_list_in in = {.after = after};
        e = q_service_list(c->db, &in, &all, &n);
    }
    if (e != ERR_OK)
        return e;
    struct staff_service *out = ARENA_ARRAY(c->a, struct staff_service, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = all != NULL ? (struct staff_service){.id = all[i].id, .name = all[i].name, .unit_code = all[i].unit_code,
                                                      .state = (enum staff_state)all[i].state, .created_at = all[i].created_at}
                             : (struct staff_service){.id = some[i].id, .name = some[i].name, .unit_code = some[i].unit_code,
                                                      .state = (enum staff_state)some[i].state, .created_at = some[i].created_at};
    *ret = out;
    *ret_more = n > STAFF_PAGE_ROWS;
    *ret_n = *ret_more ? STAFF_PAGE_ROWS : n;
    return ERR_OK;
}

static enum err get(struct ctx *c, const struct actor *who, uint64_t id, struct staff_service *ret)
{
    const struct q_service_get_row *r = NULL;
    struct q_service_get_in in = {.id = id};
    enum err e = q_service_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return absent(c);
    if (e != ERR_OK)
        return e;
    struct staff_service s = {.id = id, .name = r->name, .unit_code = r->unit_code, .state = (enum staff_state)r->state,
                              .created_at = r->created_at};
    e = staff_read_rights(c, id, &s.rights);
    if (e != ERR_OK)
        return e;
    bool covered = in_scope(c, who, s.unit_code);
    for (size_t i = 0; i < s.rights.n_grants; i++)
        covered = covered && permission_may_grant(c, who, &s.rights.grants[i]);
    if (!covered)
        return absent(c);
    *ret = s;
    return ERR_OK;
}

enum err staff_service_get(struct ctx *c, const struct actor *who, uint64_t id, struct staff_service *ret,
                           const struct staff_service_key **ret_keys, size_t *ret_n)
{
    const struct q_service_keys_row *r = NULL;
    size_t n = 0;
    struct q_service_keys_in in = {.service_id = id};
    enum err e = get(c, who, id, ret);
    if (e == ERR_OK)
        e = q_service_keys(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct staff_service_key *out = ARENA_ARRAY(c->a, struct staff_service_key, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct staff_service_key){.hint = r[i].hint, .created_at = r[i].created_at,
                                            .used_at = r[i].has_used_at ? r[i].used_at : 0,
                                            .ended_at = r[i].has_ended_at ? r[i].ended_at : 0};
    *ret_keys = out;
    *ret_n = n;
    return ERR_OK;
}

/* ---- changing ----------------------------------------------------------------------------------------------------------- */

struct change {
    struct ctx *c;
    const struct actor *who;
    uint64_t id;
    struct str name, unit_code, hint;
    const struct staff_grant *grant;
    enum staff_state state;
    uint8_t hash[32];
};

static enum err note(struct change *x, enum audit_action action, struct str purpose)
{
    return audit_write(x->c, x->who, action, AUDIT_OF_SERVICE, x->id, purpose);
}

static enum err add_once(struct db *db, void *arg)
{
    struct change *x = arg;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    x->id = id_new(now);
    struct q_service_insert_in in = {.id = x->id, .name = x->name, .unit_code = x->unit_code, .at = now, .by = x->who->staff_id};
    struct q_staff_role_insert_in role = {.staff_id = x->id, .role = (int32_t)x->grant->role, .unit_code = x->grant->unit_code,
                                          .area_prefix = x->grant->area_prefix, .category_prefix = x->grant->category_prefix,
                                          .at = now, .by = x->who->staff_id};
    if (e == ERR_OK)
        e = q_service_insert(db, &in);
    if (e == ERR_OK)
        e = q_staff_role_insert(db, &role, &n);
    return e == ERR_OK ? note(x, AUDIT_SERVICE_ADD, str_from_c(permission_role_name(x->grant->role))) : e;
}

enum err staff_service_add(struct ctx *c, const struct actor *who, struct str name, struct str unit_code,
                           const struct staff_grant *g, uint64_t *ret_id)
{
    struct change x = {.c = c, .who = who, .name = name, .unit_code = unit_code, .grant = g};
    size_t chars = utf8_count(name);
    enum err e = ERR_OK;
    if (!permission_has(who, MAY_PEOPLE))
        return fault_set(c->fault, ERR_DENIED, "DENIED", "not an administrator");
    if (chars == 0 || chars > STAFF_NAME_CHARS)
        e = fault_field(c->fault, "name", chars == 0 ? "REQUIRED" : "TOO_LONG");
    if (refdata_unit(c->ref, unit_code) == NULL)
        e = fault_field(c->fault, "unit", unit_code.n == 0 ? "REQUIRED" : "UNKNOWN");
    else if (!in_scope(c, who, unit_code) || !permission_may_grant(c, who, g))
        e = fault_field(c->fault, "unit", "BEYOND_SCOPE");
    if (g->role <= 0 || g->role >= STAFF_ROLE_END || g->role == STAFF_ADMINISTRATOR || g->role == STAFF_AUDITOR)
        e = fault_field(c->fault, "role", "NOT_A_CHOICE");
    if (e == ERR_OK)
        e = tx_run(c->db, add_once, &x);
    if (e == ERR_OK)
        *ret_id = x.id;
    return e;
}

static enum err key_once(struct db *db, void *arg)
{
    struct change *x = arg;
    int64_t now = 0;
    enum err e = db_now(db, &now);
    struct q_service_key_insert_in in = {.key_hash = {(const char *)x->hash, 32}, .service_id = x->id, .hint = x->hint, .at = now};
    if (e == ERR_OK)
        e = q_service_key_insert(db, &in);
    return e == ERR_OK ? note(x, AUDIT_SERVICE_KEY_NEW, x->hint) : e;
}

enum err staff_service_key_new(struct ctx *c, const struct actor *who, uint64_t id, struct str *ret_key)
{
    struct staff_service s;
    struct change x = {.c = c, .who = who, .id = id};
    enum err e = get(c, who, id, &s);
    if (e != ERR_OK)
        return e;
    struct str random = crypto_random_text(c->a, KEY_BYTES);
    x.hint = str_slice(random, 0, HINT);
    struct str key = arena_concat(c->a, STR(KEY_FRONT), random);
    crypto_token_hash(c->keys, SERVICE_LABEL, key, x.hash);
    e = tx_run(c->db, key_once, &x);
    if (e == ERR_OK)
        *ret_key = key;
    return e;
}

static enum err key_end_once(struct db *db, void *arg)
{
    struct change *x = arg;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    struct q_service_key_end_in in = {.service_id = x->id, .hint = x->hint, .at = now};
    struct q_service_end_all_in all = {.id = x->id};
    if (e == ERR_OK)
        e = q_service_key_end(db, &in, &n);
    if (e != ERR_OK || n == 0)
        return e;
    e = q_service_end_all(db, &all, &n);
    return e == ERR_OK ? note(x, AUDIT_SERVICE_KEY_END, x->hint) : e;
}

enum err staff_service_key_end(struct ctx *c, const struct actor *who, uint64_t id, struct str hint)
{
    struct staff_service s;
    struct change x = {.c = c, .who = who, .id = id, .hint = hint};
    enum err e = get(c, who, id, &s);
    return e == ERR_OK ? tx_run(c->db, key_end_once, &x) : e;
}

static enum err state_once(struct db *db, void *arg)
{
    struct change *x = arg;
    size_t n = 0;
    struct q_service_set_state_in in = {.id = x->id, .state = (int32_t)x->state};
    enum err e = q_service_set_state(db, &in, &n);
    return e == ERR_OK && n > 0 ? note(x, x->state == STAFF_DISABLED ? AUDIT_SERVICE_DISABLE : AUDIT_SERVICE_ENABLE, STR_NONE) : e;
}

enum err staff_service_set_state(struct ctx *c, const struct actor *who, uint64_t id, enum staff_state state)
{
    struct staff_service s;
    struct change x = {.c = c, .who = who, .id = id, .state = state};
    enum err e = get(c, who, id, &s);
    return e == ERR_OK ? tx_run(c->db, state_once, &x) : e;
}

/* ---- the tree of units -------------------------------------------------------------------------------------------------------- */

enum err staff_units_on(struct ctx *c, int32_t day, const struct staff_unit **ret, size_t *ret_n)
{
    enum { PAGE = 1000, PAGES = 10 };
    struct staff_unit *out = ARENA_ARRAY(c->a, struct staff_unit, PAGE * PAGES);
    struct q_unit_on_day_in in = {.day = day};
    size_t n = 0;
    for (int page = 0; page < PAGES; page++) {
        const struct q_unit_on_day_row *r = NULL;
        size_t got = 0;
        enum err e = q_unit_on_day(c->db, &in, &r, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++)
            out[n++] = (struct staff_unit){.code = r[i].code, .name = r[i].name, .name_en = r[i].has_name_en ? r[i].name_en : STR_NONE,
                                           .kind = r[i].kind, .parent = r[i].has_parent ? r[i].parent : STR_NONE,
                                           .valid_from = r[i].valid_from, .valid_to = r[i].valid_to};
        if (got < PAGE)
            break;
        in.after = r[got - 1].code;
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
