/* kb_feedback.c - "was this useful" over JSON. Apart from reading, because the reading program writes nothing. */
#include "api/kb.h"

#include "app/knowledge.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/envelope.h"
#include "web/json.h"

struct feedback_in {
    bool useful, has_useful;
    struct str words;
};
static const struct form_field fields[] = {
    {FORM_FIELD_HAS(struct feedback_in, useful, has_useful, "useful", FIELD_BOOL), .required = true},
    {FORM_FIELD(struct feedback_in, words, "words", FIELD_AREA), .max = LIMIT_FEEDBACK_CHARS},
};
const struct form_spec api_kb_feedback_form = {FORM_SPEC("api_kb_feedback", struct feedback_in, fields)};

enum err api_kb_feedback(struct request *rq, struct response *rs)
{
    const struct feedback_in *in = rq->form;
    struct json w;
    int64_t id;
    if (!parse_i64(rq->path_args[0], 1, INT32_MAX, &id))
        return fault_set(rq->fault, ERR_NOT_FOUND, "ARTICLE_NOT_FOUND", "malformed id");
    enum err err = knowledge_feedback(join_of(rq)->db, id, in->useful, in->words, rq->fault);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_null(&w);
    return envelope_close(rq, rs, &w, 201);
}
