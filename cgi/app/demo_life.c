/*
 * demo_life.c - what happens to a demand: planned as a list of steps in time, then lived through the table of transitions.
 *
 * Contract: demo_private.h. A step that the table does not allow in the state then reached is left out, as it would have
 * been refused; steps after the cut-off have not happened yet. So every life is one that could have been lived.
 */
#include "app/demo_private.h"
#include "app/ladder.h"
#include "app/refdata.h"

#define MINUTE (60 * US_PER_S)
enum { STEPS_MAX = 40 };

struct step {
    int64_t at, due;
    int order;              /* of the plan: keeps equal times in order */
    enum event_code code;
    enum actor_kind actor;
    struct str unit, params, words;
    bool contacted, solved;
    int grade;
};
struct life {
    const struct demo_world *w;
    struct arena *a;
    struct chance *r;
    struct demo_ticket *t;
    struct dispatch d;
    struct step steps[STEPS_MAX];
    size_t n_steps;
    struct demo_slots slots;
    int64_t limit;          /* microseconds from filing to promise */
    uint64_t next_id;
};

/* ---- planning ------------------------------------------------------------------------------------------------------- */

static struct step *plan(struct life *l, int64_t at, enum event_code code, enum actor_kind actor, struct str unit)
{
    BUG_ON(l->n_steps == STEPS_MAX);
    struct step *s = &l->steps[l->n_steps];
    *s = (struct step){.at = at, .order = (int)l->n_steps, .code = code, .actor = actor, .unit = unit};
    l->n_steps++;
    return s;
}

static struct str say(struct life *l, enum demo_part part)
{
    return demo_say(l->a, l->r, &l->w->words, part, l->t->category, &l->slots);
}

static struct buf params(struct life *l)
{
    struct buf b;
    buf_init(&b, l->a, ACT_PARAMS_BYTES);
    return b;
}

static struct str one_number(struct life *l, const char *name, int64_t value)
{
    struct buf b = params(l);
    params_put_i64(&b, name, value);
    return buf_str(&b);
}

static struct str one_word(struct life *l, const char *name, struct str value)
{
    struct buf b = params(l);
    params_put(&b, name, value);
    return buf_str(&b);
}

/* How long an answer takes, as a part of the limit: most well inside, one in twenty late. */
static int64_t answer_after(struct life *l)
{
    if (chance_is(l->r, 48))
        return l->limit + (int64_t)((double)l->limit * (0.03 + 0.6 * chance_unit(l->r)));
    double x = (chance_unit(l->r) + chance_unit(l->r) + chance_unit(l->r)) / 3;
    return (int64_t)((double)l->limit * (0.05 + 0.9 * x * x));
}

static void plan_reply(struct life *l, int64_t at, struct str unit, bool consult)
{
    enum outcome outcome = consult || chance_is(l->r, 780) ? OUTCOME_SOLVED : chance_is(l->r, 500) ? OUTCOME_UNDERWAY : OUTCOME_EXPLAINED;
    struct step *s = plan(l, at, EVENT_REPLIED, ACTOR_STAFF, unit);
    s->params = one_word(l, "outcome", word(WORDS_OUTCOME, (int)outcome));
    s->solved = outcome == OUTCOME_SOLVED;
    s->words = say(l, consult ? PART_ANSWER : outcome == OUTCOME_SOLVED ? PART_SOLVED
                    : outcome == OUTCOME_UNDERWAY ? PART_UNDERWAY : PART_EXPLAINED);
}

static void plan_rated(struct life *l, int64_t at)
{
    struct step *s = plan(l, at, EVENT_RATED, ACTOR_CITIZEN, STR_NONE);
    s->contacted = chance_is(l->r, 982);
    s->solved = chance_is(l->r, 915);
    s->grade = s->solved ? (chance_is(l->r, 780) ? SATISFIED_YES : SATISFIED_BASICALLY)
                         : (chance_is(l->r, 300) ? SATISFIED_BASICALLY : SATISFIED_NO);
    struct buf b = params(l);
    params_put_i64(&b, "contacted", s->contacted);
    params_put_i64(&b, "solved", s->solved);
    params_put_i64(&b, "satisfaction", s->grade);
    s->params = buf_str(&b);
    if (chance_is(l->r, 250))
        s->words = say(l, s->solved ? PART_GOOD : PART_BAD);
}

