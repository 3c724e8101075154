/* staff_people.h - handlers of administrators: people, services, units; and what they send. */
#ifndef PAGES_STAFF_PEOPLE_H
#define PAGES_STAFF_PEOPLE_H

#include "app/staff_people.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_people.h"
#include "web/form.h"

struct staff_people_query {
    struct str unit, q, after;
};
struct staff_person_form { /* new: all; edit: name, unit, version; grant and revoke: the last four */
    struct str login, name, unit, role, scope, area, category;
    int64_t version;
};
struct staff_go_form {
    struct str go, hint;
};
struct staff_units_query {
    struct str top, on;
};
extern const struct form_spec staff_people_query, staff_person_new_form, staff_person_edit_form, staff_grant_form, staff_go_form,
    staff_service_form, staff_units_query;

enum err page_staff_people(struct request *rq, struct response *rs);
enum err page_staff_person_new(struct request *rq, struct response *rs);
enum err page_staff_person_new_post(struct request *rq, struct response *rs);
enum err page_staff_person(struct request *rq, struct response *rs);
enum err page_staff_person_edit(struct request *rq, struct response *rs);
enum err page_staff_person_grant(struct request *rq, struct response *rs);
enum err page_staff_person_revoke(struct request *rq, struct response *rs);
enum err page_staff_person_state(struct request *rq, struct response *rs);
enum err page_staff_person_reset(struct request *rq, struct response *rs);
enum err page_staff_services(struct request *rq, struct response *rs);
enum err page_staff_services_post(struct request *rq, struct response *rs);
enum err page_staff_service(struct request *rq, struct response *rs);
enum err page_staff_service_post(struct request *rq, struct response *rs);
enum err page_staff_units(struct request *rq, struct response *rs);

/* Code, name or short name of a unit, as people type it → its code; as typed when there is none, so that the domain says so. */
struct str staff_unit_typed(const struct request *rq, struct str typed);
/* A grant from the fields; false: no such role, said beside the field. */
bool staff_grant_typed(struct request *rq, const struct staff_person_form *in, struct staff_grant *ret);
void staff_grant_fields(struct request *rq, const struct staff_person_form *in, struct view_staff_grant_form *ret);
struct view_name staff_say_unit(const struct request *rq, struct str code);
/* A secret, shown in the answer to the request that made it. */
enum err staff_show_secret(struct request *rq, struct response *rs, enum msg title, enum msg lead, struct str who, struct str secret, struct str back);

#endif
