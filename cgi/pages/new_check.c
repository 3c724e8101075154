/*
 * new_check.c - the last look before filing, and the filing itself.
 *
 * Contract: the draft's form key is the idempotency key, so a double click, a reload and a second tab make one ticket. The
 * answer to a filing is always a 303 to the receipt. Must not know dispatch.
 */
#include "pages/new.h"

#include "app/account.h"
#include "app/attachment.h"
#include "app/crypto.h"
#include "app/normalise.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "web/page.h"
#include "web/problem.h"
#include "web/session.h"

enum { FACTS_MAX = 10 };

/* ---- what was said ---------------------------------------------------------------------------------------------- */

struct facts {
    struct view_fact *p;
    size_t n;
};

static void put(struct facts *f, enum msg label, struct str text, const char *change)
{
    BUG_ON(f->n == FACTS_MAX);
    f->p[f->n++] = (struct view_fact){.label = label, .text = text, .change = str_from_c(change)};
}

static struct view_facts what_facts(const struct say *s, const struct draft *d)
{
    struct facts f = {ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX), 0};
    const struct ticket_filing *t = &d->in;
    bool record = t->diversion != DIVERT_NONE, foreign = s->lang != LANG_ZH;
    put(&f, MSG_fact_kind, say_word(s, "kind", word(WORDS_KIND, (int)t->kind)), "/new?to=check");
    put(&f, MSG_fact_words, t->text, "/new?to=check");
    f.p[f.n - 1].lines = true;
    if (!record) {
        bool known = t->category_code.n > 0;
        put(&f, MSG_fact_category, known ? say_category(s, t->category_code) : msg_text(s->lang, MSG_fact_unsure),
            "/new/category?to=check");
        f.p[f.n - 1].zh = foreign && known && refdata_category(s->ref, t->category_code)->name_en.n == 0;
    }
    put(&f, MSG_fact_place, say_area(s, t->area_code), "/new/place?to=check");
    f.p[f.n - 1].zh = foreign;
    if (record)
        return (struct view_facts){f.p, f.n};
    put(&f, MSG_fact_address, t->address, "/new/place/address?to=check");
    put(&f, MSG_fact_files, t->n_uploads ? SAY(s, MSG_fact_files_count, {"n", say_int(s, (int64_t)t->n_uploads)}) : STR_NONE,
        "/new/photos?to=check");
    return (struct view_facts){f.p, f.n};
}

static struct str phone_text(const struct say *s, const struct ticket_filing *t)
{
    if (t->phone.n == 0 || t->phone_verified)
        return t->phone;
    return SAY(s, MSG_fact_unverified, {"phone", t->phone});
}

static struct view_facts who_facts(const struct say *s, const struct ticket_filing *t)
{
    static const char change[] = "/new/contact?to=check";
    struct facts f = {ARENA_ARRAY(s->a, struct view_fact, FACTS_MAX), 0};
    enum applicant who = t->applicant == 0 ? APPLICANT_PERSON : t->applicant;
    put(&f, MSG_fact_phone, phone_text(s, t), change);
    put(&f, MSG_fact_name, t->name, change);
    if (who != APPLICANT_PERSON) {
        put(&f, MSG_fact_filer, say_word(s, "filer", word(WORDS_APPLICANT, (int)who)), change);
        put(&f, MSG_fact_org, t->org, change);
    }
    put(&f, MSG_fact_public, msg_text(s->lang, t->is_public ? MSG_public_yes : MSG_public_no), change);
    if (t->kind == KIND_REPORT && t->reported_unit.n > 0)
        put(&f, MSG_fact_reported_unit, say_unit(s, t->reported_unit), change);
    if (t->confidential)
        put(&f, MSG_fact_confidential, msg_text(s->lang, MSG_fact_yes), change);
    put(&f, MSG_fact_no_reply, msg_text(s->lang, t->no_reply ? MSG_fact_no_reply_wanted : MSG_fact_reply_wanted), change);
    return (struct view_facts){f.p, f.n};
}

