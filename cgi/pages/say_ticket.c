/*
 * say_ticket.c - the state and history of a ticket in plain words: headline, progress, what is next, timeline.
 *
 * Contract: words and parameters of stored events are rendered, never changed; an event of a later version that is not
 * known here is shown by its word. Must not know routes, templates or the database.
 */
#include "app/params.h"
#include "pages/say.h"

static const enum ticket_state path[] = {STATE_RECEIVED, STATE_DISPATCHED, STATE_HANDLING, STATE_REPLIED, STATE_RATING};
enum { STEPS = sizeof path / sizeof path[0] };
static const enum msg path_words[STEPS] = {MSG_stage_received, MSG_stage_dispatched, MSG_stage_handling,
                                           MSG_stage_replied, MSG_stage_rating};

/* Diverted and withdrawn tickets leave the path: two dots say so. */
static struct view_progress short_path(const struct say *s, enum msg end)
{
    struct view_stage *v = ARENA_ARRAY(s->a, struct view_stage, 2);
    v[0] = (struct view_stage){.label = MSG_stage_received, .done = true};
    v[1] = (struct view_stage){.label = end, .done = true, .now = true};
    return (struct view_progress){v, 2};
}

struct view_progress say_progress(const struct say *s, enum ticket_state state, bool rated)
{
    if (state == STATE_DIVERTED)
        return short_path(s, MSG_stage_diverted);
    if (state == STATE_WITHDRAWN)
        return short_path(s, MSG_stage_withdrawn);
    struct view_stage *v = ARENA_ARRAY(s->a, struct view_stage, STEPS);
    for (size_t i = 0; i < STEPS; i++) {
        v[i].label = path_words[i];
        v[i].now = path[i] == state;
        v[i].done = state == STATE_CLOSED || path[i] < state;
    }
    if (state == STATE_CLOSED) { /* closed without a rating: the last dot tells what ended it */
        if (!rated)
            v[STEPS - 1].label = MSG_stage_closed;
        v[STEPS - 1].now = true;
    }
    return (struct view_progress){v, STEPS};
}

static bool reviewing(const struct ticket_view *t)
{
    return t->round > 1 && (t->state == STATE_DISPATCHED || t->state == STATE_HANDLING);
}

struct str say_headline(const struct say *s, const struct ticket_view *t)
{
    const struct msg_arg unit = {"unit", say_unit(s, t->holder)};
    enum msg m = say_msg("headline", word(WORDS_STATUS, (int)t->state));
    if (t->overdue && t->holder.n > 0)
        m = MSG_headline_overdue;
    else if (reviewing(t))
        m = MSG_headline_reviewing;
    return msg_format(s->a, s->lang, m, &unit, 1);
}

struct str say_next(const struct say *s, const struct ticket_view *t)
{
    const struct msg_arg unit = {"unit", say_unit(s, t->holder)};
    enum msg m = say_msg("next", word(WORDS_STATUS, (int)t->state));
    if (t->overdue && t->holder.n > 0)
        m = MSG_next_overdue;
    else if (reviewing(t))
        m = MSG_next_reviewing;
    else if (t->state == STATE_DISPATCHED && (t->no_reply || t->confidential))
        m = MSG_next_dispatched_quiet;
    else if (t->state == STATE_CLOSED && t->rated && t->solved)
        m = MSG_next_closed_rated;
    return msg_format(s->a, s->lang, m, &unit, 1);
}

/* ---- events ----------------------------------------------------------------------------------------------------------- */

struct telling { /* one event on its way into words */
    const struct say *s;
    const struct ticket_view *t;
    const struct ticket_event *e;
    struct msg_arg args[40];
    size_t n;
};

static struct str param(const struct telling *g, const char *name)
{
    return params_get(g->s->a, g->e->params, name);
}

static void arg(struct telling *g, const char *name, struct str text)
{
    BUG_ON(g->n == sizeof g->args / sizeof g->args[0]);
    g->args[g->n++] = (struct msg_arg){name, text};
}

static void arg_time(struct telling *g, const char *name)
{
    const int64_t at = params_get_i64(g->e->params, name, 0);
    if (at != 0)
        arg(g, name, say_time(g->s, at).text);
}

