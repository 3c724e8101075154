/*
 * ctl_ticket.c - sudactl ticket: what an officer does with a demand, from the command line.
 *
 * Contract: the acts are those of app/officer.h, with their rights and their records; the operator stands for the hotline
 * centre, or for a unit named with --unit.
 */
#include "app/officer.h"
#include "app/ids.h"
#include "app/refdata.h"
#include "base/clock.h"
#include "prog/ctl.h"

struct ticket_args {
    struct str no, words;    /* words: argument after the number */
    struct actor who;
    const char *unit, *until, *outcome, *class, *category, *title, *reply;
    bool missed, stage;
    int64_t version;
};

struct act {
    const char *name;
    enum err (*run)(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret);
    bool wants_words;
};

static enum err act_sign(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return officer_sign(c, &t->who, t->no, (uint32_t)t->version, ret);
}

static enum err act_contact(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return officer_contact(c, &t->who, t->no, (uint32_t)t->version, !t->missed, ret);
}

static enum err act_note(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return officer_note(c, &t->who, t->no, t->words, ret);
}

static enum err act_extend(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    int64_t until;
    if (!t->until || !clock_parse_rfc3339(str_from_c(t->until), &until))
        return fault_field(c->fault, "until", t->until ? "BAD_FORMAT" : "REQUIRED");
    return officer_extend(c, &t->who, t->no, (uint32_t)t->version, until, t->words, ret);
}

static enum err act_reply(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    int outcome;
    if (!word_find(WORDS_OUTCOME, str_from_c(t->outcome ? t->outcome : "solved"), &outcome))
        return fault_field(c->fault, "outcome", "NOT_A_CHOICE");
    return officer_reply(c, &t->who, t->no, (uint32_t)t->version, (enum outcome)outcome, t->words, ret);
}

static enum err act_dispatch(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    if (!t->category)
        return fault_field(c->fault, "category", "REQUIRED");
    return officer_dispatch(c, &t->who, t->no, (uint32_t)t->version, str_from_c(t->category), ret);
}

static enum err act_divert(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    int class;
    if (!t->class || !word_find(WORDS_DIVERSION, str_from_c(t->class), &class))
        return fault_field(c->fault, "class", t->class ? "NOT_A_CHOICE" : "REQUIRED");
    return officer_divert(c, &t->who, t->no, (uint32_t)t->version, (enum diversion)class, t->words, ret);
}

static enum err act_close(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return officer_close(c, &t->who, t->no, (uint32_t)t->version, t->words, ret);
}

static enum err act_report(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return officer_cowork_report(c, &t->who, t->no, (uint32_t)t->version, t->stage, t->words, ret);
}

static enum err act_publish(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    struct str id;
    enum err e = officer_publish(c, &t->who, t->no, str_from_c(t->title), t->words, str_from_c(t->reply), &id);
    if (!e)
        *ret = (struct ticket_done){.no = t->no};
    if (!e)
        printf("published as " STR_FMT "\n", STR_ARG(id));
    return e;
}

static const struct act acts[] = {
    {"sign", act_sign, false},         {"contact", act_contact, false}, {"note", act_note, true},
    {"extend", act_extend, true},      {"reply", act_reply, true},      {"dispatch", act_dispatch, false},
    {"divert", act_divert, true},      {"close", act_close, true},      {"report", act_report, true},
    {"publish", act_publish, true},
};

/* ---- show ----------------------------------------------------------------------------------------------------------- */

static void print_moment(struct ctl *c, const char *what, int64_t at)
{
    if (at)
        printf("%-10s " STR_FMT "\n", what, STR_ARG(clock_rfc3339(c->a, at)));
}

static enum ctl_exit list_work(struct ctl *c, const struct ticket_args *t)
{
    enum { ROWS = 50 };
    const struct officer_row *rows;
    size_t n;
    enum err e = officer_worklist(&c->ctx, &t->who, ROWS, &rows, &n);
    if (e)
        return ctl_failed(c, e, "reading the worklist");
    for (size_t i = 0; i < n; i++)
        printf(STR_FMT "  due " STR_FMT "  %-10.*s  " STR_FMT "\n", STR_ARG(ticket_no_show(c->a, rows[i].no)),
               STR_ARG(clock_rfc3339(c->a, rows[i].due_at)), STR_ARG(word(WORDS_STATUS, (int)rows[i].state)), STR_ARG(rows[i].title));
    printf("%zu demands%s\n", n, n == ROWS ? ", and perhaps more" : "");
    return CTL_OK;
}

static void print_events(struct ctl *c, const struct ticket_view *v)
{
    for (size_t i = 0; i < v->n_events; i++) {
        const struct ticket_event *x = &v->events[i];
        printf("  %2u  " STR_FMT "  %-16.*s " STR_FMT "  " STR_FMT, x->seq, STR_ARG(clock_rfc3339(c->a, x->at)),
               STR_ARG(word(WORDS_EVENT, (int)x->code)), STR_ARG(x->unit_code), STR_ARG(x->params));
        if (x->words.n)
            printf("\n      " STR_FMT, STR_ARG(x->words));
        putchar('\n');
    }
}

