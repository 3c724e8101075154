/*
 * staff_wording.c - the wording that replies start from, over JSON: a platform shows its officers the same words.
 *
 * Contract: form and inner part are those of the pages (pages/staff_wording.h). Must not know what a wording demands.
 */
#include "api/staff_wording.h"

#include "api/idem.h"
#include "api/staff_json.h"
#include "pages/join.h"
#include "pages/staff_wording.h"
#include "web/envelope.h"
#include "web/json.h"

static void wording_json(struct json *w, const struct say *s, const struct wording *x)
{
    json_open_object(w);
    json_put_i64(w, "id", x->t.id);
    json_put_i64(w, "line", x->line);
    PUT_TEXT(w, s, "use", "staff_use", wording_use_word(x->t.use));
    json_put_str(w, "word", x->t.word);
    json_put_str(w, "category_prefix", x->t.category_prefix);
    json_put_str(w, "unit_code", x->t.unit_code);
    json_put_str(w, "lang", x->t.lang == APP_EN ? STR("en") : STR("zh-CN"));
    json_put_str(w, "title", x->t.title);
    json_put_str(w, "body", x->t.body);
    json_put_bool(w, "active", x->active);
    json_put_time_or_null(w, "created_at", x->created_at);
    json_close(w);
}

enum err api_staff_wordings(struct request *rq, struct response *rs)
{
    struct staff_wordings_page p;
    struct json w;
    const enum err e = staff_wordings_read(rq, rq->form, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    PUT_UNIT(&w, &s, "unit", p.unit_code);
    json_key(&w, "items");
    json_open_array(&w);
    for (size_t i = 0; i < p.n_rows; i++)
        wording_json(&w, &s, &p.rows[i]);
    return envelope_list_close(rq, rs, &w, STR_NONE); /* at most a hundred of a kind */
}

static enum err tell(struct request *rq, struct response *rs, uint32_t id, int status)
{
    const struct wording *all = NULL;
    struct actor who = join_actor(rq);
    struct wording x;
    struct json w;
    size_t n = 0;
    const enum err e = wording_get(join_ctx(rq), &who, id, &x, &all, &n);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "wording");
    wording_json(&w, &s, &x);
    json_key(&w, "versions");
    json_open_array(&w);
    for (size_t i = 0; i < n; i++) {
        json_open_object(&w);
        json_put_i64(&w, "id", all[i].t.id);
        json_put_str(&w, "title", all[i].t.title);
        json_put_str(&w, "body", all[i].t.body);
        json_put_str(&w, "author", all[i].author);
        json_put_bool(&w, "active", all[i].active);
        json_put_time_or_null(&w, "created_at", all[i].created_at);
        json_put_time_or_null(&w, "ended_at", all[i].ended_at);
        json_close(&w);
    }
    json_close(&w);
    json_close(&w);
    return envelope_close(rq, rs, &w, status);
}

enum err api_staff_wording(struct request *rq, struct response *rs)
{
    uint32_t id = 0;
    const enum err e = staff_wording_id(rq, &id);
    return e == ERR_OK ? tell(rq, rs, id, 200) : e;
}

static enum err save(struct request *rq, struct response *rs, uint32_t id, int status)
{
    const struct staff_wording_form *in = rq->form;
    uint32_t now = 0;
    enum err e = idem_not_once(rq, in->once);
    if (e == ERR_OK)
        e = idem_take(rq, id == 0);
    if (e == ERR_OK)
        e = staff_wording_save(rq, in, id, &now);
    return e == ERR_OK ? tell(rq, rs, now, status) : e;
}

enum err api_staff_wording_new(struct request *rq, struct response *rs)
{
    return save(rq, rs, 0, 201);
}

enum err api_staff_wording_edit(struct request *rq, struct response *rs)
{
    uint32_t id = 0;
    const enum err e = staff_wording_id(rq, &id);
    return e == ERR_OK ? save(rq, rs, id, 200) : e;
}

enum err api_staff_wording_retire(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    uint32_t id = 0;
    enum err e = staff_wording_id(rq, &id);
    if (e == ERR_OK)
        e = wording_retire(join_ctx(rq), &who, id);
    return e == ERR_OK ? tell(rq, rs, id, 200) : e;
}
