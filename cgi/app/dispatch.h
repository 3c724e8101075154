/*
 * dispatch.h - which unit gets a demand, and why [T 11, 12]. Pure over the reference data in memory.
 *
 * The most specific rule wins: longest category prefix, then longest area prefix, then the newer number. Where no rule
 * fits, the catalogue's own lead is taken; where only the district is known, the district government co-ordinates
 * [T 12 (2)]. A demand sent to a street or town office is copied to the district government, to urge [T 12 (1)].
 */
#ifndef APP_DISPATCH_H
#define APP_DISPATCH_H

#include "app/refdata.h"

enum { DISPATCH_CO_MAX = 4 };

struct dispatch {
    const struct unit *lead;               /* never NULL on success */
    const struct unit *co[DISPATCH_CO_MAX];
    size_t n_co;
    const struct unit *copy;               /* district government that urges; NULL = none */
    uint32_t rule_id;                      /* 0 = by the catalogue alone */
    int level;
    bool working_days;
    bool by_district;                      /* only the district was known, or the named unit does not exist there */
    bool triage;                           /* category unknown: the hotline centre chooses */
};

/* category "" = not sure. area is a district, street or community code. ERR_INVALID with field area_code or
 * category_code when a code is unknown. */
enum err dispatch_choose(const struct refdata *r, const struct app_settings *s, struct fault *f, struct str category,
                         struct str area, struct dispatch *ret) MUST_CHECK;
/* The same for a demand whose filer reported a unit in confidence: neither that unit nor one below it is chosen for anything.
 * against empty = as above. */
enum err dispatch_choose_against(const struct refdata *r, const struct app_settings *s, struct fault *f, struct str category,
                                 struct str area, struct str against, struct dispatch *ret) MUST_CHECK;
/* True when unit is `top` or stands below it. */
bool dispatch_unit_within(const struct refdata *r, struct str unit_code, struct str top);
/* Who looks again after an objection: the district government of the area, or above it the parent of the unit, or the
 * hotline centre; never the unit that replied. */
const struct unit *dispatch_reviewer(const struct refdata *r, struct str replied_by, struct str area);
/* The same, never a reported unit or one below it. */
const struct unit *dispatch_reviewer_against(const struct refdata *r, struct str replied_by, struct str area, struct str against);
/* District part of an area code, "" when unknown. */
struct str dispatch_district(const struct refdata *r, struct str area);

#endif
