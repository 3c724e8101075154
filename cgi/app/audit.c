/* audit.c - one row per look or change. Never personal data. */
#include "app/audit.h"

#include "app/ids.h"
#include "gen/sql.h"

enum err audit_write(struct ctx *c, const struct actor *who, enum audit_action action, enum audit_object object, uint64_t object_id,
                     struct str purpose)
{
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    struct q_audit_insert_in in = {.id = id_new(now), .at = now,
                                   .actor_kind = (int32_t)(who->kind == ACTOR_NONE ? ACTOR_CITIZEN : who->kind),
                                   .actor_id = who->kind == ACTOR_STAFF || who->kind == ACTOR_SERVICE ? who->staff_id : who->account_id,
                                   .action = word(WORDS_AUDIT_ACTION, (int)action),
                                   .object_kind = word(WORDS_AUDIT_OBJECT, (int)object),
                                   .object_id = object_id, .purpose = purpose, .client_net = c->client_net};
    return q_audit_insert(c->db, &in, &n);
}
