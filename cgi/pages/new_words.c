/*
 * new_words.c - the first page of filing: what kind of demand, and what happened.
 *
 * Contract: nobody has to register or sign in; the session that keeps the draft is made when something is first sent.
 * Must not know how a draft is kept.
 */
#include "pages/new.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "gen/tmpl.h"
#include "web/page.h"
#include "web/session.h"

static void put_kinds(const struct say *s, struct str chosen, struct view_new_words *v)
{
    struct view_option *k = ARENA_ARRAY(s->a, struct view_option, KIND_END);
    for (int i = 1; i < KIND_END; i++) {
        struct str w = word(WORDS_KIND, i);
        enum msg hint = say_msg("kind", arena_concat(s->a, w, STR(".hint")));
        k[v->n_kinds++] = (struct view_option){.value = w, .text = say_word(s, "kind", w),
                                               .hint = msg_text(s->lang, hint), .chosen = str_eq(w, chosen)};
    }
    v->kinds = k;
}

static enum err show(struct request *rq, struct response *rs, const struct flow *f, struct str kind, struct str text)
{
    struct say s = say_of(rq);
    struct page pg;
    struct view_new_words v = {.step = flow_view_step(f, FLOW_WORDS, STR("/")), .errors = say_errors(rq),
                               .kind_error = say_error(rq, "kind"), .text = say_input(rq, "text", text),
                               .text_max = LIMIT_TEXT_CHARS, .text_used = (int64_t)utf8_count(text),
                               .to_check = f->to_check};
    bool first_look = rq->form == NULL && !f->to_check && request_query(rq, "back").n == 0;
    put_kinds(&s, kind, &v);
    if (f->found && first_look && flow_reached(&f->d) > FLOW_WORDS) {
        v.draft_found = true;
        v.draft_href = flow_first_open(s.ref, &f->d);
        v.draft_at = say_time(&s, f->d.updated_at);
    }
    flow_page(rq, rs, &pg, MSG_new_words_title, FLOW_WORDS);
    tmpl_citizen_new_words(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_words(struct request *rq, struct response *rs)
{
    struct flow f;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = flow_load(rq, STR_NONE, &f);
    if (err != ERR_OK)
        return err;
    return show(rq, rs, &f, word(WORDS_KIND, (int)f.d.in.kind), f.d.in.text);
}

/* What must be there to go on. A draft that is only saved may be half written. */
static bool complete(struct request *rq, const struct new_words_form *in)
{
    enum err err = ERR_OK;
    if (in->kind.n == 0)
        err = fault_field(rq->fault, "kind", "REQUIRED");
    if (in->text.n == 0)
        err = fault_field(rq->fault, "text", "REQUIRED");
    else if (utf8_count(in->text) < LIMIT_TEXT_MIN_CHARS)
        err = fault_field(rq->fault, "text", "TOO_SHORT");
    return err == ERR_OK;
}

enum err page_new_words_post(struct request *rq, struct response *rs)
{
    const struct new_words_form *in = rq->form;
    bool save = str_eq(in->go, STR("save"));
    struct flow f;
    int kind = 0;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = flow_load(rq, in->to, &f);
    if (err != ERR_OK)
        return err;
    if (rq->form_invalid || (!save && !complete(rq, in)))
        return show(rq, rs, &f, in->kind, in->text);
    f.d.has_kind = word_find(WORDS_KIND, in->kind, &kind) && in->text.n > 0;
    f.d.in.kind = (enum kind)kind;
    f.d.in.text = in->text;
    f.to_check = f.to_check && !save;
    return flow_go_on(rq, rs, &f, save ? STR("/new/saved") : flow_reached(&f.d) == FLOW_PLACE && !f.d.has_category
                                                                   ? STR("/new/place") : STR("/new/category"));
}

enum err page_new_drop(struct request *rq, struct response *rs)
{
    enum err err = rq->session != NULL ? draft_remove(join_ctx(rq), rq->session->id) : ERR_OK;
    if (err == ERR_NOT_FOUND) {
        fault_clear(rq->fault);
        err = ERR_OK;
    }
    return err == ERR_OK ? response_redirect(rs, STR("/new")) : err;
}
