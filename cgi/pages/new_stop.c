/*
 * new_stop.c - the six classes that are not dispatched [T 11]: where to go instead, and a record if the filer wants one.
 *
 * Contract: nobody is stopped from filing; a record needs words and a place, as every demand does, and is asked for no
 * more. Must not know the law: the words stand in templates/messages.
 */
#include "app/account.h"
#include "app/ids.h"
#include "app/ticket_state.h"
#include "gen/tmpl.h"
#include "web/session.h"
#include "pages/join.h"
#include "pages/new.h"
#include "pages/new_flow.h"
#include "web/page.h"

enum err page_stop_list(struct request *rq, struct response *rs)
{
    struct page pg;
    page_init(rq, &pg, NAV_FILE, MSG_title_stop);
    response_html(rs);
    tmpl_citizen_stop_list(&rs->body, &pg);
    return ERR_OK;
}

static enum err class_of(struct request *rq, enum diversion *ret)
{
    int value;
    if (!word_find(WORDS_DIVERSION, rq->path_args[0], &value) || value <= DIVERT_NONE || value >= DIVERT_END)
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such class");
    *ret = (enum diversion)value;
    return ERR_OK;
}

static enum msg title_of(enum diversion class)
{
    switch (class) {
    case DIVERT_EMERGENCY:
        return MSG_stop_emergency_title;
    case DIVERT_LEGAL:
        return MSG_stop_legal_title;
    case DIVERT_REPEAT:
        return MSG_stop_repeat_title;
    case DIVERT_SECRET:
        return MSG_stop_secret_title;
    case DIVERT_OUTSIDE:
        return MSG_stop_outside_title;
    case DIVERT_UNLAWFUL:
        return MSG_stop_unlawful_title;
    case DIVERT_NONE:
    case DIVERT_END:
        break;
    }
    bug(__FILE__, __LINE__, "class of diversion");
}

/* "The same matter again": the ticket this browser holds is the one to look at. */
static enum err put_running(struct request *rq, const struct say *s, struct view_stop *v)
{
    struct actor who = join_actor(rq);
    struct ticket_view t;
    struct str no;
    uint64_t id;
    if (rq->session == NULL)
        return ERR_OK;
    enum err err = session_last_ticket(join_ctx(rq), rq->session->id, &id, &no);
    if (err == ERR_OK)
        err = ticket_track(join_ctx(rq), &who, no, &t);
    if (err == ERR_NOT_FOUND) {
        *rq->fault = (struct fault){0};
        return ERR_OK;
    }
    if (err != ERR_OK || !ticket_state_running(t.state))
        return err;
    v->ticket_no = ticket_no_show(rq->a, t.no);
    v->ticket_status = say_word(s, "status", word(WORDS_STATUS, (int)t.state));
    return ERR_OK;
}

enum err page_stop(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    enum diversion class;
    struct page pg;
    enum err err = class_of(rq, &class);
    if (err != ERR_OK)
        return err;
    struct view_stop v = {.slug = rq->path_args[0], .emergency = class == DIVERT_EMERGENCY,
                          .legal = class == DIVERT_LEGAL, .repeat = class == DIVERT_REPEAT,
                          .secret = class == DIVERT_SECRET, .outside = class == DIVERT_OUTSIDE,
                          .unlawful = class == DIVERT_UNLAWFUL, .back = STR("/new/stop"), .go_on = STR("/new?back=1")};
    if (v.repeat)
        err = put_running(rq, &s, &v);
    if (err != ERR_OK)
        return err;
    page_init(rq, &pg, NAV_FILE, title_of(class));
    response_html(rs);
    tmpl_citizen_stop(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_stop_post(struct request *rq, struct response *rs)
{
    enum diversion class;
    struct flow f;
    enum err err = class_of(rq, &class);
    if (err == ERR_OK)
        err = join_need_ref(rq);
    if (err == ERR_OK)
        err = flow_load(rq, STR_NONE, &f);
    if (err != ERR_OK)
        return err;
    f.d.in.diversion = class;
    return flow_go_on(rq, rs, &f, flow_first_open(join_ctx(rq)->ref, &f.d));
}
