/* staff_audit.h - the auditors' page. */
#ifndef PAGES_STAFF_AUDIT_H
#define PAGES_STAFF_AUDIT_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec staff_audit_query, staff_audit_chain_form;
enum err page_staff_audit(struct request *rq, struct response *rs);
enum err page_staff_audit_chain(struct request *rq, struct response *rs);

#endif
