/* staff_urgent.h - pages of urgent modes. */
#ifndef PAGES_STAFF_URGENT_H
#define PAGES_STAFF_URGENT_H

#include "app/urgent.h"
#include "pages/say.h"
#include "pages/view_staff_urgent.h"
#include "web/form.h"

struct urgent_form {
    struct str name, reason, starts_at, ends_at, notice_zh, notice_en, go, once;
    struct str_list categories, areas;
    int64_t level, version;
    bool raise_open;
};
struct urgent_end_form {
    struct str reason;
};
extern const struct form_spec staff_urgent_form, staff_urgent_end_form;

enum err page_staff_urgent(struct request *rq, struct response *rs);
enum err page_staff_urgent_new(struct request *rq, struct response *rs);
enum err page_staff_urgent_new_post(struct request *rq, struct response *rs);
enum err page_staff_urgent_mode(struct request *rq, struct response *rs);
enum err page_staff_urgent_edit(struct request *rq, struct response *rs);
enum err page_staff_urgent_edit_post(struct request *rq, struct response *rs);
enum err page_staff_urgent_end(struct request *rq, struct response *rs);
enum err page_staff_urgent_end_post(struct request *rq, struct response *rs);

/* ---- the inner part, of pages and API alike ---- */
/* Of the mode that the address names: all versions, the newest first, at least one. ERR_NOT_FOUND NOT_FOUND. */
enum err staff_urgent_versions(struct request *rq, const struct urgent_mode **ret, size_t *ret_n) MUST_CHECK;
/* What the form asks for: a mode begun (was NULL) or changed, or, with go "preview", how many demands it would raise. */
struct staff_urgent_done {
    bool previewed, more; /* more: at least n */
    int64_t n;
    uint64_t id;
};
enum err staff_urgent_save(struct request *rq, const struct urgent_form *in, const struct urgent_mode *was, struct staff_urgent_done *ret) MUST_CHECK;
enum err staff_urgent_stop(struct request *rq, const struct urgent_end_form *in, uint64_t *ret_id) MUST_CHECK;

/* One mode in words. */
struct view_mode say_mode(const struct request *rq, const struct say *s, const struct urgent_mode *m);
/* What may be chosen, with what is chosen: codes joined by ';'. */
void urgent_offer(const struct say *s, struct str categories, struct str areas, struct view_staff_urgent_form *v);

#endif
