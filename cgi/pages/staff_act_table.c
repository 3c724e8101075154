/*
 * staff_act_table.c - the acts of the staff on one demand.
 *
 * Contract: one row an act, one short function from the form to the domain. Must not know HTML; rights and states are judged by
 * the route's permit and in app.
 */
#include "app/desk.h"
#include "app/handling.h"
#include "app/routing.h"
#include "app/supervise.h"
#include "app/urgent.h"
#include "base/clock.h"
#include "pages/staff_act.h"

/* The number of a word that the form has let through; 0 for none. */
static int number(enum words list, struct str w)
{
    int n = 0;
    return word_find(list, w, &n) ? n : 0;
}

static bool yes(struct str s)
{
    return str_eq_c(s, "yes");
}

/* ---- hotline centre --------------------------------------------------------------------------------------------------- */

static enum err run_answer(struct act_call *x)
{
    return desk_answer(x->c, &x->who, x->no, x->version, x->in->words, &x->done);
}

static enum err run_divert(struct act_call *x)
{
    const struct desk_diversion d = {.class = (enum diversion)number(WORDS_DIVERSION, x->in->class), .words = x->in->words,
                                     .same = x->in->other, .unit_code = x->in->unit_code};
    return desk_divert(x->c, &x->who, x->no, x->version, &d, &x->done);
}

static enum err run_reclassify(struct act_call *x)
{
    return desk_reclassify(x->c, &x->who, x->no, x->version, x->in->category_code, x->in->area_code, &x->done);
}

static enum err run_dispatch(struct act_call *x)
{
    const struct routing r = {.category_code = x->in->category_code, .unit_code = x->in->unit_code, .joint = x->in->joint,
                              .words = x->in->words};
    return routing_dispatch(x->c, &x->who, x->no, x->version, &r, &x->done);
}

static enum err run_joint(struct act_call *x)
{
    return routing_joint(x->c, &x->who, x->no, x->version, x->in->unit_code, &x->done);
}

static enum err run_link(struct act_call *x)
{
    return desk_link(x->c, &x->who, x->no, x->version, x->in->other, &x->done);
}

static enum err run_merge(struct act_call *x)
{
    return desk_merge(x->c, &x->who, x->no, x->version, x->in->other, &x->done);
}

static enum err run_unmerge(struct act_call *x)
{
    return desk_unmerge(x->c, &x->who, x->no, x->version, x->in->category_code, x->in->words, &x->done);
}

static enum err run_consult(struct act_call *x)
{
    return desk_consult(x->c, &x->who, x->no, x->version, x->in->units.p, x->in->units.n, x->due, x->in->words, &x->done);
}

static enum err run_opinion(struct act_call *x)
{
    return desk_opinion(x->c, &x->who, x->no, x->version, x->in->words, &x->done);
}

static enum err run_return_decide(struct act_call *x)
{
    const struct routing to = {.category_code = x->in->category_code, .unit_code = x->in->unit_code, .words = x->in->words};
    return yes(x->in->approve) ? routing_return_accept(x->c, &x->who, x->no, x->version, &to, &x->done)
                               : routing_return_refuse(x->c, &x->who, x->no, x->version, x->in->words, &x->done);
}

static enum err run_close(struct act_call *x)
{
    return officer_close(x->c, &x->who, x->no, x->version, x->in->words, &x->done);
}

static enum err run_publish(struct act_call *x)
{
    struct str public_id;
    x->done.no = x->no;
    return officer_publish(x->c, &x->who, x->no, x->in->title, x->in->text, x->in->words, &public_id);
}

static enum err run_report(struct act_call *x)
{
    return urgent_report(x->c, &x->who, x->no, x->in->words, &x->done);
}

static enum err run_supervise(struct act_call *x)
{
    return supervise_start(x->c, &x->who, x->no, x->version, x->due, x->in->words, &x->done);
}

/* ---- units ------------------------------------------------------------------------------------------------------------------ */

static enum err run_sign(struct act_call *x)
{
    return officer_sign(x->c, &x->who, x->no, x->version, &x->done);
}

static enum err run_contact(struct act_call *x)
{
    return officer_contact(x->c, &x->who, x->no, x->version, yes(x->in->reached), &x->done);
}

static enum err run_note(struct act_call *x)
{
    return handling_note(x->c, &x->who, x->no, x->in->words, x->in->for_hotline, x->uploads, x->n_uploads, &x->done);
}

static enum err run_extend(struct act_call *x)
{
    return officer_extend(x->c, &x->who, x->no, x->version, x->until, x->in->words, &x->done);
}

static enum err run_extend_ask(struct act_call *x)
{
    return handling_extend_ask(x->c, &x->who, x->no, x->version, x->until, x->in->words, &x->done);
}

