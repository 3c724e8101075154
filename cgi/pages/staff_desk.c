/*
 * staff_desk.c - a telephone call, from its first word to the number that the caller writes down.
 *
 * Contract: one form, one address. Its buttons look something up (nothing is recorded, everything typed comes back), or record the
 * demand and send, answer or divert it. The key of the form makes a second press the same as the first. The number and its code stand
 * in the answer to that press and in no address. Files that the caller sends meanwhile are kept from press to press by their ids;
 * one that is refused stops the recording, and nothing that was typed or attached is lost. Must not know how a demand is stored.
 */
#include "pages/staff_desk.h"

#include "app/crypto.h"
#include "app/desk_call.h"
#include "app/ids.h"
#include "app/normalise.h"
#include "app/ticket_input.h"
#include "gen/tmpl.h"
#include "pages/receive.h"
#include "pages/once.h"
#include "pages/staff_desk_show.h"
#include "pages/view_staff_desk.h"

static int number(enum words list, struct str w)
{
    int n = 0;
    return word_find(list, w, &n) ? n : 0;
}

/* ---- what was typed, as the domain takes it ----------------------------------------------------------------------------------- */

static struct desk_call call_of(const struct staff_desk_form *in, const struct desk_typed *t)
{
    const enum desk_then then = str_eq_c(in->go, "answer") ? DESK_ANSWER : str_eq_c(in->go, "divert") ? DESK_DIVERT : DESK_SEND;
    const int applicant = number(WORDS_APPLICANT, in->applicant);
    return (struct desk_call){
        .filing = {.kind = (enum kind)number(WORDS_KIND, in->kind), .channel = CHANNEL_PHONE,
                   .applicant = (enum applicant)(applicant ? applicant : APPLICANT_PERSON), .text = in->text,
                   .category_code = t->category_code, .area_code = t->area != NULL ? t->area->code : STR_NONE, .address = in->address,
                   .name = in->name, .phone = in->phone, .org = in->org, .phone_verified = in->phone_shown && in->phone.n > 0,
                   .confidential = in->confidential, .no_reply = in->no_reply, .reported_unit = t->reported_unit,
                   .uploads = in->uploads.p, .n_uploads = in->uploads.n},
        .then = then, .words = in->answer,
        .diversion = {.class = (enum diversion)number(WORDS_DIVERSION, in->class), .words = in->wording, .same = in->same,
                      .unit_code = t->unit_code},
        .link = in->link};
}

/* Files are known by what the press itself carried: ids of those that were there, the bytes of those that came with it. */
static enum err hash_call(struct request *rq, const struct desk_call *x, uint8_t out[CRYPTO_HASH_BYTES])
{
    const struct staff_desk_form *sent = rq->form;
    struct crypto_hasher h;
    const struct ticket_filing *f = &x->filing;
    const uint64_t numbers[] = {(uint64_t)x->then, (uint64_t)f->kind, (uint64_t)f->applicant, (uint64_t)x->diversion.class,
                                f->phone_verified, f->confidential, f->no_reply};
    const struct str texts[] = {f->text, f->category_code, f->area_code, f->address, f->name, f->phone, f->org, f->reported_unit,
                                x->words, x->diversion.words, x->diversion.same, x->diversion.unit_code, x->link};
    crypto_digest_start(&h);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        crypto_digest_put_u64(&h, numbers[i]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        crypto_digest_put_field(&h, texts[i]);
    for (size_t i = 0; i < sent->uploads.n; i++)
        crypto_digest_put_field(&h, sent->uploads.p[i]);
    const enum err e = once_hash_files(rq, &h, &sent->files);
    crypto_digest_end(&h, out);
    return e;
}

/* The domain speaks of words; here there are two fields of them. */
static void name_words(struct fault *f, enum desk_then then)
{
    for (size_t i = 0; i < f->n_fields; i++)
        if (strcmp(f->fields[i].field, "words") == 0)
            f->fields[i].field = then == DESK_ANSWER ? "answer" : "wording";
}

/* ---- recording ------------------------------------------------------------------------------------------------------------------- */

static enum err show_filed(struct request *rq, struct response *rs, const struct desk_call *x, const struct ticket_filed *t)
{
    const struct say s = say_of(rq);
    struct page pg;
    struct view_desk_filed v = {.no = ticket_no_show(rq->a, t->no), .code = query_code_show(rq->a, t->query_code),
                                .sent = t->state == STATE_DISPATCHED, .waits = t->state == STATE_RECEIVED,
                                .answered = x->then == DESK_ANSWER, .diverted = x->then == DESK_DIVERT,
                                .sms = t->phone_verified, .due = say_time(&s, t->promise_at)};
    v.href = arena_concat(rq->a, STR("/staff/t/"), v.no);
    v.holder = say_unit(&s, t->holder);
    v.holder_zh = rq->lang != LANG_ZH;
    staff_page(rq, rs, &pg, MSG_staff_desk_filed_title);
    tmpl_staff_desk_filed(&rs->body, &pg, &v);
    return ERR_OK;
}

/* What is open is told together with what is wrong elsewhere. */
static bool is_whole(struct request *rq, const struct staff_desk_form *in, const struct desk_typed *t, const struct desk_call *x)
{
    const struct area *const *districts = NULL;
    struct ticket_filing f = x->filing;
    struct filing_input unused;
    if (desk_typed_judge(rq, in, t, x->then == DESK_SEND) == ERR_OK)
        return true;
    if (t->place.n > 0 && refdata_area_children(join_ctx(rq)->ref, STR_NONE, &districts) > 0)
        f.area_code = districts[0]->code; /* its fault is named already */
    const enum err rest = filing_judge(join_ctx(rq), &f, &unused); /* its faults stand beside the others */
    BUG_ON(rest == ERR_OK && rq->fault->n_fields == 0);
    return false;
}

static enum err file(struct request *rq, struct response *rs, const struct staff_desk_form *in)
{
    struct actor who = join_actor(rq);
    struct ticket_filed filed;
    struct desk_typed t;
    desk_typed(rq, in, &t);
    const struct desk_call x = call_of(in, &t);
    struct idem idem = {.scope = arena_printf(rq->a, "s:%llu", (unsigned long long)who.staff_id), .route = STR("staff_desk_post"),
                        .key = in->once};
    if (in->once.n == 0) /* every page of ours has one */
        return fault_set(rq->fault, ERR_INVALID, "BAD_REQUEST", "a call without its key");
    if (!is_whole(rq, in, &t, &x))
        return desk_show(rq, rs, in, true);
    enum err e = hash_call(rq, &x, idem.request_hash);
    if (e == ERR_OK)
        e = desk_file(join_ctx(rq), &who, &x, &idem, &filed);
    if (e == ERR_INVALID && rq->fault->n_fields > 0) {
        name_words(rq->fault, x.then);
        return desk_show(rq, rs, in, true);
    }
    return e == ERR_OK ? show_filed(rq, rs, &x, &filed) : e;
}

/* ---- buttons that change the form alone --------------------------------------------------------------------------------------------- */

/* A wording goes into its field, behind what stands there. */
static enum err use_wording(struct request *rq, struct staff_desk_form *in)
{
    for (enum template_use use = TEMPLATE_DIVERSION; use <= TEMPLATE_ANSWER; use++) {
        const struct reply_template *t = NULL;
        size_t n = 0;
        enum err e = reply_templates(join_ctx(rq), use, STR_NONE, STR_NONE, STR_NONE, &t, &n);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(in->use, arena_printf(rq->a, "%u", t[i].id)))
                continue;
            struct str *to = use == TEMPLATE_ANSWER ? &in->answer : &in->wording;
            *to = to->n > 0 ? arena_printf(rq->a, STR_FMT "\n" STR_FMT, STR_ARG(*to), STR_ARG(t[i].body)) : t[i].body;
            if (use == TEMPLATE_DIVERSION && t[i].word.n > 0)
                in->class = t[i].word;
            return ERR_OK;
        }
    }
    return ERR_OK;
}

