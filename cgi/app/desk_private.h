/* desk_private.h - finding and tying another demand inside of an act. For app alone. */
#ifndef APP_DESK_PRIVATE_H
#define APP_DESK_PRIVATE_H

#include "app/act.h"
#include "app/desk.h"
#include "app/dispatch.h"
#include "app/handling.h"
#include "gen/sql.h"

/* Another demand by its number as typed: `field` NOT_A_CHOICE when it is absent, outside of the scope in which
 * the actor has the permit of the act, the same one, or of another secrecy. */
enum err desk_other(struct act *a, const char *field, struct str no, const struct q_ticket_for_act_row **ret) MUST_CHECK;
/* Two rows of ticket_link. */
enum err desk_tie(struct act *a, uint64_t other_id) MUST_CHECK;
/* arg: struct str, the other one's number as typed (field other). Both say that there is another. */
enum err desk_plan_link(struct act *a, void *arg) MUST_CHECK;
/* In the transaction in which the main demand is answered: those merged into it are told, and asked to rate. */
enum err desk_tell_merged(struct act *main) MUST_CHECK;

/* The first half of desk_answer() and desk_divert(): words and their fields are judged, outside of any transaction. */
enum err desk_judge_answer(struct ctx *c, struct str words, struct handling_reply *ret) MUST_CHECK;
enum err desk_judge_diversion(struct ctx *c, const struct desk_diversion *d, struct desk_diversion *ret) MUST_CHECK;
/* arg: struct desk_diversion, judged. Answers are handling_plan_answer(). */
enum err desk_plan_divert(struct act *a, void *arg) MUST_CHECK;

#endif
