/*
 * staff_people.c - administrators and the people they look after.
 *
 * Contract: see staff_people.h. Whom an administrator may reach is decided in reach(), before anything is shown or changed.
 */
#include "app/staff_people.h"

#include "app/audit.h"
#include "app/ids.h"
#include "app/password.h"
#include "app/refdata.h"
#include "app/staff_private.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { GRANTS_MAX = 40 };

static enum err absent(struct ctx *c)
{
    return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "absent, or outside of the administrator's scope");
}

static bool in_scope(const struct ctx *c, const struct actor *who, struct str unit_code)
{
    return permission_may(c, who, MAY_PEOPLE, unit_code, STR_NONE, STR_NONE);
}

static bool reach(const struct ctx *c, const struct actor *who, struct str unit_code, const struct staff_rights *r)
{
    if (!in_scope(c, who, unit_code))
        return false;
    for (size_t i = 0; i < r->n_grants; i++)
        if (!permission_may_grant(c, who, &r->grants[i]))
            return false;
    return true;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static bool prefix_end(struct ctx *c, struct str prefix, struct str *ret)
{
    struct str parsed;
    if (prefix.n == 0)
        return *ret = STR("~"), true;
    if (prefix.n == 1 ? !((prefix.p[0] >= 'a' && prefix.p[0] <= 'z') || (prefix.p[0] >= '0' && prefix.p[0] <= '9'))
                      : !staff_login_parse(c->a, prefix, &parsed))
        return false;
    *ret = arena_concat(c->a, prefix, STR("~")); /* after every character of a login */
    return true;
}

static struct staff_person person_of(const struct q_staff_list_row *r)
{
    return (struct staff_person){.id = r->id, .login = r->login, .name = r->name, .unit_code = r->unit_code,
                                 .state = (enum staff_state)r->state, .has_totp = r->has_totp, .must_change = r->must_change,
                                 .is_demo = r->is_demo, .signed_in_at = r->has_signed_in_at ? r->signed_in_at : 0};
}

enum err staff_people_list(struct ctx *c, const struct actor *who, struct str unit_code, struct str prefix, struct str after,
                           const struct staff_person **ret, size_t *ret_n, bool *ret_more)
{
    struct str until, from = after.n > 0 || prefix.n == 0 ? after : prefix;
    const struct q_staff_list_row *all = NULL;
    const struct q_staff_list_unit_row *some = NULL;
    size_t n = 0;
    enum err e;
    *ret_n = 0;
    *ret_more = false;
    *ret = NULL;
    if (!in_scope(c, who, unit_code))
        return absent(c);
    if (!prefix_end(c, prefix, &until))
        return ERR_OK; /* no login begins like that */
    if (after.n == 0 && prefix.n > 0)
        from = arena_printf(c->a, STR_FMT "%c", (int)(prefix.n - 1), prefix.p, prefix.p[prefix.n - 1] - 1);
    if (unit_code.n > 0) {
        struct q_staff_list_unit_in in = {.unit_code = unit_code, .after = from, .until = until};
        e = q_staff_list_unit(c->db, &in, &some, &n);
    } else {
        struct q_staff_list_in in = {.after = from, .until = until};
        e = q_staff_list(c->db, &in, &all, &n);
    }
    if (e != ERR_OK)
        return e;
    struct staff_person *out = ARENA_ARRAY(c->a, struct staff_person, n + 1);
    for (size_t i = 0; i < n && i < STAFF_PAGE_ROWS; i++) {
        struct q_staff_list_row row;
        if (all != NULL)
            row = all[i];
        else
            row = (struct q_staff_list_row){.id = some[i].id, .login = some[i].login, .name = some[i].name,
                                            .unit_code = some[i].unit_code, .state = some[i].state, .has_totp = some[i].has_totp,
                                            .must_change = some[i].must_change, .signed_in_at = some[i].signed_in_at,
                                            .has_signed_in_at = some[i].has_signed_in_at, .is_demo = some[i].is_demo};
        out[(*ret_n)++] = person_of(&row);
    }
    *ret = out;
    *ret_more = n > STAFF_PAGE_ROWS;
    return ERR_OK;
}

enum err staff_people_get(struct ctx *c, const struct actor *who, uint64_t id, struct staff_person *ret)
{
    const struct q_staff_get_row *r = NULL;
    struct q_staff_get_in in = {.id = id};
    enum err e = q_staff_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return absent(c);
    if (e != ERR_OK)
        return e;
    struct staff_person p = {.id = id, .version = (uint32_t)r->version, .login = r->login, .name = r->name,
                             .unit_code = r->unit_code, .state = (enum staff_state)r->state, .has_totp = r->has_totp,
                             .must_change = r->must_change, .is_demo = r->is_demo,
                             .signed_in_at = r->has_signed_in_at ? r->signed_in_at : 0, .password_at = r->password_at,
                             .created_at = r->created_at};
    e = staff_read_rights(c, id, &p.rights);
    if (e != ERR_OK)
        return e;
    if (!reach(c, who, p.unit_code, &p.rights))
        return absent(c);
    *ret = p;
    return ERR_OK;
}

enum err staff_people_find(struct ctx *c, const struct actor *who, struct str login, struct staff_person *ret)
{
    const struct q_staff_by_login_row *r = NULL;
    struct q_staff_by_login_in in = {0};
    if (!staff_login_parse(c->a, login, &in.login))
        return absent(c);
    enum err e = q_staff_by_login(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return absent(c);
    return e == ERR_OK ? staff_people_get(c, who, r->id, ret) : e;
}

/* ---- adding ------------------------------------------------------------------------------------------------------------- */

struct add {
    struct ctx *c;
    const struct actor *who;
    const struct staff_new *in;
    struct str login, password, hash;
    uint64_t id;
    bool taken;
};

static enum err check_name(struct ctx *c, struct str name)
{
    size_t n = utf8_count(name);
    if (n == 0)
        return fault_field(c->fault, "name", "REQUIRED");
    return n > STAFF_NAME_CHARS ? fault_field(c->fault, "name", "TOO_LONG") : ERR_OK;
}

static enum err check_unit(struct ctx *c, const struct actor *who, struct str unit_code)
{
    if (unit_code.n == 0)
        return fault_field(c->fault, "unit", "REQUIRED");
    if (refdata_unit(c->ref, unit_code) == NULL)
        return fault_field(c->fault, "unit", "UNKNOWN");
    return in_scope(c, who, unit_code) ? ERR_OK : fault_field(c->fault, "unit", "BEYOND_SCOPE");
}

static enum err check_grant(struct ctx *c, const struct actor *who, const struct staff_grant *g)
{
    if (permission_role_name(g->role) == NULL || g->role <= 0 || g->role >= STAFF_ROLE_END)
        return fault_field(c->fault, "role", "NOT_A_CHOICE");
    if (g->unit_code.n > 0 && refdata_unit(c->ref, g->unit_code) == NULL)
        return fault_field(c->fault, "scope", "UNKNOWN");
    if (g->area_prefix.n > 0 && refdata_area(c->ref, g->area_prefix) == NULL)
        return fault_field(c->fault, "area", "UNKNOWN");
    if (g->category_prefix.n > 0 && refdata_category(c->ref, g->category_prefix) == NULL)
        return fault_field(c->fault, "category", "UNKNOWN");
    return permission_may_grant(c, who, g) ? ERR_OK : fault_field(c->fault, "scope", "BEYOND_SCOPE");
}

static enum err put_grant(struct ctx *c, const struct actor *who, uint64_t id, const struct staff_grant *g, int64_t now)
{
    size_t n = 0;
    struct q_staff_role_insert_in in = {.staff_id = id, .role = (int32_t)g->role, .unit_code = g->unit_code,
                                        .area_prefix = g->area_prefix, .category_prefix = g->category_prefix, .at = now,
                                        .by = who->staff_id};
    return q_staff_role_insert(c->db, &in, &n);
}

static struct str say_grant(struct ctx *c, const struct staff_grant *g)
{
    return arena_printf(c->a, "%s unit=" STR_FMT " area=" STR_FMT " category=" STR_FMT, permission_role_name(g->role),
                        STR_ARG(g->unit_code), STR_ARG(g->area_prefix), STR_ARG(g->category_prefix));
}

static enum err add_once(struct db *db, void *arg)
{
    struct add *x = arg;
    int64_t now = 0;
    enum err e = db_now(db, &now);
    x->id = id_new(now);
    struct q_staff_insert_in in = {.id = x->id, .login = x->login, .name = x->in->name, .unit_code = x->in->unit_code,
                                   .password_hash = x->hash, .must_change = x->in->password.n == 0, .at = now,
                                   .is_demo = x->in->is_demo};
    if (e == ERR_OK) {
        e = q_staff_insert(db, &in);
        x->taken = e != ERR_OK && db_was_duplicate(db);
    }
    for (size_t i = 0; e == ERR_OK && i < x->in->n_grants; i++) {
        e = put_grant(x->c, x->who, x->id, &x->in->grants[i], now);
        if (e == ERR_OK)
            e = audit_write(x->c, x->who, AUDIT_ROLE_GRANT, AUDIT_OF_STAFF, x->id, say_grant(x->c, &x->in->grants[i]));
    }
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_STAFF_ADD, AUDIT_OF_STAFF, x->id, STR_NONE) : e;
}

enum err staff_people_add(struct ctx *c, const struct actor *who, const struct staff_new *in, struct staff_made *ret)
{
    struct add x = {.c = c, .who = who, .in = in};
    enum err e = ERR_OK;
    if (!permission_has(who, MAY_PEOPLE))
        return fault_set(c->fault, ERR_DENIED, "DENIED", "not an administrator");
    if (!staff_login_parse(c->a, in->login, &x.login))
        e = fault_field(c->fault, "login", "LOGIN_FORMAT");
    enum err each = check_name(c, in->name);
    e = e == ERR_OK ? each : e;
    each = check_unit(c, who, in->unit_code);
    e = e == ERR_OK ? each : e;
    for (size_t i = 0; i < in->n_grants; i++) {
        each = check_grant(c, who, &in->grants[i]);
        e = e == ERR_OK ? each : e;
    }
    if (e == ERR_OK && in->password.n > 0)
        e = password_check(c, "password", in->password, x.login, in->name);
    if (e != ERR_OK)
        return e;
    x.password = in->password.n > 0 ? in->password : password_make(c->a);
    e = password_hash(c, x.password, &x.hash);
    if (e == ERR_OK)
        e = tx_run(c->db, add_once, &x);
    if (x.taken) {
        fault_clear(c->fault);
        return fault_field(c->fault, "login", "LOGIN_TAKEN");
    }
    if (e == ERR_OK)
        *ret = (struct staff_made){x.id, x.login, x.password};
    return e;
}

/* ---- changing ----------------------------------------------------------------------------------------------------------- */

struct change {
    struct ctx *c;
    const struct actor *who;
    uint64_t id;
    uint32_t version;
    struct str name, unit_code, hash;
    const struct staff_grant *grant;
    enum staff_state state;
    size_t changed;
};

/* The person, if the administrator reaches them and, for what touches rights, is somebody else. */
static enum err target(struct ctx *c, const struct actor *who, uint64_t id, bool of_rights, struct staff_person *ret)
{
    if (!permission_has(who, MAY_PEOPLE))
        return fault_set(c->fault, ERR_DENIED, "DENIED", "not an administrator");
    enum err e = staff_people_get(c, who, id, ret);
    if (e == ERR_OK && of_rights && who->rights != NULL && who->staff_id == id)
        return fault_set(c->fault, ERR_DENIED, "OWN_ACCOUNT", "nobody changes the own rights");
    return e;
}

static enum err edit_once(struct db *db, void *arg)
{
    struct change *x = arg;
    size_t n = 0;
    struct q_staff_edit_in in = {.id = x->id, .version = (int32_t)x->version, .name = x->name, .unit_code = x->unit_code};
    enum err e = q_staff_edit(db, &in, &n);
    if (e == ERR_OK && n == 0)
        return fault_set(x->c->fault, ERR_CONFLICT, "VERSION", "the account has changed since it was read");
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_STAFF_EDIT, AUDIT_OF_STAFF, x->id, STR_NONE) : e;
}

