/*
 * ctl_ticket.c - sudactl ticket: what an officer does with a demand, from the command line.
 *
 * Contract: the acts are those of the staff's pages (pages/staff_act_table.c), by the same forms, with their rights and their records;
 * the operator stands for the hotline centre, or for a unit named with --unit. Acts that scripts knew by words of their own keep these.
 */
#include "app/desk.h"
#include "app/handling.h"
#include "app/officer_view.h"
#include "app/ids.h"
#include "app/refdata.h"
#include "app/routing.h"
#include "app/ticket_state.h"
#include "app/whistle.h"
#include "base/clock.h"
#include "pages/staff_act.h"
#include "prog/ctl.h"
#include "web/form.h"

struct ticket_args {
    struct str no, words;    /* words: argument after the number */
    struct actor who;
    const char *unit, *until, *outcome, *class, *category, *title, *reply, *to, *joint, *ground, *other;
    bool missed, stage, redo;
    int64_t version;
};

struct act {
    const char *name;
    enum err (*run)(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret);
    bool wants_words;
};

static struct str arg(const char *text)
{
    return str_from_c(text ? text : "");
}

static struct routing routing_of(const struct ticket_args *t)
{
    return (struct routing){.category_code = arg(t->category), .unit_code = arg(t->to), .joint = arg(t->joint), .words = t->words};
}

static enum err act_send(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    const struct routing r = routing_of(t);
    return routing_dispatch(c, &t->who, t->no, (uint32_t)t->version, &r, ret);
}

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
    return handling_note(c, &t->who, t->no, t->words, false, NULL, 0, ret);
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
    const struct handling_reply r = {.outcome = (enum outcome)outcome, .words = t->words};
    return handling_reply(c, &t->who, t->no, (uint32_t)t->version, &r, ret);
}

static enum err act_dispatch(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    if (!t->category)
        return fault_field(c->fault, "category", "REQUIRED");
    return act_send(c, t, ret);
}

static enum err act_divert(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    int class;
    if (!t->class || !word_find(WORDS_DIVERSION, str_from_c(t->class), &class))
        return fault_field(c->fault, "class", t->class ? "NOT_A_CHOICE" : "REQUIRED");
    const struct desk_diversion d = {.class = (enum diversion)class, .words = t->words, .same = arg(t->other), .unit_code = arg(t->to)};
    return desk_divert(c, &t->who, t->no, (uint32_t)t->version, &d, ret);
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

/* ---- the closed loop ------------------------------------------------------------------------------------------------- */

static enum err act_return(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    struct routing_return r = {.words = t->words, .unit_code = arg(t->to), .other = arg(t->other)};
    int ground;
    if (!word_find(WORDS_GROUND, arg(t->ground), &ground))
        return fault_field(c->fault, "ground", t->ground ? "NOT_A_CHOICE" : "REQUIRED");
    r.ground = (enum return_ground)ground;
    return routing_return_ask(c, &t->who, t->no, (uint32_t)t->version, &r, ret);
}

static enum err act_accept(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    const struct routing r = routing_of(t);
    return routing_return_accept(c, &t->who, t->no, (uint32_t)t->version, &r, ret);
}

static enum err act_refuse(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return routing_return_refuse(c, &t->who, t->no, (uint32_t)t->version, t->words, ret);
}

static enum err act_pause(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    int reason;
    if (!word_find(WORDS_PAUSE, arg(t->ground), &reason))
        return fault_field(c->fault, "ground", t->ground ? "NOT_A_CHOICE" : "REQUIRED");
    return handling_pause(c, &t->who, t->no, (uint32_t)t->version, (enum pause_reason)reason, t->words, ret);
}

static enum err act_resume(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return handling_resume(c, &t->who, t->no, (uint32_t)t->version, ret);
}

static enum err act_whistle(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    struct str units[WHISTLE_UNITS_MAX], rest = arg(t->to);
    struct whistle_call w = {.units = units, .task = t->words};
    while (rest.n > 0 && w.n_units < WHISTLE_UNITS_MAX)
        str_cut(rest, ',', &units[w.n_units++], &rest);
    if (rest.n > 0)
        return fault_field(c->fault, "units", "TOO_MANY");
    return whistle_call(c, &t->who, t->no, (uint32_t)t->version, &w, ret);
}

static enum err act_come(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return whistle_report(c, &t->who, t->no, (uint32_t)t->version, ret);
}

static enum err act_deliver(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return whistle_deliver(c, &t->who, t->no, (uint32_t)t->version, t->stage, t->words, ret);
}

static enum err act_escalate(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return handling_escalate(c, &t->who, t->no, (uint32_t)t->version, arg(t->to), 0, t->words, ret);
}

static enum err act_merge(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return desk_merge(c, &t->who, t->no, (uint32_t)t->version, arg(t->other), ret);
}

static enum err act_unmerge(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return desk_unmerge(c, &t->who, t->no, (uint32_t)t->version, arg(t->category), t->words, ret);
}

static enum err act_link(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    return desk_link(c, &t->who, t->no, (uint32_t)t->version, arg(t->other), ret);
}

static enum err act_review(struct ctx *c, const struct ticket_args *t, struct ticket_done *ret)
{
    const enum review r = t->redo ? REVIEW_REDO : REVIEW_UPHELD;
    return handling_review(c, &t->who, t->no, (uint32_t)t->version, r, t->words, arg(t->to), ret);
}

static const struct act acts[] = {
    {"sign", act_sign, false},         {"contact", act_contact, false}, {"note", act_note, true},
    {"extend", act_extend, true},      {"reply", act_reply, true},      {"dispatch", act_dispatch, false},
    {"divert", act_divert, true},      {"close", act_close, true},      {"report", act_report, true},
    {"publish", act_publish, true},    {"send", act_send, true},       {"return", act_return, true},
    {"accept", act_accept, true},      {"refuse", act_refuse, true},   {"pause", act_pause, true},
    {"resume", act_resume, false},     {"whistle", act_whistle, true}, {"come", act_come, false},
    {"deliver", act_deliver, true},    {"escalate", act_escalate, true}, {"merge", act_merge, false},
    {"unmerge", act_unmerge, true},    {"link", act_link, false},      {"review", act_review, true},
};

static bool is_old(const char *name)
{
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].name, name) == 0)
            return true;
    return false;
}

