/* staff_desk_typed.h - from what a clerk types to codes of the catalogue and the map. For cgi/pages/staff_desk*.c alone. */
#ifndef PAGES_STAFF_DESK_TYPED_H
#define PAGES_STAFF_DESK_TYPED_H

#include "app/suggest.h"
#include "pages/say.h"
#include "pages/staff_desk.h"

enum { DESK_GUESSES = 6, DESK_AREAS = 12 };
#define DESK_UNSURE STR("unsure")

struct desk_typed {
    struct str category_code;   /* third level; empty = open, or left to triage */
    bool unsure;                /* said to be left to triage */
    struct suggestion guesses[DESK_GUESSES];
    size_t n_guesses;
    const struct area *area;    /* NULL = none yet */
    const struct area **areas;  /* to choose from, when words fit several */
    size_t n_areas;
    struct str place;           /* words that are still open: what led to one area is used up */
    struct str reported_unit, unit_code; /* codes; as typed when unknown, so that the domain says so */
};
/* Nothing is a fault here: what is open stays open. */
void desk_typed(const struct request *rq, const struct staff_desk_form *in, struct desk_typed *ret);
/* What is open and may not be, when it is filed: fields category_code and area_code. sent: it is to be sent to a unit. */
enum err desk_typed_judge(struct request *rq, const struct staff_desk_form *in, const struct desk_typed *t, bool sent) MUST_CHECK;
/* The area of this level that holds a, or is it; NULL = none. */
const struct area *desk_area_at(const struct refdata *ref, const struct area *a, int level);

#endif