/* Files of the draft; those that expired leave it, and the page shows how many are left. */
static enum err put_photos(struct request *rq, const struct say *s, struct draft *d, struct view_new_check *v)
{
    const struct attachment *u;
    size_t n = 0, photo = 0;
    if (d->in.n_uploads == 0)
        return ERR_OK;
    enum err err = attachment_loose(join_ctx(rq), d->upload_ids, d->in.n_uploads, &u, &n);
    if (err != ERR_OK)
        return err;
    struct view_photo *p = ARENA_ARRAY(rq->a, struct view_photo, n + 1);
    for (size_t i = 0; i < n; i++) {
        d->upload_ids[i] = u[i].public_id;
        photo += u[i].kind == UPLOAD_PHOTO;
        p[i] = (struct view_photo){.label = say_file(s, u[i].kind, photo), .is_image = u[i].kind == UPLOAD_PHOTO,
                                   .href = flow_thumb(rq->a, &u[i]), .thumb = flow_thumb(rq->a, &u[i])};
    }
    v->photos = p;
    v->n_photos = d->in.n_uploads = n;
    d->in.uploads = d->upload_ids;
    return ERR_OK;
}

/* ---- what is wrong after all ------------------------------------------------------------------------------------ */

/* A field of the filing: where on this page it stands, and by which name it is called. */
static const struct place {
    const char *field, *id;
    enum msg label;
} places[] = {
    {"kind", "what", MSG_fact_kind},            {"text", "what", MSG_fact_words},
    {"title", "what", MSG_fact_words},          {"category_code", "what", MSG_fact_category},
    {"area_code", "what", MSG_fact_place},      {"address", "what", MSG_fact_address},
    {"location", "what", MSG_fact_address},     {"uploads", "what", MSG_fact_files},
    {"contact.name", "who", MSG_fact_name},     {"contact.phone", "who", MSG_fact_phone},
    {"contact.org", "who", MSG_fact_org},
};

