/*
 * handling.h - the lead's work besides what officer.h has: waiting, the public reply with its internal account, evidence,
 * extension with approval, others asked for help, escalation, relay, second look [T 14, 15, 17, 20 to 22].
 *
 * Versions, scopes and refusals as in desk.h.
 */
#ifndef APP_HANDLING_H
#define APP_HANDLING_H

#include "app/officer.h"

/* ---- waiting ----------------------------------------------------------------------------------------------------------------- */

/* The lead's clock stands; the citizen is told why (field words) and keeps the promise made. Fields reason, words. ERR_CONFLICT
 * ALREADY_PAUSED / NOT_PAUSED. A message of the citizen ends a wait for the citizen by itself. */
enum err handling_pause(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        enum pause_reason reason, struct str words, struct ticket_done *ret) MUST_CHECK;
enum err handling_resume(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                         struct ticket_done *ret) MUST_CHECK;

/* ---- extension [T 15 (2)] ------------------------------------------------------------------------------------------------------ */

/* officer_extend() goes up to settings.extend_days beyond the present due time; whatever is longer needs a unit manager (MAY_EXTEND),
 * who either extends at once or decides what an officer asked for here. Field until, reason. ERR_CONFLICT EXTENSION_OPEN. */
enum err handling_extend_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t until,
                             struct str reason, struct ticket_done *ret) MUST_CHECK;
/* Approved: the citizen is told as always. Refused: words (internal) say why. ERR_CONFLICT EXTENSION_NONE. */
enum err handling_extend_decide(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool approve,
                                struct str words, struct ticket_done *ret) MUST_CHECK;
struct extension_row {
    uint64_t id, ticket_id;
    struct str no, title, unit_code, reason;
    uint64_t asked_by;
    int64_t asked_at, until, due_at;
};
/* Open ones of the unit, oldest first, at most limit <= LIMIT_LIST_ITEMS; after_id 0 = first page, else the id of the last row before. */
enum err handling_extensions(struct ctx *c, const struct actor *who, uint64_t after_id, size_t limit, const struct extension_row **ret,
                             size_t *ret_n, bool *ret_more) MUST_CHECK;

/* ---- reply [T 15 (3)] ------------------------------------------------------------------------------------------------------------ */

struct handling_reply {
    enum outcome outcome;
    struct str words;         /* public; must not be a bare template (desk.h) */
    struct str account;       /* internal, for the hotline centre alone; may be empty */
    const struct str *uploads; /* ids as given out; */
    size_t n_uploads;
    bool uploads_internal;    /* evidence that the citizen does not see */
};
/* Fields outcome, words, account, uploads. */
enum err handling_reply(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        const struct handling_reply *r, struct ticket_done *ret) MUST_CHECK;
/* An internal note with files; for_hotline: other units do not see it. Fields words, uploads. */
enum err handling_note(struct ctx *c, const struct actor *who, struct str ticket_no, struct str words, bool for_hotline,
                       const struct str *uploads, size_t n_uploads, struct ticket_done *ret) MUST_CHECK;

/* ---- others ---------------------------------------------------------------------------------------------------------------------- */

/* [T 20] to a district government, the city government or an industry authority; due 0 = the lead's own. Fields unit_code, words, due. */
enum err handling_escalate(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                           struct str unit_code, int64_t due, struct str words, struct ticket_done *ret) MUST_CHECK;
enum err handling_escalation_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                                    struct str words, struct ticket_done *ret) MUST_CHECK;
/* [T 21, 22] to a body that the city cannot instruct. name: as the citizen reads it. Fields body, name, words. */
enum err handling_relay(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        enum outside_body body, struct str name, struct str words, struct ticket_done *ret) MUST_CHECK;
/* seq: of the relay's event (field seq: NOT_A_CHOICE). */
enum err handling_relay_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               uint32_t seq, struct str words, struct ticket_done *ret) MUST_CHECK;
/* [T 17] a community or property company helps, and never leads. Fields helper, name, words. */
enum err handling_helper(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, enum helper helper,
                         struct str name, struct str words, struct ticket_done *ret) MUST_CHECK;
/* Joint action across districts: units of other districts, each with its own clock, as co-units (field units). */
enum { HANDLING_UNITS_MAX = 8 };
enum err handling_joint_action(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               const struct str *units, size_t n_units, int64_t due, struct str words,
                               struct ticket_done *ret) MUST_CHECK;

/* ---- second look ----------------------------------------------------------------------------------------------------------------- */

/* By the unit that leads a round after the first. Upheld: words are its answer to the citizen. Redo: words say what was wrong, and
 * `unit_code` (empty = the reviewing unit itself goes on) handles it again. Fields review, words, unit_code. ERR_CONFLICT
 * NOT_A_REVIEW in the first round. */
enum err handling_review(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, enum review review,
                         struct str words, struct str unit_code, struct ticket_done *ret) MUST_CHECK;

#endif
