/*
 * view_staff_people.h - administrators: people, services, the tree of units.
 */
#ifndef PAGES_VIEW_STAFF_PEOPLE_H
#define PAGES_VIEW_STAFF_PEOPLE_H

#include "pages/view_staff.h"

struct view_role_option {
    struct str value;
    enum msg label;
    bool chosen;
};

/* staff/people: GET /staff/people?unit=&q=&after= */
struct view_staff_row {
    struct str href, login, name;
    struct view_name unit;
    bool disabled, has_totp, must_change, never;
    struct view_time signed_in;
};
struct view_staff_people {
    struct view_notice notice;
    struct view_input unit, q;
    const struct view_staff_row *rows;
    size_t n_rows;
    struct str next_page;
};

/* staff/person_new: GET POST /staff/people/new. Fields: login, name, unit, role, scope, area, category. */
struct view_staff_grant_form {
    const struct view_role_option *roles;
    size_t n_roles;
    struct view_input role, scope, area, category;
};
struct view_staff_person_new {
    struct view_errors errors;
    struct view_input login, name, unit;
    struct view_staff_grant_form grant;
};

/* staff/person: GET /staff/people/{id}; POST .../edit, grant, revoke, state, reset. */
struct view_staff_grant_row {
    struct view_staff_grant grant;
    struct str role, scope, area, category; /* hidden fields of the button that takes it away */
};
struct view_staff_person {
    struct view_notice notice;
    struct view_errors errors;
    struct str base, login;
    struct view_input name, unit;
    struct view_name unit_name;
    struct str version;
    bool disabled, has_totp, must_change, never, own;
    struct view_time signed_in, password_at, created;
    const struct view_staff_grant_row *grants;
    size_t n_grants;
    struct view_staff_grant_form grant;
};

/* staff/secret: a password or a key, shown once. */
struct view_staff_secret {
    enum msg title, lead;
    struct str who, secret, back;
};

/* staff/services: GET POST /staff/services. Fields: name, unit, role, scope. */
struct view_staff_service_row {
    struct str href, name;
    struct view_name unit;
    bool disabled;
    struct view_time created;
};
struct view_staff_services {
    struct view_errors errors;
    const struct view_staff_service_row *rows;
    size_t n_rows;
    struct str next_page;
    struct view_input name, unit;
    struct view_staff_grant_form grant;
};

/* staff/service: GET POST /staff/services/{id}. Fields: go (key end disable enable), hint. */
struct view_staff_key_row {
    struct str hint;
    struct view_time created, used, ended;
    bool is_ended, never;
};
struct view_staff_service {
    struct view_notice notice;
    struct str base, name;
    struct view_name unit;
    bool disabled;
    struct view_time created;
    const struct view_staff_grant *grants;
    size_t n_grants;
    const struct view_staff_key_row *keys;
    size_t n_keys;
};

/* staff/units: GET /staff/units?top=&on= */
struct view_staff_unit_row {
    struct str href, code;   /* href empty: nothing below */
    struct view_name name;
    struct str kind;
    int64_t below;
    struct str since, until; /* empty = always, still */
};
struct view_staff_units {
    struct view_errors errors;
    struct view_input on;
    struct str day;
    const struct view_link *path; /* from the root to here */
    size_t n_path;
    const struct view_staff_unit_row *rows;
    size_t n_rows;
    struct str top;
};

#endif
