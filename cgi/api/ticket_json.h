/* ticket_json.h - tickets as JSON, in the reader's language. */
#ifndef API_TICKET_JSON_H
#define API_TICKET_JSON_H

#include "app/attachment.h"
#include "pages/say.h"
#include "web/json.h"

void ticket_json(struct json *w, const struct say *s, const struct ticket_view *t, const struct attachment *files,
                 size_t n_files);
void ticket_json_row(struct json *w, const struct say *s, const struct ticket_row *t);
void public_json(struct json *w, const struct say *s, const struct public_ticket *t);       /* as in lists */
void public_json_whole(struct json *w, const struct say *s, const struct public_ticket *t); /* with text and reply */
void named_json(struct json *w, struct str code, struct str name); /* {"code","name"}, or null without a code */
/* {"code","text"} of a closed list; its messages are "<area>.<word>". */
void word_json(struct json *w, const struct say *s, enum words list, const char *area, int value);
void status_json(struct json *w, const struct say *s, enum ticket_state state); /* {"code","text"} */

/* 201 to a filing; the token is for the citizen's own program, not for who filed on behalf. */
enum err filed_answer(struct request *rq, struct response *rs, const struct ticket_filed *t, bool with_token) MUST_CHECK;

#endif
