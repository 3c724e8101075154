/*
 * say.c - times, numbers and names in the reader's language; the faults of a form beside its fields.
 *
 * Contract: only words of templates/messages, only Beijing time; every result lives in the arena of the request. Must not
 * know routes, templates or the database.
 */
#include "pages/say.h"

#include "app/ids.h"
#include "base/clock.h"
#include "pages/join.h"
#include "web/problem.h"

enum { MINUTES_PER_HOUR = 60, HOURS_PER_DAY = 24 };
#define US_PER_MINUTE (60 * US_PER_S)

struct say say_of(const struct request *rq)
{
    const struct join *j = join_of(rq);
    return (struct say){.a = rq->a, .lang = rq->lang, .now_us = rq->now_us, .ref = j->ref, .set = j->set};
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

struct str say_int(const struct say *s, int64_t n)
{
    return arena_printf(s->a, "%lld", (long long)n);
}

struct str say_grouped(const struct say *s, int64_t n)
{
    char digits[32], out[48];
    const int len = snprintf(digits, sizeof digits, "%llu", n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n);
    size_t to = 0;
    if (n < 0)
        out[to++] = '-';
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[to++] = ',';
        out[to++] = digits[i];
    }
    return arena_dup(s->a, (struct str){out, to});
}

struct str say_share(const struct say *s, int64_t tenths)
{
    if (tenths < 0)
        return STR("–");
    return arena_printf(s->a, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct str say_bytes(const struct say *s, int64_t bytes)
{
    const int64_t kib = 1024, mib = kib * kib;
    if (bytes < mib)
        return arena_printf(s->a, "%lld KB", (long long)((bytes + kib - 1) / kib));
    return arena_printf(s->a, "%lld.%lld MB", (long long)(bytes / mib), (long long)(bytes % mib * 10 / mib));
}

/* ---- words by key ------------------------------------------------------------------------------------------------- */

enum msg say_msg_ending(const char *area, struct str word, const char *ending)
{
    char key[96], *p = key;
    const struct str parts[] = {str_from_c(area), STR("."), word, str_from_c(ending)};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].n > (size_t)(key + sizeof key - p))
            return MSG_NONE;
        if (parts[i].n)
            memcpy(p, parts[i].p, parts[i].n);
        p += parts[i].n;
    }
    return msg_find((struct str){key, (size_t)(p - key)});
}

enum msg say_msg(const char *area, struct str word)
{
    return say_msg_ending(area, word, "");
}

struct str say_word(const struct say *s, const char *area, struct str word)
{
    const enum msg m = say_msg(area, word);
    return m == MSG_NONE ? word : msg_text(s->lang, m);
}

static struct str numbered(const struct say *s, const char *area, char prefix, int n)
{
    const enum msg m = say_msg(area, arena_printf(s->a, "%c%d", prefix, n));
    BUG_ON(m == MSG_NONE);
    return msg_text(s->lang, m);
}

/* ---- times --------------------------------------------------------------------------------------------------------- */

static struct str clock_text(const struct say *s, const struct civil *c)
{
    return arena_printf(s->a, "%02d:%02d", c->hour, c->minute);
}

struct view_time say_time(const struct say *s, int64_t at_us)
{
    if (at_us == 0)
        return (struct view_time){STR_NONE, STR_NONE};
    const struct civil c = clock_civil(at_us), now = clock_civil(s->now_us);
    const int days = clock_day_diff(clock_local_day(at_us), clock_local_day(s->now_us));
    const struct msg_arg args[] = {{"clock", clock_text(s, &c)},
                                   {"year", say_int(s, c.year)},
                                   {"month", numbered(s, "month", 'm', c.month)},
                                   {"day", say_int(s, c.day)},
                                   {"weekday", numbered(s, "weekday", 'd', c.weekday)}};
    enum msg m = c.year == now.year ? MSG_time_day_clock : MSG_time_year_day_clock;
    if (days == 0)
        m = MSG_time_today;
    else if (days == -1)
        m = MSG_time_yesterday;
    else if (days == 1)
        m = MSG_time_tomorrow;
    return (struct view_time){clock_rfc3339(s->a, at_us),
                              msg_format(s->a, s->lang, m, args, sizeof args / sizeof args[0])};
}