/* Asked when the promise has passed [T 23], unless rated before; unanswered, the demand closes. */
static void plan_rating(struct life *l, int64_t replied, int64_t due)
{
    if (chance_is(l->r, 120)) {
        plan_rated(l, replied + chance_between(l->r, 20 * MINUTE, US_PER_DAY));
        return;
    }
    int64_t invited = (replied > due ? replied : due) + MINUTE;
    int64_t lapse = invited + (int64_t)l->w->c->set->close_after_days * US_PER_DAY;
    plan(l, invited, EVENT_RATING_INVITED, ACTOR_SYSTEM, STR_NONE);
    if (chance_is(l->r, 460))
        plan_rated(l, invited + chance_between(l->r, 10 * MINUTE, 4 * US_PER_DAY));
    else
        plan(l, lapse, EVENT_CLOSED, ACTOR_SYSTEM, STR_NONE)->params = one_word(l, "why", STR("unanswered"));
}

/* Not content: one objection, and another unit looks again. */
static bool plan_objection(struct life *l, int64_t replied)
{
    if (!chance_is(l->r, 22))
        return false;
    int64_t at = replied + chance_between(l->r, US_PER_HOUR, 3 * US_PER_DAY);
    const struct unit *reviewer = dispatch_reviewer(l->w->c->ref, l->d.lead->code, l->t->area);
    if (!reviewer)
        return false;
    int64_t due = at + l->limit;
    plan(l, at, EVENT_OBJECTED, ACTOR_CITIZEN, STR_NONE)->words = say(l, PART_OBJECTION);
    struct step *s = plan(l, at, EVENT_REOPENED, ACTOR_CITIZEN, reviewer->code);
    struct buf b = params(l);
    params_put(&b, "unit", reviewer->code);
    params_put_i64(&b, "round", 2);
    params_put_i64(&b, "due", due);
    s->params = buf_str(&b);
    s->due = due;
    plan(l, at + chance_between(l->r, 5 * MINUTE, 5 * US_PER_HOUR), EVENT_SIGNED, ACTOR_STAFF, reviewer->code);
    int64_t again = at + (int64_t)((double)l->limit * (0.2 + 0.7 * chance_unit(l->r))) + 6 * US_PER_HOUR;
    plan_reply(l, again, reviewer->code, false);
    plan_rating(l, again, due);
    return true;
}

static void plan_clocks(struct life *l, int64_t due, int64_t replied)
{
    int64_t warn = deadline_warn_at(l->t->created_at, due, l->w->c->set->warn_percent);
    struct str unit = l->d.lead->code;
    if (replied > warn)
        plan(l, warn, EVENT_WARNED, ACTOR_SYSTEM, unit)->params = one_number(l, "due", due);
    if (replied > due)
        plan(l, due, EVENT_OVERDUE, ACTOR_SYSTEM, unit)->params = one_number(l, "due", due);
}

static void plan_citizen(struct life *l, int64_t replied)
{
    int64_t c = l->t->created_at;
    if (chance_is(l->r, 45)) {
        int64_t at = chance_between(l->r, c + 20 * MINUTE, replied);
        plan(l, at, EVENT_MESSAGE, ACTOR_CITIZEN, STR_NONE)->words = say(l, PART_MESSAGE);
    }
    if (chance_is(l->r, 55))
        plan(l, chance_between(l->r, c + l->limit / 4, replied), EVENT_URGED, ACTOR_CITIZEN, STR_NONE)->params = one_number(l, "n", 1);
    if (chance_is(l->r, 20))
        plan(l, chance_between(l->r, c + 10 * MINUTE, replied), EVENT_WITHDRAWN, ACTOR_CITIZEN, STR_NONE);
}

/* [T 15]: the reason goes to the citizen, promise and assignment move. */
static int64_t plan_extension(struct life *l, int64_t due)
{
    if (l->t->level < 3 || !chance_is(l->r, 30))
        return due;
    int64_t later = due + l->limit / 2;
    struct step *s = plan(l, due - l->limit / 6, EVENT_EXTENDED, ACTOR_STAFF, l->d.lead->code);
    struct buf b = params(l);
    params_put_i64(&b, "old", due);
    params_put_i64(&b, "new", later);
    s->params = buf_str(&b);
    s->words = say(l, PART_EXTEND);
    s->due = later;
    return later;
}

