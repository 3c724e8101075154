/*
 * ctl_clock.c - sudactl calendar, clocks, visit, urgent: what the operator does about time.
 *
 * Contract: the acts are those of app/visit.h and app/urgent.h; the calendar is that of app/calendar.h. A year that cannot be
 * trusted is said on every occasion, and is an exit code of its own.
 */
#include "app/clock_state.h"
#include "app/ids.h"
#include "app/refdata.h"
#include "app/seed.h"
#include "app/urgent.h"
#include "app/visit.h"
#include "base/clock.h"
#include "gen/sql.h"
#include "prog/ctl.h"

/* ---- calendar --------------------------------------------------------------------------------------------------------- */

static const char *judge_year(const struct calendar *cal, int year)
{
    switch (calendar_judge(cal, year)) {
    case CALENDAR_GOOD:
        return NULL;
    case CALENDAR_MISSING:
        return "there is no schedule of this year: working days are computed from weekends alone";
    case CALENDAR_THIN:
        return "the schedule has too few days off: a holiday is missing";
    case CALENDAR_ODD:
        return "the schedule contradicts itself: a day off by law is worked, or an ordinary weekday stands as an exception";
    }
    return NULL;
}

static enum ctl_exit say_year(struct ctl *c, int year)
{
    const char *wrong = judge_year(refdata_calendar(c->ctx.ref), year);
    if (wrong)
        printf("NOT GOOD: %d: %s\n", year, wrong);
    return wrong ? CTL_FAILED : CTL_OK;
}

static enum ctl_exit show_year(struct ctl *c, int year)
{
    const struct calendar *cal = refdata_calendar(c->ctx.ref);
    size_t off = 0, worked = 0;
    for (int32_t day = year * 10000 + 101; day / 10000 == year; day = clock_day_add(day, 1)) {
        const int weekday = clock_civil(clock_day_start_us(day)).weekday;
        const bool week = weekday >= 1 && weekday <= 5, is = calendar_is_working(cal, day);
        worked += is;
        off += !is;
        if (week != is)
            printf("%d %s\n", day, is ? "worked" : "off");
    }
    printf("%d: %zu working days, %zu off\n", year, worked, off);
    return say_year(c, year);
}

static enum ctl_exit load_calendar(struct ctl *c, const char *file)
{
    size_t n;
    enum err e = seed_load_calendar(c->db, c->a, file, &n, &c->fault);
    if (e)
        return ctl_failed(c, e, "loading holidays");
    printf("%zu days loaded; due times that were told stay as they are\n", n);
    return CTL_OK;
}

static enum ctl_exit run_calendar(struct ctl *c, int argc, char **argv)
{
    static const struct ctl_option none[] = {{0}};
    uint64_t year = 0;
    if (!ctl_options(c, none, &argc, argv))
        return CTL_USAGE;
    if (argc == 3 && strcmp(argv[1], "load") == 0)
        return load_calendar(c, argv[2]);
    if (argc == 3 && strcmp(argv[1], "show") == 0 && parse_u64(str_from_c(argv[2]), 2000, 2100, &year))
        return show_year(c, (int)year);
    if (argc == 2 && strcmp(argv[1], "check") == 0) {
        const int now = clock_civil(clock_now_us()).year, month = clock_civil(clock_now_us()).month;
        enum ctl_exit this = say_year(c, now), next = month == 12 ? say_year(c, now + 1) : CTL_OK;
        if (this == CTL_OK && next == CTL_OK)
            printf("%d: good\n", now);
        return this == CTL_OK ? next : this;
    }
    return ctl_usage(c, "say load and a file, show and a year, or check");
}

/* ---- clocks ----------------------------------------------------------------------------------------------------------- */

enum { PAGE_IDS = 1000 };