/* ---- show ----------------------------------------------------------------------------------------------------------- */

static void print_moment(struct ctl *c, const char *what, int64_t at)
{
    if (at)
        printf("%-10s " STR_FMT "\n", what, STR_ARG(clock_rfc3339(c->a, at)));
}

static enum ctl_exit list_work(struct ctl *c, const struct ticket_args *t)
{
    enum { ROWS = 50 };
    const struct officer_filter all = {0};
    const struct officer_item *rows = NULL;
    struct officer_key next;
    bool more = false;
    size_t n = 0;
    enum err e = officer_list(&c->ctx, &t->who, &all, (struct officer_key){0}, ROWS, &rows, &n, &next, &more);
    if (e)
        return ctl_failed(c, e, "reading the worklist");
    for (size_t i = 0; i < n; i++)
        printf(STR_FMT "  due " STR_FMT "  %-10.*s  " STR_FMT "\n", STR_ARG(ticket_no_show(c->a, rows[i].no)),
               STR_ARG(clock_rfc3339(c->a, rows[i].due_at)), STR_ARG(word(WORDS_STATUS, (int)rows[i].state)), STR_ARG(rows[i].title));
    printf("%zu demands%s\n", n, more ? ", and perhaps more" : "");
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

static enum ctl_exit tell_done(struct ctl *c, const struct ticket_done *done)
{
    if (done->event_seq)
        printf(STR_FMT " is now " STR_FMT " (event %u)\n", STR_ARG(ticket_no_show(c->a, done->no)),
               STR_ARG(word(WORDS_STATUS, (int)done->state)), done->event_seq);
    return CTL_OK;
}

static enum ctl_exit perform(struct ctl *c, const struct act *act, const struct ticket_args *t)
{
    struct ticket_done done = {0};
    enum err e = act->run(&c->ctx, t, &done);
    if (e)
        return ctl_failed(c, e, act->name);
    return tell_done(c, &done);
}

/* ---- any act, by the form that pages and calls have ------------------------------------------------------------------------ */

static bool is_field(const struct form_spec *form, struct str name)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (str_eq_c(name, form->fields[i].name))
            return !str_eq(name, STR("once")); /* of a browser's form */
    return false;
}

/* "field=value" each; a field that holds a list may stand several times. False when one of them is none. */
static bool take_pairs(struct ctl *c, const struct form_spec *form, int argc, char **argv, struct form_pairs *ret)
{
    struct form_pair *p = ARENA_ARRAY(c->a, struct form_pair, (size_t)argc + 1);
    for (int i = 0; i < argc; i++)
        if (!str_cut(str_from_c(argv[i]), '=', &p[i].name, &p[i].value) || !is_field(form, p[i].name))
            return false;
    *ret = (struct form_pairs){p, (size_t)argc};
    return true;
}