static void plan_handling(struct life *l)
{
    int64_t c = l->t->created_at, quick = l->limit / 12;
    struct str unit = l->d.lead->code;
    int64_t replied = c + answer_after(l), due = l->t->promise_at;
    int64_t moved = plan_extension(l, due);
    if (moved != due)
        replied = chance_between(l->r, due, moved - US_PER_HOUR);
    int64_t signed_at = c + chance_between(l->r, 2 * MINUTE, quick < 3 * US_PER_HOUR ? quick : 3 * US_PER_HOUR);
    if (l->t->tried && l->t->level >= 3) {
        replied = c + (int64_t)((double)l->limit * (0.6 + 0.35 * chance_unit(l->r)));
        if (chance_is(l->r, 400))
            signed_at = c + chance_between(l->r, 6 * US_PER_HOUR, 2 * US_PER_DAY);
    }
    int64_t called = signed_at + chance_between(l->r, 3 * MINUTE, l->limit / 10);
    if (replied <= called)
        replied = called + chance_between(l->r, 5 * MINUTE, quick + 10 * MINUTE);
    plan(l, signed_at, EVENT_SIGNED, ACTOR_STAFF, unit);
    if (chance_is(l->r, 60))
        plan(l, (signed_at + called) / 2, EVENT_CONTACT_FAILED, ACTOR_STAFF, unit)->params = one_number(l, "attempt", 1);
    plan(l, called, EVENT_CONTACTED, ACTOR_STAFF, unit)->params = one_number(l, "attempt", 1);
    for (size_t i = 0; i < l->d.n_co; i++)
        plan(l, chance_between(l->r, called, replied), EVENT_COWORK_REPORTED, ACTOR_STAFF, l->d.co[i]->code);
    plan_clocks(l, moved, replied);
    plan_citizen(l, replied);
    plan_reply(l, replied, unit, l->t->kind == KIND_CONSULT);
    if (!plan_objection(l, replied))
        plan_rating(l, replied, moved);
    if (l->t->is_public && chance_is(l->r, 350))
        plan(l, replied + chance_between(l->r, US_PER_HOUR, 2 * US_PER_DAY), EVENT_PUBLISHED, ACTOR_STAFF, STR_NONE)->params =
            one_word(l, "public_id", l->t->public_id);
}

/* ---- living --------------------------------------------------------------------------------------------------------- */

static uint64_t new_id(struct life *l, int64_t at)
{
    return (id_floor(at) & ~UINT64_C(0x3FFFFF)) | (l->next_id++ & 0x3FFFFF);
}

static struct demo_assignment *lead(struct demo_ticket *t)
{
    return t->lead < t->n_assignments ? &t->assignments[t->lead] : NULL;
}

static void assign(struct life *l, enum role role, struct str unit, int64_t at, int64_t due)
{
    struct demo_ticket *t = l->t;
    BUG_ON(t->n_assignments == DEMO_ASSIGNMENTS_MAX);
    if (role == ROLE_LEAD)
        t->lead = t->n_assignments;
    t->assignments[t->n_assignments++] = (struct demo_assignment){.id = new_id(l, at), .round = t->round, .role = role,
        .unit = unit, .state = ASSIGN_SENT, .version = 1, .rule_id = t->round == 1 ? l->d.rule_id : 0, .started_at = at,
        .due_at = role == ROLE_COPY ? 0 : due};
}

static void end_assignments(struct demo_ticket *t)
{
    for (size_t i = 0; i < t->n_assignments; i++)
        if (t->assignments[i].state < ASSIGN_DONE)
            t->assignments[i].state = ASSIGN_ENDED;
}

static struct demo_rating *rating_of_round(struct demo_ticket *t)
{
    if (!t->n_ratings || t->ratings[t->n_ratings - 1].round != t->round) {
        BUG_ON(t->n_ratings == DEMO_RATINGS_MAX);
        t->ratings[t->n_ratings++] = (struct demo_rating){.round = t->round};
    }
    return &t->ratings[t->n_ratings - 1];
}

static void invite(struct life *l, int64_t at)
{
    struct demo_rating *g = rating_of_round(l->t);
    g->state = 1;
    g->invited_at = at;
    g->expires_at = at + (int64_t)l->w->c->set->rating_link_days * US_PER_DAY;
}

static void rate(struct life *l, const struct step *s)
{
    struct demo_rating *g = rating_of_round(l->t);
    if (!g->invited_at)
        invite(l, s->at);
    g->state = 2;
    g->answered_at = s->at;
    g->channel = l->t->channel == CHANNEL_MINIPROGRAM ? CHANNEL_MINIPROGRAM : CHANNEL_WEB;
    g->contacted = s->contacted;
    g->solved = s->solved;
    g->satisfaction = s->grade;
    g->words = s->words;
}

static void done(struct demo_ticket *t, struct str unit, int64_t at)
{
    for (size_t i = 0; i < t->n_assignments; i++) {
        struct demo_assignment *x = &t->assignments[i];
        if (x->round == t->round && str_eq(x->unit, unit) && x->state < ASSIGN_DONE) {
            x->state = ASSIGN_DONE;
            x->done_at = at;
            x->version++;
        }
    }
}