enum err staff_people_edit(struct ctx *c, const struct actor *who, uint64_t id, uint32_t version, struct str name,
                           struct str unit_code)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id, .version = version, .name = name, .unit_code = unit_code};
    enum err e = target(c, who, id, false, &p);
    if (e == ERR_OK)
        e = check_name(c, name);
    if (e == ERR_OK)
        e = check_unit(c, who, unit_code);
    if (e == ERR_OK && !str_eq(p.unit_code, unit_code) && who->rights != NULL && who->staff_id == id)
        e = fault_set(c->fault, ERR_DENIED, "OWN_ACCOUNT", "nobody moves the own account");
    return e == ERR_OK ? tx_run(c->db, edit_once, &x) : e;
}

static enum err end_all(struct ctx *c, uint64_t id)
{
    size_t n = 0, m = 0;
    struct q_staff_end_all_in person = {.id = id};
    struct q_service_end_all_in service = {.id = id};
    enum err e = q_staff_end_all(c->db, &person, &n);
    return e == ERR_OK && n == 0 ? q_service_end_all(c->db, &service, &m) : e;
}

static enum err grant_once(struct db *db, void *arg)
{
    struct change *x = arg;
    int64_t now = 0;
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = put_grant(x->c, x->who, x->id, x->grant, now);
    if (e == ERR_OK)
        e = end_all(x->c, x->id);
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_ROLE_GRANT, AUDIT_OF_STAFF, x->id, say_grant(x->c, x->grant)) : e;
}