static enum err run_extend_decide(struct act_call *x)
{
    return handling_extend_decide(x->c, &x->who, x->no, x->version, yes(x->in->approve), x->in->words, &x->done);
}

static enum err run_cowork(struct act_call *x)
{
    return officer_cowork_ask(x->c, &x->who, x->no, x->version, x->in->unit_code, x->due, &x->done);
}

static enum err run_cowork_report(struct act_call *x)
{
    return officer_cowork_report(x->c, &x->who, x->no, x->version, x->in->stage, x->in->words, &x->done);
}

static enum err run_reply(struct act_call *x)
{
    const struct handling_reply r = {.outcome = (enum outcome)number(WORDS_OUTCOME, x->in->outcome), .words = x->in->words,
                                     .account = x->in->account, .uploads = x->uploads, .n_uploads = x->n_uploads,
                                     .uploads_internal = x->in->internal};
    return handling_reply(x->c, &x->who, x->no, x->version, &r, &x->done);
}

static enum err run_review(struct act_call *x)
{
    return handling_review(x->c, &x->who, x->no, x->version, (enum review)number(WORDS_REVIEW, x->in->review), x->in->words,
                           x->in->unit_code, &x->done);
}

static enum err run_return(struct act_call *x)
{
    const struct routing_return r = {.ground = (enum return_ground)number(WORDS_GROUND, x->in->ground), .words = x->in->words,
                                     .other = x->in->other, .unit_code = x->in->unit_code};
    return routing_return_ask(x->c, &x->who, x->no, x->version, &r, &x->done);
}

static enum err run_whistle(struct act_call *x)
{
    const struct whistle_call w = {.units = x->in->units.p, .n_units = x->in->units.n, .task = x->in->words,
                                   .report_by = x->report_by, .due = x->due};
    return whistle_call(x->c, &x->who, x->no, x->version, &w, &x->done);
}

static enum err run_whistle_report(struct act_call *x)
{
    return whistle_report(x->c, &x->who, x->no, x->version, &x->done);
}

static enum err run_whistle_deliver(struct act_call *x)
{
    return whistle_deliver(x->c, &x->who, x->no, x->version, x->in->stage, x->in->words, &x->done);
}

static enum err run_escalate(struct act_call *x)
{
    return handling_escalate(x->c, &x->who, x->no, x->version, x->in->unit_code, x->due, x->in->words, &x->done);
}

static enum err run_escalation_answer(struct act_call *x)
{
    return handling_escalation_answer(x->c, &x->who, x->no, x->version, x->in->words, &x->done);
}

static enum err run_relay(struct act_call *x)
{
    return handling_relay(x->c, &x->who, x->no, x->version, (enum outside_body)number(WORDS_BODY, x->in->body), x->in->name,
                          x->in->words, &x->done);
}

static enum err run_relay_answer(struct act_call *x)
{
    return handling_relay_answer(x->c, &x->who, x->no, x->version, (uint32_t)x->in->seq, x->in->words, &x->done);
}

static enum err run_helper(struct act_call *x)
{
    return handling_helper(x->c, &x->who, x->no, x->version, (enum helper)number(WORDS_HELPER, x->in->helper), x->in->name,
                           x->in->words, &x->done);
}

static enum err run_joint_action(struct act_call *x)
{
    return handling_joint_action(x->c, &x->who, x->no, x->version, x->in->units.p, x->in->units.n, x->due, x->in->words, &x->done);
}

static enum err run_pause(struct act_call *x)
{
    return handling_pause(x->c, &x->who, x->no, x->version, (enum pause_reason)number(WORDS_PAUSE, x->in->reason), x->in->words,
                          &x->done);
}

static enum err run_resume(struct act_call *x)
{
    return handling_resume(x->c, &x->who, x->no, x->version, &x->done);
}

static enum err run_supervise_answer(struct act_call *x)
{
    return supervise_answer(x->c, &x->who, x->no, x->version, x->in->words, &x->done);
}

static enum err run_reveal(struct act_call *x)
{
    x->done.no = x->no;
    return officer_reveal_contact(x->c, &x->who, x->no, x->in->words, &x->contact);
}

/* ---- the table: in the order in which the page offers them --------------------------------------------------------------------- */

