/*
 * rating.h - three questions asked apart: contacted, solved, satisfied [T 23, 32].
 *
 * The invitation is written when the promise expires and a reply was given [T 23]; a citizen who looks earlier may rate
 * at once on the tracking page. A signed link shows on GET and records on POST; its token is 256 bits, stored hashed, good
 * for settings.rating_link_days. One answer per round.
 */
#ifndef APP_RATING_H
#define APP_RATING_H

#include "app/ticket.h"

enum { LINK_RATING = 1 }; /* signed_link.purpose */

struct rating_input {
    bool has_contacted, contacted, has_solved, solved;
    int satisfaction;        /* enum satisfaction, one of the configured grades; 0 = not given */
    struct str words;        /* may be empty */
    enum channel channel;
};
/* Fields: contacted, solved, satisfaction, words. ERR_CONFLICT RATING_DONE, RATING_CLOSED. */
enum err rating_record(struct ctx *c, const struct actor *who, struct str ticket_no, const struct rating_input *in,
                       const struct idem *idem, struct ticket_done *ret) MUST_CHECK;

/* What a signed link opens. ERR_NOT_FOUND LINK_GONE when unknown or too old. */
struct rating_link {
    uint64_t ticket_id;
    struct str no, title, unit_code, reply;
    int title_lang, reply_lang, round;
    int64_t created_at;
    bool used;               /* answered already, by whatever way; the answer follows */
    bool contacted, solved;
    enum satisfaction satisfaction;
    struct str words;
};
enum err rating_link_open(struct ctx *c, struct str token, struct rating_link *ret) MUST_CHECK;
enum err rating_link_record(struct ctx *c, struct str token, const struct rating_input *in, struct ticket_done *ret) MUST_CHECK;

/* True when the grade is offered: all five, or 2, 3, 4 with three grades. */
bool rating_grade_offered(const struct app_settings *s, int satisfaction);

#endif