/* A file that was chosen for a button that sends none: its name alone came, and the clerk must know. */
static void name_unsent(struct fault *f)
{
    for (size_t i = 0; i < f->n_fields; i++)
        if (strcmp(f->fields[i].field, "file") == 0 && strcmp(f->fields[i].reason, "WRONG_TYPE") == 0)
            f->fields[i].reason = "FILE_NOT_SENT";
}

/* Ids that are gone stay in the list until the page is shown: a second press of what was recorded still says the same. */
static enum err take_files(struct request *rq, struct staff_desk_form *in)
{
    struct held_files held;
    const size_t before = in->uploads.n;
    struct str *ids = ARENA_ARRAY(rq->a, struct str, before + TICKET_UPLOADS_MAX);
    size_t n = 0;
    if (in->files.n == 0 && in->remove.n == 0)
        return ERR_OK;
    enum err e = held_load(rq, in->uploads.p, before, &held);
    if (e == ERR_OK && in->remove.n > 0)
        e = held_remove(rq, &held, in->remove);
    const size_t left = held.n;
    if (e == ERR_OK)
        e = held_add(rq, &held, &in->files);
    for (size_t i = 0; i < before; i++)
        if (!str_eq(in->uploads.p[i], in->remove))
            ids[n++] = in->uploads.p[i];
    for (size_t i = left; e == ERR_OK && i < held.n; i++)
        ids[n++] = held.ids[i];
    in->uploads = (struct str_list){ids, n};
    return e;
}

enum err page_staff_desk(struct request *rq, struct response *rs)
{
    static const struct staff_desk_form nothing;
    enum err e = join_need_ref(rq);
    return e == ERR_OK ? desk_show(rq, rs, &nothing, false) : e;
}

enum err page_staff_desk_post(struct request *rq, struct response *rs)
{
    struct staff_desk_form in = *(const struct staff_desk_form *)rq->form;
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    name_unsent(rq->fault);
    e = take_files(rq, &in);
    if (e != ERR_OK)
        return e;
    if (rq->form_invalid || rq->fault->n_fields > 0)
        return desk_show(rq, rs, &in, true);
    if (in.go.n > 0 && !str_eq_c(in.go, "look") && !str_eq_c(in.go, "attach"))
        return file(rq, rs, &in);
    if (in.pick.n > 0) {
        in.same = in.pick;
        in.class = word(WORDS_DIVERSION, DIVERT_REPEAT);
    }
    if (in.tie.n > 0)
        in.link = in.tie;
    if (in.use.n > 0)
        e = use_wording(rq, &in);
    struct str phone;
    if (e == ERR_OK && in.phone.n > 0 && !normalise_phone(rq->a, in.phone, &phone))
        e = fault_field(rq->fault, "contact.phone", "BAD_FORMAT");
    return e == ERR_OK || e == ERR_INVALID ? desk_show(rq, rs, &in, true) : e;
}