/* One page of ids, copied: the rows go with the request. */
static enum err read_ids(struct ctl *c, uint64_t after, bool all, uint64_t ids[PAGE_IDS], size_t *ret_n, uint64_t *ret_last, bool *ret_more)
{
    const struct q_ticket_heads_row *r = NULL;
    size_t n = 0;
    struct q_ticket_heads_in in = {.after = after};
    *ret_n = 0;
    enum err e = q_ticket_heads(c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (all || r[i].state <= STATE_HANDLING)
            ids[(*ret_n)++] = r[i].id;
    if (e == ERR_OK) {
        *ret_more = n == PAGE_IDS;
        *ret_last = n ? r[n - 1].id : after;
    }
    return e;
}

struct verified {
    uint64_t n, n_bad;
};

static enum err verify_page(struct ctl *c, const uint64_t *ids, size_t n, struct verified *sum)
{
    for (size_t i = 0; i < n; i++) {
        struct clock_verdict v;
        ctl_next_act(c);
        enum err e = clock_verify_ticket(&c->ctx, ids[i], &v);
        if (e)
            return e;
        sum->n++;
        if (v.ok)
            continue;
        sum->n_bad++;
        printf("ticket %llu: clock does not fit (%s, event %u)\n", (unsigned long long)ids[i], v.why, v.seq);
    }
    return ERR_OK;
}

static enum ctl_exit run_clocks(struct ctl *c, int argc, char **argv)
{
    static uint64_t ids[PAGE_IDS];
    bool all = false, more = true;
    const struct ctl_option options[] = {{.name = "all", .flag = &all}, {0}};
    struct verified sum = {0};
    uint64_t after = 0;
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc != 2 || strcmp(argv[1], "verify") != 0)
        return ctl_usage(c, "say verify");
    while (more) {
        size_t n = 0;
        ctl_next_act(c);
        enum err e = read_ids(c, after, all, ids, &n, &after, &more);
        if (!e)
            e = verify_page(c, ids, n, &sum);
        if (e)
            return ctl_failed(c, e, "reading clocks");
    }
    printf("%llu clocks, %llu do not fit\n%s\n", (unsigned long long)sum.n, (unsigned long long)sum.n_bad, sum.n_bad ? "NOT GOOD" : "all good");
    return sum.n_bad ? CTL_FAILED : CTL_OK;
}

/* ---- call-backs ------------------------------------------------------------------------------------------------------- */

static const struct actor the_operator = {.kind = ACTOR_STAFF};

static enum ctl_exit list_visits(struct ctl *c)
{
    enum { ROWS = 50 };
    const struct visit_row *r = NULL;
    struct visit_counts n_all;
    size_t n = 0;
    bool more = false;
    enum err e = visit_counts(&c->ctx, &n_all);
    if (!e)
        e = visit_queue(&c->ctx, &the_operator, (struct visit_after){0}, ROWS, &r, &n, &more);
    if (e)
        return ctl_failed(c, e, "reading the phone list");
    for (size_t i = 0; i < n; i++)
        printf(STR_FMT "  round %d  attempt %d  since " STR_FMT "  " STR_FMT "\n", STR_ARG(ticket_no_show(c->a, r[i].no)), r[i].round,
               r[i].attempts + 1, STR_ARG(clock_rfc3339(c->a, r[i].call_at)), STR_ARG(r[i].title));
    printf("%lld invited by link, %lld on the phone list\n", (long long)n_all.invited, (long long)n_all.listed);
    return CTL_OK;
}

struct visit_args {
    const char *result, *grade, *words;
    bool unsolved, uncontacted;
};

static enum err record(struct ctl *c, struct str no, const struct visit_args *a, bool *ret_again, struct ticket_done *ret)
{
    int grade = 0;
    if (!a->grade || !word_find(WORDS_SATISFACTION, str_from_c(a->grade), &grade))
        return fault_field(&c->fault, "grade", a->grade ? "NOT_A_CHOICE" : "REQUIRED");
    const struct rating_input in = {.has_contacted = true, .contacted = !a->uncontacted, .has_solved = true, .solved = !a->unsolved,
                                    .satisfaction = grade, .words = str_from_c(a->words ? a->words : "")};
    return visit_record(&c->ctx, &the_operator, no, &in, ret_again, ret);
}

static enum err miss(struct ctl *c, struct str no, const struct visit_args *a, bool *ret_void, struct ticket_done *ret)
{
    for (int r = VISIT_NO_ANSWER; r < VISIT_RESULT_END; r++)
        if (str_eq_c(visit_result_word((enum visit_result)r), a->result ? a->result : "no_answer"))
            return visit_attempt(&c->ctx, &the_operator, no, (enum visit_result)r, ret_void, ret);
    return fault_field(&c->fault, "result", "NOT_A_CHOICE");
}

static enum ctl_exit run_visit(struct ctl *c, int argc, char **argv)
{
    struct visit_args a = {0};
    const struct ctl_option options[] = {{.name = "result", .text = &a.result}, {.name = "grade", .text = &a.grade},
        {.name = "words", .text = &a.words}, {.name = "unsolved", .flag = &a.unsolved},
        {.name = "uncontacted", .flag = &a.uncontacted}, {0}};
    struct ticket_done done = {0};
    bool flag = false;
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list_visits(c);
    const bool missed = argc == 3 && strcmp(argv[1], "missed") == 0;
    if (!missed && !(argc == 3 && strcmp(argv[1], "answer") == 0))
        return ctl_usage(c, "say list, missed and a number, or answer and a number");
    const struct str no = str_from_c(argv[2]);
    enum err e = missed ? miss(c, no, &a, &flag, &done) : record(c, no, &a, &flag, &done);
    if (e)
        return ctl_failed(c, e, argv[1]);
    printf(STR_FMT " is now " STR_FMT "%s\n", STR_ARG(ticket_no_show(c->a, done.no)), STR_ARG(word(WORDS_STATUS, (int)done.state)),
           !flag ? "" : missed ? ", no valid visit" : ", another unit looks again");
    return CTL_OK;
}