static struct view_errors check_errors(struct request *rq)
{
    const struct fault *f = rq->fault;
    struct view_error *e = ARENA_ARRAY(rq->a, struct view_error, f->n_fields + 1);
    for (size_t i = 0; i < f->n_fields; i++) {
        struct str sentence = msg_text(rq->lang, problem_field_msg(&f->fields[i]));
        e[i] = (struct view_error){.field = STR("what"), .text = sentence};
        for (size_t j = 0; j < sizeof places / sizeof places[0]; j++)
            if (strcmp(places[j].field, f->fields[i].field) == 0) {
                struct str label = msg_text(rq->lang, places[j].label);
                e[i].field = str_from_c(places[j].id);
                e[i].text = arena_printf(rq->a, STR_FMT " – " STR_FMT, STR_ARG(label), STR_ARG(sentence));
            }
    }
    return (struct view_errors){e, f->n_fields};
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

static enum err put_promise(struct request *rq, const struct say *s, const struct draft *d, struct view_new_check *v)
{
    v->record = d->in.diversion != DIVERT_NONE;
    if (v->record)
        v->promise = msg_text(s->lang, MSG_stop_record_hint);
    else if (d->in.category_code.n == 0)
        v->promise = msg_text(s->lang, MSG_new_category_unsure_hint);
    else
        return flow_promise(rq, s, d->in.category_code, d->in.area_code, &v->promise);
    return ERR_OK;
}

/* The phone of the account stands in for one that was not typed. */
static enum err use_account(struct request *rq, struct ticket_filing *t)
{
    struct account acc;
    if (!rq->signed_in || t->phone.n > 0)
        return ERR_OK;
    enum err err = account_get(join_ctx(rq), rq->account_id, 0, &acc);
    if (err == ERR_OK) {
        t->phone = acc.phone;
        t->phone_verified = acc.phone.n > 0;
    }
    return err;
}

static enum err show(struct request *rq, struct response *rs, struct flow *f)
{
    struct say s = say_of(rq);
    struct page pg;
    struct fault said = *rq->fault;
    bool record = f->d.in.diversion != DIVERT_NONE;
    struct view_new_check v = {
        .step = flow_view_step(f, FLOW_CHECK, record ? STR("/new/place") : STR("/new/contact")),
        .errors = check_errors(rq), .once = f->d.form_key};
    *rq->fault = (struct fault){0};
    enum err err = put_photos(rq, &s, &f->d, &v);
    if (err == ERR_OK)
        err = use_account(rq, &f->d.in);
    if (err == ERR_OK)
        err = put_promise(rq, &s, &f->d, &v);
    if (err == ERR_OK && !record)
        err = flow_similar(rq, &s, &f->d, &v.similar, &v.n_similar);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    v.what = what_facts(&s, &f->d);
    if (!record)
        v.who = who_facts(&s, &f->d.in);
    flow_page(rq, rs, &pg, MSG_new_check_title, FLOW_CHECK);
    tmpl_citizen_new_check(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_check(struct request *rq, struct response *rs)
{
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_CHECK, &f, &shown);
    return err == ERR_OK && shown ? show(rq, rs, &f) : err;
}

/* ---- filing ----------------------------------------------------------------------------------------------------- */

static void hash_filing(const struct ticket_filing *t, uint8_t out[CRYPTO_HASH_BYTES])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    const uint64_t numbers[] = {(uint64_t)t->kind, (uint64_t)t->applicant, (uint64_t)t->diversion, t->place_id,
                                t->has_point, (uint64_t)(int64_t)t->lng_e7, (uint64_t)(int64_t)t->lat_e7,
                                t->phone_verified, t->is_public, t->confidential, t->no_reply, t->n_uploads};
    const struct str texts[] = {t->text, t->category_code, t->area_code, t->address, t->name, t->phone, t->org, t->reported_unit};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        crypto_digest_put_u64(&h, numbers[i]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        crypto_digest_put_field(&h, texts[i]);
    for (size_t i = 0; i < t->n_uploads; i++)
        crypto_digest_put_field(&h, t->uploads[i]);
    crypto_digest_end(&h, out);
}

static enum err file(struct request *rq, struct flow *f, struct ticket_filed *ret)
{
    struct actor who = join_actor(rq);
    if (f->d.in.kind != KIND_REPORT) /* it was one when the unit was named */
        f->d.in.reported_unit = STR_NONE;
    struct ticket_filing t = f->d.in;
    struct idem idem = {.scope = arena_concat(rq->a, STR("f:"), f->d.form_key), .route = STR("new_check_post"),
                        .key = f->d.form_key};
    t.channel = CHANNEL_WEB;
    t.uploads = f->d.upload_ids;
    if (t.diversion != DIVERT_NONE) { /* a record keeps the facts alone */
        t.n_uploads = 0;
        t.name = t.phone = t.org = STR_NONE;
        t.phone_verified = t.is_public = false;
    }
    hash_filing(&t, idem.request_hash);
    return ticket_file(join_ctx(rq), &who, &t, &idem, ret);
}

static enum err hold(struct request *rq, uint64_t ticket_id)
{
    struct ctx *c = join_ctx(rq);
    enum err err = session_hold_ticket(c, rq->session->id, ticket_id);
    return err == ERR_OK ? draft_filed(c, rq->session->id, ticket_id) : err;
}

enum err page_new_check_post(struct request *rq, struct response *rs)
{
    const struct new_check_form *in = rq->form;
    struct ticket_filed filed;
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_CHECK, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    if (str_eq(in->go, STR("dispatch"))) {
        f.d.in.diversion = DIVERT_NONE;
        err = draft_save(join_ctx(rq), rq->session->id, &f.d);
        return err == ERR_OK ? response_redirect(rs, flow_first_open(join_ctx(rq)->ref, &f.d)) : err;
    }
    if (!str_eq(in->once, f.d.form_key)) /* a page of an earlier draft: this one is shown before it is sent */
        return response_redirect(rs, STR("/new/check"));
    err = file(rq, &f, &filed);
    if (err == ERR_INVALID && rq->fault->n_fields > 0)
        return show(rq, rs, &f);
    if (err == ERR_OK)
        err = hold(rq, filed.id);
    return err == ERR_OK ? response_redirect(rs, STR("/receipt")) : err;
}
