/* wall_judge.c - which kinds of the wall one assignment belongs to, and until when. Pure. */
#include "app/deadline.h"
#include "app/wall_private.h"

#define MINUTE_US (60 * US_PER_S)

/* From this moment on it is so; before, it is looked at then. */
static void from(struct wall_truth *t, enum wall_kind kind, int64_t at, int64_t now)
{
    if (at <= now)
        t->since[kind] = at;
    else if (t->look_at == 0 || at < t->look_at)
        t->look_at = at;
}

static void judge_lead(const struct app_settings *s, const struct wall_facts *f, int64_t now, struct wall_truth *t)
{
    if (f->contacted_at == 0)
        from(t, WALL_UNCONTACTED, f->started_at + s->contact_minutes * MINUTE_US, now);
    from(t, WALL_STUCK, f->last_event_at + s->stuck_days * US_PER_DAY, now);
    if (s->supervise_bounces > 0 && f->bounced >= s->supervise_bounces)
        t->since[WALL_BOUNCED] = f->started_at;
    if (f->round > 1)
        t->since[WALL_REOPENED] = f->started_at;
    if (f->supervised)
        t->since[WALL_SUPERVISED] = f->started_at;
}

struct wall_truth wall_judge(const struct app_settings *s, const struct wall_facts *f, int64_t now)
{
    struct wall_truth t = {0};
    if ((f->state != ASSIGN_SENT && f->state != ASSIGN_SIGNED) || f->role == ROLE_COPY)
        return t;
    t.since[f->state == ASSIGN_SENT ? WALL_TO_SIGN : WALL_IN_HAND] = f->started_at;
    if (f->state == ASSIGN_SENT)
        from(&t, WALL_UNSIGNED, f->started_at + s->sign_minutes * MINUTE_US, now);
    if (f->paused_at) {
        t.since[WALL_PAUSED] = f->paused_at;
    } else if (f->due_at) {
        from(&t, WALL_LATE, f->due_at, now);
        if (t.since[WALL_LATE] == 0)
            from(&t, WALL_DUE_SOON, deadline_warn_at(f->started_at, f->due_at, s->warn_percent), now);
        if (t.since[WALL_DUE_SOON])
            t.since[WALL_DUE_SOON] = f->due_at; /* the list is by what comes first */
    }
    if (f->leads)
        judge_lead(s, f, now, &t);
    return t;
}