#define MAY(flag) offsetof(struct officer_may, flag)
/* clang-format off */
const struct staff_act staff_act_table[] = {
    {"sign", MAY(sign), false, {{0}}, run_sign, false, &staff_act_none},
    {"contact", MAY(contact), false, {{"reached", ACT_CHOICE, "yes_no", false}}, run_contact, false, &staff_act_contact},
    {"reply", MAY(reply), false, {{"outcome", ACT_CHOICE, "outcome", false}, {"words", ACT_AREA, NULL, false}, {"account", ACT_AREA, NULL, true},
        {"files", ACT_FILES, NULL, true}, {"internal", ACT_TICK, NULL, true}}, run_reply, false, &staff_act_reply_json},
    {"review", MAY(review), false, {{"review", ACT_CHOICE, "review", false}, {"words", ACT_AREA, NULL, false}, {"unit_code", ACT_UNIT, NULL, true}}, run_review, false, &staff_act_review},
    {"answer", MAY(answer), false, {{"words", ACT_AREA, NULL, false}}, run_answer, false, &staff_act_answer},
    {"dispatch", MAY(dispatch), false, {{"category_code", ACT_CATEGORY, NULL, true}, {"unit_code", ACT_UNIT, NULL, true},
        {"joint", ACT_UNIT, NULL, true}, {"words", ACT_AREA, NULL, true}}, run_dispatch, false, &staff_act_dispatch},
    {"redispatch", MAY(redispatch), false, {{"category_code", ACT_CATEGORY, NULL, true}, {"unit_code", ACT_UNIT, NULL, true},
        {"joint", ACT_UNIT, NULL, true}, {"words", ACT_AREA, NULL, true}}, run_dispatch, false, &staff_act_dispatch},
    {"reclassify", MAY(reclassify), false, {{"category_code", ACT_CATEGORY, NULL, true}, {"area_code", ACT_PLACE, NULL, true}}, run_reclassify, false, &staff_act_reclassify},
    {"divert", MAY(divert), true, {{"class", ACT_CHOICE, "diversion", false}, {"words", ACT_AREA, NULL, false}, {"other", ACT_LINE, NULL, true},
        {"unit_code", ACT_UNIT, NULL, true}}, run_divert, false, &staff_act_divert},
    {"merge", MAY(merge), true, {{"other", ACT_LINE, NULL, false}}, run_merge, false, &staff_act_other},
    {"link", MAY(link), false, {{"other", ACT_LINE, NULL, false}}, run_link, false, &staff_act_other},
    {"unmerge", MAY(unmerge), true, {{"words", ACT_AREA, NULL, false}, {"category_code", ACT_CATEGORY, NULL, true}}, run_unmerge, false, &staff_act_unmerge},
    {"consult", MAY(consult), false, {{"units", ACT_UNITS, NULL, false}, {"words", ACT_AREA, NULL, false}, {"due", ACT_TIME, NULL, false}}, run_consult, false, &staff_act_consult},
    {"opinion", MAY(opinion), false, {{"words", ACT_AREA, NULL, false}}, run_opinion, false, &staff_act_words},
    {"return-decide", MAY(return_decide), false, {{"approve", ACT_CHOICE, "approve", false}, {"words", ACT_AREA, NULL, false},
        {"unit_code", ACT_UNIT_ALL, NULL, true}, {"category_code", ACT_CATEGORY, NULL, true}}, run_return_decide, false, &staff_act_return_decide},
    {"whistle-report", MAY(whistle_report), false, {{0}}, run_whistle_report, false, &staff_act_none},
    {"whistle-deliver", MAY(whistle_deliver), false, {{"words", ACT_AREA, NULL, false}, {"stage", ACT_TICK, NULL, true}}, run_whistle_deliver, false, &staff_act_stage},
    {"cowork-report", MAY(cowork_report), false, {{"words", ACT_AREA, NULL, false}, {"stage", ACT_TICK, NULL, true}}, run_cowork_report, false, &staff_act_stage},
    {"escalation-answer", MAY(escalation_answer), false, {{"words", ACT_AREA, NULL, false}}, run_escalation_answer, false, &staff_act_words},
    {"supervise-answer", MAY(supervise_answer), false, {{"words", ACT_AREA, NULL, false}}, run_supervise_answer, false, &staff_act_words},
    {"extend-decide", MAY(extend_decide), false, {{"approve", ACT_CHOICE, "approve", false}, {"words", ACT_AREA, NULL, true}}, run_extend_decide, false, &staff_act_decide},
    {"resume", MAY(resume), false, {{0}}, run_resume, false, &staff_act_none},
    {"note", MAY(note), false, {{"words", ACT_AREA, NULL, false}, {"files", ACT_FILES, NULL, true}, {"for_hotline", ACT_TICK, NULL, true}}, run_note, true, &staff_act_note_json},
    {"extend", MAY(extend), false, {{"until", ACT_TIME, NULL, false}, {"words", ACT_AREA, NULL, false}}, run_extend, false, &staff_act_extend},
    {"extend-ask", MAY(extend_ask), false, {{"until", ACT_TIME, NULL, false}, {"words", ACT_AREA, NULL, false}}, run_extend_ask, false, &staff_act_extend},
    {"pause", MAY(pause), false, {{"reason", ACT_CHOICE, "pause", false}, {"words", ACT_AREA, NULL, false}}, run_pause, false, &staff_act_pause},
    {"whistle", MAY(whistle), false, {{"units", ACT_UNITS, NULL, false}, {"words", ACT_AREA, NULL, false}, {"report_by", ACT_TIME, NULL, true},
        {"due", ACT_TIME, NULL, true}}, run_whistle, false, &staff_act_whistle},
    {"cowork", MAY(cowork_ask), false, {{"unit_code", ACT_UNIT, NULL, false}, {"due", ACT_TIME, NULL, true}}, run_cowork, false, &staff_act_cowork},
    {"joint", MAY(joint), false, {{"unit_code", ACT_UNIT, NULL, false}}, run_joint, false, &staff_act_unit},
    {"joint-action", MAY(cowork_ask), false, {{"units", ACT_UNITS_ALL, NULL, false}, {"words", ACT_AREA, NULL, false}, {"due", ACT_TIME, NULL, true}}, run_joint_action, false, &staff_act_consult},
    {"escalate", MAY(escalate), false, {{"unit_code", ACT_UNIT, NULL, false}, {"words", ACT_AREA, NULL, false}, {"due", ACT_TIME, NULL, true}}, run_escalate, false, &staff_act_escalate},
    {"relay", MAY(relay), false, {{"body", ACT_CHOICE, "body", false}, {"name", ACT_LINE, NULL, false}, {"words", ACT_AREA, NULL, false}}, run_relay, false, &staff_act_relay},
    {"relay-answer", MAY(relay_answer), false, {{"seq", ACT_RELAYS, NULL, false}, {"words", ACT_AREA, NULL, false}}, run_relay_answer, false, &staff_act_relay_answer},
    {"helper", MAY(helper), false, {{"helper", ACT_CHOICE, "helper", false}, {"name", ACT_LINE, NULL, false}, {"words", ACT_AREA, NULL, false}}, run_helper, false, &staff_act_helper},
    {"return", MAY(return_ask), true, {{"ground", ACT_CHOICE, "ground", false}, {"words", ACT_AREA, NULL, false}, {"unit_code", ACT_UNIT_ALL, NULL, true},
        {"other", ACT_LINE, NULL, true}}, run_return, false, &staff_act_return},
    {"supervise", MAY(supervise), false, {{"words", ACT_AREA, NULL, false}, {"due", ACT_TIME, NULL, true}}, run_supervise, false, &staff_act_supervise},
    {"report", MAY(report), true, {{"words", ACT_AREA, NULL, false}}, run_report, true, &staff_act_words},
    {"publish", MAY(publish), false, {{"title", ACT_LINE, NULL, false}, {"text", ACT_AREA, NULL, false}, {"words", ACT_AREA, NULL, true}}, run_publish, true, &staff_act_publish},
    {"close", MAY(close), true, {{"words", ACT_AREA, NULL, true}}, run_close, false, &staff_act_close},
    {"reveal", MAY(reveal), false, {{"words", ACT_LINE, NULL, false}}, run_reveal, false, &staff_act_reveal},
};
/* clang-format on */
const size_t staff_act_table_n = sizeof staff_act_table / sizeof *staff_act_table;

