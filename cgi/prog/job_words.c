/*
 * job_words.c - the words of text messages: sms.* of templates/messages with the parameters of the outbox.
 *
 * Contract: job_sms.h. Times are read on a Beijing clock and written out in full, because nobody knows when a phone is
 * looked at. Must not know how messages are sent.
 */
#include "app/ids.h"
#include "app/params.h"
#include "app/words.h"
#include "base/clock.h"
#include "prog/job_sms.h"
#include "web/msg.h"

enum { ARGS = 5, LINK_TOKEN_MAX = 64 };

static struct str numbered(struct arena *a, enum lang lang, const char *area, char prefix, int n)
{
    const enum msg m = msg_find(arena_printf(a, "%s.%c%d", area, prefix, n));
    BUG_ON(m == MSG_NONE);
    return msg_text(lang, m);
}

static struct str day_and_clock(struct arena *a, enum lang lang, int64_t at_us)
{
    const struct civil c = clock_civil(at_us);
    const struct msg_arg args[] = {{"weekday", numbered(a, lang, "weekday", 'd', c.weekday)},
                                   {"month", numbered(a, lang, "month", 'm', c.month)},
                                   {"day", arena_printf(a, "%d", c.day)},
                                   {"clock", arena_printf(a, "%02d:%02d", c.hour, c.minute)}};
    return msg_format(a, lang, MSG_time_day_clock, args, sizeof args / sizeof *args);
}

static enum msg message_of(enum outbox_topic t)
{
    switch (t) {
    case OUTBOX_SMS_CODE:
        return MSG_sms_code;
    case OUTBOX_SMS_RECEIPT:
        return MSG_sms_receipt;
    case OUTBOX_SMS_REPLY:
        return MSG_sms_reply;
    case OUTBOX_SMS_RATING:
        return MSG_sms_rating;
    case OUTBOX_SMS_EXTENDED:
        return MSG_sms_extended;
    case OUTBOX_SMS_REOPENED:
        return MSG_sms_reopened;
    case OUTBOX_SMS_MERGED:
        return MSG_sms_merged;
    case OUTBOX_UNIT_NOTICE:
    case OUTBOX_TOPIC_END:
        break;
    }
    return MSG_NONE;
}

/* What each parameter becomes for a reader; empty when it has no value of its kind. */
static struct str value_of(struct arena *a, const struct outbox_item *it, enum lang lang, const char *name, const char *origin)
{
    const struct str raw = params_get(a, it->params, name);
    int64_t due = 0;
    if (raw.n == 0)
        return STR_NONE;
    if (strcmp(name, "no") == 0)
        return ticket_no_show(a, raw);
    if (strcmp(name, "due") == 0)
        return parse_i64(raw, 1, INT64_MAX, &due) ? day_and_clock(a, lang, due) : STR_NONE;
    if (strcmp(name, "link") == 0)
        return raw.n <= LINK_TOKEN_MAX ? arena_printf(a, "%s/r/" STR_FMT, origin, STR_ARG(raw)) : STR_NONE;
    if (strcmp(name, "code") == 0 && it->topic == OUTBOX_SMS_RECEIPT)
        return query_code_show(a, raw);
    return raw;
}

bool sms_words(struct ctx *c, const struct outbox_item *it, const char *public_origin, struct str *ret)
{
    static const char *const needed[OUTBOX_TOPIC_END][ARGS] = {
        [OUTBOX_SMS_CODE] = {"code", "minutes"}, [OUTBOX_SMS_RECEIPT] = {"no", "code", "due"},
        [OUTBOX_SMS_REPLY] = {"no"},             [OUTBOX_SMS_RATING] = {"no", "link"},
        [OUTBOX_SMS_EXTENDED] = {"no", "due"},   [OUTBOX_SMS_REOPENED] = {"no", "due"},
        [OUTBOX_SMS_MERGED] = {"no"}};
    const enum lang lang = it->lang == APP_EN ? LANG_EN : LANG_ZH;
    const enum msg m = message_of(it->topic);
    struct msg_arg args[ARGS];
    size_t n = 0;
    if (m == MSG_NONE)
        return false;
    for (; n < ARGS && needed[it->topic][n] != NULL; n++) {
        args[n] = (struct msg_arg){needed[it->topic][n], value_of(c->a, it, lang, needed[it->topic][n], public_origin)};
        if (args[n].text.n == 0)
            return false;
    }
    *ret = msg_format(c->a, lang, m, args, n);
    return true;
}
