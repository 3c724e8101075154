/*
 * new_contact.c - how to reach the filer, all of it optional [decisions 22], and the code that proves a phone.
 *
 * Contract: an unverified phone is kept and gets one code and no other message. A signed-in citizen's own phone counts as
 * proven. Must not know how codes are made.
 */
#include "pages/new.h"

#include "app/account.h"
#include "app/normalise.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "gen/tmpl.h"

/* ---- contact ---------------------------------------------------------------------------------------------------- */

static void put_filer(enum applicant who, struct view_new_contact *v)
{
    v->enterprise = who == APPLICANT_ENTERPRISE;
    v->organisation = who == APPLICANT_ORGANISATION;
    v->person = !v->enterprise && !v->organisation;
}

static void put_sent(struct request *rq, const struct new_contact_form *in, struct view_new_contact *v)
{
    int who = 0;
    (void)word_find(WORDS_APPLICANT, in->filer, &who); /* none: a person */
    put_filer((enum applicant)who, v);
    v->org = say_input(rq, "org", in->org);
    v->name = say_input(rq, "name", in->name);
    v->phone = say_input(rq, "phone", in->phone);
    v->reported_unit = say_input(rq, "reported_unit", in->reported_unit);
    v->is_public = str_eq(in->is_public, STR("yes"));
    v->confidential = in->confidential;
    v->no_reply = in->no_reply;
    v->public_error = say_error(rq, "public");
}

static void put_draft(const struct draft *d, const struct account *acc, struct view_new_contact *v)
{
    const struct ticket_filing *t = &d->in;
    put_filer(t->applicant, v);
    v->org.value = t->org;
    v->name.value = t->name.n > 0 || d->has_contact ? t->name : acc->name;
    v->phone.value = str_eq(t->phone, acc->phone) ? STR_NONE : t->phone;
    v->is_public = t->is_public;
    v->confidential = t->confidential;
    v->no_reply = t->no_reply;
}

/* A report names the unit it is about, if it is one of the city's: nobody there will see it. Names of the place's own district
 * and of the city are offered while typing. */
static void put_units(struct request *rq, const struct draft *d, struct view_new_contact *v)
{
    enum { DISTRICT_CHARS = 6 };
    const struct refdata *r = join_ctx(rq)->ref;
    const struct ticket_filing *t = &d->in;
    const struct unit *all = NULL;
    const size_t n = refdata_units(r, &all);
    const struct str district = str_slice(t->area_code, 0, t->area_code.n < DISTRICT_CHARS ? t->area_code.n : DISTRICT_CHARS);
    struct view_option *o = ARENA_ARRAY(rq->a, struct view_option, n + 1);
    v->is_report = t->kind == KIND_REPORT;
    for (size_t i = 0; v->is_report && i < n; i++)
        if (all[i].area_code.n == 0 || (district.n > 0 && str_starts(all[i].area_code, district)))
            o[v->n_units++] = (struct view_option){.value = all[i].short_name.n > 0 ? all[i].short_name : all[i].name, .text = all[i].name};
    v->units = o;
    if (rq->form == NULL && t->reported_unit.n > 0) {
        const struct unit *u = refdata_unit(r, t->reported_unit);
        v->reported_unit.value = u ? (u->short_name.n > 0 ? u->short_name : u->name) : t->reported_unit;
    }
}

/* False: no such unit, said beside the field. */
static bool read_unit(struct request *rq, const struct draft *d, struct str typed, struct str *ret)
{
    const struct unit *u = refdata_unit_named(join_ctx(rq)->ref, typed);
    *ret = u && d->in.kind == KIND_REPORT ? u->code : STR_NONE;
    return u || typed.n == 0 || d->in.kind != KIND_REPORT || fault_field(rq->fault, "reported_unit", "NO_SUCH_UNIT") == ERR_OK;
}

static enum err own_account(struct request *rq, struct account *ret)
{
    *ret = (struct account){0};
    return rq->signed_in ? account_get(join_ctx(rq), rq->account_id, 0, ret) : ERR_OK;
}

