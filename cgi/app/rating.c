/*
 * rating.c - recording an answer to the three questions, on the tracking page or behind a signed link.
 *
 * Contract: one answer a round; the first one stays. A rating closes the ticket, whatever it says: who is not content may
 * object (ticket_object), which is another act. Must not know who computes rates from it.
 */
#include "app/rating_private.h"

#include "app/outbox_write.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

enum { LINK_TOKEN_MAX = 64 };

bool rating_grade_offered(const struct app_settings *s, int satisfaction)
{
    return s->grades == 5 ? satisfaction >= SATISFIED_VERY && satisfaction <= SATISFIED_NOT_AT_ALL
                          : satisfaction >= SATISFIED_YES && satisfaction <= SATISFIED_NO;
}

enum err rating_judge(struct ctx *c, const struct rating_input *in, struct rating_input *ret)
{
    *ret = *in;
    enum err e = words_judge(c, "words", in->words, 0, LIMIT_RATING_WORDS_CHARS, &ret->words);
    if (!in->has_contacted)
        e = fault_field(c->fault, "contacted", "REQUIRED");
    if (!in->has_solved)
        e = fault_field(c->fault, "solved", "REQUIRED");
    if (in->satisfaction == 0)
        e = fault_field(c->fault, "satisfaction", "REQUIRED");
    else if (!rating_grade_offered(c->set, in->satisfaction))
        e = fault_field(c->fault, "satisfaction", "NOT_A_CHOICE");
    return e;
}

/* ---- recording ---------------------------------------------------------------------------------------------------------------- */

/* Open: a reply was given in this round, or an invitation of it still stands; not answered yet. */
static enum err judge_open(struct act *a)
{
    const struct q_rating_get_row *r = NULL;
    struct q_rating_get_in in = {.ticket_id = a->t.id, .round = a->t.round};
    enum err e = q_rating_get(a->c->db, &in, &r);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_OK && r->state == 2)
        return fault_set(a->c->fault, ERR_CONFLICT, "RATING_DONE", "this round was rated");
    bool invited = e == ERR_OK && r->expires_at > a->now;
    if (a->t.state == STATE_CLOSED && !invited)
        return fault_set(a->c->fault, ERR_CONFLICT, "RATING_CLOSED", "closed and not, or no longer, invited");
    return ERR_OK;
}

static enum err save_answer(struct act *a, const struct rating_input *in)
{
    size_t n = 0;
    struct q_rating_answer_in q = {.ticket_id = a->t.id, .round = a->t.round, .at = a->now,
                                   .expires_at = a->now + a->c->set->rating_link_days * US_PER_DAY,
                                   .channel = (int32_t)in->channel, .contacted = in->contacted, .solved = in->solved,
                                   .satisfaction = in->satisfaction, .words = in->words, .has_words = in->words.n > 0,
                                   .is_demo = a->t.is_demo};
    return q_rating_answer(a->c->db, &q, &n);
}

enum err rating_within(struct act *a, const struct rating_input *in)
{
    struct buf b;
    size_t n = 0;
    struct q_visit_answered_in visit = {.ticket_id = a->t.id, .round = a->t.round, .at = a->now};
    enum err e = judge_open(a);
    if (e == ERR_OK)
        e = save_answer(a, in);
    if (e == ERR_OK)
        e = q_visit_answered(a->c->db, &visit, &n); /* nobody need call any more */
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put_i64(&b, "contacted", in->contacted);
    params_put_i64(&b, "solved", in->solved);
    params_put(&b, "satisfaction", word(WORDS_SATISFACTION, in->satisfaction));
    e = act_event(a, EVENT_RATED, STR_NONE, &b, in->words);
    if (a->t.closed_at == 0)
        a->t.closed_at = a->now;
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "rated", a->now) : e;
}

static enum err plan_rating(struct act *a, void *arg)
{
    return rating_within(a, arg);
}

