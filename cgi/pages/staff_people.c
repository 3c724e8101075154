/*
 * staff_people.c - pages of administrators: the list, one person, what is given and taken.
 *
 * Contract: whom an administrator reaches is the domain's matter; whatever is refused there comes back as it came. Acts that
 * change rights or secrets ask for the password again. Must not know how passwords are made.
 */
#include "pages/staff_people.h"

#include "app/ids.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_grants.h"

/* ---- shared ------------------------------------------------------------------------------------------------------------ */

struct str staff_unit_typed(const struct request *rq, struct str typed)
{
    const struct unit *u = refdata_unit_named(join_ctx(rq)->ref, typed);
    return u ? u->code : typed;
}

bool staff_grant_typed(struct request *rq, const struct staff_person_form *in, struct staff_grant *ret)
{
    *ret = (struct staff_grant){.unit_code = staff_unit_typed(rq, in->scope), .area_prefix = in->area, .category_prefix = in->category};
    return permission_role_parse(in->role, &ret->role) || fault_field(rq->fault, "role", "NOT_A_CHOICE") == ERR_OK;
}

void staff_grant_fields(struct request *rq, const struct staff_person_form *in, struct view_staff_grant_form *ret)
{
    static const struct staff_person_form none;
    struct view_role_option *roles = ARENA_ARRAY(rq->a, struct view_role_option, STAFF_ROLE_END);
    size_t n = 0;
    if (in == NULL)
        in = &none;
    for (enum staff_role r = STAFF_CLERK; r < STAFF_ROLE_END; r++) {
        struct str value = str_from_c(permission_role_name(r));
        roles[n++] = (struct view_role_option){value, staff_role_msg(r), str_eq(value, in->role)};
    }
    *ret = (struct view_staff_grant_form){.roles = roles, .n_roles = n, .role = say_input(rq, "role", in->role),
                                          .scope = say_input(rq, "scope", in->scope), .area = say_input(rq, "area", in->area),
                                          .category = say_input(rq, "category", in->category)};
}

struct view_name staff_say_unit(const struct request *rq, struct str code)
{
    const struct unit *u = refdata_unit(join_ctx(rq)->ref, code);
    struct str name = staff_unit_name(rq, code);
    return (struct view_name){.text = name, .zh = rq->lang == LANG_EN && u != NULL && str_eq(name, u->name)};
}

enum err staff_show_secret(struct request *rq, struct response *rs, enum msg title, enum msg lead, struct str who, struct str secret, struct str back)
{
    struct page pg;
    struct view_staff_secret v = {.title = title, .lead = lead, .who = who, .secret = secret, .back = back};
    staff_page(rq, rs, &pg, title);
    tmpl_staff_secret(&rs->body, &pg, &v);
    return ERR_OK;
}

static struct str base_of(struct request *rq, uint64_t id)
{
    return arena_printf(rq->a, "/staff/people/%llu", (unsigned long long)id);
}

static enum err id_of(struct request *rq, uint64_t *ret)
{
    return id_parse(rq->path_args[0], ret) ? ERR_OK : fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
}

/* ---- the list ------------------------------------------------------------------------------------------------------------ */

/* An administrator of some units begins with the own one. */
static struct str unit_shown(struct request *rq, struct str typed)
{
    const struct staff_session *s = staff_session_of(rq);
    struct str unit = staff_unit_typed(rq, typed);
    struct actor who = join_actor(rq);
    if (unit.n == 0 && !permission_may(join_ctx(rq), &who, MAY_PEOPLE, STR_NONE, STR_NONE, STR_NONE))
        return s->unit_code;
    return unit;
}

