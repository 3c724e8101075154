/*
 * staff_desk.c - a demand recorded on behalf of its filer, over JSON: the call desk's one act (app/desk_call.h).
 *
 * Contract: the reply holds number and query code once, for whoever speaks with the filer; a repeated request gets the same. Must
 * not know how a demand is stored.
 */
#include "api/staff_desk.h"

#include "api/idem.h"
#include "api/ticket_json.h"
#include "app/desk_call.h"
#include "app/ids.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/json.h"
#include "web/problem.h"

enum { UPLOAD_ID_CHARS = 64 };

struct staff_filing {
    struct str kind, title, text, category_code, area_code, address, applicant, channel, reported_unit, name, phone, org, then, words,
        class, same, unit_code, link;
    struct str_list uploads;
    bool is_public, confidential, no_reply, phone_shown;
};

static const char *const kinds[] = {"consult", "help", "complaint", "report", "suggestion", "praise", NULL};
static const char *const applicants[] = {"person", "enterprise", "organisation", NULL};
static const char *const channels[] = {"phone", "import", NULL};
static const char *const classes[] = {"emergency", "legal", "repeat", "secret", "outside", "unlawful", NULL};
static const char *const thens[] = {"send", "answer", "divert", NULL};

static const struct form_field filing_fields[] = {
    {FORM_FIELD(struct staff_filing, kind, "kind", FIELD_CHOICE), .required = true, .choices = kinds},
    {FORM_FIELD(struct staff_filing, title, "title", FIELD_TEXT), .max = LIMIT_TITLE_CHARS},
    {FORM_FIELD(struct staff_filing, text, "text", FIELD_AREA), .required = true, .min = LIMIT_TEXT_MIN_CHARS, .max = LIMIT_TEXT_CHARS},
    {FORM_FIELD(struct staff_filing, category_code, "category_code", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_filing, area_code, "area_code", FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_filing, address, "address", FIELD_TEXT), .max = LIMIT_ADDRESS_CHARS},
    {FORM_FIELD(struct staff_filing, applicant, "applicant", FIELD_CHOICE), .choices = applicants},
    {FORM_FIELD(struct staff_filing, channel, "channel", FIELD_CHOICE), .choices = channels},
    {FORM_FIELD(struct staff_filing, reported_unit, "reported_unit", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_filing, name, "contact.name", FIELD_TEXT), .max = LIMIT_NAME_CHARS},
    {FORM_FIELD(struct staff_filing, phone, "contact.phone", FIELD_PHONE), .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct staff_filing, org, "contact.org", FIELD_TEXT), .max = LIMIT_TITLE_CHARS},
    {FORM_FIELD(struct staff_filing, phone_shown, "contact.phone_shown", FIELD_BOOL)},
    {FORM_FIELD(struct staff_filing, is_public, "public", FIELD_BOOL)},
    {FORM_FIELD(struct staff_filing, confidential, "confidential", FIELD_BOOL)},
    {FORM_FIELD(struct staff_filing, no_reply, "no_reply", FIELD_BOOL)},
    {FORM_FIELD(struct staff_filing, then, "then", FIELD_CHOICE), .choices = thens},
    {FORM_FIELD(struct staff_filing, words, "words", FIELD_AREA), .max = LIMIT_REPLY_CHARS},
    {FORM_FIELD(struct staff_filing, class, "class", FIELD_CHOICE), .choices = classes},
    {FORM_FIELD(struct staff_filing, same, "same", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_filing, link, "link", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_filing, uploads, "uploads", FIELD_LIST), .max = LIMIT_UPLOADS, .max_value = UPLOAD_ID_CHARS},
    {FORM_FIELD(struct staff_filing, unit_code, "unit_code", FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec api_staff_filing_form = {FORM_SPEC("api_staff_filing", struct staff_filing, filing_fields)};

static int value_of(enum words list, struct str w, int otherwise)
{
    int v = otherwise;
    (void)word_find(list, w, &v); /* choices of the form: found, or empty */
    return v;
}

static struct desk_call call_of(const struct staff_filing *in)
{
    return (struct desk_call){
        .filing = {.kind = (enum kind)value_of(WORDS_KIND, in->kind, KIND_CONSULT),
                   .channel = (enum channel)value_of(WORDS_CHANNEL, in->channel, CHANNEL_PHONE),
                   .applicant = (enum applicant)value_of(WORDS_APPLICANT, in->applicant, APPLICANT_PERSON), .title = in->title,
                   .text = in->text, .category_code = in->category_code, .area_code = in->area_code, .address = in->address,
                   .name = in->name, .phone = in->phone, .org = in->org, .phone_verified = in->phone_shown && in->phone.n > 0,
                   .is_public = in->is_public, .confidential = in->confidential, .no_reply = in->no_reply,
                   .reported_unit = in->reported_unit, .uploads = in->uploads.p, .n_uploads = in->uploads.n},
        .then = str_eq_c(in->then, "answer") ? DESK_ANSWER : str_eq_c(in->then, "divert") ? DESK_DIVERT : DESK_SEND,
        .words = in->words,
        .diversion = {.class = (enum diversion)value_of(WORDS_DIVERSION, in->class, DIVERT_NONE), .words = in->words, .same = in->same,
                      .unit_code = in->unit_code},
        .link = in->link};
}

enum err api_staff_file(struct request *rq, struct response *rs)
{
    const struct desk_call x = call_of(rq->form);
    struct actor who = join_actor(rq);
    struct ticket_filed filed;
    struct idem idem;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = idem_read(rq, true, &idem);
    if (err == ERR_OK)
        err = desk_file(join_ctx(rq), &who, &x, &idem, &filed);
    return err == ERR_OK ? filed_answer(rq, rs, &filed, false) : err;
}
