/*
 * routing.h - who gets a demand: dispatch by hand, joint dispatch, returns and the arbiter [T 12, 14].
 *
 * The first receiver leads until an arbiter frees it [T 14]: a return that was asked for stops nothing. Re-dispatch starts
 * the assignment's clock anew; what was promised to the citizen stays [decisions 21]. No demand reaches a unit that its
 * filer reported, nor a unit below it. Versions, scopes and refusals as in desk.h.
 */
#ifndef APP_ROUTING_H
#define APP_ROUTING_H

#include "app/officer.h"

struct routing { /* category_code empty = stays; unit_code empty = as the rules say; joint empty = none */
    struct str category_code, unit_code, joint, words; /* words: why, to the citizen; may be empty */
};
/* received -> dispatched; afterwards a re-dispatch. Fields: category_code, unit_code, joint, words. The district government
 * of a street or town gets its copy, to urge [T 12 (1)]. */
enum err routing_dispatch(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                          const struct routing *r, struct ticket_done *ret) MUST_CHECK;
/* 双派: a second lead beside the first, at once or later. Field unit_code. */
enum err routing_joint(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str unit_code,
                       struct ticket_done *ret) MUST_CHECK;

/* 退单/异议 by the lead: ground, and an argument for the arbiter alone (field words). ERR_CONFLICT RETURN_OPEN while one is
 * being decided, RETURN_SPENT after settings.return_max returns of the demand in this round, RETURN_FINAL when the arbiter has
 * refused this unit or sent it back to it. For ground duplicate `other` is the other demand's number; for not_duty and
 * not_area it may name the unit that the returner thinks right (unit_code). */
struct routing_return {
    enum return_ground ground;
    struct str words, other, unit_code;
};
/* What decides whether the lead may ask: is one being decided, was it decided for this lead, how many there were in this round. */
struct routing_returns {
    bool open, of_lead;
    int n;
};
/* NULL, or the reason of the refusal: for the act and for the page that offers it. */
const char *routing_return_refused(const struct app_settings *s, const struct routing_returns *r);
enum err routing_return_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                            const struct routing_return *r, struct ticket_done *ret) MUST_CHECK;
/* The arbiter: refused with reasons (field words), or accepted and sent on as `to` says in the same act. ERR_CONFLICT
 * RETURN_NONE when nothing is to be decided. */
enum err routing_return_refuse(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               struct str words, struct ticket_done *ret) MUST_CHECK;
enum err routing_return_accept(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               const struct routing *to, struct ticket_done *ret) MUST_CHECK;

/* What an arbiter must decide, oldest first; and what became of a unit's returns. Kept for the figures. */
enum return_state { RETURN_OPEN = 1, RETURN_ACCEPTED, RETURN_REFUSED, RETURN_LAPSED /* the demand went on otherwise */ };
struct return_row {
    uint64_t id, ticket_id;
    struct str no, title, category_code, area_code, unit_code, suggested_unit; /* suggested_unit may be empty */
    enum return_ground ground;
    enum return_state state;
    int n;                     /* the n-th of the demand */
    int64_t asked_at, decided_at, due_at; /* due_at: of the lead that asks */
};
/* unit_code empty = all (arbiter). after_id 0 = first page; rows by id, at most limit <= LIMIT_LIST_ITEMS. A page is full while there is
 * more, except that at most some 250 rows are looked at for one, of which the scope of this person may leave few: then *ret_more is
 * true all the same, and *ret_next, which the next page goes on after, stands where that stopped. The reader is told so. */
enum err routing_returns(struct ctx *c, const struct actor *who, enum return_state state, struct str unit_code, uint64_t after_id,
                         size_t limit, const struct return_row **ret, size_t *ret_n, uint64_t *ret_next, bool *ret_more) MUST_CHECK;

#endif