/* "BJ101;BJ102" into names. */
static struct str unit_list(const struct telling *g, struct str codes)
{
    struct buf b;
    buf_init(&b, g->s->a, 4096);
    struct str rest = codes, code;
    while (rest.n > 0) {
        str_cut(rest, ';', &code, &rest);
        if (b.n > 0)
            buf_put(&b, g->s->lang == LANG_ZH ? STR("、") : STR(", "));
        buf_put(&b, say_unit(g->s, code));
    }
    return buf_str(&b);
}

static struct str limit_of(const struct telling *g)
{
    static const int standard[SETTINGS_LEVELS] = {0, 120, 1440, 10080, 21600}; /* DB11/T 2021-2022 */
    const int64_t level = params_get_i64(g->e->params, "level", 0);
    if (level < 1 || level >= SETTINGS_LEVELS)
        return STR_NONE;
    return say_limit(g->s, g->s->set ? g->s->set->level_minutes[level] : standard[level]);
}

/* Stored as its word; the number is understood as well. */
static struct str grade_of(const struct telling *g)
{
    const struct str w = param(g, "satisfaction");
    uint64_t n = 0;
    return say_word(g->s, "grade", parse_u64(w, 1, SATISFACTION_END - 1, &n) ? word(WORDS_SATISFACTION, (int)n) : w);
}

