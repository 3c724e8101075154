/*
 * job_outbox.c - delivers the outbox: lease, word, send, mark.
 *
 * Between sending and marking a crash sends again under the same id. Messages to phones go through the driver; notices
 * to units become lines of the log until a unit has an address of its own: they hold codes alone, no personal data, and are
 * written while they are taken.
 * Must not know drivers beyond job_sms.h.
 */
#include "app/params.h"
#include "base/log.h"
#include "prog/job_sms.h"

static bool open_outbox(struct job *j)
{
    return !j->conf->sms_http || sms_http_open(j);
}

static void deliver(struct job *j, struct sms *batch, size_t n)
{
    if (n == 0)
        return;
    if (j->conf->sms_http)
        sms_http_deliver(j, batch, n);
    else
        sms_file_deliver(j, batch, n);
}

static void notice(struct ctx *c, const struct outbox_item *it)
{
    struct arena *a = c->a;
    log_line(LOG_INFO, "unit_notice", "id", arena_printf(a, "%llu", (unsigned long long)it->id).p, "unit",
             arena_cstr(a, params_get(a, it->params, "unit")), "what", arena_cstr(a, params_get(a, it->params, "event")), NULL);
    job_failpoint("notice_told_unmarked");
}

static enum err mark_failed(struct job *j, const struct sms *s)
{
    log_line(s->permanent ? LOG_ERROR : LOG_WARN, "sms_failed", "id",
             arena_printf(j->ctx.a, "%llu", (unsigned long long)s->item->id).p, "topic",
             outbox_topic_word(s->item->topic), "attempt", LOG_NUM(s->item->attempts + 1), "why", s->error, NULL);
    return outbox_failed(&j->ctx, s->item, s->error, s->permanent);
}

/* What was sent is marked first, together: filing shares the disk with us, and every commit waits for it. The rest is
 * marked one by one, even when the mark of another fails. */
static enum err mark_all(struct job *j, const struct sms *batch, size_t n)
{
    uint64_t *sent = ARENA_ARRAY(j->ctx.a, uint64_t, n + 1);
    size_t n_sent = 0;
    for (size_t i = 0; i < n; i++)
        if (batch[i].sent)
            sent[n_sent++] = batch[i].item->id;
    enum err e = outbox_sent_all(&j->ctx, sent, n_sent);
    for (size_t i = 0; i < n; i++) {
        const enum err one = batch[i].sent ? ERR_OK : mark_failed(j, &batch[i]);
        e = e == ERR_OK ? one : e;
    }
    return e;
}

static enum err turn(struct job *j, bool *ret_more)
{
    struct outbox_batch taken = {0};
    const size_t most = j->conf->sms_http ? sms_http_batch(j->conf) : SMS_BATCH_MAX;
    size_t n_phone = 0, n_bad = 0;
    enum err e = outbox_take(&j->ctx, most, notice, &taken);
    if (e != ERR_OK)
        return e;
    struct sms *phone = ARENA_ARRAY(j->ctx.a, struct sms, taken.n + 1), *bad = ARENA_ARRAY(j->ctx.a, struct sms, taken.n + 1);
    for (size_t i = 0; i < taken.n; i++) {
        struct sms s = {.item = &taken.items[i]};
        if (sms_words(&j->ctx, s.item, j->conf->public_origin, &s.text)) {
            phone[n_phone++] = s;
            continue;
        }
        s.permanent = true;
        snprintf(s.error, sizeof s.error, "the parameters do not fit the topic");
        bad[n_bad++] = s;
    }
    deliver(j, phone, n_phone);
    if (taken.n > 0)
        job_failpoint("outbox_sent_unmarked");
    e = mark_all(j, phone, n_phone);
    const enum err last = mark_all(j, bad, n_bad);
    *ret_more = taken.more; /* fewer: those behind them are waited for, a turn of one costs the disk as much */
    return e == ERR_OK ? last : e;
}

const struct job_kind job_outbox = {.name = "outbox", .rest_ms = 500, .open = open_outbox, .turn = turn};
