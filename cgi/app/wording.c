/*
 * wording.c - versions of the wording that replies start from.
 *
 * Contract: wording.h. A version is ended and the next one begun in one transaction, by compare-and-set on the one that was seen.
 * Must not know what replies are judged by (desk_template.c).
 */
#include "app/wording.h"

#include "app/audit.h"
#include "app/idem.h"
#include "app/permission.h"
#include "app/refdata.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

enum { BODY_MIN_CHARS = 10 };

static const char *const uses[TEMPLATE_USE_END] = {[TEMPLATE_REPLY] = "reply", [TEMPLATE_DIVERSION] = "diversion", [TEMPLATE_ANSWER] = "answer"};

struct str wording_use_word(enum template_use use)
{
    return use > 0 && use < TEMPLATE_USE_END ? str_from_c(uses[use]) : STR_NONE;
}

bool wording_use_find(struct str word, enum template_use *ret)
{
    for (enum template_use u = TEMPLATE_REPLY; u < TEMPLATE_USE_END; u++)
        if (str_eq_c(word, uses[u]))
            return *ret = u, true;
    return false;
}

static bool may_keep(const struct ctx *c, const struct actor *who, struct str unit_code, struct str category_prefix)
{
    return permission_may(c, who, MAY_TEMPLATES, unit_code, STR_NONE, category_prefix);
}

static enum err absent(struct ctx *c)
{
    return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such wording, or not the actor's");
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

enum err wording_list(struct ctx *c, const struct actor *who, struct str unit_code, const struct wording **ret, size_t *ret_n)
{
    const struct q_template_of_unit_row *r = NULL;
    struct q_template_of_unit_in in = {.unit_code = unit_code};
    size_t n = 0, kept = 0;
    const bool own = str_eq(unit_code, who->unit_code);
    if (unit_code.n > 0 && (!refdata_unit(c->ref, unit_code) || (!own && !permission_may(c, who, MAY_TEMPLATES, unit_code, STR_NONE, STR_NONE))))
        return absent(c);
    enum err e = q_template_of_unit(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct wording *out = ARENA_ARRAY(c->a, struct wording, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!may_keep(c, who, unit_code, r[i].category_prefix))
            continue;
        out[kept++] = (struct wording){.t = {.id = (uint32_t)r[i].id, .use = (enum template_use)r[i].used_for, .word = r[i].word,
                                             .category_prefix = r[i].category_prefix, .unit_code = unit_code, .lang = r[i].lang,
                                             .title = r[i].title, .body = r[i].body},
                                       .line = (uint32_t)r[i].line_id, .active = true, .created_at = r[i].created_at};
    }
    *ret = out;
    *ret_n = kept;
    return ERR_OK;
}

static enum err read_one(struct ctx *c, const struct actor *who, uint32_t id, struct wording *ret)
{
    const struct q_template_one_row *r = NULL;
    struct q_template_one_in in = {.id = id};
    enum err e = q_template_one(c->db, &in, &r);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && !may_keep(c, who, r->unit_code, r->category_prefix)))
        return absent(c);
    if (e == ERR_OK)
        *ret = (struct wording){.t = {.id = id, .use = (enum template_use)r->used_for, .word = r->word, .category_prefix = r->category_prefix,
                                      .unit_code = r->unit_code, .lang = r->lang, .title = r->title, .body = r->body},
                                .line = (uint32_t)r->line_id, .active = r->active != 0};
    return e;
}

enum err wording_get(struct ctx *c, const struct actor *who, uint32_t id, struct wording *ret, const struct wording **ret_all, size_t *ret_n)
{
    const struct q_template_versions_row *r = NULL;
    size_t n = 0;
    struct q_template_versions_in in = {0};
    enum err e = read_one(c, who, id, ret);
    if (e == ERR_OK) {
        in.line_id = ret->line;
        e = q_template_versions(c->db, &in, &r, &n);
    }
    if (e != ERR_OK)
        return e;
    struct wording *out = ARENA_ARRAY(c->a, struct wording, n + 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct wording){.t = {.id = (uint32_t)r[i].id, .title = r[i].title, .body = r[i].body}, .line = ret->line, .active = r[i].active != 0,
                                  .created_at = r[i].created_at, .ended_at = r[i].ended_at, .author = r[i].author};
        if (out[i].t.id == id) {
            ret->created_at = out[i].created_at;
            ret->ended_at = out[i].ended_at;
            ret->author = out[i].author;
        }
    }
    *ret_all = out;
    *ret_n = n;
    return ERR_OK;
}

/* ---- changing --------------------------------------------------------------------------------------------------------- */

struct keeping {
    struct ctx *c;
    const struct actor *who;
    uint32_t id;                    /* that is ended; 0 = none */
    const struct reply_template *t; /* that begins, judged; NULL = none */
};

static bool is_word_of(enum template_use use, struct str word)
{
    int n = 0;
    if (word.n == 0)
        return true;
    return use == TEMPLATE_REPLY ? word_find(WORDS_OUTCOME, word, &n) : use == TEMPLATE_DIVERSION && word_find(WORDS_DIVERSION, word, &n);
}

