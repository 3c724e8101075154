/*
 * staff_wording.c - keeping the wording that replies start from: a unit's list, one wording with its versions, adding, changing,
 * retiring.
 *
 * Contract: shape alone is judged here; who may keep what, and that a wording demands something, is judged in app/wording.h. A form
 * carries the key of what it makes: sent twice, it is kept once.
 */
#include "pages/staff_wording.h"

#include "app/permission.h"
#include "app/refdata.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/once.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_wording.h"
#include "web/route.h"

enum { WORDS_LISTS = 2 };

/* clang-format off */
static const char *const use_words[] = {"reply", "diversion", "answer", NULL}, *const lang_words[] = {"zh-CN", "en", NULL};
static const struct form_field query_fields[] = {
    {FORM_FIELD(struct staff_wordings_query, unit, "unit", FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_wordings_query = {FORM_SPEC("staff_wordings", struct staff_wordings_query, query_fields)};
#define F(member, kind) FORM_FIELD(struct staff_wording_form, member, #member, kind)
static const struct form_field fields[] = {
    {F(use, FIELD_CHOICE), .required = true, .choices = use_words},
    {F(word, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(unit_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(category_prefix, FIELD_CODE), .max = 6},
    {F(lang, FIELD_CHOICE), .required = true, .choices = lang_words},
    {F(title, FIELD_TEXT), .required = true, .max = WORDING_TITLE_CHARS},
    {F(body, FIELD_AREA), .required = true, .max = WORDING_BODY_CHARS},
    {F(once, FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec staff_wording_form = {FORM_SPEC("staff_wording", struct staff_wording_form, fields)};
/* clang-format on */

/* ---- the inner part ----------------------------------------------------------------------------------------------------- */

enum err staff_wordings_read(struct request *rq, const struct staff_wordings_query *q, struct staff_wordings_page *ret)
{
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    *ret = (struct staff_wordings_page){.unit_code = q->unit, .city = permission_may(c, &who, MAY_TEMPLATES, STR_NONE, STR_NONE, STR_NONE)};
    if (q->unit.n == 0 && !ret->city)
        ret->unit_code = who.unit_code;
    return wording_list(c, &who, ret->unit_code, &ret->rows, &ret->n_rows);
}

enum err staff_wording_id(struct request *rq, uint32_t *ret)
{
    uint64_t id = 0;
    if (!parse_u64(rq->path_args[0], 1, UINT32_MAX, &id))
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "not a number");
    *ret = (uint32_t)id;
    return join_need_ref(rq);
}

enum err staff_wording_save(struct request *rq, const struct staff_wording_form *in, uint32_t id, uint32_t *ret_id)
{
    struct actor who = join_actor(rq);
    struct reply_template t = {.id = id, .word = in->word, .unit_code = in->unit_code, .category_prefix = in->category_prefix,
                               .lang = str_eq_c(in->lang, "en") ? APP_EN : APP_ZH, .title = in->title, .body = in->body};
    (void)wording_use_find(in->use, &t.use); /* a choice of the form: always found */
    const enum err e = join_need_ref(rq);
    return e == ERR_OK ? wording_put(join_ctx(rq), &who, &t, ret_id) : e;
}

/* ---- the list ------------------------------------------------------------------------------------------------------------ */

static struct str fits(const struct say *s, enum template_use use, struct str word)
{
    return word.n > 0 ? say_word(s, use == TEMPLATE_REPLY ? "staff_outcome" : "staff_diversion", word) : msg_text(s->lang, MSG_staff_wording_any);
}

enum err page_staff_wordings(struct request *rq, struct response *rs)
{
    static const struct staff_wordings_query nothing;
    struct staff_wordings_page p;
    struct page pg;
    if (rq->form_invalid) /* an address typed by hand */
        *rq->fault = (struct fault){0};
    const enum err e = staff_wordings_read(rq, rq->form_invalid ? &nothing : rq->form, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    struct view_wording *rows = ARENA_ARRAY(rq->a, struct view_wording, p.n_rows + 1);
    for (size_t i = 0; i < p.n_rows; i++) {
        const struct reply_template *t = &p.rows[i].t;
        rows[i] = (struct view_wording){.href = arena_printf(rq->a, "/staff/wordings/%u", t->id), .title = t->title, .body = t->body,
                                        .use = say_word(&s, "staff_use", wording_use_word(t->use)), .word = fits(&s, t->use, t->word),
                                        .category = t->category_prefix.n > 0 ? say_category(&s, t->category_prefix) : STR_NONE,
                                        .en = t->lang == APP_EN, .zh = s.lang != LANG_ZH};
    }
    const struct str done = request_query(rq, "done");
    struct view_staff_wordings v = {.rows = rows, .n_rows = p.n_rows, .may_choose = p.city, .unit = {.value = p.unit_code},
                                    .add = arena_concat(rq->a, STR("/staff/wordings/new?unit="), p.unit_code)};
    v.notice.text = str_eq_c(done, "saved") ? MSG_staff_wording_done_saved : str_eq_c(done, "retired") ? MSG_staff_wording_done_retired : MSG_NONE;
    v.scope = p.unit_code.n > 0 ? staff_unit_name(rq, p.unit_code) : msg_text(rq->lang, MSG_staff_wording_for_all);
    v.scope_zh = p.unit_code.n > 0 && rq->lang == LANG_EN && staff_unit_is_zh(rq, p.unit_code);
    staff_page(rq, rs, &pg, MSG_staff_nav_wording);
    tmpl_staff_wordings(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- one wording --------------------------------------------------------------------------------------------------------- */

static void put_words(const struct say *s, struct str chosen, struct view_staff_wording *v)
{
    static const enum words lists[WORDS_LISTS] = {WORDS_OUTCOME, WORDS_DIVERSION};
    static const enum template_use of[WORDS_LISTS] = {TEMPLATE_REPLY, TEMPLATE_DIVERSION};
    struct view_wording_words *out = ARENA_ARRAY(s->a, struct view_wording_words, WORDS_LISTS);
    for (size_t i = 0; i < WORDS_LISTS; i++) {
        const int end = words_end(lists[i]);
        struct view_option *o = ARENA_ARRAY(s->a, struct view_option, (size_t)end);
        for (int k = 1; k < end; k++) {
            const struct str w = word(lists[i], k);
            o[out[i].n_options++] = (struct view_option){.value = w, .text = fits(s, of[i], w), .chosen = str_eq(w, chosen)};
        }
        out[i].label = say_word(s, "staff_use", wording_use_word(of[i]));
        out[i].options = o;
    }
    v->words = out;
    v->n_words = WORDS_LISTS;
    v->word_any = chosen.n == 0;
}

static void put_choices(const struct say *s, const struct staff_wording_form *in, struct view_staff_wording *v)
{
    struct view_option *u = ARENA_ARRAY(s->a, struct view_option, TEMPLATE_USE_END), *l = ARENA_ARRAY(s->a, struct view_option, 2);
    for (size_t i = 0; use_words[i] != NULL; i++) {
        const struct str w = str_from_c(use_words[i]);
        u[v->n_uses++] = (struct view_option){.value = w, .text = say_word(s, "staff_use", w), .chosen = str_eq(w, in->use)};
    }
    l[0] = (struct view_option){.value = STR("zh-CN"), .text = msg_text(s->lang, MSG_staff_wording_lang_zh), .chosen = !str_eq_c(in->lang, "en")};
    l[1] = (struct view_option){.value = STR("en"), .text = msg_text(s->lang, MSG_staff_wording_lang_en), .chosen = str_eq_c(in->lang, "en")};
    v->uses = u;
    v->langs = l;
    v->n_langs = 2;
    put_words(s, in->word, v);
}

static void put_versions(struct request *rq, const struct say *s, const struct wording *all, size_t n, struct view_staff_wording *v)
{
    struct view_wording_version *out = ARENA_ARRAY(rq->a, struct view_wording_version, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct view_wording_version){.href = arena_printf(rq->a, "/staff/wordings/%u", all[i].t.id), .title = all[i].t.title,
                                               .body = all[i].t.body, .author = all[i].author, .from = say_time(s, all[i].created_at),
                                               .to = say_time(s, all[i].ended_at), .active = all[i].active};
    v->versions = out;
    v->n_versions = n;
}

/* in: what was typed; NULL = what stands there, or nothing yet. id 0 = a new one. */
static enum err show(struct request *rq, struct response *rs, uint32_t id, const struct staff_wording_form *in)
{
    struct fault wrong = *rq->fault;
    struct actor who = join_actor(rq);
    const struct wording *all = NULL;
    struct staff_wording_form stands = {.unit_code = id == 0 ? request_query(rq, "unit") : STR_NONE};
    struct wording x = {0};
    struct page pg;
    size_t n = 0;
    *rq->fault = (struct fault){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK && id != 0)
        e = wording_get(join_ctx(rq), &who, id, &x, &all, &n);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    if (id != 0)
        stands = (struct staff_wording_form){.use = wording_use_word(x.t.use), .word = x.t.word, .unit_code = x.t.unit_code,
                                             .category_prefix = x.t.category_prefix, .lang = x.t.lang == APP_EN ? STR("en") : STR("zh-CN"),
                                             .title = x.t.title, .body = x.t.body};
    if (in == NULL)
        in = &stands;
    const struct say s = say_of(rq);
    struct view_staff_wording v = {.errors = say_errors(rq), .is_new = id == 0, .over = id != 0 && !x.active,
                                   .once = once_show(rq, in->once), .body_max = WORDING_BODY_CHARS,
                                   .action = id == 0 ? STR("/staff/wordings/new") : arena_printf(rq->a, "/staff/wordings/%u", id),
                                   .back = arena_concat(rq->a, STR("/staff/wordings?unit="), in->unit_code)};
    v.retire = arena_concat(rq->a, v.action, STR("/retire"));
    v.use = say_input(rq, "use", in->use);
    v.word = say_input(rq, "word", in->word);
    v.unit = say_input(rq, "unit_code", in->unit_code);
    v.category = say_input(rq, "category_prefix", in->category_prefix);
    v.lang = say_input(rq, "lang", in->lang);
    v.title = say_input(rq, "title", in->title);
    v.body = say_input(rq, "body", in->body);
    put_choices(&s, in, &v);
    put_versions(rq, &s, all, n, &v);
    const enum msg title = id == 0 ? MSG_staff_wording_new : MSG_staff_wording_change;
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, title);
    else
        staff_page(rq, rs, &pg, title);
    tmpl_staff_wording(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_wording_new(struct request *rq, struct response *rs)
{
    return show(rq, rs, 0, NULL);
}

/* To the list in which the wording stands, or stood: a unit's own, or what is for everybody. */
static enum err back_to_list(struct request *rq, struct response *rs, const char *done, struct str unit_code)
{
    return response_redirect(rs, arena_printf(rq->a, "/staff/wordings?done=%s&unit=" STR_FMT, done, STR_ARG(unit_code)));
}

static enum err save(struct request *rq, struct response *rs, uint32_t id)
{
    const struct staff_wording_form *in = rq->form;
    uint32_t now = 0;
    if (rq->form_invalid)
        return show(rq, rs, id, in);
    enum err e = once_take(rq, in->once);
    if (e == ERR_OK)
        e = staff_wording_save(rq, in, id, &now);
    if (e == ERR_INVALID)
        return show(rq, rs, id, in);
    return e == ERR_OK ? back_to_list(rq, rs, "saved", in->unit_code) : e;
}

enum err page_staff_wording_new_post(struct request *rq, struct response *rs)
{
    return save(rq, rs, 0);
}

enum err page_staff_wording(struct request *rq, struct response *rs)
{
    uint32_t id = 0;
    const enum err e = staff_wording_id(rq, &id);
    return e == ERR_OK ? show(rq, rs, id, NULL) : e;
}

enum err page_staff_wording_post(struct request *rq, struct response *rs)
{
    struct fault wrong = *rq->fault;
    uint32_t id = 0;
    *rq->fault = (struct fault){0};
    const enum err e = staff_wording_id(rq, &id);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    return save(rq, rs, id);
}

enum err page_staff_wording_retire(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    const struct wording *all = NULL;
    struct wording x = {0};
    uint32_t id = 0;
    size_t n = 0;
    enum err e = staff_wording_id(rq, &id);
    if (e == ERR_OK)
        e = wording_get(join_ctx(rq), &who, id, &x, &all, &n);
    if (e == ERR_OK)
        e = wording_retire(join_ctx(rq), &who, id);
    return e == ERR_OK ? back_to_list(rq, rs, "retired", x.t.unit_code) : e;
}