/* What an event does to ticket, assignments and rating. */
static void take_effect(struct life *l, const struct step *s)
{
    struct demo_ticket *t = l->t;
    struct demo_assignment *x = lead(t);
    if (s->code == EVENT_SIGNED && x) {
        x->state = ASSIGN_SIGNED;
        x->signed_at = s->at;
    } else if (s->code == EVENT_CONTACTED && x) {
        x->contacted_at = s->at;
    } else if (s->code == EVENT_COWORK_REPORTED) {
        done(t, s->unit, s->at);
    } else if (s->code == EVENT_EXTENDED && x) {
        x->due_at = t->promise_at = s->due;
        x->warned = 0;
    } else if (s->code == EVENT_WARNED && x) {
        x->warned = LADDER_WARN;
    } else if (s->code == EVENT_OVERDUE && x) {
        x->warned = LADDER_OVERDUE;
    } else if (s->code == EVENT_REPLIED) {
        done(t, s->unit, s->at);
        t->replied_at = t->replied_at ? t->replied_at : s->at;
        t->reply = s->words;
        t->reply_unit = s->unit;
    } else if (s->code == EVENT_URGED) {
        t->urge_count++;
        t->urged_at = s->at;
    } else if (s->code == EVENT_WITHDRAWN) {
        end_assignments(t);
        t->closed_at = s->at;
    } else if (s->code == EVENT_OBJECTED) {
        t->objected_at = s->at;
    } else if (s->code == EVENT_REOPENED) {
        end_assignments(t);
        t->round++;
        t->closed_at = 0;
        assign(l, ROLE_LEAD, s->unit, s->at, s->due);
    } else if (s->code == EVENT_RATING_INVITED) {
        invite(l, s->at);
    } else if (s->code == EVENT_RATED) {
        rate(l, s);
        end_assignments(t);
        t->closed_at = t->closed_at ? t->closed_at : s->at;
    } else if (s->code == EVENT_CLOSED) {
        if (t->n_ratings && t->ratings[t->n_ratings - 1].state == 1)
            t->ratings[t->n_ratings - 1].state = 3;
        end_assignments(t);
        t->closed_at = s->at;
    } else if (s->code == EVENT_PUBLISHED) {
        t->published_at = s->at;
    }
}

static void happen(struct life *l, const struct step *s)
{
    struct demo_ticket *t = l->t;
    const struct transition *x = transition_find(t->state, s->code);
    if (!x || t->n_events == DEMO_EVENTS_MAX)
        return;
    bool citizen = s->actor == ACTOR_CITIZEN;
    t->events[t->n_events++] = (struct demo_event){.at = s->at, .actor = s->actor, .actor_id = citizen ? t->account_id : 0,
        .e = {.code = s->code, .is_public = x->is_public, .from = x->from, .to = x->to, .unit_code = s->unit,
              .params = s->params, .words = s->words, .words_lang = APP_ZH}};
    t->state = x->to;
    take_effect(l, s);
}

static int in_time_order(const void *x, const void *y)
{
    const struct step *a = x, *b = y;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->order - b->order;
}

static void live(struct life *l)
{
    qsort(l->steps, l->n_steps, sizeof *l->steps, in_time_order);
    size_t first_acts = l->t->n_events;
    for (size_t i = 0; i < l->n_steps && l->steps[i].at < l->w->cutoff_us; i++)
        happen(l, &l->steps[i]);
    l->t->version += (uint32_t)(l->t->n_events - first_acts);
}

/* When the worker must look again: warning, due time, or the call-back at the due time of what was answered early. */
static void set_clock(struct life *l)
{
    struct demo_assignment *x = lead(l->t);
    if (!x || !x->due_at)
        return;
    if (ticket_state_running(l->t->state))
        x->next_at = x->warned == LADDER_OVERDUE ? 0 : act_next_at(l->w->c, x->started_at, x->due_at, x->warned);
    else if (l->t->state == STATE_REPLIED)
        x->next_at = x->due_at > x->done_at ? x->due_at : x->done_at + MINUTE;
}

/* ---- the beginning -------------------------------------------------------------------------------------------------- */