/* Parameters that are stored as words of a closed list: their messages stand under the same area. */
static void gather_words(struct telling *g)
{
    static const struct {
        const char *param, *area;
    } words[] = {{"ground", "ground"}, {"reason", "pause"}, {"body", "body"}, {"review", "review"}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        arg(g, words[i].param, say_word(g->s, words[i].area, param(g, words[i].param)));
}

static void gather(struct telling *g)
{
    const struct say *s = g->s;
    arg(g, "unit", say_unit(s, g->e->unit_code.n > 0 ? g->e->unit_code : param(g, "unit")));
    arg(g, "no", say_ticket_no(s, g->t->no));
    const struct str category = param(g, "category"), area = param(g, "area");
    arg(g, "category", say_category(s, category.n > 0 ? category : g->t->category_code));
    arg(g, "area", say_area(s, area.n > 0 ? area : g->t->area_code));
    arg(g, "channel", say_word(s, "channel_by", word(WORDS_CHANNEL, (int)g->t->channel)));
    arg(g, "copy", say_unit(s, param(g, "copy")));
    arg(g, "units", unit_list(g, param(g, "co")));
    arg(g, "to", g->e->code == EVENT_LINKED ? say_ticket_no(s, param(g, "to")) : unit_list(g, param(g, "to")));
    arg(g, "with", unit_list(g, param(g, "with")));
    arg(g, "name", param(g, "name"));
    gather_words(g);
    arg(g, "limit", limit_of(g));
    arg_time(g, "due");
    arg_time(g, "old");
    arg_time(g, "new");
    static const char *const plain[] = {"attempt", "rule", "public_id"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        arg(g, plain[i], param(g, plain[i]));
    arg(g, "n", param(g, g->e->code == EVENT_MESSAGE ? "files" : "n"));
    arg(g, "into", say_ticket_no(s, param(g, "into")));
    arg(g, "outcome", say_word(s, "outcome", param(g, "outcome")));
    arg(g, "why", say_word(s, "why", param(g, "why")));
    const bool contacted = params_get_i64(g->e->params, "contacted", 0) != 0;
    const bool solved = params_get_i64(g->e->params, "solved", 0) != 0;
    arg(g, "contacted", msg_text(s->lang, contacted ? MSG_rating_contacted_yes : MSG_rating_contacted_no));
    arg(g, "solved", msg_text(s->lang, solved ? MSG_rating_solved_yes : MSG_rating_solved_no));
    arg(g, "satisfaction", grade_of(g));
}

static struct str tell(const struct telling *g, enum msg m)
{
    return msg_format(g->s->a, g->s->lang, m, g->args, g->n);
}

/* The title; some events have finer ones. */
static enum msg title_of(const struct telling *g)
{
    if (g->e->code == EVENT_DISPATCHED && param(g, "copy").n > 0)
        return MSG_event_dispatched_copy;
    if (g->e->code == EVENT_COWORK_REPORTED && params_get_i64(g->e->params, "stage", 0) != 0)
        return MSG_event_cowork_reported_stage;
    if (g->e->code == EVENT_WHISTLE_DELIVERED && params_get_i64(g->e->params, "stage", 0) != 0)
        return MSG_event_whistle_delivered_stage;
    if (g->e->code == EVENT_DIVERTED) {
        const enum msg m = say_msg("event", arena_printf(g->s->a, "diverted_" STR_FMT, STR_ARG(param(g, "class"))));
        return m != MSG_NONE ? m : MSG_event_diverted;
    }
    return say_msg("event", word(WORDS_EVENT, (int)g->e->code));
}

/* The line below it; MSG_NONE where what it would say is not known. */
static enum msg detail_of(const struct telling *g)
{
    switch (g->e->code) {
    case EVENT_DISPATCHED:
        if (params_get_i64(g->e->params, "by_district", 0) != 0)
            return MSG_event_dispatched_detail_district;
        return params_get_i64(g->e->params, "rule", 0) > 0 ? MSG_event_dispatched_detail
                                                          : MSG_event_dispatched_detail_plain;
    case EVENT_REDISPATCHED:
        return params_get_i64(g->e->params, "rule", 0) > 0 ? MSG_event_redispatched_detail : MSG_NONE;
    case EVENT_DIVERTED:
        return say_msg("event", arena_printf(g->s->a, "diverted_" STR_FMT "_detail", STR_ARG(param(g, "class"))));
    case EVENT_MESSAGE:
        return params_get_i64(g->e->params, "files", 0) > 0 ? MSG_event_message_detail : MSG_NONE;
    case EVENT_WHISTLE_DELIVERED:
        return params_get_i64(g->e->params, "stage", 0) != 0 ? MSG_event_whistle_delivered_stage_detail
                                                             : MSG_event_whistle_delivered_detail;
    case EVENT_LEVEL_RAISED:
        return params_get_i64(g->e->params, "level", 0) > 0 ? MSG_event_level_raised_detail : MSG_NONE;
    case EVENT_COWORK_ASKED:
    case EVENT_REOPENED:
    case EVENT_WARNED:
    case EVENT_OVERDUE:
    case EVENT_WHISTLED:
    case EVENT_WHISTLE_OVERDUE:
    case EVENT_SUPERVISED:
        return params_get_i64(g->e->params, "due", 0) == 0
                   ? MSG_NONE
                   : say_msg("event", arena_printf(g->s->a, STR_FMT "_detail", STR_ARG(word(WORDS_EVENT, (int)g->e->code))));
    default:
        return say_msg("event", arena_printf(g->s->a, STR_FMT "_detail", STR_ARG(word(WORDS_EVENT, (int)g->e->code))));
    }
}

void say_event(const struct say *s, const struct ticket_view *t, const struct ticket_event *e, struct view_event *ret)
{
    struct telling g = {.s = s, .t = t, .e = e};
    gather(&g);
    const enum msg title = title_of(&g), detail = detail_of(&g);
    *ret = (struct view_event){.at = say_time(s, e->at), .words = e->words,
                               .words_zh = s->lang != LANG_ZH && e->words_lang == APP_ZH};
    ret->title = title != MSG_NONE ? tell(&g, title) : word(WORDS_EVENT, (int)e->code);
    if (detail != MSG_NONE)
        ret->detail = tell(&g, detail);
    if (e->code == EVENT_DISPATCHED && param(&g, "co").n > 0)
        ret->detail = arena_printf(s->a, STR_FMT " " STR_FMT, STR_ARG(ret->detail), STR_ARG(tell(&g, MSG_event_dispatched_co)));
    if (e->code == EVENT_OVERDUE) {
        ret->bad = true;
        ret->tag = msg_text(s->lang, MSG_tag_overdue);
        ret->tag_late = true;
    }
}
