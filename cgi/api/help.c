/*
 * help.c - files before a filing, and suggestions for its category.
 *
 * Contract: a file is judged by its content; the id given out is the only key to it. Suggestions never block. Must not
 * know what will be filed.
 */
#include "api/help.h"

#include "api/ticket_json.h"
#include "app/account.h"
#include "app/knowledge.h"
#include "app/suggest.h"
#include "app/words.h"
#include "base/hash.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/receive.h"
#include "pages/say.h"
#include "web/envelope.h"
#include "web/json.h"

enum { CATEGORIES = 5, ARTICLES = 3 };

/* ---- files ------------------------------------------------------------------------------------------------------ */

struct upload_in {
    struct upload_part file;
};
static const struct form_field upload_fields[] = {
    {FORM_FIELD(struct upload_in, file, "file", FIELD_FILE), .required = true, .max_bytes = LIMIT_RECORDING_BYTES},
};
const struct form_spec api_upload_form = {FORM_SPEC("api_upload", struct upload_in, upload_fields)};

enum err api_upload(struct request *rq, struct response *rs)
{
    struct upload_part file = ((const struct upload_in *)rq->form)->file;
    struct attachment_new n;
    struct json w;
    struct str id;
    const struct actor who = join_actor(rq);
    /* Nothing below reads the account, so that a token which has ended would not be noticed. */
    enum err err = who.account_id != 0 ? account_alive(join_ctx(rq), &who) : ERR_OK;
    if (err == ERR_OK)
        err = receive_file(rq, &file, "file", &id, &n);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "upload_id", id);
    json_put_str(&w, "sha256", hex_encode(rq->a, (struct str){(const char *)n.sha256, sizeof n.sha256}));
    json_put_str(&w, "kind", word(WORDS_UPLOAD_KIND, (int)n.type.kind));
    json_key(&w, "media_type");
    json_cstr(&w, n.type.media_type);
    json_put_i64(&w, "bytes", (int64_t)n.bytes);
    json_put_i64(&w, "expires_in_s", (int64_t)join_ctx(rq)->set->upload_hours * 3600);
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}

/* ---- suggestions ------------------------------------------------------------------------------------------------ */

struct suggest_in {
    struct str text, area_code;
};
static const struct form_field suggest_fields[] = {
    {FORM_FIELD(struct suggest_in, text, "text", FIELD_AREA), .required = true, .max = LIMIT_TEXT_CHARS},
    {FORM_FIELD(struct suggest_in, area_code, "area_code", FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec api_suggest_form = {FORM_SPEC("api_suggest", struct suggest_in, suggest_fields)};

static void put_categories(struct request *rq, struct json *w, const struct suggestion *found, size_t n)
{
    const struct refdata *ref = join_of(rq)->ref;
    json_key(w, "categories");
    json_open_array(w);
    for (size_t i = 0; i < n; i++) {
        const struct category *c = found[i].category;
        json_open_object(w);
        json_put_str(w, "code", c->code);
        json_put_str(w, "name", c->name);
        json_put_str(w, "path", refdata_category_path(ref, rq->a, c->code, " › "));
        json_put_i64(w, "response_level", c->response_level);
        json_close(w);
    }
    json_close(w);
}

static void put_articles(struct json *w, struct arena *a, const struct kb_results *r)
{
    json_key(w, "articles");
    json_open_array(w);
    for (size_t i = 0; i < r->n_found; i++) {
        const struct kb_found *f = &r->found[i];
        const struct kb_part *p = f->n_parts > 0 ? &f->parts[0] : NULL;
        struct str anchor = p ? p->anchor : STR_NONE;
        json_open_object(w);
        json_put_str(w, "id", arena_printf(a, "%lld", (long long)f->article.id));
        json_put_str(w, "title", f->article.title);
        json_put_str(w, "heading", p ? p->heading : STR_NONE);
        json_put_str(w, "url", arena_printf(a, "/kb/%lld%s" STR_FMT, (long long)f->article.id, anchor.n ? "#" : "", STR_ARG(anchor)));
        json_close(w);
    }
    json_close(w);
}

enum err api_suggest(struct request *rq, struct response *rs)
{
    const struct suggest_in *in = rq->form;
    struct ctx *c = join_ctx(rq);
    struct say s = say_of(rq);
    struct suggestion found[CATEGORIES];
    struct kb_results articles = {0};
    const struct public_ticket *similar = NULL;
    struct json w;
    size_t n_similar = 0;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    size_t n = suggest_categories(c->ref, rq->a, in->text, CATEGORIES, found);
    err = knowledge_suggest(c->db, rq->a, in->text, ARTICLES, &articles, rq->fault);
    if (err == ERR_OK && n > 0 && in->area_code.n > 0)
        err = ticket_similar(c, found[0].category->code, in->area_code, &similar, &n_similar);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    put_categories(rq, &w, found, n);
    put_articles(&w, rq->a, &articles);
    json_key(&w, "similar");
    json_open_array(&w);
    for (size_t i = 0; i < n_similar; i++)
        public_json(&w, &s, &similar[i]);
    json_close(&w);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