enum err staff_people_grant(struct ctx *c, const struct actor *who, uint64_t id, const struct staff_grant *g)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id, .grant = g};
    enum err e = target(c, who, id, true, &p);
    if (e == ERR_OK)
        e = check_grant(c, who, g);
    if (e == ERR_OK && p.rights.n_grants >= GRANTS_MAX)
        e = fault_field(c->fault, "role", "TOO_MANY");
    return e == ERR_OK ? tx_run(c->db, grant_once, &x) : e;
}

static enum err revoke_once(struct db *db, void *arg)
{
    struct change *x = arg;
    size_t n = 0;
    struct q_staff_role_delete_in in = {.staff_id = x->id, .role = (int32_t)x->grant->role, .unit_code = x->grant->unit_code,
                                        .area_prefix = x->grant->area_prefix, .category_prefix = x->grant->category_prefix};
    enum err e = q_staff_role_delete(db, &in, &n);
    if (e != ERR_OK || n == 0)
        return e; /* taken away already */
    e = end_all(x->c, x->id);
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_ROLE_REVOKE, AUDIT_OF_STAFF, x->id, say_grant(x->c, x->grant)) : e;
}

enum err staff_people_revoke(struct ctx *c, const struct actor *who, uint64_t id, const struct staff_grant *g)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id, .grant = g};
    enum err e = target(c, who, id, true, &p);
    return e == ERR_OK ? tx_run(c->db, revoke_once, &x) : e;
}

