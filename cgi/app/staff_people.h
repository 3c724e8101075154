/*
 * staff_people.h - administrators: accounts, roles, passwords made for others, services and their keys.
 *
 * An administrator reaches whoever belongs to a unit of the own scope and holds nothing beyond it; everybody else is absent
 * (ERR_NOT_FOUND). Nobody changes the own roles or disables the own account: ERR_DENIED OWN_ACCOUNT. Every act is one
 * transaction with its line in the audit; what changes the rights of a person ends their sessions. The operator of sudactl
 * may do all of it.
 */
#ifndef APP_STAFF_PEOPLE_H
#define APP_STAFF_PEOPLE_H

#include "app/staff.h"

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

struct staff_person {
    uint64_t id;
    uint32_t version;
    struct str login, name, unit_code;
    enum staff_state state;
    bool has_totp, must_change, is_demo;
    int64_t signed_in_at, password_at, created_at; /* 0 = never */
    struct staff_rights rights;                    /* of staff_people_get alone */
};
enum { STAFF_PAGE_ROWS = 50 };
/* By login, after `after` (empty = from the start), beginning with `prefix`. unit_code empty = all, for whom the scope is the
 * whole city; else ERR_NOT_FOUND when the unit is outside. */
enum err staff_people_list(struct ctx *c, const struct actor *who, struct str unit_code, struct str prefix, struct str after,
                           const struct staff_person **ret, size_t *ret_n, bool *ret_more) MUST_CHECK;
enum err staff_people_get(struct ctx *c, const struct actor *who, uint64_t id, struct staff_person *ret) MUST_CHECK;
enum err staff_people_find(struct ctx *c, const struct actor *who, struct str login, struct staff_person *ret) MUST_CHECK;

/* ---- changing ----------------------------------------------------------------------------------------------------------- */

struct staff_new {
    struct str login, name, unit_code;  /* fields login, name, unit */
    struct str password;                /* empty: made, given back, and to be changed at the first sign-in */
    const struct staff_grant *grants;   /* field role */
    size_t n_grants;
    bool is_demo;
};
struct staff_made {
    uint64_t id;
    struct str login, password;
};
enum err staff_people_add(struct ctx *c, const struct actor *who, const struct staff_new *in, struct staff_made *ret) MUST_CHECK;
/* ERR_CONFLICT VERSION when somebody else was faster. */
enum err staff_people_edit(struct ctx *c, const struct actor *who, uint64_t id, uint32_t version, struct str name,
                           struct str unit_code) MUST_CHECK;
enum err staff_people_grant(struct ctx *c, const struct actor *who, uint64_t id, const struct staff_grant *g) MUST_CHECK;
enum err staff_people_revoke(struct ctx *c, const struct actor *who, uint64_t id, const struct staff_grant *g) MUST_CHECK;
enum err staff_people_set_state(struct ctx *c, const struct actor *who, uint64_t id, enum staff_state state) MUST_CHECK;
/* A new password, shown once, to be changed at the first sign-in. */
enum err staff_people_reset_password(struct ctx *c, const struct actor *who, uint64_t id, struct str *ret_password) MUST_CHECK;
enum err staff_people_reset_totp(struct ctx *c, const struct actor *who, uint64_t id) MUST_CHECK;
enum err staff_people_end_sessions(struct ctx *c, const struct actor *who, uint64_t id) MUST_CHECK;

/* ---- services --------------------------------------------------------------------------------------------------------------- */

struct staff_service {
    uint64_t id;
    struct str name, unit_code;
    enum staff_state state;
    int64_t created_at;
    struct staff_rights rights; /* of staff_service_get alone */
};
struct staff_service_key {
    struct str hint;            /* how it begins */
    int64_t created_at, used_at, ended_at;
};
enum err staff_service_list(struct ctx *c, const struct actor *who, struct str unit_code, uint64_t after,
                            const struct staff_service **ret, size_t *ret_n, bool *ret_more) MUST_CHECK;
enum err staff_service_get(struct ctx *c, const struct actor *who, uint64_t id, struct staff_service *ret,
                           const struct staff_service_key **ret_keys, size_t *ret_n) MUST_CHECK;
/* Fields name, unit, role. A person's duties are not a machine's: administrator and auditor are refused. */
enum err staff_service_add(struct ctx *c, const struct actor *who, struct str name, struct str unit_code,
                           const struct staff_grant *g, uint64_t *ret_id) MUST_CHECK;
/* A key of 256 bits, shown once. */
enum err staff_service_key_new(struct ctx *c, const struct actor *who, uint64_t id, struct str *ret_key) MUST_CHECK;
/* Tokens given for it end as well. */
enum err staff_service_key_end(struct ctx *c, const struct actor *who, uint64_t id, struct str hint) MUST_CHECK;
enum err staff_service_set_state(struct ctx *c, const struct actor *who, uint64_t id, enum staff_state state) MUST_CHECK;

/* ---- the tree of units -------------------------------------------------------------------------------------------------------- */

struct staff_unit {
    struct str code, name, name_en, kind, parent;
    int32_t valid_from, valid_to; /* YYYYMMDD; 99991231 = still */
};
enum err staff_units_on(struct ctx *c, int32_t day, const struct staff_unit **ret, size_t *ret_n) MUST_CHECK;

/* ---- the demo ------------------------------------------------------------------------------------------------------------------- */

struct staff_demo_person {
    struct str login, password, totp, role, unit; /* totp: base32, empty = none */
};
/* One of every role and some more units, marked; for the operator alone. ret_n 0: there are some already. */
enum err staff_demo_fill(struct ctx *c, const struct staff_demo_person **ret, size_t *ret_n) MUST_CHECK;
/* The code an authenticator of a demo account would show; ERR_DENIED for anybody else's. */
enum err staff_demo_code(struct ctx *c, struct str login, uint32_t *ret) MUST_CHECK;

#endif
