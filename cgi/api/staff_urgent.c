/*
 * staff_urgent.c - urgent modes over JSON, for the duty desk's own system.
 *
 * Contract: forms and inner part are those of the pages (pages/staff_urgent.h); go "preview" says how many demands a mode would raise
 * and begins nothing. Must not know what a mode does to a demand.
 */
#include "api/staff_urgent.h"

#include "api/idem.h"
#include "api/staff_json.h"
#include "pages/join.h"
#include "pages/staff_urgent.h"
#include "web/envelope.h"
#include "web/json.h"

static void codes_json(struct json *w, const struct say *s, struct str list, bool areas)
{
    struct str one;
    json_open_array(w);
    while (list.n > 0) {
        str_cut(list, ';', &one, &list);
        named_json(w, one, areas ? say_area(s, one) : say_category(s, one));
    }
    json_close(w);
}

static void mode_json(struct json *w, const struct say *s, const struct urgent_mode *m)
{
    const int64_t now = m->changed_at > s->now_us ? m->changed_at : s->now_us; /* changed by this very request */
    const struct str state = m->ends_at <= now ? STR("over") : m->starts_at <= now ? STR("on") : STR("planned");
    json_open_object(w);
    json_put_id(w, "id", m->id);
    json_put_i64(w, "version", m->version);
    json_put_str(w, "name", m->name);
    json_put_str(w, "reason", m->reason);
    json_key(w, "state");
    said_json(w, state, say_word(s, "staff", arena_concat(s->a, STR("mode_"), state)));
    json_key(w, "categories");
    codes_json(w, s, m->categories, false);
    json_key(w, "areas");
    codes_json(w, s, m->areas, true);
    json_put_i64(w, "level", m->level);
    json_put_bool(w, "raise_open", m->raise_open);
    json_put_time_or_null(w, "starts_at", m->starts_at);
    json_put_time_or_null(w, "ends_at", m->ends_at);
    json_put_str(w, "notice_zh", m->notice_zh);
    json_put_str(w, "notice_en", m->notice_en);
    json_put_time_or_null(w, "changed_at", m->changed_at);
    json_close(w);
}

static enum err tell(struct request *rq, struct response *rs, const struct urgent_mode *m, size_t n)
{
    const struct say s = say_of(rq);
    struct json w;
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < n; i++)
        mode_json(&w, &s, &m[i]);
    return envelope_list_close(rq, rs, &w, STR_NONE);
}

enum err api_staff_urgent(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    size_t n = 0;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = urgent_list(join_ctx(rq), true, &m, &n);
    return e == ERR_OK ? tell(rq, rs, m, n) : e;
}

enum err api_staff_urgent_mode(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    size_t n = 0;
    const enum err e = staff_urgent_versions(rq, &m, &n);
    return e == ERR_OK ? tell(rq, rs, m, n) : e;
}

/* The mode as it stands after an act; preview: none, and the number of demands. */
static enum err tell_done(struct request *rq, struct response *rs, const struct staff_urgent_done *done, int status)
{
    const struct urgent_mode *m = NULL;
    const struct say s = say_of(rq);
    struct json w;
    size_t n = 0;
    const enum err e = done->previewed ? ERR_OK : urgent_versions(join_ctx(rq), done->id, &m, &n);
    if (e != ERR_OK)
        return e;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "mode");
    if (n > 0)
        mode_json(&w, &s, &m[0]);
    else
        json_null(&w);
    json_key(&w, "would_raise");
    if (done->previewed)
        json_i64(&w, done->n);
    else
        json_null(&w);
    json_put_bool(&w, "would_raise_more", done->more);
    json_close(&w);
    return envelope_close(rq, rs, &w, status);
}

enum err api_staff_urgent_new(struct request *rq, struct response *rs)
{
    const struct urgent_form *in = rq->form;
    struct staff_urgent_done done;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = idem_not_once(rq, in->once);
    if (e == ERR_OK)
        e = idem_take(rq, !str_eq_c(in->go, "preview"));
    if (e == ERR_OK)
        e = staff_urgent_save(rq, in, NULL, &done);
    return e == ERR_OK ? tell_done(rq, rs, &done, done.previewed ? 200 : 201) : e;
}

enum err api_staff_urgent_edit(struct request *rq, struct response *rs)
{
    const struct urgent_mode *m = NULL;
    struct staff_urgent_done done;
    size_t n = 0;
    enum err e = staff_urgent_versions(rq, &m, &n);
    if (e == ERR_OK)
        e = idem_not_once(rq, ((const struct urgent_form *)rq->form)->once);
    if (e == ERR_OK)
        e = staff_urgent_save(rq, rq->form, &m[0], &done);
    return e == ERR_OK ? tell_done(rq, rs, &done, 200) : e;
}

enum err api_staff_urgent_end(struct request *rq, struct response *rs)
{
    struct staff_urgent_done done = {0};
    const enum err e = staff_urgent_stop(rq, rq->form, &done.id);
    return e == ERR_OK ? tell_done(rq, rs, &done, 200) : e;
}