struct view_time say_day(const struct say *s, int32_t yyyymmdd)
{
    if (!clock_day_valid(yyyymmdd))
        return (struct view_time){STR_NONE, STR_NONE};
    const int year = yyyymmdd / 10000, month = yyyymmdd / 100 % 100, day = yyyymmdd % 100;
    const struct msg_arg args[] = {{"year", say_int(s, year)},
                                   {"month", numbered(s, "month", 'm', month)},
                                   {"day", say_int(s, day)}};
    const enum msg m = year == clock_civil(s->now_us).year ? MSG_time_day : MSG_time_year_day;
    return (struct view_time){arena_printf(s->a, "%04d-%02d-%02d", year, month, day),
                              msg_format(s->a, s->lang, m, args, sizeof args / sizeof args[0])};
}

struct str say_span(const struct say *s, int64_t us)
{
    const int64_t minutes = us <= 0 ? 0 : (us + US_PER_MINUTE - 1) / US_PER_MINUTE;
    if (minutes < MINUTES_PER_HOUR)
        return SAY(s, MSG_span_minutes, {"n", say_int(s, minutes)});
    const int64_t hours = (minutes + MINUTES_PER_HOUR - 1) / MINUTES_PER_HOUR;
    if (hours < 2 * HOURS_PER_DAY)
        return SAY(s, MSG_span_hours, {"n", say_int(s, hours)});
    return SAY(s, MSG_span_days, {"n", say_int(s, (hours + HOURS_PER_DAY - 1) / HOURS_PER_DAY)});
}

struct str say_limit(const struct say *s, int minutes)
{
    const int day = HOURS_PER_DAY * MINUTES_PER_HOUR;
    if (minutes > day && minutes % day == 0)
        return SAY(s, MSG_span_days, {"n", say_int(s, minutes / day)});
    if (minutes % MINUTES_PER_HOUR == 0)
        return SAY(s, MSG_span_hours, {"n", say_int(s, minutes / MINUTES_PER_HOUR)});
    return SAY(s, MSG_span_minutes, {"n", say_int(s, minutes)});
}

/* What is left is rounded down, what is over as well: a promise is never made longer by a word. */
struct view_left say_left(const struct say *s, int64_t due_us)
{
    const bool late = due_us <= s->now_us;
    const int64_t minutes = (late ? s->now_us - due_us : due_us - s->now_us) / US_PER_MINUTE;
    const int64_t hours = minutes / MINUTES_PER_HOUR, days = hours / HOURS_PER_DAY;
    struct view_left v = {.late = late};
    int64_t big = minutes;
    enum msg m = late ? MSG_late_minutes : MSG_left_minutes;
    if (hours >= 2 * HOURS_PER_DAY) {
        big = days;
        m = late ? MSG_late_days : hours % HOURS_PER_DAY != 0 ? MSG_left_days_hours : MSG_left_days;
    } else if (hours > 0) {
        big = hours;
        m = late ? MSG_late_hours : minutes % MINUTES_PER_HOUR != 0 ? MSG_left_hours_minutes : MSG_left_hours;
    }
    v.big = say_int(s, big);
    v.rest = SAY(s, m, {"n", v.big}, {"hours", say_int(s, hours % HOURS_PER_DAY)},
                 {"minutes", say_int(s, minutes % MINUTES_PER_HOUR)});
    return v;
}

struct str say_left_short(const struct say *s, int64_t due_us)
{
    const bool late = due_us <= s->now_us;
    const struct str span = say_span(s, late ? s->now_us - due_us : due_us - s->now_us);
    return SAY(s, late ? MSG_short_late : MSG_short_left, {"span", span});
}

/* ---- names --------------------------------------------------------------------------------------------------------- */

struct view_name say_name(const struct say *s, struct str zh, struct str en)
{
    if (s->lang == LANG_EN && en.n > 0)
        return (struct view_name){.text = en, .zh = false};
    return (struct view_name){.text = zh, .zh = s->lang != LANG_ZH};
}