static enum err judge(struct ctx *c, const struct actor *who, const struct reply_template *in, struct reply_template *ret)
{
    *ret = *in;
    enum err title = words_judge(c, "title", in->title, 1, WORDING_TITLE_CHARS, &ret->title);
    enum err e = words_judge(c, "body", in->body, BODY_MIN_CHARS, WORDING_BODY_CHARS, &ret->body);
    if (e == ERR_OK && !reply_template_asks(ret->body))
        e = fault_field(c->fault, "body", "TEMPLATE_NO_GAP");
    if (title != ERR_OK)
        e = title;
    if (in->use <= 0 || in->use >= TEMPLATE_USE_END || (in->unit_code.n > 0 && in->use != TEMPLATE_REPLY))
        e = fault_field(c->fault, "use", "NOT_A_CHOICE");
    else if (!is_word_of(in->use, in->word))
        e = fault_field(c->fault, "word", "NOT_A_CHOICE");
    if (in->category_prefix.n > 0 && !refdata_category(c->ref, in->category_prefix))
        e = fault_field(c->fault, "category_prefix", "NOT_A_CHOICE");
    if (in->lang != APP_ZH && in->lang != APP_EN)
        e = fault_field(c->fault, "lang", "NOT_A_CHOICE");
    if ((in->unit_code.n > 0 && !refdata_unit(c->ref, in->unit_code)) || !may_keep(c, who, in->unit_code, in->category_prefix))
        e = fault_field(c->fault, "unit_code", in->unit_code.n > 0 ? "NOT_A_CHOICE" : "REQUIRED");
    return e;
}

static enum err end_old(struct keeping *x, int64_t now, struct wording *old)
{
    struct q_template_end_in end = {.id = x->id, .at = now};
    size_t n = 0;
    enum err e = read_one(x->c, x->who, x->id, old);
    if (e == ERR_OK && x->t != NULL && (x->t->use != old->t.use || !str_eq(x->t->unit_code, old->t.unit_code)))
        e = fault_field(x->c->fault, x->t->use != old->t.use ? "use" : "unit_code", "NOT_A_CHOICE");
    if (e == ERR_OK)
        e = q_template_end(x->c->db, &end, &n);
    return e == ERR_OK && n != 1 ? fault_set(x->c->fault, ERR_CONFLICT, "VERSION", "no longer in force") : e;
}

static enum err begin_new(struct keeping *x, int64_t now, uint32_t line, uint64_t *ret_id)
{
    const struct reply_template *t = x->t;
    const struct q_template_next_row *next = NULL;
    struct q_template_next_in where = {.used_for = (int32_t)t->use, .unit_code = t->unit_code};
    size_t n = 0;
    enum err e = q_template_next(x->c->db, &where, &next);
    if (e == ERR_OK && next->n >= WORDING_MAX)
        return fault_set(x->c->fault, ERR_CONFLICT, "TEMPLATES_TOO_MANY", "%lld in force", (long long)next->n);
    if (e != ERR_OK)
        return e;
    *ret_id = (uint64_t)next->id;
    struct q_template_add_in in = {.id = next->id, .line_id = line ? line : next->id, .used_for = (int32_t)t->use, .word = t->word,
                                   .category_prefix = t->category_prefix, .unit_code = t->unit_code, .lang = t->lang, .title = t->title,
                                   .body = t->body, .at = now, .author_id = x->who->staff_id};
    e = q_template_add(x->c->db, &in, &n);
    return e == ERR_CONFLICT ? fault_set(x->c->fault, e, "VERSION", "another wording was added at this moment") : e;
}

static enum err keep(struct db *db, void *arg, uint64_t *ret_id)
{
    struct keeping *x = arg;
    struct wording old = {0};
    int64_t now = 0;
    *ret_id = x->id;
    enum err e = db_now(db, &now);
    if (e == ERR_OK && x->id != 0)
        e = end_old(x, now, &old);
    if (e == ERR_OK && x->t != NULL)
        e = begin_new(x, now, old.line, ret_id);
    const struct str title = x->t != NULL ? x->t->title : old.t.title;
    return e == ERR_OK ? audit_write(x->c, x->who, x->t != NULL ? AUDIT_TEMPLATE_PUT : AUDIT_TEMPLATE_RETIRE, AUDIT_OF_REPLY_TEMPLATE, *ret_id, title) : e;
}

enum err wording_put(struct ctx *c, const struct actor *who, const struct reply_template *t, uint32_t *ret_id)
{
    struct reply_template judged;
    struct keeping x = {.c = c, .who = who, .id = t->id, .t = &judged};
    uint64_t id = 0;
    enum err e = judge(c, who, t, &judged);
    if (e == ERR_OK)
        e = idem_run(c, keep, &x, &id);
    if (e == ERR_OK)
        *ret_id = (uint32_t)id;
    return e;
}

enum err wording_retire(struct ctx *c, const struct actor *who, uint32_t id)
{
    struct keeping x = {.c = c, .who = who, .id = id};
    uint64_t gone = 0;
    return idem_run(c, keep, &x, &gone);
}
