/* staff_rules.h - pages of the dispatch rules, for editors. */
#ifndef PAGES_STAFF_RULES_H
#define PAGES_STAFF_RULES_H

#include "app/rules.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_rules.h"
#include "web/form.h"

struct staff_rules_query {
    struct str category_prefix, unit, cursor;
    int64_t after, days;
};
struct staff_rule_form {
    struct str category_prefix, area_prefix, lead_kind, lead_ref, co_refs, note, go, once;
    int64_t response_level;
    bool working_days, copy_district;
};
struct staff_rules_note {
    struct str note, once;
};
extern const struct form_spec staff_rules_query, staff_rule_form, staff_rules_note;

enum err page_staff_rules(struct request *rq, struct response *rs);
enum err page_staff_rules_post(struct request *rq, struct response *rs);
enum err page_staff_rules_set(struct request *rq, struct response *rs);
enum err page_staff_rules_changes(struct request *rq, struct response *rs);
enum err page_staff_rules_try(struct request *rq, struct response *rs);
enum err page_staff_rule(struct request *rq, struct response *rs);
enum err page_staff_rule_post(struct request *rq, struct response *rs);
enum err page_staff_rules_publish(struct request *rq, struct response *rs);
enum err page_staff_rules_publish_post(struct request *rq, struct response *rs);
enum err page_staff_rules_revert(struct request *rq, struct response *rs);
enum err page_staff_rules_revert_post(struct request *rq, struct response *rs);
enum err page_staff_rules_drop(struct request *rq, struct response *rs);
enum err page_staff_rules_drop_post(struct request *rq, struct response *rs);

/* ---- the inner part, of pages and API alike ---- */
enum { STAFF_RULES_TRY_DAYS = 30 }; /* of a dry run, when nothing else is asked for */
/* The draft and the number that the address names; number 0 = a new rule. ERR_NOT_FOUND NOT_FOUND, ERR_CONFLICT RULES_NOT_DRAFT. */
enum err staff_rule_begin(struct request *rq, struct rule_set *ret, uint32_t *ret_id) MUST_CHECK;
/* What the form asks for: judged alone (go "preview"), kept, or taken out. *ret_id: its number. */
enum err staff_rule_do(struct request *rq, uint32_t set, const struct staff_rule_form *in, uint32_t *ret_id, struct rule_row *ret) MUST_CHECK;
/* The set that the address names, for somebody who may. ERR_NOT_FOUND NOT_FOUND. */
enum err staff_rules_begin(struct request *rq, struct rule_set *ret) MUST_CHECK;
struct view_rule_set staff_rules_say(struct request *rq, const struct rule_set *s);
/* One rule in plain words: what goes where, within what time, who helps and who is told. */
struct str staff_rule_says(const struct say *s, const struct rule *x);
struct str staff_rule_category(const struct say *s, struct str code); /* empty code: all */
struct str staff_rule_area(const struct say *s, struct str code);
struct str staff_rule_lead(const struct say *s, int kind, struct str ref);
struct str staff_rule_co(const struct say *s, struct str refs);
struct str staff_rule_limit(const struct say *s, int level, bool working_days);

#endif
