/*
 * new_category.c - what the demand is about: suggested by its own words, searched, browsed, or left open.
 *
 * Contract: "not sure" is always offered and never a reason to refuse; suggestions come from the catalogue in memory, and
 * articles that may settle the matter stand below them, never in the way. Must not know dispatch rules.
 */
#include "pages/new.h"

#include "app/knowledge.h"
#include "app/suggest.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "gen/tmpl.h"

enum { SUGGESTIONS = 6, FOUND_MAX = 12, DOCS = 3, ITEM_LEVEL = 3 };
#define UNSURE STR("unsure")

/* ---- options ---------------------------------------------------------------------------------------------------- */

struct options {
    struct view_option *p;
    size_t n, cap;
    struct str chosen, area;
};

/* skip: how many of the three names are left out, because the group above already says them. */
static struct str item_path(const struct say *s, const struct category *c, int skip)
{
    struct str path = say_name(s, c->name, c->name_en).text;
    const struct category *up = refdata_category(s->ref, c->parent);
    for (int level = ITEM_LEVEL - 1; up != NULL && level > skip; level--) {
        path = arena_printf(s->a, STR_FMT " › " STR_FMT, STR_ARG(say_name(s, up->name, up->name_en).text), STR_ARG(path));
        up = refdata_category(s->ref, up->parent);
    }
    return path;
}

static enum err add_option(struct request *rq, const struct say *s, struct options *o, const struct category *c, int skip)
{
    struct str promise;
    for (size_t i = 0; i < o->n; i++)
        if (str_eq(o->p[i].value, c->code))
            return ERR_OK;
    BUG_ON(o->n == o->cap);
    enum err err = flow_promise(rq, s, c->code, o->area, &promise);
    if (err == ERR_OK)
        o->p[o->n++] = (struct view_option){.value = c->code, .text = item_path(s, c, skip), .hint = promise,
                                            .chosen = str_eq(c->code, o->chosen),
                                            .zh = s->lang != LANG_ZH && c->name_en.n == 0};
    return err;
}

static struct options options_new(struct request *rq, const struct flow *f, struct str chosen, size_t cap)
{
    return (struct options){.p = ARENA_ARRAY(rq->a, struct view_option, cap), .cap = cap, .chosen = chosen,
                            .area = f->d.has_area ? f->d.in.area_code : STR_NONE};
}

/* The chosen one first, so that it never seems lost; then what the words suggest. */
static enum err put_suggestions(struct request *rq, const struct say *s, const struct flow *f, struct str chosen,
                                struct view_new_category *v)
{
    struct suggestion hits[FOUND_MAX];
    struct options o = options_new(rq, f, chosen, FOUND_MAX + 1);
    struct str text = v->searched ? v->q.value : f->d.in.text;
    size_t n = suggest_categories(s->ref, rq->a, text, v->searched ? FOUND_MAX : SUGGESTIONS, hits);
    const struct category *c = v->searched ? NULL : refdata_category(s->ref, chosen);
    enum err err = c != NULL && c->level == ITEM_LEVEL ? add_option(rq, s, &o, c, 0) : ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < n; i++)
        err = add_option(rq, s, &o, hits[i].category, 0);
    v->suggestions = o.p;
    v->n_suggestions = o.n;
    return err;
}

static void put_groups(struct request *rq, const struct say *s, const struct flow *f, struct view_new_category *v)
{
    const struct category *const *top;
    size_t n = refdata_category_children(s->ref, STR_NONE, &top);
    struct view_link *g = ARENA_ARRAY(rq->a, struct view_link, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct view_name name = say_name(s, top[i]->name, top[i]->name_en);
        g[i] = (struct view_link){.text = name.text, .zh = name.zh,
                                  .href = arena_printf(rq->a, "/new/category?in=" STR_FMT "%s", STR_ARG(top[i]->code),
                                                       f->to_check ? "&to=check" : "")};
    }
    v->groups = g;
    v->n_groups = n;
}