enum err page_staff_people(struct request *rq, struct response *rs)
{
    static const struct staff_people_query nothing;
    const struct staff_people_query *in = rq->form != NULL && !rq->form_invalid ? rq->form : &nothing;
    const struct staff_person *people = NULL;
    struct actor who = join_actor(rq);
    struct say say = say_of(rq);
    struct page pg;
    size_t n = 0;
    bool more = false;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = staff_people_list(join_ctx(rq), &who, unit_shown(rq, in->unit), in->q, in->after, &people, &n, &more);
    if (err != ERR_OK)
        return err;
    struct view_staff_row *rows = ARENA_ARRAY(rq->a, struct view_staff_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_staff_row){.href = base_of(rq, people[i].id), .login = people[i].login, .name = people[i].name,
                                          .unit = staff_say_unit(rq, people[i].unit_code), .disabled = people[i].state == STAFF_DISABLED,
                                          .has_totp = people[i].has_totp, .must_change = people[i].must_change,
                                          .never = people[i].signed_in_at == 0, .signed_in = say_time(&say, people[i].signed_in_at)};
    struct view_staff_people v = {.unit = {.value = in->unit}, .q = {.value = in->q}, .rows = rows, .n_rows = n};
    if (more)
        v.next_page = arena_printf(rq->a, "/staff/people?unit=" STR_FMT "&q=" STR_FMT "&after=" STR_FMT,
                                   STR_ARG(percent_encode(rq->a, in->unit)), STR_ARG(percent_encode(rq->a, in->q)),
                                   STR_ARG(percent_encode(rq->a, people[n - 1].login)));
    staff_page(rq, rs, &pg, MSG_staff_people_title);
    tmpl_staff_people(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- a new one --------------------------------------------------------------------------------------------------------------- */

static enum err show_new(struct request *rq, struct response *rs)
{
    static const struct staff_person_form nothing;
    const struct staff_person_form *in = rq->form != NULL ? rq->form : &nothing;
    struct page pg;
    struct view_staff_person_new v = {.errors = say_errors(rq), .login = say_input(rq, "login", in->login),
                                      .name = say_input(rq, "name", in->name), .unit = say_input(rq, "unit", in->unit)};
    staff_grant_fields(rq, in, &v.grant);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_person_new_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_person_new_title);
    tmpl_staff_person_new(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_person_new(struct request *rq, struct response *rs)
{
    bool sent;
    enum err err = staff_confirm_first(rq, rs, STR("/staff/people/new"), &sent);
    return err != ERR_OK || sent ? err : show_new(rq, rs);
}

enum err page_staff_person_new_post(struct request *rq, struct response *rs)
{
    const struct staff_person_form *in = rq->form;
    struct actor who = join_actor(rq);
    struct staff_grant g;
    struct staff_made made;
    bool sent;
    enum err err = staff_confirm_first(rq, rs, STR("/staff/people/new"), &sent);
    if (err == ERR_OK && !sent)
        err = join_need_ref(rq);
    if (err != ERR_OK || sent)
        return err;
    if (rq->form_invalid || !staff_grant_typed(rq, in, &g))
        return show_new(rq, rs);
    struct staff_new person = {.login = in->login, .name = in->name, .unit_code = staff_unit_typed(rq, in->unit), .grants = &g, .n_grants = 1};
    err = staff_people_add(join_ctx(rq), &who, &person, &made);
    if (err == ERR_INVALID)
        return show_new(rq, rs);
    if (err != ERR_OK)
        return err;
    return staff_show_secret(rq, rs, MSG_staff_secret_password_title, MSG_staff_secret_password_lead, made.login, made.password, base_of(rq, made.id));
}

/* ---- one person ---------------------------------------------------------------------------------------------------------------- */

static enum msg done_msg(struct request *rq)
{
    static const struct {
        const char *word;
        enum msg text;
    } done[] = {{"saved", MSG_staff_done_saved},       {"granted", MSG_staff_done_granted}, {"revoked", MSG_staff_done_revoked},
                {"disabled", MSG_staff_done_disabled}, {"enabled", MSG_staff_done_enabled}, {"totp", MSG_staff_done_totp},
                {"sessions", MSG_staff_done_sessions}};
    struct str word = request_query(rq, "done");
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (str_eq_c(word, done[i].word))
            return done[i].text;
    return MSG_NONE;
}

static void say_grant_rows(struct request *rq, const struct staff_rights *r, struct view_staff_person *v)
{
    const struct view_staff_grant *words = NULL;
    size_t n = 0;
    staff_say_grants(rq, r->grants, r->n_grants, &words, &n);
    struct view_staff_grant_row *rows = ARENA_ARRAY(rq->a, struct view_staff_grant_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_staff_grant_row){.grant = words[i], .role = str_from_c(permission_role_name(r->grants[i].role)),
                                                .scope = r->grants[i].unit_code, .area = r->grants[i].area_prefix,
                                                .category = r->grants[i].category_prefix};
    v->grants = rows;
    v->n_grants = n;
}

/* The page as it is, with what is wrong with the form that came back, if one did. */
static enum err show_person(struct request *rq, struct response *rs, uint64_t id, bool edited)
{
    const struct staff_person_form *in = rq->form_invalid || rq->fault->n_fields > 0 ? rq->form : NULL;
    struct fault wrong = *rq->fault;
    struct actor who = join_actor(rq);
    struct say say = say_of(rq);
    struct staff_person p;
    struct page pg;
    *rq->fault = (struct fault){0};
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = staff_people_get(join_ctx(rq), &who, id, &p);
    if (err != ERR_OK)
        return err;
    *rq->fault = wrong;
    struct view_staff_person v = {.notice.text = in != NULL ? MSG_NONE : done_msg(rq), .errors = say_errors(rq), .base = base_of(rq, id), .login = p.login,
                                  .name = say_input(rq, "name", edited && in != NULL ? in->name : p.name),
                                  .unit = say_input(rq, "unit", edited && in != NULL ? in->unit : p.unit_code),
                                  .unit_name = staff_say_unit(rq, p.unit_code), .version = arena_printf(rq->a, "%u", p.version),
                                  .disabled = p.state == STAFF_DISABLED, .has_totp = p.has_totp, .must_change = p.must_change,
                                  .never = p.signed_in_at == 0, .own = who.staff_id == id, .signed_in = say_time(&say, p.signed_in_at),
                                  .password_at = say_time(&say, p.password_at), .created = say_time(&say, p.created_at)};
    say_grant_rows(rq, &p.rights, &v);
    staff_grant_fields(rq, edited ? NULL : in, &v.grant);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_person_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_person_title);
    staff_page_about(rq, &pg, v.login);
    tmpl_staff_person(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_person(struct request *rq, struct response *rs)
{
    uint64_t id = 0;
    enum err err = id_of(rq, &id);
    return err == ERR_OK ? show_person(rq, rs, id, false) : err;
}

static enum err back_to(struct request *rq, struct response *rs, uint64_t id, const char *done)
{
    return response_redirect(rs, arena_printf(rq->a, STR_FMT "?done=%s", STR_ARG(base_of(rq, id)), done));
}

/* What every act on a person begins with: who it is, that the administrator reaches them, and the password again. */
static enum err begin(struct request *rq, struct response *rs, uint64_t *ret_id, bool *ret_sent)
{
    struct actor who = join_actor(rq);
    struct staff_person p;
    *ret_sent = false;
    enum err err = id_of(rq, ret_id);
    if (err == ERR_OK)
        err = join_need_ref(rq);
    struct fault wrong = *rq->fault; /* of the form: told later, beside its fields */
    if (err == ERR_OK) {
        *rq->fault = (struct fault){0};
        err = staff_people_get(join_ctx(rq), &who, *ret_id, &p);
    }
    if (err != ERR_OK)
        return err;
    *rq->fault = wrong;
    return staff_confirm_first(rq, rs, base_of(rq, *ret_id), ret_sent);
}

enum err page_staff_person_edit(struct request *rq, struct response *rs)
{
    const struct staff_person_form *in = rq->form;
    struct actor who = join_actor(rq);
    uint64_t id = 0;
    bool sent;
    enum err err = begin(rq, rs, &id, &sent);
    if (err != ERR_OK || sent)
        return err;
    if (rq->form_invalid)
        return show_person(rq, rs, id, true);
    err = staff_people_edit(join_ctx(rq), &who, id, (uint32_t)in->version, in->name, staff_unit_typed(rq, in->unit));
    if (err == ERR_INVALID)
        return show_person(rq, rs, id, true);
    return err == ERR_OK ? back_to(rq, rs, id, "saved") : err;
}

static enum err change_grant(struct request *rq, struct response *rs, bool give)
{
    const struct staff_person_form *in = rq->form;
    struct actor who = join_actor(rq);
    struct staff_grant g;
    uint64_t id = 0;
    bool sent;
    enum err err = begin(rq, rs, &id, &sent);
    if (err != ERR_OK || sent)
        return err;
    if (rq->form_invalid || !staff_grant_typed(rq, in, &g))
        return show_person(rq, rs, id, false);
    err = give ? staff_people_grant(join_ctx(rq), &who, id, &g) : staff_people_revoke(join_ctx(rq), &who, id, &g);
    if (err == ERR_INVALID)
        return show_person(rq, rs, id, false);
    return err == ERR_OK ? back_to(rq, rs, id, give ? "granted" : "revoked") : err;
}

enum err page_staff_person_grant(struct request *rq, struct response *rs)
{
    return change_grant(rq, rs, true);
}

enum err page_staff_person_revoke(struct request *rq, struct response *rs)
{
    return change_grant(rq, rs, false);
}

enum err page_staff_person_state(struct request *rq, struct response *rs)
{
    const struct staff_go_form *in = rq->form;
    struct actor who = join_actor(rq);
    uint64_t id = 0;
    bool sent, off = !rq->form_invalid && str_eq(in->go, STR("disable"));
    enum err err = begin(rq, rs, &id, &sent);
    if (err != ERR_OK || sent)
        return err;
    if (!off && !str_eq(in->go, STR("enable")))
        return fault_field(rq->fault, "go", "NOT_A_CHOICE");
    err = staff_people_set_state(join_ctx(rq), &who, id, off ? STAFF_DISABLED : STAFF_ACTIVE);
    return err == ERR_OK ? back_to(rq, rs, id, off ? "disabled" : "enabled") : err;
}

enum err page_staff_person_reset(struct request *rq, struct response *rs)
{
    const struct staff_go_form *in = rq->form;
    struct actor who = join_actor(rq);
    struct staff_person p;
    struct str password;
    uint64_t id = 0;
    bool sent;
    enum err err = begin(rq, rs, &id, &sent);
    if (err != ERR_OK || sent)
        return err;
    if (str_eq(in->go, STR("totp"))) {
        err = staff_people_reset_totp(join_ctx(rq), &who, id);
        return err == ERR_OK ? back_to(rq, rs, id, "totp") : err;
    }
    if (str_eq(in->go, STR("sessions"))) {
        err = staff_people_end_sessions(join_ctx(rq), &who, id);
        return err == ERR_OK ? back_to(rq, rs, id, "sessions") : err;
    }
    if (!str_eq(in->go, STR("password")))
        return fault_field(rq->fault, "go", "NOT_A_CHOICE");
    err = staff_people_get(join_ctx(rq), &who, id, &p);
    if (err == ERR_OK)
        err = staff_people_reset_password(join_ctx(rq), &who, id, &password);
    if (err != ERR_OK)
        return err;
    return staff_show_secret(rq, rs, MSG_staff_secret_password_title, MSG_staff_secret_password_lead, p.login, password, base_of(rq, id));
}
