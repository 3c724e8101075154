/*
 * officer.h - what units and the hotline centre do with a demand [T 11 to 15].
 *
 * Driven by sudactl until the staff program exists; the same functions then serve its pages. The actor is staff of a
 * unit (actor.unit_code; empty = hotline centre, which may do everything). `version` is the one the officer saw:
 * ERR_CONFLICT VERSION when the ticket has moved since; 0 = whatever it is now. ERR_DENIED NOT_YOUR_UNIT otherwise.
 */
#ifndef APP_OFFICER_H
#define APP_OFFICER_H

#include "app/ticket.h"

enum err officer_sign(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct ticket_done *ret) MUST_CHECK;
/* [T 15 (1)]; reached = false keeps the attempt on record. */
enum err officer_contact(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool reached,
                         struct ticket_done *ret) MUST_CHECK;
enum err officer_note(struct ctx *c, const struct actor *who, struct str ticket_no, struct str words, struct ticket_done *ret) MUST_CHECK;
/* [T 15 (2)] until is later than the present due time; the reason goes to the citizen. Fields: until, reason. */
enum err officer_extend(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t until,
                        struct str reason, struct ticket_done *ret) MUST_CHECK;
/* The lead asks another unit to work along [T 14]; due 0 = the lead's own. */
enum err officer_cowork_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                            struct str unit_code, int64_t due, struct ticket_done *ret) MUST_CHECK;
enum err officer_cowork_report(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               bool stage_report, struct str words, struct ticket_done *ret) MUST_CHECK;
/* [T 15 (3)] words are the public answer. Fields: outcome, words. */
enum err officer_reply(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                       enum outcome outcome, struct str words, struct ticket_done *ret) MUST_CHECK;
/* Hotline centre: class chosen for an unsure demand, dispatch at once; also used to send it elsewhere. routing.h has more. */
enum err officer_dispatch(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                          struct str category_code, struct ticket_done *ret) MUST_CHECK;
/* Hotline centre: one of the six classes [T 11]; words explain to the citizen. */
enum err officer_divert(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        enum diversion class, struct str words, struct ticket_done *ret) MUST_CHECK;
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

/* What a unit owes, by due time. */
struct officer_row {
    uint64_t ticket_id;
    struct str no, title, category_code, area_code;
    enum ticket_state state;
    enum role role;
    enum assignment_state assignment;
    int64_t due_at;
    uint32_t version;
};
enum err officer_worklist(struct ctx *c, const struct actor *who, size_t limit, const struct officer_row **ret, size_t *ret_n) MUST_CHECK;

#endif