static enum ctl_exit show(struct ctl *c, const struct ticket_args *t)
{
    struct ticket_view v;
    enum err e = ticket_track(&c->ctx, &t->who, t->no, &v);
    if (e)
        return ctl_failed(c, e, "reading the ticket");
    printf("number     " STR_FMT "\nstate      " STR_FMT "\ntitle      " STR_FMT "\n", STR_ARG(ticket_no_show(c->a, v.no)),
           STR_ARG(word(WORDS_STATUS, (int)v.state)), STR_ARG(v.title));
    printf("category   " STR_FMT "\narea       " STR_FMT "\nholder     " STR_FMT "\nversion    %u\n", STR_ARG(v.category_code),
           STR_ARG(v.area_code), STR_ARG(v.holder), v.version);
    print_moment(c, "filed", v.created_at);
    print_moment(c, "promised", v.promise_at);
    print_moment(c, "replied", v.replied_at);
    print_moment(c, "closed", v.closed_at);
    print_events(c, &v);
    return CTL_OK;
}

/* ---- the command ---------------------------------------------------------------------------------------------------- */

static enum ctl_exit perform(struct ctl *c, const struct act *act, const struct ticket_args *t)
{
    struct ticket_done done = {0};
    enum err e = act->run(&c->ctx, t, &done);
    if (e)
        return ctl_failed(c, e, act->name);
    if (done.event_seq)
        printf(STR_FMT " is now " STR_FMT " (event %u)\n", STR_ARG(ticket_no_show(c->a, done.no)),
               STR_ARG(word(WORDS_STATUS, (int)done.state)), done.event_seq);
    return CTL_OK;
}

static enum ctl_exit choose(struct ctl *c, int argc, char **argv, struct ticket_args *t)
{
    t->who = (struct actor){.kind = ACTOR_STAFF, .unit_code = str_from_c(t->unit)};
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list_work(c, t);
    if (argc < 3 || argc > 4)
        return ctl_usage(c, "say what to do and the number of the demand");
    t->no = str_from_c(argv[2]);
    t->words = str_from_c(argc == 4 ? argv[3] : "");
    if (strcmp(argv[1], "show") == 0 && argc == 3)
        return show(c, t);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].name, argv[1]) == 0)
            return acts[i].wants_words == (argc == 4) ? perform(c, &acts[i], t)
                 : ctl_usage(c, acts[i].wants_words ? "the words are missing" : "one argument too many");
    return ctl_usage(c, arena_printf(c->a, "there is no act %s", argv[1]).p);
}

static enum ctl_exit run_ticket(struct ctl *c, int argc, char **argv)
{
    struct ticket_args t = {0};
    const struct ctl_option options[] = {{.name = "unit", .text = &t.unit}, {.name = "until", .text = &t.until},
        {.name = "outcome", .text = &t.outcome}, {.name = "class", .text = &t.class}, {.name = "category", .text = &t.category},
        {.name = "title", .text = &t.title}, {.name = "reply", .text = &t.reply}, {.name = "missed", .flag = &t.missed},
        {.name = "stage", .flag = &t.stage}, {.name = "version", .number = &t.version, .min = 0, .max = INT32_MAX}, {0}};
    return ctl_options(c, options, &argc, argv) ? choose(c, argc, argv, &t) : CTL_USAGE;
}

const struct ctl_command ctl_ticket_commands[] = {
    {"ticket", "ACT NUMBER [WORDS] [--unit CODE]", "Acts on a demand as an officer",
     "Without --unit the operator stands for the hotline centre. Acts:\n"
     "  show NUMBER                                        state and whole history\n"
     "  list [--unit CODE]                                 what is owed, by due time\n"
     "  sign NUMBER                                        the unit takes it\n"
     "  contact NUMBER [--missed]                          the filer was called, or not reached\n"
     "  extend NUMBER REASON --until 2026-12-01T18:00:00+08:00\n"
     "  reply NUMBER WORDS [--outcome solved|underway|explained]\n"
     "  report NUMBER WORDS [--stage]                      a co-unit tells its result\n"
     "  close NUMBER WORDS\n"
     "  dispatch NUMBER --category CODE                    choose or change the class\n"
     "  divert NUMBER WORDS --class CLASS                  one of the six classes of Article 11\n"
     "  note NUMBER WORDS                                  internal, never public\n"
     "  publish NUMBER TEXT --title TITLE [--reply TEXT]   a redacted copy for everyone\n"
     "  --version N   refuse when the demand has moved since version N\n",
     CTL_CONFIG | CTL_DB | CTL_KEYS | CTL_REF, run_ticket},
    {0},
};