static enum err state_once(struct db *db, void *arg)
{
    struct change *x = arg;
    size_t n = 0;
    struct q_staff_set_state_in in = {.id = x->id, .state = (int32_t)x->state};
    enum err e = q_staff_set_state(db, &in, &n);
    if (e != ERR_OK || n == 0)
        return e;
    return audit_write(x->c, x->who, x->state == STAFF_DISABLED ? AUDIT_STAFF_DISABLE : AUDIT_STAFF_ENABLE, AUDIT_OF_STAFF, x->id, STR_NONE);
}

enum err staff_people_set_state(struct ctx *c, const struct actor *who, uint64_t id, enum staff_state state)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id, .state = state};
    enum err e = target(c, who, id, true, &p);
    return e == ERR_OK ? tx_run(c->db, state_once, &x) : e;
}

static enum err reset_once(struct db *db, void *arg)
{
    struct change *x = arg;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    struct q_staff_set_password_in in = {.id = x->id, .password_hash = x->hash, .must_change = true, .at = now};
    if (e == ERR_OK)
        e = q_staff_set_password(db, &in, &n);
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_PASSWORD_RESET, AUDIT_OF_STAFF, x->id, STR_NONE) : e;
}

enum err staff_people_reset_password(struct ctx *c, const struct actor *who, uint64_t id, struct str *ret_password)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id};
    struct str password = password_make(c->a);
    enum err e = target(c, who, id, true, &p);
    if (e == ERR_OK)
        e = password_hash(c, password, &x.hash);
    if (e == ERR_OK)
        e = tx_run(c->db, reset_once, &x);
    if (e == ERR_OK)
        *ret_password = password;
    return e;
}

static enum err totp_once(struct db *db, void *arg)
{
    struct change *x = arg;
    size_t n = 0;
    struct q_staff_totp_set_in in = {.id = x->id};
    struct q_staff_recovery_clear_in codes = {.staff_id = x->id};
    enum err e = q_staff_totp_set(db, &in, &n);
    if (e == ERR_OK)
        e = q_staff_recovery_clear(db, &codes, &n);
    if (e == ERR_OK)
        e = end_all(x->c, x->id);
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_TOTP_RESET, AUDIT_OF_STAFF, x->id, STR_NONE) : e;
}

enum err staff_people_reset_totp(struct ctx *c, const struct actor *who, uint64_t id)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id};
    enum err e = target(c, who, id, true, &p);
    return e == ERR_OK ? tx_run(c->db, totp_once, &x) : e;
}

static enum err end_once(struct db *db, void *arg)
{
    struct change *x = arg;
    (void)db;
    enum err e = end_all(x->c, x->id);
    return e == ERR_OK ? audit_write(x->c, x->who, AUDIT_SESSIONS_END, AUDIT_OF_STAFF, x->id, STR_NONE) : e;
}

enum err staff_people_end_sessions(struct ctx *c, const struct actor *who, uint64_t id)
{
    struct staff_person p;
    struct change x = {.c = c, .who = who, .id = id};
    enum err e = target(c, who, id, false, &p);
    return e == ERR_OK ? tx_run(c->db, end_once, &x) : e;
}