static enum err show_contact(struct request *rq, struct response *rs, const struct flow *f, const struct account *acc)
{
    struct page pg;
    struct view_new_contact v = {.step = flow_view_step(f, FLOW_CONTACT, STR("/new/photos")), .errors = say_errors(rq),
                                 .to_check = f->to_check};
    if (acc->phone.n > 0)
        v.phone_masked = normalise_phone_mask(rq->a, acc->phone);
    if (rq->form != NULL)
        put_sent(rq, rq->form, &v);
    else
        put_draft(&f->d, acc, &v);
    put_units(rq, &f->d, &v);
    flow_page(rq, rs, &pg, MSG_new_contact_title, FLOW_CONTACT);
    tmpl_citizen_new_contact(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_contact(struct request *rq, struct response *rs)
{
    struct flow f;
    struct account acc;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_CONTACT, &f, &shown);
    if (err == ERR_OK && shown)
        err = own_account(rq, &acc);
    return err == ERR_OK && shown ? show_contact(rq, rs, &f, &acc) : err;
}

/* Sends the code for a phone that was typed anew. One that was sent a moment ago is as good. *ret_late: none was sent, for
 * the phone has had its share of the hour or the day. */
static enum err send_code(struct request *rq, struct str phone, struct str *ret_late)
{
    *ret_late = STR_NONE;
    enum err err = account_sms_request(join_ctx(rq), phone, SMS_VERIFY_PHONE);
    if (err != ERR_LIMITED)
        return err;
    if (strcmp(rq->fault->reason, "SMS_TOO_SOON") != 0)
        *ret_late = strcmp(rq->fault->reason, "SMS_DAY_SPENT") == 0 ? STR("day") : STR("hour");
    *rq->fault = (struct fault){0};
    return ERR_OK;
}

static bool read_phone(struct request *rq, const struct new_contact_form *in, struct str *ret)
{
    *ret = STR_NONE;
    if (in->phone.n == 0 || normalise_phone(rq->a, in->phone, ret))
        return true;
    return fault_field(rq->fault, "phone", "NOT_A_PHONE") == ERR_OK;
}

static void take_contact(const struct new_contact_form *in, struct str phone, struct str unit, const struct account *acc, struct draft *d)
{
    struct ticket_filing *t = &d->in;
    int who = APPLICANT_PERSON;
    (void)word_find(WORDS_APPLICANT, in->filer, &who); /* not sent: a person */
    bool proven = t->phone_verified && str_eq(phone, t->phone);
    t->applicant = (enum applicant)who;
    t->org = who == APPLICANT_PERSON ? STR_NONE : in->org;
    t->name = in->name;
    t->reported_unit = unit;
    t->is_public = str_eq(in->is_public, STR("yes"));
    t->confidential = in->confidential;
    t->no_reply = in->no_reply;
    if (phone.n == 0)
        phone = acc->phone;
    t->phone = phone;
    t->phone_verified = phone.n > 0 && (proven || str_eq(phone, acc->phone));
    d->phone_pending = phone.n > 0 && !t->phone_verified && normalise_phone_is_mobile(phone) ? phone : STR_NONE;
    d->has_contact = true;
}

enum err page_new_contact_post(struct request *rq, struct response *rs)
{
    const struct new_contact_form *in = rq->form;
    struct flow f;
    struct account acc;
    struct str phone, unit, late;
    bool shown;
    enum err err = flow_enter(rq, rs, in->to, FLOW_CONTACT, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    struct fault said = *rq->fault;
    *rq->fault = (struct fault){0};
    err = own_account(rq, &acc);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    bool good = read_phone(rq, in, &phone);
    good = read_unit(rq, &f.d, in->reported_unit, &unit) && good && !rq->form_invalid;
    if (in->filer.n > 0 && !str_eq(in->filer, STR("person")) && in->org.n == 0)
        good = fault_field(rq->fault, "org", "REQUIRED") == ERR_OK;
    if (!good)
        return show_contact(rq, rs, &f, &acc);
    take_contact(in, phone, unit, &acc, &f.d);
    if (f.d.phone_pending.n == 0)
        return flow_go_on(rq, rs, &f, STR("/new/check"));
    err = send_code(rq, f.d.phone_pending, &late);
    if (err == ERR_INVALID)
        return show_contact(rq, rs, &f, &acc);
    if (err != ERR_OK)
        return err;
    struct str next = flow_path(rq, &f, STR("/new/code"));
    if (late.n > 0)
        next = arena_printf(rq->a, STR_FMT "%slate=" STR_FMT, STR_ARG(next), f.to_check ? "&" : "?", STR_ARG(late));
    f.to_check = false;
    return flow_go_on(rq, rs, &f, next);
}

/* ---- the code --------------------------------------------------------------------------------------------------- */

static enum err show_code(struct request *rq, struct response *rs, const struct flow *f)
{
    struct page pg;
    struct view_new_code v = {.step = flow_view_step(f, FLOW_CONTACT, STR("/new/contact")), .errors = say_errors(rq),
                              .phone_masked = normalise_phone_mask(rq->a, f->d.phone_pending),
                              .code = say_input(rq, "code", STR_NONE), .minutes = join_ctx(rq)->set->sms_code_minutes,
                              .resent = request_query(rq, "resent").n > 0, .to_check = f->to_check};
    v.step.back = flow_path(rq, f, STR("/new/contact"));
    flow_page(rq, rs, &pg, MSG_code_title, FLOW_CONTACT);
    tmpl_citizen_new_code(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err enter_code(struct request *rq, struct response *rs, struct str to, struct flow *f, bool *ret_shown)
{
    enum err err = flow_enter(rq, rs, to, FLOW_CONTACT, f, ret_shown);
    if (err == ERR_OK && *ret_shown && f->d.phone_pending.n == 0) { /* proven meanwhile, or never asked */
        *ret_shown = false;
        return response_redirect(rs, flow_first_open(join_ctx(rq)->ref, &f->d));
    }
    return err;
}

enum err page_new_code(struct request *rq, struct response *rs)
{
    struct flow f;
    bool shown;
    enum err err = enter_code(rq, rs, STR_NONE, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    struct str late = request_query(rq, "late");
    if (late.n > 0)
        *rq->fault = (struct fault){.err = ERR_INVALID, .n_fields = 1, .fields = {{"code", "LATE", str_eq(late, STR("day"))
                                                               ? MSG_error_sms_day_spent : MSG_error_sms_hour_spent}}};
    return show_code(rq, rs, &f);
}

static enum err resend(struct request *rq, struct response *rs, const struct flow *f)
{
    enum err err = account_sms_request(join_ctx(rq), f->d.phone_pending, SMS_VERIFY_PHONE);
    if (err == ERR_LIMITED) {
        say_limited(rq, "code");
        return show_code(rq, rs, f);
    }
    if (err != ERR_OK)
        return err;
    return response_redirect(rs, f->to_check ? STR("/new/code?resent=1&to=check") : STR("/new/code?resent=1"));
}

enum err page_new_code_post(struct request *rq, struct response *rs)
{
    const struct new_code_form *in = rq->form;
    struct flow f;
    bool shown, skip = str_eq(in->go, STR("skip"));
    enum err err = enter_code(rq, rs, in->to, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    if (str_eq(in->go, STR("resend")))
        return resend(rq, rs, &f);
    if (!skip && in->code.n == 0 && !rq->form_invalid)
        err = fault_field(rq->fault, "code", "REQUIRED");
    if (!skip && !rq->form_invalid && err == ERR_OK)
        err = account_sms_check(join_ctx(rq), f.d.phone_pending, in->code, SMS_VERIFY_PHONE);
    if ((!skip && rq->form_invalid) || err == ERR_INVALID)
        return show_code(rq, rs, &f);
    if (err != ERR_OK)
        return err;
    f.d.in.phone_verified = !skip;
    f.d.phone_pending = STR_NONE;
    return flow_go_on(rq, rs, &f, STR("/new/check"));
}