const struct staff_act *staff_act_by_word(struct str word)
{
    for (size_t i = 0; i < staff_act_table_n; i++)
        if (str_eq_c(word, staff_act_table[i].word))
            return &staff_act_table[i];
    return NULL;
}

/* ---- reading what was sent ------------------------------------------------------------------------------------------------- */

/* RFC 3339, or as a datetime field sends it: YYYY-MM-DDTHH:MM on a Beijing clock. */
static enum err read_time(struct ctx *c, const char *field, struct str s, int64_t *ret)
{
    const struct str whole = s.n == strlen("2026-11-22T17:00") ? arena_concat(c->a, s, STR(":00+08:00")) : s;
    if (s.n == 0)
        return ERR_OK;
    return clock_parse_rfc3339(whole, ret) ? ERR_OK : fault_field(c->fault, field, "NOT_A_TIME");
}

enum err staff_act_read(struct act_call *x)
{
    enum err e = read_time(x->c, "until", x->in->until, &x->until);
    x->version = (uint32_t)x->in->version;
    if (e == ERR_OK)
        e = read_time(x->c, "due", x->in->due, &x->due);
    if (e == ERR_OK)
        e = read_time(x->c, "report_by", x->in->report_by, &x->report_by);
    for (size_t i = 0; i < x->in->uploads.n && i < STAFF_ACT_UPLOADS; i++)
        x->uploads[x->n_uploads++] = x->in->uploads.p[i];
    return e;
}
