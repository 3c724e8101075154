/* handling_private.h - parts of acts that others use inside of theirs. For app alone. */
#ifndef APP_HANDLING_PRIVATE_H
#define APP_HANDLING_PRIVATE_H

#include "app/act.h"
#include "app/handling.h"
#include "gen/sql.h"

/* For the hotline centre the lead's name stands in the event: it acts for that unit. */
struct str handling_unit(const struct act *a);
void handling_params(struct act *a, struct buf *b); /* empty but for `unit` */
int64_t handling_next_at(const struct act *a);      /* of the lead, as it stands */
/* "a;b" after judging each: known, not reported, not twice, not the lead. Field as named. */
enum err handling_units(struct act *a, const char *field, const struct str *units, size_t n, struct buf *ret) MUST_CHECK;

/* The actor's own open assignment of that role is done (stage: signed and goes on). NOT_YOUR_UNIT when there is none. */
enum err handling_finish(struct act *a, enum role role, bool stage) MUST_CHECK;
/* A paused lead goes on; nothing when it is not. */
enum err handling_go_on(struct act *a) MUST_CHECK;
/* arg: struct handling_reply, judged. */
enum err handling_plan_answer(struct act *a, void *arg) MUST_CHECK;

struct handling_extension {
    int64_t until;
    struct str reason;
    int reason_lang;
};
enum err handling_apply_extension(struct act *a, const struct handling_extension *x) MUST_CHECK;

enum { HANDLING_REASON_MIN_CHARS = 5, HANDLING_NAME_CHARS = 60 };

#endif
