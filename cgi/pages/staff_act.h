/*
 * staff_act.h - what the staff may do to one demand, as a table: the word of the address, the permit, the form, what is shown,
 * and the function of the domain. Pages (/staff/t/{no}/<word>) and the API (/api/v1/staff/tickets/{no}/<word>) share it.
 *
 * An act is found by the name of its route: staff_t_<word>, staff_t_<word>_post, api_staff_t_<word>. Its texts are
 * staff_act.<word> (title and button), staff_act.<word>_lead, and for a field staff_act.<word>_<field> or staff_field.<field>.
 */
#ifndef PAGES_STAFF_ACT_H
#define PAGES_STAFF_ACT_H

#include "app/officer_view.h"
#include "pages/join.h"
#include "pages/staff_act_form.h"
#include "web/response.h"

enum { STAFF_ACT_FIELDS = 6, STAFF_ACT_UPLOADS = 10 };

/* How a field is asked for. */
enum act_show { ACT_AREA, ACT_LINE, ACT_CHOICE, ACT_UNIT, ACT_UNIT_ALL, ACT_UNITS, ACT_UNITS_ALL, ACT_CATEGORY, ACT_PLACE, ACT_TIME, ACT_TICK,
                ACT_FILES, ACT_RELAYS };
struct act_field {
    const char *name;      /* of the form field; NULL ends the list */
    enum act_show show;
    const char *choices;   /* ACT_CHOICE: area of the messages "<choices>.<word>" */
    bool optional;
};

/* One act under way. */
struct act_call {
    struct ctx *c;
    struct actor who;
    struct str no;
    const struct staff_act_form *in;
    uint32_t version;
    int64_t until, due, report_by;           /* 0 = not given */
    struct str uploads[STAFF_ACT_UPLOADS];
    size_t n_uploads;
    struct idem once;                        /* key.n = 0: none */
    struct ticket_done done;
    struct officer_contact_data contact;     /* reveal */
};

struct staff_act {
    const char *word;
    size_t may;            /* offset of the bool in struct officer_may that offers it */
    bool strong;           /* drawn as a warning: ends or sends away */
    struct act_field fields[STAFF_ACT_FIELDS];
    enum err (*run)(struct act_call *x);
    bool unversioned;      /* no version tells it from one that was done already: a call needs a key, others one or the other */
    const struct form_spec *form; /* of a call; a page with files has its own */
};

extern const struct staff_act staff_act_table[];
extern const size_t staff_act_table_n;

/* By its word ("whistle-report"); NULL = none. */
const struct staff_act *staff_act_by_word(struct str word);
/* The fields of x->in that are more than text: version, times on a Beijing clock or RFC 3339, ids of uploads. ERR_INVALID. */
enum err staff_act_read(struct act_call *x) MUST_CHECK;
/* Of the running request; NULL when its route is no act. */
const struct staff_act *staff_act_of(const struct request *rq);
/* Message staff_act.<word><more>, in the reader's language; empty when there is none. more "" = its title. */
struct str staff_act_text(struct request *rq, const struct staff_act *a, const char *more);
/* By what the demand allows this person, and the permit of the act's route. */
bool staff_act_offered(const struct request *rq, const struct staff_act *a, const struct officer_ticket *t);
/* Fills x from the request, keeps the files, runs the act. ERR_INVALID with fields, or what the domain says. once: the key of a
 * call; NULL = that of the form, if it has one. */
enum err staff_act_run(struct request *rq, const struct staff_act *a, const struct idem *once, struct act_call *x) MUST_CHECK;

enum err page_staff_act(struct request *rq, struct response *rs);      /* GET  /staff/t/{no}/<word> */
enum err page_staff_act_post(struct request *rq, struct response *rs); /* POST /staff/t/{no}/<word> */

#endif
