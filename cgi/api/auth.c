/*
 * auth.c - signing in and out over JSON.
 *
 * Contract: asking for a code answers alike whether the number is known or not. Tokens leave in the body alone, never in
 * a header or a log. Must not know the tables.
 */
#include "api/auth.h"

#include "app/account.h"
#include "app/normalise.h"
#include "app/words.h"
#include "base/clock.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/envelope.h"
#include "web/json.h"

struct sms_in {
    struct str phone, purpose;
};
struct verify_in {
    struct str phone, code;
};
struct refresh_in {
    struct str refresh_token;
};
enum { REFRESH_CHARS = 200 };

static const char *const purposes[] = {"sign_in", "verify_phone", NULL};
static const struct form_field sms_fields[] = {
    {FORM_FIELD(struct sms_in, phone, "phone", FIELD_PHONE), .required = true, .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct sms_in, purpose, "purpose", FIELD_CHOICE), .choices = purposes},
};
const struct form_spec api_sms_form = {FORM_SPEC("api_sms", struct sms_in, sms_fields)};
static const struct form_field verify_fields[] = {
    {FORM_FIELD(struct verify_in, phone, "phone", FIELD_PHONE), .required = true, .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct verify_in, code, "code", FIELD_SECRET), .required = true, .max = LIMIT_CODE_CHARS},
};
const struct form_spec api_verify_form = {FORM_SPEC("api_verify", struct verify_in, verify_fields)};
static const struct form_field refresh_fields[] = {
    {FORM_FIELD(struct refresh_in, refresh_token, "refresh_token", FIELD_SECRET), .required = true, .max = REFRESH_CHARS},
};
const struct form_spec api_refresh_form = {FORM_SPEC("api_refresh", struct refresh_in, refresh_fields)};
static const struct form_field logout_fields[] = {
    {FORM_FIELD(struct refresh_in, refresh_token, "refresh_token", FIELD_SECRET), .max = REFRESH_CHARS},
};
const struct form_spec api_logout_form = {FORM_SPEC("api_logout", struct refresh_in, logout_fields)};

static enum err answer_tokens(struct request *rq, struct response *rs, const struct account_tokens *t, bool is_new)
{
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "access_token", t->access);
    json_put_time(&w, "access_expires_at", t->access_expires_s * US_PER_S);
    json_put_str(&w, "refresh_token", t->refresh);
    json_put_time(&w, "refresh_expires_at", t->refresh_expires_s * US_PER_S);
    json_put_bool(&w, "is_new", is_new);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

enum err api_auth_sms(struct request *rq, struct response *rs)
{
    const struct sms_in *in = rq->form;
    struct ctx *c = join_ctx(rq);
    struct json w;
    bool verify = str_eq(in->purpose, STR("verify_phone"));
    enum err err = account_sms_request(c, in->phone, verify ? SMS_VERIFY_PHONE : SMS_SIGN_IN);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_i64(&w, "expires_in_s", (int64_t)c->set->sms_code_minutes * 60);
    json_put_i64(&w, "resend_after_s", c->set->sms_resend_seconds);
    json_close(&w);
    return envelope_close(rq, rs, &w, 202);
}

enum err api_auth_verify(struct request *rq, struct response *rs)
{
    const struct verify_in *in = rq->form;
    struct ctx *c = join_ctx(rq);
    struct account_tokens t;
    struct account acc;
    enum err err = account_sign_in(c, in->phone, in->code, STR_NONE, &acc);
    if (err == ERR_OK)
        err = account_tokens_issue(c, &acc, &t);
    return err == ERR_OK ? answer_tokens(rq, rs, &t, acc.is_new) : err;
}

enum err api_auth_refresh(struct request *rq, struct response *rs)
{
    const struct refresh_in *in = rq->form;
    struct account_tokens t;
    enum err err = account_tokens_refresh(join_ctx(rq), in->refresh_token, &t);
    return err == ERR_OK ? answer_tokens(rq, rs, &t, false) : err;
}

enum err api_auth_logout(struct request *rq, struct response *rs)
{
    const struct refresh_in *in = rq->form;
    struct json w;
    enum err err = account_sign_out(join_ctx(rq), rq->account_id, in->refresh_token);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_null(&w);
    return envelope_close(rq, rs, &w, 200);
}