static enum ctl_exit perform_by_form(struct ctl *c, const struct staff_act *a, const struct ticket_args *t, const struct form_pairs *pairs)
{
    struct request rq = {.a = c->a, .fault = &c->fault};
    struct act_call x = {.c = &c->ctx, .who = t->who, .no = t->no};
    enum err e = form_decode_pairs(&rq, a->form, pairs);
    x.in = rq.form;
    if (!e)
        e = staff_act_read(&x);
    if (!e && x.version == 0)
        x.version = (uint32_t)t->version;
    if (!e)
        e = a->run(&x);
    if (e)
        return ctl_failed(c, e, a->word);
    if (a->may == offsetof(struct officer_may, reveal))
        printf("name       " STR_FMT "\nphone      " STR_FMT "\norg        " STR_FMT "\n", STR_ARG(x.contact.name), STR_ARG(x.contact.phone), STR_ARG(x.contact.org));
    return tell_done(c, &x.done);
}

static enum ctl_exit choose(struct ctl *c, int argc, char **argv, struct ticket_args *t)
{
    t->who = (struct actor){.kind = ACTOR_STAFF, .unit_code = str_from_c(t->unit)};
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list_work(c, t);
    if (argc < 3)
        return ctl_usage(c, "say what to do and the number of the demand");
    t->no = str_from_c(argv[2]);
    const struct staff_act *any = staff_act_by_word(str_from_c(argv[1]));
    struct form_pairs pairs;
    if (any && (argc > 3 || !is_old(argv[1])) && take_pairs(c, any->form, argc - 3, argv + 3, &pairs))
        return perform_by_form(c, any, t, &pairs);
    if (argc > 4 || (any && !is_old(argv[1])))
        return ctl_usage(c, any ? "what follows the number is field=value, of the fields of this act" : "one argument too many");
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
        {.name = "stage", .flag = &t.stage}, {.name = "redo", .flag = &t.redo}, {.name = "to", .text = &t.to},
        {.name = "joint", .text = &t.joint}, {.name = "ground", .text = &t.ground}, {.name = "other", .text = &t.other}, {.name = "version", .number = &t.version, .min = 0, .max = INT32_MAX}, {0}};
    return ctl_options(c, options, &argc, argv) ? choose(c, argc, argv, &t) : CTL_USAGE;
}

static enum ctl_exit run_states(struct ctl *c, int argc, char **argv)
{
    enum { DOT_BYTES = 64 * 1024 };
    static const struct ctl_option none[] = {{0}};
    struct buf b;
    if (!ctl_options(c, none, &argc, argv) || argc != 1)
        return ctl_usage(c, "it takes nothing");
    buf_init(&b, c->a, DOT_BYTES);
    transition_dot(&b);
    return fwrite(b.p, 1, b.n, stdout) == b.n ? CTL_OK : CTL_FAILED;
}

const struct ctl_command ctl_ticket_commands[] = {
    {"states", "", "Prints the states of a demand and what leads from one to another, as graphviz dot",
     "The same text is kept in cgi/states.dot.  sudactl states | dot -Tsvg > states.svg\n", 0, run_states},
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
     "  send NUMBER WHY [--category CODE] [--to UNIT] [--joint UNIT]   dispatch by hand, or again\n"
     "  return NUMBER WHY --ground not_duty|not_area|duplicate|category|several [--to UNIT] [--other NUMBER]\n"
     "  accept NUMBER WHY --to UNIT, refuse NUMBER WHY     the arbiter's answer to a return\n"
     "  pause NUMBER WHY --ground citizen|weather|season|legal, resume NUMBER\n"
     "  whistle NUMBER TASK --to UNIT,UNIT; come NUMBER; deliver NUMBER WORDS [--stage]\n"
     "  escalate NUMBER WORDS --to UNIT; review NUMBER WORDS [--redo] [--to UNIT]\n"
     "  merge NUMBER --other MAIN; unmerge NUMBER WHY; link NUMBER --other NUMBER\n"
     "Every act of the back office, by the fields of its form (see /api/):\n"
     "  ACT NUMBER [FIELD=VALUE ...]   consult SD-... units=BJ101 units=BJ102 words=... due=2026-12-01T18:00\n"
     "  opinion, relay, relay-answer, helper, extend-ask, extend-decide, joint-action, supervise, answer, reclassify ...\n"
     "  --version N   refuse when the demand has moved since version N\n",
     CTL_CONFIG | CTL_DB | CTL_KEYS | CTL_REF, run_ticket},
    {0},
};