static struct str dispatched(struct life *l)
{
    struct buf b = params(l), co = params(l);
    params_put(&b, "unit", l->d.lead->code);
    params_put(&b, "category", l->t->category);
    params_put(&b, "area", l->t->area);
    params_put_i64(&b, "rule", l->d.rule_id);
    params_put_i64(&b, "level", l->d.level);
    params_put_i64(&b, "due", l->t->promise_at);
    if (l->d.working_days)
        params_put_i64(&b, "wd", 1);
    if (l->d.by_district)
        params_put_i64(&b, "by_district", 1);
    for (size_t i = 0; i < l->d.n_co; i++) {
        if (i)
            buf_putc(&co, ';');
        buf_put(&co, l->d.co[i]->code);
    }
    if (co.n)
        params_put(&b, "co", buf_str(&co));
    if (l->d.copy)
        params_put(&b, "copy", l->d.copy->code);
    return buf_str(&b);
}

static void received(struct life *l)
{
    struct step s = {.at = l->t->created_at, .code = EVENT_RECEIVED, .actor = ACTOR_CITIZEN,
                     .params = one_word(l, "channel", word(WORDS_CHANNEL, (int)l->t->channel))};
    happen(l, &s);
}

static void dispatch_now(struct life *l)
{
    int64_t c = l->t->created_at;
    struct step s = {.at = c, .code = EVENT_DISPATCHED, .actor = ACTOR_CITIZEN, .unit = l->d.lead->code, .params = dispatched(l)};
    happen(l, &s);
    assign(l, ROLE_LEAD, l->d.lead->code, c, l->t->promise_at);
    for (size_t i = 0; i < l->d.n_co; i++)
        assign(l, ROLE_CO, l->d.co[i]->code, c, l->t->promise_at);
    if (l->d.copy)
        assign(l, ROLE_COPY, l->d.copy->code, c, 0);
}

/* One of the six classes that are not dispatched [T 11, third paragraph]. */
static void divert_now(struct life *l)
{
    enum diversion class = (enum diversion)chance_between(l->r, DIVERT_EMERGENCY, DIVERT_UNLAWFUL);
    l->t->diversion = class;
    struct step s = {.at = l->t->created_at, .code = EVENT_DIVERTED, .actor = ACTOR_CITIZEN,
                     .params = one_word(l, "class", word(WORDS_DIVERSION, (int)class)),
                     .words = say(l, (enum demo_part)(PART_DIVERT1 + class - 1))};
    happen(l, &s);
    l->t->promise_at = 0;
    l->t->level = 0;
    l->t->closed_at = l->t->created_at;
}

/* Answered by the hotline at once [T 11, first paragraph]. */
static void answer_now(struct life *l)
{
    const struct unit *centre = refdata_hotline_centre(l->w->c->ref);
    int64_t at = l->t->created_at + chance_between(l->r, 2 * MINUTE, 40 * MINUTE);
    l->d = (struct dispatch){.lead = centre, .level = 2};
    l->t->level = 2;
    l->limit = US_PER_DAY;
    l->t->promise_at = l->t->created_at + l->limit;
    struct buf b = params(l);
    params_put(&b, "unit", centre->code);
    params_put_i64(&b, "due", l->t->promise_at);
    struct step s = {.at = l->t->created_at, .code = EVENT_TRIAGE, .actor = ACTOR_CITIZEN, .unit = centre->code,
                     .params = buf_str(&b)};
    happen(l, &s);
    assign(l, ROLE_LEAD, centre->code, l->t->created_at, l->t->promise_at);
    plan_reply(l, at, centre->code, true);
    plan_rating(l, at, l->t->promise_at);
}

static void start(struct life *l)
{
    struct demo_ticket *t = l->t;
    struct ctx *c = l->w->c;
    enum err e = dispatch_choose(c->ref, c->set, NULL, t->category, t->area, &l->d);
    BUG_ON(e);
    struct deadline_rule rule = deadline_rule_for(c->set, l->d.level, l->d.working_days);
    t->level = l->d.level;
    t->promise_at = deadline_due(refdata_calendar(c->ref), rule, t->created_at);
    l->limit = t->promise_at - t->created_at;
    received(l);
    if (chance_is(l->r, 24)) {
        divert_now(l);
    } else if (t->kind == KIND_CONSULT && chance_is(l->r, 640)) {
        answer_now(l);
    } else {
        dispatch_now(l);
        plan_handling(l);
    }
}

void demo_life(const struct demo_world *w, struct arena *a, struct chance *r, struct demo_ticket *t)
{
    struct life l = {.w = w, .a = a, .r = r, .t = t, .slots = {.item = t->item, .place = t->place}, .next_id = t->index * 8};
    t->state = STATE_NONE;
    t->lead = DEMO_ASSIGNMENTS_MAX;
    start(&l);
    live(&l);
    set_clock(&l);
}
