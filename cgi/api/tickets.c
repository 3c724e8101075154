/*
 * tickets.c - filing, listing, looking up and tracking over JSON.
 *
 * Contract: replies are those of the OpenAPI document; a repeated create gets the bytes of the first (except the
 * request_id). Must not know the database.
 */
#include "api/tickets.h"

#include "api/idem.h"
#include "api/ticket_form.h"
#include "api/ticket_json.h"
#include "app/account.h"
#include "app/cursor.h"
#include "app/ids.h"
#include "app/ticket_input.h"
#include "app/words.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/lookup.h"
#include "web/dispatch.h"
#include "web/envelope.h"
#include "web/json.h"

enum { PAGE_ROWS = 20 };

/* ---- filing ----------------------------------------------------------------------------------------------------- */

static int value_of(enum words list, struct str w, int otherwise)
{
    int v = otherwise;
    (void)word_find(list, w, &v); /* choices of the form: found, or empty */
    return v;
}

static enum err read_filing(struct request *rq, const struct api_filing *in, struct ticket_filing *ret)
{
    if (in->has_lng != in->has_lat)
        return fault_field(rq->fault, in->has_lng ? "location.lat" : "location.lng", "REQUIRED");
    *ret = (struct ticket_filing){
        .kind = (enum kind)value_of(WORDS_KIND, in->kind, KIND_CONSULT),
        .channel = CHANNEL_MINIPROGRAM,
        .applicant = (enum applicant)value_of(WORDS_APPLICANT, in->applicant, APPLICANT_PERSON),
        .diversion = (enum diversion)value_of(WORDS_DIVERSION, in->diversion, DIVERT_NONE),
        .title = in->title, .text = in->text, .category_code = in->category_code, .area_code = in->area_code,
        .address = in->address, .has_point = in->has_lng, .lng_e7 = (int32_t)in->lng, .lat_e7 = (int32_t)in->lat,
        .uploads = in->uploads.p, .n_uploads = in->uploads.n, .name = in->name, .phone = in->phone, .org = in->org,
        .is_public = in->is_public, .confidential = in->confidential, .no_reply = in->no_reply,
        .reported_unit = in->reported_unit};
    return ERR_OK;
}

/* The body of a filing has phone and code inside of contact, and faults name fields as the body does. */
static void rename_fields(struct fault *f)
{
    for (size_t i = 0; i < f->n_fields; i++)
        if (strcmp(f->fields[i].field, "code") == 0)
            f->fields[i].field = "contact.code";
        else if (strcmp(f->fields[i].field, "phone") == 0)
            f->fields[i].field = "contact.phone";
}

/* A code proves the phone of a filing without an account. It serves once, so everything else is judged before it. */
static enum err check_phone(struct request *rq, const struct api_filing *in, struct ticket_filing *f)
{
    struct filing_input unused;
    if (in->phone_code.n == 0)
        return ERR_OK;
    enum err err = filing_judge(join_ctx(rq), f, &unused);
    f->phone_verified = true;
    if (err == ERR_OK)
        err = account_sms_check(join_ctx(rq), in->phone, in->phone_code, SMS_VERIFY_PHONE);
    rename_fields(rq->fault);
    return err;
}

