/*
 * kb_tell.c - what readers of the knowledge base tell us: was an article useful, what was searched without an answer.
 *
 * Contract: the reading pages are shared by everybody and stand in nginx's cache, so no visitor's token can be in their
 * forms; feedback changes nobody's data and is taken from our own origin. A search without an answer is noted when the
 * reading program has found nothing: nginx alone can ask for it. Must not know how the answers are counted.
 */
#include "app/knowledge.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/me.h"
#include "pages/me_form.h"
#include "pages/view_kb.h"
#include "web/page.h"

enum err page_kb_feedback(struct request *rq, struct response *rs)
{
    const struct kb_feedback_form *in = rq->form;
    struct page pg;
    struct view_kb_thanks v = {.back = arena_printf(rq->a, "/kb/%lld", (long long)in->article),
                               .useful = str_eq(in->useful, STR("yes"))};
    enum err err = knowledge_feedback(join_ctx(rq)->db, in->article, v.useful, in->words, rq->fault);
    if (err != ERR_OK)
        return err;
    page_init(rq, &pg, NAV_KB, MSG_kb_thanks);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_kb_thanks(&rs->body, &pg, &v);
    return ERR_OK;
}

/* A fault ends in the same place: nginx sends every refusal there. */
enum err page_kb_unanswered(struct request *rq, struct response *rs)
{
    const struct kb_miss_query *in = rq->form;
    enum err err = knowledge_miss(join_ctx(rq)->db, rq->a, in->q, rq->fault);
    if (err == ERR_OK)
        response_elsewhere(rs, STR("/_unanswered/show"));
    return err;
}