struct str say_unit(const struct say *s, struct str unit_code)
{
    const struct unit *u = s->ref ? refdata_unit(s->ref, unit_code) : NULL;
    if (u == NULL)
        return unit_code;
    return say_name(s, u->short_name.n > 0 ? u->short_name : u->name, u->name_en).text;
}

struct str say_area(const struct say *s, struct str area_code)
{
    const struct str path = s->ref ? refdata_area_path(s->ref, s->a, area_code, " ") : STR_NONE;
    return path.n > 0 ? path : area_code;
}

struct str say_category(const struct say *s, struct str category_code)
{
    const struct category *c = s->ref ? refdata_category(s->ref, category_code) : NULL;
    return c == NULL ? category_code : say_name(s, c->name, c->name_en).text;
}

struct str say_ticket_no(const struct say *s, struct str stored)
{
    return ticket_no_show(s->a, stored);
}

struct str say_file(const struct say *s, enum upload_kind kind, size_t number)
{
    switch (kind) {
    case UPLOAD_VIDEO:
        return msg_text(s->lang, MSG_fact_video);
    case UPLOAD_VOICE:
        return msg_text(s->lang, MSG_fact_voice);
    case UPLOAD_PHOTO:
    case UPLOAD_KIND_END:
        break;
    }
    return SAY(s, MSG_fact_photo, {"n", say_int(s, (int64_t)number)});
}

/* ---- forms --------------------------------------------------------------------------------------------------------- */

/* Faults carry the names of the JSON body; the inputs of pages have shorter ones. */
static struct str input_name(const char *field)
{
    static const char *const other[][2] = {{"category_code", "category"}, {"area_code", "area"}, {"uploads", "file"}};
    const char *dot = strrchr(field, '.');
    const char *last = dot ? dot + 1 : field;
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        if (strcmp(last, other[i][0]) == 0)
            return str_from_c(other[i][1]);
    return str_from_c(last);
}

/* "查询码：请填写这一项。": in the summary, away from its field, a sentence needs the field's name. */
static struct str named(struct request *rq, struct str name, struct str text)
{
    const enum msg label = say_msg("label", name);
    if (label == MSG_NONE)
        return text;
    const struct msg_arg args[] = {{"label", msg_text(rq->lang, label)}, {"text", text}};
    return msg_format(rq->a, rq->lang, MSG_part_named_error, args, 2);
}

struct str say_error(struct request *rq, const char *field)
{
    return msg_text(rq->lang, problem_field(rq, field));
}

struct view_input say_input(struct request *rq, const char *field, struct str value)
{
    return (struct view_input){.value = value, .error = say_error(rq, field)};
}

void say_limited(struct request *rq, const char *field)
{
    const struct problem *p = problem_of(rq->fault, ERR_LIMITED);
    *rq->fault = (struct fault){.err = ERR_LIMITED, .reason = p->reason, .retry_after_s = rq->fault->retry_after_s,
                                .n_fields = 1, .fields = {{field, p->reason, (int)p->msg}}};
}

void say_refused(struct request *rq, struct response *rs)
{
    bool limited = rq->fault->err == ERR_LIMITED;
    response_status(rs, limited ? 429 : 422);
    if (limited && rq->fault->retry_after_s > 0)
        response_header(rs, "Retry-After", arena_printf(rq->a, "%d", rq->fault->retry_after_s));
}

struct view_errors say_errors(struct request *rq)
{
    const struct fault *f = rq->fault;
    if (f->n_fields == 0)
        return (struct view_errors){NULL, 0};
    struct view_error *e = ARENA_ARRAY(rq->a, struct view_error, f->n_fields);
    for (size_t i = 0; i < f->n_fields; i++) {
        const struct str name = input_name(f->fields[i].field);
        e[i] = (struct view_error){.field = name, .text = named(rq, name, msg_text(rq->lang, problem_field_msg(&f->fields[i])))};
    }
    return (struct view_errors){e, f->n_fields};
}
