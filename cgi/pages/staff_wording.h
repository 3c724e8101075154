/* staff_wording.h - pages of the wording that replies start from, for editors and unit managers. */
#ifndef PAGES_STAFF_WORDING_H
#define PAGES_STAFF_WORDING_H

#include "app/wording.h"
#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

struct staff_wordings_query {
    struct str unit;
};
struct staff_wording_form {
    struct str use, word, unit_code, category_prefix, lang, title, body, once;
};
extern const struct form_spec staff_wordings_query, staff_wording_form;

/* ---- the inner part, of pages and API alike ---- */
/* Of the unit that is asked for; of nobody: the own unit's for who keeps those alone, else what is for everybody. */
struct staff_wordings_page {
    struct str unit_code;
    bool city; /* may keep what is for everybody */
    const struct wording *rows;
    size_t n_rows;
};
enum err staff_wordings_read(struct request *rq, const struct staff_wordings_query *q, struct staff_wordings_page *ret) MUST_CHECK;
/* The version that the address names. ERR_NOT_FOUND NOT_FOUND. */
enum err staff_wording_id(struct request *rq, uint32_t *ret) MUST_CHECK;
/* id 0 = a new one. *ret_id: the version that is in force now. */
enum err staff_wording_save(struct request *rq, const struct staff_wording_form *in, uint32_t id, uint32_t *ret_id) MUST_CHECK;

/* ---- pages ---- */
enum err page_staff_wordings(struct request *rq, struct response *rs);
enum err page_staff_wording_new(struct request *rq, struct response *rs);
enum err page_staff_wording_new_post(struct request *rq, struct response *rs);
enum err page_staff_wording(struct request *rq, struct response *rs);
enum err page_staff_wording_post(struct request *rq, struct response *rs);
enum err page_staff_wording_retire(struct request *rq, struct response *rs);

#endif
