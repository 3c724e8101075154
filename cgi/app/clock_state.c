/*
 * clock_state.c - the fold over events that gives every clock of a demand.
 *
 * Contract: pure; an event that is not about time changes nothing. What an event tells (due, old, new) is taken as it was
 * told and held against the rules; the first contradiction is named. Must not know the database: that is clock_verify.c.
 */
#include "app/clock_state.h"

#include "app/deadline.h"
#include "app/params.h"

#define MINUTE_US (60 * US_PER_S)

struct fold {
    struct clock_state *s;
    const struct clock_rules *r;
    struct arena *a;
    const struct event *e;
};

void clock_state_begin(struct clock_state *s)
{
    memset(s, 0, sizeof *s);
}

static void blame(struct fold *f, const char *why)
{
    if (f->s->wrong)
        return;
    f->s->wrong = why;
    f->s->wrong_seq = f->e->seq;
}

static int64_t time_of(const struct fold *f, const char *name)
{
    return params_get_i64(f->e->params, name, 0);
}

static struct str unit_of(const struct fold *f)
{
    return f->e->unit_code.n ? f->e->unit_code : params_get(f->a, f->e->params, "unit");
}

/* ---- units ------------------------------------------------------------------------------------------------------------ */

static struct clock_unit *lead_of(struct clock_state *s)
{
    return s->lead < s->n ? &s->units[s->lead] : NULL;
}

static void end_all(struct clock_state *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->units[i].ended = true;
}

static void add_unit(struct fold *f, struct str unit, enum role role, int64_t due, bool working_days)
{
    struct clock_state *s = f->s;
    if (unit.n == 0)
        return;
    if (s->n == CLOCK_UNITS_MAX) {
        blame(f, "TOO_MANY");
        return;
    }
    if (due != 0 && due <= f->e->at)
        blame(f, "BEFORE_START");
    if (role == ROLE_LEAD)
        s->lead = s->n;
    s->units[s->n++] = (struct clock_unit){.unit_code = unit, .role = role, .round = s->round, .started_at = f->e->at,
                                           .due_at = due, .working_days = working_days};
}

static void add_list(struct fold *f, const char *name, enum role role, int64_t due, bool working_days)
{
    struct str rest = params_get(f->a, f->e->params, name), code;
    while (rest.n > 0) {
        str_cut(rest, ';', &code, &rest);
        add_unit(f, code, role, due, working_days);
    }
}

size_t clock_state_find(const struct clock_state *s, struct str unit_code)
{
    size_t found = s->n;
    for (size_t i = 0; i < s->n; i++) {
        const struct clock_unit *u = &s->units[i];
        if (u->ended || !str_eq(u->unit_code, unit_code))
            continue;
        if (i == s->lead)
            return i;
        found = i;
    }
    return found;
}

static struct clock_unit *open_unit(struct fold *f)
{
    const size_t i = clock_state_find(f->s, unit_of(f));
    return i < f->s->n ? &f->s->units[i] : NULL;
}

static void end_unit(struct fold *f, enum role role)
{
    const struct str unit = unit_of(f);
    for (size_t i = 0; i < f->s->n; i++)
        if (!f->s->units[i].ended && f->s->units[i].role == role && str_eq(f->s->units[i].unit_code, unit))
            f->s->units[i].ended = true;
}

/* ---- events ----------------------------------------------------------------------------------------------------------- */

static void on_triage(struct fold *f)
{
    const int64_t own = time_of(f, "own"); /* the hotline centre's own time to choose */
    f->s->promise_at = f->s->round_due_at = time_of(f, "due");
    add_unit(f, unit_of(f), ROLE_LEAD, own ? own : f->e->at + f->r->triage_minutes * MINUTE_US, false);
}

static void on_received(struct fold *f)
{
    f->s->created_at = f->e->at;
    f->s->round = 1;
    if (time_of(f, "own") == 0)
        return;
    on_triage(f); /* recorded by the hotline centre, which keeps it */
    f->s->owed = true;
}

static void on_dispatched(struct fold *f)
{
    struct clock_state *s = f->s;
    const int64_t due = time_of(f, "due");
    const bool working_days = time_of(f, "wd") != 0;
    end_all(s);
    add_unit(f, unit_of(f), ROLE_LEAD, due, working_days);
    add_list(f, "co", ROLE_CO, due, working_days);
    add_list(f, "copy", ROLE_COPY, 0, false);
    if (s->promise_at == 0)
        s->promise_at = due;
    if (s->round_due_at == 0 || s->round > 1)
        s->round_due_at = s->round > 1 ? due : s->promise_at;
    s->level = (int)params_get_i64(f->e->params, "level", s->level);
    s->owed = true;
}

static void on_extended(struct fold *f)
{
    struct clock_state *s = f->s;
    struct clock_unit *u = lead_of(s);
    const int64_t later = time_of(f, "new");
    if (!u || u->ended || later <= u->due_at || later <= f->e->at || time_of(f, "old") != u->due_at) {
        blame(f, "EXTENSION");
        return;
    }
    u->due_at = later;
    s->extended = true;
    if (s->round > 1 || later > s->round_due_at)
        s->round_due_at = later;
    if (s->round == 1 && later > s->promise_at) /* within the promise, the citizen loses nothing */
        s->promise_at = later;
}

