/*
 * staff.c - services over JSON: a key becomes a token of fifteen minutes; whose token it is and what it may do.
 *
 * Contract: a key travels in a body alone, and only to this one route. Must not know the tables.
 */
#include "api/staff.h"

#include "app/staff.h"
#include "base/clock.h"
#include "pages/join.h"
#include "web/envelope.h"
#include "web/json.h"

enum { KEY_CHARS = 100 };
struct token_in {
    struct str key;
};
static const struct form_field token_fields[] = {
    {FORM_FIELD(struct token_in, key, "key", FIELD_SECRET), .required = true, .max = KEY_CHARS},
};
const struct form_spec api_staff_token_form = {FORM_SPEC("api_staff_token", struct token_in, token_fields)};

enum err api_staff_token(struct request *rq, struct response *rs)
{
    const struct token_in *in = rq->form;
    struct str token;
    struct json w;
    int64_t expires_s = 0;
    enum err err = service_token(join_ctx(rq), in->key, &token, &expires_s);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "token", token);
    json_put_time(&w, "expires_at", expires_s * US_PER_S);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

static void put_permits(struct json *w, const struct actor *who)
{
    json_key(w, "permits");
    json_open_array(w);
    for (enum permit p = MAY_SIGNED_IN; p < PERMIT_END; p++)
        if (permission_has(who, p))
            json_cstr(w, permission_name(p));
    json_close(w);
}

static void put_grant(struct json *w, const struct staff_grant *g)
{
    json_open_object(w);
    json_key(w, "role");
    json_cstr(w, permission_role_name(g->role));
    json_put_str(w, "unit", g->unit_code);
    json_put_str(w, "area", g->area_prefix);
    json_put_str(w, "category", g->category_prefix);
    json_close(w);
}

enum err api_staff_me(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_id(&w, "id", who.staff_id);
    json_put_str(&w, "unit", who.unit_code);
    json_key(&w, "grants");
    json_open_array(&w);
    for (size_t i = 0; i < who.rights->n_grants; i++)
        put_grant(&w, &who.rights->grants[i]);
    json_close(&w);
    put_permits(&w, &who);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
