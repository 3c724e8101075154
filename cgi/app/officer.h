/*
 * officer.h - what units and the hotline centre do with a demand [T 11 to 15].
 *
 * Pages and calls of the staff and sudactl do the same by the same functions; the rest stands in desk.h, routing.h, handling.h,
 * whistle.h, and all of it as one table in pages/staff_act.h. The actor is staff of a unit (actor.unit_code; empty = hotline centre);
 * staff_id 0 without rights is the operator of sudactl, who may do everything and stands as such in event and audit. `version` is the one the officer saw:
 * ERR_CONFLICT VERSION when the ticket has moved since; 0 = whatever it is now. ERR_DENIED NOT_YOUR_UNIT otherwise.
 */
#ifndef APP_OFFICER_H
#define APP_OFFICER_H

#include "app/ticket.h"

enum err officer_sign(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct ticket_done *ret) MUST_CHECK;
/* [T 15 (1)]; reached = false keeps the attempt on record. */
enum err officer_contact(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool reached,
                         struct ticket_done *ret) MUST_CHECK;
/* [T 15 (2)] until is later than the present due time; the reason goes to the citizen. Fields: until, reason. */
enum err officer_extend(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t until,
                        struct str reason, struct ticket_done *ret) MUST_CHECK;
/* The lead asks another unit to work along [T 14]; due 0 = the lead's own. */
enum err officer_cowork_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                            struct str unit_code, int64_t due, struct ticket_done *ret) MUST_CHECK;
enum err officer_cowork_report(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               bool stage_report, struct str words, struct ticket_done *ret) MUST_CHECK;
enum err officer_close(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                       struct ticket_done *ret) MUST_CHECK;
/* Hotline centre: a redacted copy for everyone; only of demands whose filer agreed. Fields: title, body. */
enum err officer_publish(struct ctx *c, const struct actor *who, struct str ticket_no, struct str title, struct str body,
                         struct str reply, struct str *ret_public_id) MUST_CHECK;
/* Contact data on a logged purpose (field purpose, at least 5 characters); refused for confidential tickets except to
 * the hotline centre. */
struct officer_contact_data {
    struct str name, phone, org;
};
enum err officer_reveal_contact(struct ctx *c, const struct actor *who, struct str ticket_no, struct str purpose,
                                struct officer_contact_data *ret) MUST_CHECK;

#endif