/* ---- urgent modes ------------------------------------------------------------------------------------------------------ */

static enum ctl_exit list_modes(struct ctl *c)
{
    const struct urgent_mode *m = NULL;
    size_t n = 0;
    enum err e = urgent_list(&c->ctx, true, &m, &n);
    if (e)
        return ctl_failed(c, e, "reading urgent modes");
    for (size_t i = 0; i < n; i++)
        printf("%llu v%d  " STR_FMT "  level %d  " STR_FMT " to " STR_FMT "  " STR_FMT "\n", (unsigned long long)m[i].id, m[i].version,
               STR_ARG(m[i].name), m[i].level, STR_ARG(clock_rfc3339(c->a, m[i].starts_at)),
               STR_ARG(clock_rfc3339(c->a, m[i].ends_at)), STR_ARG(m[i].categories));
    printf("%zu modes\n", n);
    return CTL_OK;
}

static enum ctl_exit run_urgent(struct ctl *c, int argc, char **argv)
{
    const char *categories = "", *areas = "", *until = "", *zh = "", *en = "";
    int64_t level = 1;
    uint64_t id = 0;
    bool open = false;
    const struct ctl_option options[] = {{.name = "categories", .text = &categories}, {.name = "areas", .text = &areas},
        {.name = "until", .text = &until}, {.name = "notice-zh", .text = &zh}, {.name = "notice-en", .text = &en},
        {.name = "level", .number = &level, .min = 1, .max = 2}, {.name = "raise-open", .flag = &open}, {0}};
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list_modes(c);
    enum err e = ERR_OK;
    if (argc == 4 && strcmp(argv[1], "end") == 0 && parse_u64(str_from_c(argv[2]), 1, UINT64_MAX, &id)) {
        e = urgent_end(&c->ctx, &the_operator, id, str_from_c(argv[3]));
    } else if (argc == 4 && strcmp(argv[1], "start") == 0) {
        struct urgent_mode m = {.name = str_from_c(argv[2]), .reason = str_from_c(argv[3]), .categories = str_from_c(categories),
                                .areas = str_from_c(areas), .level = (int)level, .raise_open = open, .notice_zh = str_from_c(zh),
                                .notice_en = str_from_c(en)};
        if (!clock_parse_rfc3339(str_from_c(until), &m.ends_at))
            return ctl_usage(c, "--until wants a time like 2026-12-01T18:00:00+08:00");
        e = urgent_start(&c->ctx, &the_operator, &m, &id);
    } else {
        return ctl_usage(c, "say list, start NAME REASON, or end ID REASON");
    }
    if (e)
        return ctl_failed(c, e, argv[1]);
    printf("urgent mode %llu: %s\n", (unsigned long long)id, strcmp(argv[1], "end") == 0 ? "over" : "on");
    return CTL_OK;
}

const struct ctl_command ctl_clock_commands[] = {
    {"calendar", "load FILE | show YEAR | check", "Holidays and shifted working days",
     "  load FILE   CSV with the columns day (YYYYMMDD), is_working (0, 1), name, source; a year in it is replaced whole\n"
     "  show YEAR   the days that differ from the week\n"
     "  check       whether this year, and in December the next, can be trusted; exit code 1 when not\n"
     "Due times that were told stay as they are, whatever is loaded.\n",
     CTL_CONFIG | CTL_DB | CTL_REF, run_calendar},
    {"clocks", "verify [--all]", "Compares stored due times with what the events tell",
     "  --all   also of demands that are answered\n", CTL_CONFIG | CTL_DB | CTL_REF, run_clocks},
    {"visit", "list | missed NUMBER | answer NUMBER", "Call-backs by phone",
     "  list                                               who is to be called\n"
     "  missed NUMBER [--result no_answer|busy|off|wrong_number|later]\n"
     "  answer NUMBER --grade satisfied|basically_satisfied|dissatisfied [--unsolved] [--uncontacted] [--words WORDS]\n",
     CTL_CONFIG | CTL_DB | CTL_KEYS | CTL_REF, run_visit},
    {"urgent", "list | start NAME REASON | end ID REASON", "Urgent modes: chosen classes are raised to the two-hour level",
     "  start NAME REASON --categories 01;0203 --until TIME --notice-zh WORDS --notice-en WORDS\n"
     "        [--areas 110101;110105] [--level 1|2] [--raise-open]\n"
     "  end ID REASON\n",
     CTL_CONFIG | CTL_DB | CTL_REF, run_urgent},
    {0},
};
