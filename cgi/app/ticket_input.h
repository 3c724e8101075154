/* ticket_input.h - judging what a citizen typed, field by field, all faults at once. Inside of app. */
#ifndef APP_TICKET_INPUT_H
#define APP_TICKET_INPUT_H

#include "app/ticket.h"

/* A filing in its stored form: text trimmed, title made, phone normalised. */
struct filing_input {
    struct ticket_filing f;
    struct str title, text, address, name, phone, org;
};
enum err filing_judge(struct ctx *c, const struct ticket_filing *in, struct filing_input *ret) MUST_CHECK;
/* Free words of an act: `field` is REQUIRED, TOO_LONG or BAD_FORMAT when they do not fit; ret is trimmed. */
enum err words_judge(struct ctx *c, const char *field, struct str in, size_t min_chars, size_t max_chars, struct str *ret) MUST_CHECK;

#endif
