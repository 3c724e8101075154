/*
 * staff_demo.c - made-up members of the staff, one of every role, for an installation that is tried out.
 *
 * Contract: for the operator alone; every row is marked, no password is the same in two installations, and whoever is not
 * marked gives no code. Must not know where the passwords are written to.
 */
#include "app/audit.h"
#include "app/crypto.h"
#include "app/demo.h"
#include "app/password.h"
#include "app/refdata.h"
#include "app/staff_people.h"
#include "app/staff_private.h"
#include "app/totp.h"
#include "base/clock.h"
#include "gen/sql.h"

/* unit: how it is found. Streets, bureau and district belong to one district, so that whistles and copies can be tried. */
enum demo_unit { UNIT_HOTLINE, UNIT_STREET, UNIT_STREET_2, UNIT_BUREAU, UNIT_DISTRICT, UNIT_CITY };
static const struct {
    const char *login, *name;
    enum staff_role role;
    enum demo_unit unit;
    bool whole_city;
} people[] = {
    {"demo.clerk", "演示·话务员", STAFF_CLERK, UNIT_HOTLINE, true},
    {"demo.dispatcher", "演示·派单员", STAFF_DISPATCHER, UNIT_HOTLINE, true},
    {"demo.officer", "演示·街道承办人", STAFF_OFFICER, UNIT_STREET, false},
    {"demo.manager", "演示·街道负责人", STAFF_UNIT_MANAGER, UNIT_STREET, false},
    {"demo.officer2", "演示·另一街道承办人", STAFF_OFFICER, UNIT_STREET_2, false},
    {"demo.bureau", "演示·区属部门承办人", STAFF_OFFICER, UNIT_BUREAU, false},
    {"demo.department", "演示·市级部门承办人", STAFF_OFFICER, UNIT_CITY, false},
    {"demo.district", "演示·区政府负责人", STAFF_UNIT_MANAGER, UNIT_DISTRICT, false},
    {"demo.supervisor", "演示·督办员", STAFF_SUPERVISOR, UNIT_HOTLINE, true},
    {"demo.visitor", "演示·回访员", STAFF_VISITOR, UNIT_HOTLINE, true},
    {"demo.analyst", "演示·数据分析员", STAFF_ANALYST, UNIT_HOTLINE, true},
    {"demo.editor", "演示·知识编辑", STAFF_EDITOR, UNIT_HOTLINE, true},
    {"demo.auditor", "演示·审计员", STAFF_AUDITOR, UNIT_HOTLINE, true},
    {"demo.administrator", "演示·人员管理员", STAFF_ADMINISTRATOR, UNIT_HOTLINE, true},
};
enum { PEOPLE = sizeof people / sizeof *people };

static const struct unit *street(const struct refdata *r, size_t n)
{
    const struct area *a = demo_street(r, n);
    return a ? refdata_street_office(r, a->code) : NULL;
}

static const struct unit *of_kind(const struct refdata *r, const char *kind, const char *area)
{
    const struct unit *all = NULL;
    size_t n = refdata_units(r, &all);
    for (size_t i = 0; i < n; i++)
        if (str_eq_c(all[i].kind, kind) && (area == NULL || str_eq_c(all[i].area_code, area)))
            return &all[i];
    return NULL;
}

static const struct unit *find_unit(const struct refdata *r, enum demo_unit unit)
{
    switch (unit) {
    case UNIT_HOTLINE:
        return refdata_hotline_centre(r);
    case UNIT_STREET:
        return street(r, 0);
    case UNIT_STREET_2:
        return street(r, 1);
    case UNIT_BUREAU:
        return of_kind(r, "district_bureau", DEMO_DISTRICT);
    case UNIT_DISTRICT:
        return refdata_district_government(r, STR(DEMO_DISTRICT));
    case UNIT_CITY:
        return of_kind(r, "city_department", NULL);
    }
    return NULL;
}

/* An authenticator that nobody holds: its secret goes to the operator. */
static enum err give_totp(struct ctx *c, uint64_t id, struct str *ret_text)
{
    uint8_t secret[TOTP_SECRET_BYTES];
    struct str bytes = {(const char *)secret, sizeof secret};
    int64_t now = 0;
    size_t n = 0;
    crypto_random(secret, sizeof secret);
    struct sealed sealed = crypto_seal(c->keys, c->a, bytes, TOTP_WHERE, id);
    enum err e = db_now(c->db, &now);
    struct q_staff_totp_set_in in = {.id = id, .totp_key_id = sealed.key_id, .has_totp_key_id = true, .totp_ct = sealed.bytes,
                                     .has_totp_ct = true, .totp_at = now, .has_totp_at = true};
    if (e == ERR_OK)
        e = q_staff_totp_set(c->db, &in, &n);
    *ret_text = totp_base32(c->a, bytes, false);
    explicit_bzero(secret, sizeof secret);
    return e;
}

static enum err add(struct ctx *c, size_t i, struct staff_demo_person *ret)
{
    const struct actor sudactl = {.kind = ACTOR_STAFF};
    const struct unit *u = find_unit(c->ref, people[i].unit);
    struct staff_made made;
    if (u == NULL)
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "the seed has no unit for %s", people[i].login);
    struct staff_grant g = {.role = people[i].role, .unit_code = people[i].whole_city ? STR_NONE : u->code};
    struct staff_rights rights = {.grants = &g, .n_grants = 1};
    struct staff_new in = {.login = str_from_c(people[i].login), .name = str_from_c(people[i].name), .unit_code = u->code,
                           .password = password_make(c->a), .grants = &g, .n_grants = 1, .is_demo = true};
    enum err e = staff_people_add(c, &sudactl, &in, &made);
    if (e != ERR_OK)
        return e;
    *ret = (struct staff_demo_person){.login = made.login, .password = made.password,
                                      .role = str_from_c(permission_role_name(g.role)), .unit = u->code};
    return permission_needs_totp(c, &rights) ? give_totp(c, made.id, &ret->totp) : ERR_OK;
}

enum err staff_demo_fill(struct ctx *c, const struct staff_demo_person **ret, size_t *ret_n)
{
    const struct q_staff_demo_count_row *r = NULL;
    struct staff_demo_person *out = ARENA_ARRAY(c->a, struct staff_demo_person, PEOPLE);
    enum err e = q_staff_demo_count(c->db, &r);
    *ret = out;
    *ret_n = 0;
    if (e != ERR_OK || r->n > 0)
        return e;
    for (size_t i = 0; e == ERR_OK && i < PEOPLE; i++)
        e = add(c, i, &out[i]);
    if (e == ERR_OK)
        *ret_n = PEOPLE;
    return e;
}

enum err staff_demo_code(struct ctx *c, struct str login, uint32_t *ret)
{
    const struct actor sudactl = {.kind = ACTOR_STAFF};
    const struct q_staff_secret_row *r = NULL;
    struct staff_person p;
    struct str secret;
    int64_t now = 0;
    enum err e = staff_people_find(c, &sudactl, login, &p);
    if (e != ERR_OK)
        return e;
    if (!p.is_demo)
        return fault_set(c->fault, ERR_DENIED, "DENIED", "not an account of the demo");
    struct q_staff_secret_in in = {.id = p.id};
    e = q_staff_secret(c->db, &in, &r);
    if (e == ERR_OK)
        e = staff_totp_secret(c, p.id, r->has_totp_ct && r->has_totp_key_id, r->totp_key_id, r->totp_ct, &secret);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e == ERR_OK)
        *ret = totp_code(secret, now / US_PER_S / TOTP_STEP_S);
    return e;
}