enum err rating_record(struct ctx *c, const struct actor *who, struct str ticket_no, const struct rating_input *in,
                       const struct idem *idem, struct ticket_done *ret)
{
    struct rating_input judged;
    enum err e = rating_judge(c, in, &judged);
    if (judged.channel < CHANNEL_WEB || judged.channel >= CHANNEL_END)
        judged.channel = CHANNEL_WEB;
    if (e != ERR_OK)
        return e;
    struct act_request q = {.ticket_no = ticket_no, .idem = idem, .event = EVENT_RATED, .plan = plan_rating, .arg = &judged};
    return act_run(c, who, &q, ret);
}

/* ---- signed links --------------------------------------------------------------------------------------------------------------- */

static enum err find_link(struct ctx *c, struct str token, const struct q_signed_link_open_row **ret)
{
    uint8_t hash[32];
    int64_t now = 0;
    if (token.n == 0 || token.n > LINK_TOKEN_MAX)
        return fault_set(c->fault, ERR_NOT_FOUND, "LINK_GONE", "not a link token");
    crypto_token_hash(c->keys, "link", token, hash);
    enum err e = db_now(c->db, &now);
    struct q_signed_link_open_in in = {.token_hash = {(const char *)hash, 32}, .purpose = LINK_RATING, .now = now};
    if (e == ERR_OK)
        e = q_signed_link_open(c->db, &in, ret);
    return e == ERR_NOT_FOUND ? fault_set(c->fault, ERR_NOT_FOUND, "LINK_GONE", "unknown or expired link") : e;
}

static enum err fill_reply(struct ctx *c, struct rating_link *l)
{
    const struct q_signed_link_reply_row *r = NULL;
    struct q_signed_link_reply_in in = {.ticket_id = l->ticket_id};
    enum err e = q_signed_link_reply(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e == ERR_OK) {
        l->reply = r->words;
        l->reply_lang = r->has_words_lang ? r->words_lang : APP_ZH;
        if (r->unit_code.n)
            l->unit_code = r->unit_code;
    }
    return e;
}

static enum err fill_answer(struct ctx *c, struct rating_link *l)
{
    const struct q_rating_get_row *r = NULL;
    struct q_rating_get_in in = {.ticket_id = l->ticket_id, .round = l->round};
    enum err e = q_rating_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK || r->state != 2)
        return e;
    l->used = true;
    l->contacted = r->contacted;
    l->solved = r->solved;
    l->satisfaction = (enum satisfaction)r->satisfaction;
    l->words = r->words;
    return ERR_OK;
}

enum err rating_link_open(struct ctx *c, struct str token, struct rating_link *ret)
{
    const struct q_signed_link_open_row *r = NULL;
    enum err e = find_link(c, token, &r);
    if (e != ERR_OK)
        return e;
    struct rating_link l = {.ticket_id = r->ticket_id, .no = r->ticket_no, .title = r->title, .unit_code = r->unit_code,
                            .title_lang = r->lang, .round = r->round, .created_at = r->created_at};
    e = fill_reply(c, &l);
    if (e == ERR_OK)
        e = fill_answer(c, &l);
    if (e == ERR_OK)
        *ret = l;
    return e;
}

struct link_answer {
    struct rating_input in;
    int round;
};

/* The link speaks of one round; when the ticket has been opened again since, it rates nothing. */
static enum err plan_link(struct act *a, void *arg)
{
    struct link_answer *x = arg;
    if (a->t.round != x->round)
        return fault_set(a->c->fault, ERR_CONFLICT, "RATING_CLOSED", "the link is of an earlier round");
    return rating_within(a, &x->in);
}

enum err rating_link_record(struct ctx *c, struct str token, const struct rating_input *in, struct ticket_done *ret)
{
    const struct q_signed_link_open_row *r = NULL;
    struct link_answer x = {0};
    enum err e = rating_judge(c, in, &x.in);
    if (e == ERR_OK)
        e = find_link(c, token, &r);
    if (e != ERR_OK)
        return e;
    x.round = r->round;
    const struct actor who = {.kind = ACTOR_CITIZEN, .ticket_id = r->ticket_id, .ticket_epoch = (uint32_t)r->token_epoch};
    struct act_request q = {.ticket_no = r->ticket_no, .event = EVENT_RATED, .plan = plan_link, .arg = &x};
    return act_run(c, &who, &q, ret);
}