/* All items of a top category that was opened. */
static enum err put_group(struct request *rq, const struct say *s, const struct flow *f, struct str chosen, struct str in,
                          struct view_new_category *v)
{
    const struct category *top = in.n > 0 ? refdata_category(s->ref, in) : NULL;
    const struct category *const *mid, *const *item;
    enum err err = ERR_OK;
    if (top == NULL || top->level != 1)
        return ERR_OK;
    size_t n_mid = refdata_category_children(s->ref, top->code, &mid), cap = 0;
    for (size_t i = 0; i < n_mid; i++)
        cap += refdata_category_children(s->ref, mid[i]->code, &item);
    struct options o = options_new(rq, f, chosen, cap + 1);
    for (size_t i = 0; i < n_mid; i++) {
        size_t n = refdata_category_children(s->ref, mid[i]->code, &item);
        for (size_t j = 0; err == ERR_OK && j < n; j++)
            err = add_option(rq, s, &o, item[j], 1);
    }
    v->group = say_name(s, top->name, top->name_en);
    v->group_items = o.p;
    v->n_group_items = o.n;
    return err;
}

/* ---- articles that may settle it -------------------------------------------------------------------------------- */

static struct str excerpt_of(struct arena *a, const struct kb_part *p)
{
    struct buf b;
    buf_init(&b, a, LIMIT_RESPONSE_BYTES);
    for (size_t i = 0; i < p->n_bits; i++)
        buf_put(&b, p->bits[i].text);
    return buf_str(&b);
}

static enum err put_docs(struct request *rq, const struct say *s, const struct flow *f, struct view_new_category *v)
{
    struct kb_results r;
    if (f->d.in.text.n == 0)
        return ERR_OK;
    enum err err = knowledge_suggest(join_ctx(rq)->db, rq->a, f->d.in.text, DOCS, &r, rq->fault);
    if (err != ERR_OK)
        return err;
    struct view_doc *d = ARENA_ARRAY(rq->a, struct view_doc, r.n_found + 1);
    for (size_t i = 0; i < r.n_found; i++) {
        const struct kb_found *k = &r.found[i];
        d[i] = (struct view_doc){.title = k->article.title, .zh = s->lang != LANG_ZH,
                                 .href = arena_printf(rq->a, "/kb/%lld", (long long)k->article.id)};
        if (k->n_parts > 0) {
            d[i].href = arena_printf(rq->a, "/kb/%lld#" STR_FMT, (long long)k->article.id, STR_ARG(k->parts[0].anchor));
            d[i].excerpt = excerpt_of(rq->a, &k->parts[0]);
        }
    }
    v->docs = d;
    v->n_docs = r.n_found;
    return ERR_OK;
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

static enum err show(struct request *rq, struct response *rs, const struct flow *f, struct str chosen)
{
    struct say s = say_of(rq);
    struct page pg;
    struct fault said = *rq->fault; /* what is read for the page must not hide what is wrong with the form */
    struct str q = utf8_truncate(request_query(rq, "q"), LIMIT_SEARCH_CHARS), in = request_query(rq, "in");
    struct view_new_category v = {.step = flow_view_step(f, FLOW_CATEGORY, STR("/new?back=1")), .errors = say_errors(rq),
                                  .category_error = say_error(rq, "category"), .q = {.value = q}, .searched = q.n > 0,
                                  .unsure = str_eq(chosen, UNSURE), .to_check = f->to_check};
    *rq->fault = (struct fault){0};
    put_groups(rq, &s, f, &v);
    enum err err = put_group(rq, &s, f, chosen, in, &v);
    if (err == ERR_OK)
        err = put_suggestions(rq, &s, f, chosen, &v);
    if (err == ERR_OK)
        err = put_docs(rq, &s, f, &v);
    if (err == ERR_OK)
        err = flow_similar(rq, &s, &f->d, &v.similar, &v.n_similar);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    flow_page(rq, rs, &pg, MSG_new_category_title, FLOW_CATEGORY);
    tmpl_citizen_new_category(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_category(struct request *rq, struct response *rs)
{
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_CATEGORY, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    return show(rq, rs, &f, f.d.has_category && f.d.in.category_code.n == 0 ? UNSURE : f.d.in.category_code);
}

enum err page_new_category_post(struct request *rq, struct response *rs)
{
    const struct new_category_form *in = rq->form;
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, in->to, FLOW_CATEGORY, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    const struct category *c = refdata_category(join_ctx(rq)->ref, in->category);
    bool unsure = str_eq(in->category, UNSURE);
    if (!rq->form_invalid && !unsure && (c == NULL || c->level != ITEM_LEVEL))
        err = fault_field(rq->fault, "category", "NOT_A_CHOICE");
    if (rq->form_invalid || err != ERR_OK)
        return show(rq, rs, &f, in->category);
    f.d.in.category_code = unsure ? STR_NONE : c->code;
    f.d.has_category = true;
    return flow_go_on(rq, rs, &f, STR("/new/place"));
}
