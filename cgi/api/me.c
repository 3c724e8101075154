/*
 * me.c - the account over JSON: read, change, delete, take along [PIPL 44 to 47].
 *
 * Contract: the epoch of the token is compared with the account's before anything is shown or changed. Phones are masked
 * but in the export, which is the citizen's own data. Must not know the tables.
 */
#include "api/auth.h"

#include "app/account.h"
#include "app/normalise.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/me_export.h"
#include "web/envelope.h"
#include "web/json.h"

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
    me_export_json(&w, rq->a, &x);
    return envelope_close(rq, rs, &w, 200);
}
