/*
 * ticket_acts.c - what a citizen may do to a ticket, over JSON.
 *
 * Contract: each act answers with the event it became; repeated with the same Idempotency-Key, with the same answer. Must
 * not know what a ticket allows.
 */
#include "api/idem.h"
#include "api/ticket_form.h"
#include "api/ticket_json.h"
#include "api/tickets.h"
#include "app/account.h"
#include "app/ids.h"
#include "app/rating.h"
#include "app/words.h"
#include "pages/join.h"
#include "web/envelope.h"
#include "web/json.h"

static enum err answer_done(struct request *rq, struct response *rs, const struct ticket_done *d)
{
    struct say s = say_of(rq);
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "ticket_no", ticket_no_show(rq->a, d->no));
    json_put_i64(&w, "event_seq", d->event_seq);
    json_put_time(&w, "at", d->at);
    json_key(&w, "status");
    status_json(&w, &s, d->state);
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}

/* What every act begins with. */
static enum err begin(struct request *rq, struct actor *who, struct idem *idem)
{
    enum err err = join_need_ref(rq);
    *who = join_actor(rq);
    return err == ERR_OK ? idem_read(rq, false, idem) : err;
}

static const struct idem *given(const struct idem *i)
{
    return i->key.n > 0 ? i : NULL;
}

enum err api_ticket_message(struct request *rq, struct response *rs)
{
    const struct api_message *in = rq->form;
    struct ticket_done done;
    struct actor who;
    struct idem idem;
    enum err err = begin(rq, &who, &idem);
    if (err == ERR_OK && in->text.n == 0 && in->uploads.n == 0)
        err = fault_field(rq->fault, "text", "REQUIRED");
    if (err == ERR_OK)
        err = ticket_message(join_ctx(rq), &who, rq->path_args[0], in->text, in->uploads.p, in->uploads.n, given(&idem), &done);
    return err == ERR_OK ? answer_done(rq, rs, &done) : err;
}

enum err api_ticket_urge(struct request *rq, struct response *rs)
{
    struct ticket_done done;
    struct actor who;
    struct idem idem;
    enum err err = begin(rq, &who, &idem);
    if (err == ERR_OK)
        err = ticket_urge(join_ctx(rq), &who, rq->path_args[0], given(&idem), &done);
    return err == ERR_OK ? answer_done(rq, rs, &done) : err;
}

static enum err with_reason(struct request *rq, struct response *rs,
                            enum err (*act)(struct ctx *c, const struct actor *who, struct str ticket_no, struct str reason,
                                            const struct idem *idem, struct ticket_done *ret))
{
    const struct api_reason *in = rq->form;
    struct ticket_done done;
    struct actor who;
    struct idem idem;
    enum err err = begin(rq, &who, &idem);
    if (err == ERR_OK)
        err = act(join_ctx(rq), &who, rq->path_args[0], in->reason, given(&idem), &done);
    return err == ERR_OK ? answer_done(rq, rs, &done) : err;
}

enum err api_ticket_withdraw(struct request *rq, struct response *rs)
{
    return with_reason(rq, rs, ticket_withdraw);
}

enum err api_ticket_object(struct request *rq, struct response *rs)
{
    return with_reason(rq, rs, ticket_object);
}

enum err api_ticket_rating(struct request *rq, struct response *rs)
{
    const struct api_rating *in = rq->form;
    struct rating_input r = {.has_contacted = true, .contacted = in->contacted, .has_solved = true,
                             .solved = in->solved, .words = in->words, .channel = CHANNEL_MINIPROGRAM};
    struct ticket_done done;
    struct actor who;
    struct idem idem;
    (void)word_find(WORDS_SATISFACTION, in->satisfaction, &r.satisfaction); /* a choice of the form: always found */
    enum err err = begin(rq, &who, &idem);
    if (err == ERR_OK)
        err = rating_record(join_ctx(rq), &who, rq->path_args[0], &r, given(&idem), &done);
    return err == ERR_OK ? answer_done(rq, rs, &done) : err;
}

/* The demand is named by its number, by those who hold it, or by its public id, by anybody who may read it. */
static enum err public_id_of(struct request *rq, const struct actor *who, struct str *ret)
{
    struct ticket_view t;
    struct str no;
    *ret = rq->path_args[0];
    if (!ticket_no_parse(rq->a, rq->path_args[0], &no))
        return ERR_OK;
    enum err err = ticket_track(join_ctx(rq), who, no, &t);
    if (err == ERR_OK)
        *ret = t.public_id;
    return err;
}

enum err api_ticket_follow(struct request *rq, struct response *rs)
{
    const struct api_follow *in = rq->form;
    struct account acc;
    struct actor who;
    struct idem idem;
    struct json w;
    struct str public_id = STR_NONE;
    int64_t joined = 0;
    bool on = in->has_follow ? in->follow : true;
    enum err err = begin(rq, &who, &idem);
    if (err == ERR_OK)
        err = account_of(join_ctx(rq), &who, &acc); /* a token that was ended joins nothing */
    if (err == ERR_OK)
        err = public_id_of(rq, &who, &public_id);
    if (err == ERR_OK)
        err = ticket_follow(join_ctx(rq), &who, public_id, on, &joined);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "public_id", public_id);
    json_put_bool(&w, "following", on);
    json_put_i64(&w, "joined", joined);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