/* Whoever sends a filing again, because the reply was lost, sends a code that is used up by now: the key decides first. */
static enum err find_earlier(struct request *rq, const struct api_filing *in, const struct idem *idem,
                             struct ticket_filed *ret, bool *ret_found)
{
    *ret_found = false;
    if (in->phone_code.n == 0)
        return ERR_OK;
    enum err err = ticket_filed_before(join_ctx(rq), idem, ret);
    *ret_found = err == ERR_OK;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err api_ticket_file(struct request *rq, struct response *rs)
{
    const struct api_filing *in = rq->form;
    struct actor who = join_actor(rq);
    struct ticket_filing f;
    struct ticket_filed filed;
    struct idem idem;
    bool found = false;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = idem_read(rq, true, &idem);
    if (err == ERR_OK)
        err = find_earlier(rq, in, &idem, &filed, &found);
    if (err == ERR_OK && found)
        return filed_answer(rq, rs, &filed, true);
    if (err == ERR_OK)
        err = read_filing(rq, in, &f);
    if (err == ERR_OK)
        err = check_phone(rq, in, &f);
    if (err == ERR_OK)
        err = ticket_file(join_ctx(rq), &who, &f, &idem, &filed);
    return err == ERR_OK ? filed_answer(rq, rs, &filed, true) : err;
}

/* ---- mine ------------------------------------------------------------------------------------------------------- */

enum err api_ticket_list(struct request *rq, struct response *rs)
{
    const struct api_list *in = rq->form;
    struct actor who = join_actor(rq);
    struct say s = say_of(rq);
    struct cursor at;
    const struct ticket_row *rows;
    struct json w;
    size_t n;
    bool more, given;
    enum ticket_list_filter filter = str_eq(in->status, STR("open")) ? LIST_OPEN
                                     : str_eq(in->status, STR("done")) ? LIST_DONE
                                                                       : LIST_ALL;
    struct str bound = arena_printf(rq->a, "%llu " STR_FMT, (unsigned long long)who.account_id, STR_ARG(in->status));
    struct account acc;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = account_of(join_ctx(rq), &who, &acc); /* a token that was ended lists nothing */
    if (err == ERR_OK)
        err = cursor_open(join_ctx(rq)->keys, rq->a, CURSOR_MY_TICKETS, bound, in->cursor, &at, &given, rq->fault);
    if (err == ERR_OK)
        err = ticket_list_mine(join_ctx(rq), &who, filter, (uint64_t)at.a, PAGE_ROWS, &rows, &n, &more);
    if (err != ERR_OK)
        return err;
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < n; i++)
        ticket_json_row(&w, &s, &rows[i]);
    const struct cursor next = {more ? (int64_t)rows[n - 1].id : 0, 0};
    return envelope_list_close(rq, rs, &w, more ? cursor_seal(join_ctx(rq)->keys, rq->a, CURSOR_MY_TICKETS, bound, next) : STR_NONE);
}

/* ---- lookup and track ------------------------------------------------------------------------------------------- */

enum err api_ticket_lookup(struct request *rq, struct response *rs)
{
    const struct api_lookup *in = rq->form;
    struct ticket_found found;
    struct json w;
    enum err err = lookup_ticket(rq, in->ticket_no, in->query_code, &found);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "ticket_no", ticket_no_show(rq->a, found.no));
    json_put_str(&w, "ticket_token", found.ticket_token);
    json_put_time(&w, "expires_at", found.token_expires_s * US_PER_S);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

enum err api_ticket_track(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct say s = say_of(rq);
    struct ticket_view t;
    const struct attachment *files = NULL;
    struct json w;
    size_t n = 0;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = ticket_track(join_ctx(rq), &who, rq->path_args[0], &t);
    if (err == ERR_OK && t.n_uploads > 0)
        err = attachment_of_ticket(join_ctx(rq), t.id, &files, &n);
    if (err != ERR_OK)
        return err;
    s.now_us = t.now;
    envelope_open(rq, rs, &w);
    ticket_json(&w, &s, &t, files, n);
    return envelope_close(rq, rs, &w, 200);
}

enum err api_ticket_content(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    bool thumb = str_eq(request_query(rq, "size"), STR("thumb"));
    struct str path, media_type;
    uint64_t id;
    if (!id_parse(rq->path_args[1], &id))
        return fault_set(rq->fault, ERR_NOT_FOUND, "UPLOAD_NOT_FOUND", "malformed upload id");
    enum err err = attachment_open(join_ctx(rq), &who, rq->path_args[0], id, thumb, &path, &media_type);
    if (err == ERR_OK)
        response_file(rs, arena_concat(rq->a, STR("/_files/"), path), arena_cstr(rq->a, media_type), STR_NONE);
    return err;
}
