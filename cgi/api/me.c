/*
 * me.c - the account over JSON: read, change, delete, take along [PIPL 44 to 47].
 *
 * Contract: the epoch of the token is compared with the account's before anything is shown or changed. Phones are masked
 * but in the export, which is the citizen's own data. Must not know the tables.
 */
#include "api/auth.h"

#include "app/account.h"
#include "app/ids.h"
#include "app/normalise.h"
#include "app/words.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/json.h"
#include "web/problem.h"

struct me_in {
    struct str name, lang;
    bool has_name, has_lang;
};
static const char *const langs[] = {"zh-CN", "en", NULL};
static const struct form_field me_fields[] = {
    {FORM_FIELD_HAS(struct me_in, name, has_name, "name", FIELD_TEXT), .max = LIMIT_NAME_CHARS},
    {FORM_FIELD_HAS(struct me_in, lang, has_lang, "lang", FIELD_CHOICE), .choices = langs},
};
const struct form_spec api_me_form = {FORM_SPEC("api_me", struct me_in, me_fields)};

static enum err load(struct request *rq, struct account *ret)
{
    struct actor who = join_actor(rq);
    return account_of(join_ctx(rq), &who, ret);
}

static enum err answer(struct request *rq, struct response *rs, const struct account *acc)
{
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_id(&w, "id", acc->id);
    json_put_str(&w, "phone", normalise_phone_mask(rq->a, acc->phone));
    json_put_str(&w, "name", acc->name);
    json_key(&w, "lang");
    json_cstr(&w, acc->lang == APP_EN ? "en" : "zh-CN");
    json_put_time(&w, "created_at", acc->created_at);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

enum err api_me(struct request *rq, struct response *rs)
{
    struct account acc;
    enum err err = load(rq, &acc);
    return err == ERR_OK ? answer(rq, rs, &acc) : err;
}

enum err api_me_put(struct request *rq, struct response *rs)
{
    const struct me_in *in = rq->form;
    struct account acc;
    enum err err = load(rq, &acc);
    if (err != ERR_OK)
        return err;
    struct str name = in->has_name ? in->name : acc.name;
    int lang = !in->has_lang ? acc.lang : str_eq(in->lang, STR("en")) ? APP_EN : APP_ZH;
    err = account_put(join_ctx(rq), acc.id, name, lang);
    if (err == ERR_OK)
        err = load(rq, &acc);
    return err == ERR_OK ? answer(rq, rs, &acc) : err;
}

enum err api_me_delete(struct request *rq, struct response *rs)
{
    struct account acc;
    struct json w;
    int64_t running = 0;
    enum err err = load(rq, &acc);
    if (err == ERR_OK)
        err = account_delete(join_ctx(rq), acc.id, &running);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_i64(&w, "running_tickets", running);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* ---- export ----------------------------------------------------------------------------------------------------- */

static void put_ticket(struct json *w, struct arena *a, const struct account_export_ticket *t)
{
    json_open_object(w);
    json_put_str(w, "ticket_no", ticket_no_show(a, t->no));
    json_put_time(w, "created_at", t->created_at);
    json_put_str(w, "status", word(WORDS_STATUS, t->state));
    json_put_str(w, "title", t->title);
    json_put_str(w, "text", t->text);
    json_put_str(w, "address", t->address);
    json_put_str(w, "name", t->name);
    json_put_str(w, "phone", t->phone);
    json_put_str(w, "org", t->org);
    json_close(w);
}

static void put_looks(struct json *w, struct arena *a, const struct account_look *looks, size_t n)
{
    json_key(w, "looks");
    json_open_array(w);
    for (size_t i = 0; i < n; i++) {
        json_open_object(w);
        json_put_time(w, "at", looks[i].at);
        json_put_str(w, "purpose", looks[i].purpose);
        json_put_str(w, "ticket_no", ticket_no_show(a, looks[i].ticket_no));
        json_close(w);
    }
    json_close(w);
}

enum err api_me_export(struct request *rq, struct response *rs)
{
    struct account acc;
    struct account_export x;
    struct json w;
    enum err err = load(rq, &acc);
    if (err == ERR_OK)
        err = account_export(join_ctx(rq), acc.id, &x);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_id(&w, "id", x.account.id);
    json_put_str(&w, "phone", x.account.phone);
    json_put_str(&w, "name", x.account.name);
    json_put_time(&w, "created_at", x.account.created_at);
    json_key(&w, "tickets");
    json_open_array(&w);
    for (size_t i = 0; i < x.n_tickets; i++)
        put_ticket(&w, rq->a, &x.tickets[i]);
    json_close(&w);
    json_put_bool(&w, "has_more_tickets", x.more);
    put_looks(&w, rq->a, x.looks, x.n_looks);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
