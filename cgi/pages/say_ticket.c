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
};

static struct str param(const struct telling *g, const char *name)
{
    return params_get(g->s->a, g->e->params, name);
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

/* ---- what the placeholders of events' messages stand for: asked one by one, for a sentence has two or three of them. The number of
 * another demand is none of them: it is its own filer's. ---- */

static bool of_param(const struct telling *g, const char *name, struct str *ret)
{
    *ret = param(g, name);
    return true;
}

static bool of_time(const struct telling *g, const char *name, struct str *ret)
{
    const int64_t at = params_get_i64(g->e->params, name, 0);
    if (at != 0)
        *ret = say_time(g->s, at).text;
    return at != 0;
}

/* Stored as a word of a closed list; its message stands under an area of mostly the same name. */
static bool of_word(const struct telling *g, const char *name, struct str *ret)
{
    const bool pause = strcmp(name, "reason") == 0;
    *ret = say_word(g->s, pause ? "pause" : name, param(g, name));
    return true;
}

static bool of_unit(const struct telling *g, const char *name, struct str *ret)
{
    *ret = say_unit(g->s, strcmp(name, "unit") == 0 && g->e->unit_code.n > 0 ? g->e->unit_code : param(g, name));
    return true;
}

static bool of_units(const struct telling *g, const char *name, struct str *ret)
{
    *ret = unit_list(g, param(g, name));
    return true;
}

static bool of_category(const struct telling *g, const char *name, struct str *ret)
{
    const struct str own = param(g, name);
    *ret = say_category(g->s, own.n > 0 ? own : g->t->category_code);
    return true;
}

static bool of_area(const struct telling *g, const char *name, struct str *ret)
{
    const struct str own = param(g, name);
    *ret = say_area(g->s, own.n > 0 ? own : g->t->area_code);
    return true;
}

static bool of_channel(const struct telling *g, const char *name, struct str *ret)
{
    (void)name;
    *ret = say_word(g->s, "channel_by", word(WORDS_CHANNEL, (int)g->t->channel));
    return true;
}

static bool of_number(const struct telling *g, const char *name, struct str *ret)
{
    (void)name;
    *ret = say_ticket_no(g->s, g->t->no);
    return true;
}

static bool of_count(const struct telling *g, const char *name, struct str *ret)
{
    *ret = param(g, g->e->code == EVENT_MESSAGE ? "files" : name);
    return true;
}

static bool of_limit(const struct telling *g, const char *name, struct str *ret)
{
    (void)name;
    *ret = limit_of(g);
    return true;
}

static bool of_answer(const struct telling *g, const char *name, struct str *ret)
{
    const bool yes = params_get_i64(g->e->params, name, 0) != 0;
    if (strcmp(name, "satisfaction") == 0)
        *ret = grade_of(g);
    else if (strcmp(name, "solved") == 0)
        *ret = msg_text(g->s->lang, yes ? MSG_rating_solved_yes : MSG_rating_solved_no);
    else
        *ret = msg_text(g->s->lang, yes ? MSG_rating_contacted_yes : MSG_rating_contacted_no);
    return true;
}

static bool find_arg(const void *of, struct str name, struct str *ret)
{
    static const struct {
        const char *name;
        bool (*say)(const struct telling *g, const char *name, struct str *ret);
        const char *param; /* NULL = of the same name */
    } all[] = {{"unit", of_unit, NULL}, {"no", of_number, NULL}, {"category", of_category, NULL}, {"area", of_area, NULL},
               {"channel", of_channel, NULL}, {"copy", of_unit, NULL}, {"units", of_units, "co"}, {"to", of_units, NULL},
               {"with", of_units, NULL}, {"limit", of_limit, NULL}, {"due", of_time, NULL}, {"old", of_time, NULL},
               {"new", of_time, NULL}, {"attempt", of_param, NULL}, {"rule", of_param, NULL}, {"public_id", of_param, NULL},
               {"name", of_param, NULL}, {"n", of_count, NULL}, {"outcome", of_word, NULL},
               {"why", of_word, NULL}, {"ground", of_word, NULL}, {"reason", of_word, NULL}, {"body", of_word, NULL},
               {"review", of_word, NULL}, {"contacted", of_answer, NULL}, {"solved", of_answer, NULL},
               {"satisfaction", of_answer, NULL}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (str_eq_c(name, all[i].name))
            return all[i].say(of, all[i].param ? all[i].param : all[i].name, ret);
    return false;
}

static struct str tell(const struct telling *g, enum msg m)
{
    return msg_format_by(g->s->a, g->s->lang, m, find_arg, g);
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
                   : say_msg_ending("event", word(WORDS_EVENT, (int)g->e->code), "_detail");
    default:
        return say_msg_ending("event", word(WORDS_EVENT, (int)g->e->code), "_detail");
    }
}

void say_event_words(const struct say *s, const struct ticket_view *t, const struct ticket_event *e, struct str *ret_title,
                     struct str *ret_detail)
{
    const struct telling g = {.s = s, .t = t, .e = e};
    const enum msg title = title_of(&g), detail = detail_of(&g);
    *ret_title = title != MSG_NONE ? tell(&g, title) : word(WORDS_EVENT, (int)e->code);
    *ret_detail = detail != MSG_NONE ? tell(&g, detail) : STR_NONE;
    if (e->code == EVENT_DISPATCHED && param(&g, "co").n > 0)
        *ret_detail = arena_printf(s->a, STR_FMT " " STR_FMT, STR_ARG(*ret_detail), STR_ARG(tell(&g, MSG_event_dispatched_co)));
}

/* How many helping units have reported by this event, of those that were named since the demand was last dispatched. */
static struct str helpers_of(const struct ticket_view *t, const struct ticket_event *upto, const struct say *s)
{
    int64_t all = 0, done = 0;
    struct str one;
    for (size_t i = 0; i < t->n_events && t->events[i].seq <= upto->seq; i++) {
        const struct ticket_event *e = &t->events[i];
        if (e->code == EVENT_DISPATCHED || e->code == EVENT_REDISPATCHED || e->code == EVENT_REOPENED)
            all = done = 0;
        if (e->code == EVENT_DISPATCHED || e->code == EVENT_REDISPATCHED)
            for (struct str co = params_get(s->a, e->params, "co"); co.n > 0; all += one.n > 0)
                str_cut(co, ';', &one, &co);
        all += e->code == EVENT_COWORK_ASKED;
        done += e->code == EVENT_COWORK_REPORTED && params_get_i64(e->params, "stage", 0) == 0;
    }
    if (all == 0 || done > all)
        return STR_NONE;
    const struct msg_arg args[] = {{"done", say_int(s, done)}, {"all", say_int(s, all)}};
    return msg_format(s->a, s->lang, MSG_tag_cowork, args, 2);
}

void say_event(const struct say *s, const struct ticket_view *t, const struct ticket_event *e, struct view_event *ret)
{
    *ret = (struct view_event){.at = say_time(s, e->at), .words = e->words,
                               .words_zh = s->lang != LANG_ZH && e->words_lang == APP_ZH};
    say_event_words(s, t, e, &ret->title, &ret->detail);
    if (e->code == EVENT_COWORK_ASKED || e->code == EVENT_COWORK_REPORTED) {
        ret->tag = helpers_of(t, e, s);
        ret->tag_wait = true;
    }
    if (e->code == EVENT_OVERDUE) {
        ret->bad = true;
        ret->tag = msg_text(s->lang, MSG_tag_overdue);
        ret->tag_late = true;
    }
}
