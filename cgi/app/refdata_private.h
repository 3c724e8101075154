/* refdata_private.h - the inside of refdata.h, for refdata.c and refdata_load.c. */
#ifndef APP_REFDATA_PRIVATE_H
#define APP_REFDATA_PRIVATE_H

#include "app/refdata.h"
#include "base/buf.h"

enum { REFDATA_BYTES = 64 * 1024 * 1024 };

/* Everything of one reading; its text and arrays live in a. */
struct generation {
    struct arena *a;
    const struct area *areas;
    const struct category *categories;
    const struct unit *units;
    const struct rule *rules;
    size_t n_areas, n_categories, n_units, n_rules;
    const struct area **areas_by_parent;         /* by (parent, code) */
    const struct category **categories_by_parent;
    const struct unit **city_units;              /* those that are neither street office nor district bureau */
    size_t n_city_units;
    struct str *area_keys_en;                    /* English names as keys, beside areas */
    const struct unit *hotline;
    struct str city_code;                        /* parent of the districts */
    struct calendar calendar;
    const struct urgent_mode *modes;
    size_t n_modes;
    int64_t version, n_seed_rows;
    uint32_t rule_set;                           /* whose rules these are; 0 = the seeds */
};

struct refdata {
    unsigned parts;
    struct generation *now, *before;             /* never NULL: an empty one before the first load */
    bool loaded;
    int64_t checked_us;                          /* monotonic */
};

struct generation *generation_new(void); /* NULL when memory is refused */
void generation_free(struct generation *g);
/* Orders and indexes what the rows say. */
void generation_index(struct generation *g);
void refdata_adopt(struct refdata *r, struct generation *g);

#endif