static void on_reopened(struct fold *f)
{
    struct clock_state *s = f->s;
    end_all(s);
    s->round++;
    s->round_due_at = time_of(f, "due");
    add_unit(f, unit_of(f), ROLE_LEAD, s->round_due_at, time_of(f, "wd") != 0);
    s->owed = true;
}

static void on_paused(struct fold *f)
{
    struct clock_unit *u = open_unit(f);
    if (!u || u->paused_at)
        blame(f, "PAUSE");
    else
        u->paused_at = f->e->at;
}

static void on_resumed(struct fold *f)
{
    struct clock_unit *u = open_unit(f);
    if (!u || u->paused_at == 0) {
        blame(f, "PAUSE");
        return;
    }
    const int64_t due = deadline_resume(f->r->calendar, u->working_days, u->due_at, u->paused_at, f->e->at);
    const int64_t told = time_of(f, "new");
    /* A calendar loaded since may give another day; what was told stands, as long as no work was taken away. */
    if (time_of(f, "old") != u->due_at || told < u->due_at ||
        (!u->working_days && told != due))
        blame(f, "PAUSE");
    u->due_at = told;
    u->paused_at = 0;
}

static void on_raised(struct fold *f)
{
    struct clock_unit *u = lead_of(f->s);
    const int64_t due = time_of(f, "due");
    f->s->level = (int)params_get_i64(f->e->params, "level", f->s->level);
    if (!u || u->ended || due == 0)
        return; /* told at filing: the dispatch has the due time already */
    if (due > u->due_at || due <= f->e->at)
        blame(f, "RAISED");
    else
        u->due_at = due;
}

static void on_lead_done(struct fold *f)
{
    struct clock_unit *u = lead_of(f->s);
    f->s->owed = false;
    if (u)
        u->ended = true;
}

static void on_end(struct fold *f)
{
    f->s->owed = false;
    end_all(f->s);
}

static void on_called(struct fold *f)
{
    struct clock_unit *u = lead_of(f->s);
    const int64_t due = time_of(f, "due");
    const bool street = u && str_starts(u->unit_code, STR("ST"));
    const enum event_code code = f->e->code;
    const enum role role = code == EVENT_JOINT_DISPATCHED ? ROLE_JOINT
                         : code == EVENT_ESCALATED        ? ROLE_ESCALATION
                         : code == EVENT_WHISTLED || street ? ROLE_WHISTLE
                                                            : ROLE_CO;
    add_list(f, "to", role, due ? due : u ? u->due_at : 0, u && u->working_days);
}

static void on_reported(struct fold *f)
{
    if (time_of(f, "stage") != 0)
        return;
    if (f->e->code == EVENT_COWORK_REPORTED) {
        end_unit(f, ROLE_CO);
        end_unit(f, ROLE_JOINT);
    }
    end_unit(f, f->e->code == EVENT_ESCALATION_ANSWERED ? ROLE_ESCALATION : ROLE_WHISTLE);
}

static void apply(struct fold *f)
{
    switch ((int)f->e->code) {
    case EVENT_RECEIVED:
        on_received(f);
        break;
    case EVENT_TRIAGE:
        on_triage(f);
        f->s->owed = true;
        break;
    case EVENT_DISPATCHED:
    case EVENT_REDISPATCHED:
        on_dispatched(f);
        break;
    case EVENT_UNMERGED: /* goes its own way again; the re-dispatch beside it tells the time, events of before tell it here */
        if (time_of(f, "due") != 0)
            on_dispatched(f);
        break;
    case EVENT_EXTENDED:
        on_extended(f);
        break;
    case EVENT_REOPENED:
        on_reopened(f);
        break;
    case EVENT_PAUSED:
        on_paused(f);
        break;
    case EVENT_RESUMED:
        on_resumed(f);
        break;
    case EVENT_LEVEL_RAISED:
        on_raised(f);
        break;
    case EVENT_REPLIED:
        on_lead_done(f);
        break;
    case EVENT_COWORK_ASKED:
    case EVENT_WHISTLED:
    case EVENT_JOINT_DISPATCHED:
    case EVENT_ESCALATED:
        on_called(f);
        break;
    case EVENT_COWORK_REPORTED:
    case EVENT_WHISTLE_DELIVERED:
    case EVENT_ESCALATION_ANSWERED:
        on_reported(f);
        break;
    case EVENT_DIVERTED:
    case EVENT_RATED:
    case EVENT_CLOSED:
    case EVENT_WITHDRAWN:
    case EVENT_MERGED:
        on_end(f);
        break;
    default: /* says nothing about time */
        break;
    }
}

void clock_state_apply(struct clock_state *s, const struct clock_rules *r, struct arena *a, const struct event *e)
{
    struct fold f = {.s = s, .r = r, .a = a, .e = e};
    apply(&f);
}
