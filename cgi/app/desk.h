/*
 * desk.h - what clerks and dispatchers of the hotline centre do before a demand is on its way [T 10, 11, 12].
 *
 * As in officer.h: `version` is the one that was seen (ERR_CONFLICT VERSION when the ticket has moved; 0 = whatever it is
 * now); a demand outside the actor's scope is ERR_NOT_FOUND TICKET_NOT_FOUND; ERR_CONFLICT STATE_FORBIDS by the table of
 * transitions. Words are judged here (fields as named below), trimmed, and shown to the citizen unless it says internal.
 */
#ifndef APP_DESK_H
#define APP_DESK_H

#include "app/officer.h"

/* Answered at once by the hotline centre [T 11, first paragraph]: received -> replied. Field words. */
enum err desk_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                     struct ticket_done *ret) MUST_CHECK;

/* One of the six classes [T 11, third paragraph]. Class repeat names the demand that is under way or done: `same` (number;
 * field same), whose progress the filer is told; it is kept as a link, and a new fact opens this one again (ticket_message).
 * Class outside may name a unit that keeps an eye on the matter (field unit_code); empty = none. */
struct desk_diversion {
    enum diversion class;
    struct str words, same, unit_code;
};
enum err desk_divert(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                     const struct desk_diversion *d, struct ticket_done *ret) MUST_CHECK;

/* Category and area before dispatch. Empty = stays. Fields category_code (third level), area_code. Nothing changed:
 * ERR_INVALID category_code SAME. */
enum err desk_reclassify(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                         struct str category_code, struct str area_code, struct ticket_done *ret) MUST_CHECK;

/* The same matter: both stay, each says that there is another [T 11 (3)]; its number is for the staff alone. Fields: other. */
enum err desk_link(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str other,
                   struct ticket_done *ret) MUST_CHECK;

/*
 * 并单: the demand becomes part of `main` (number; field main: NOT_A_CHOICE when absent, itself, merged itself, or over).
 * Number and code of the merged one stay good and show the public events of the main one; its filer is told when the main
 * one is answered, and rates on his own. ERR_CONFLICT MERGE_CHAIN when others were merged into this one before.
 */
enum err desk_merge(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str main,
                    struct ticket_done *ret) MUST_CHECK;
/* The merge was wrong (arbiter): the demand goes on alone, sent to the unit that its category and area say.
 * category_code empty = stays; a demand that never had one needs it (field category_code REQUIRED). What the main one was answered
 * and how that was rated no longer counts here. */
enum err desk_unmerge(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str category_code,
                      struct str words, struct ticket_done *ret) MUST_CHECK;

/* 会商: up to DESK_CONSULT_MAX units are asked for an opinion by `due` (fields units, due, words). Opinions are internal. */
enum { DESK_CONSULT_MAX = 8 };
enum err desk_consult(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                      const struct str *units, size_t n_units, int64_t due, struct str words, struct ticket_done *ret) MUST_CHECK;
/* By a unit that was asked; once. Internal. */
enum err desk_opinion(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                      struct ticket_done *ret) MUST_CHECK;

/* ---- wording that the clerk starts from ------------------------------------------------------------------------------------ */

/* Templates stand in the database (seeded, kept by editors). What must be filled is written 〔…〕; a text that still has one
 * is refused (TEMPLATE_UNFILLED), and so is one that says nothing beyond a template (TEMPLATE_ONLY). */
enum template_use { TEMPLATE_REPLY = 1, TEMPLATE_DIVERSION, TEMPLATE_ANSWER, TEMPLATE_USE_END };
struct reply_template {
    uint32_t id;
    enum template_use use;
    struct str word;         /* of a diversion: its class ("legal"); of a reply: the outcome ("solved"); empty = any */
    struct str category_prefix, unit_code; /* empty = all */
    int lang;
    struct str title, body;
};
/* Those that fit, the closest first, at most 50. unit_code and category_code empty = only general ones. */
enum err reply_templates(struct ctx *c, enum template_use use, struct str word, struct str unit_code, struct str category_code,
                         const struct reply_template **ret, size_t *ret_n) MUST_CHECK;
/* Judges words against the templates of that use, general ones and the unit's own; part of every act that takes such words. */
enum err reply_template_judge(struct ctx *c, const char *field, enum template_use use, struct str unit_code, struct str words) MUST_CHECK;
/* Whether there is a place 〔…〕 in it. */
bool reply_template_asks(struct str words);

#endif
