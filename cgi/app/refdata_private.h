/* refdata_private.h - the inside of refdata.h, for refdata.c and refdata_load.c. */
#ifndef APP_REFDATA_PRIVATE_H
#define APP_REFDATA_PRIVATE_H

#include "app/refdata.h"
#include "base/buf.h"

enum { REFDATA_BYTES = 64 * 1024 * 1024 };

/* Rows by the hash of their code: open addressing, at most half full; a place holds the row's number from 1, 0 = free. Some dozen
 * codes are looked up for one answer, and a binary search over thousands of rows misses the cache at each step. */
struct code_index {
    uint32_t *places;
    size_t mask;
};

/* Everything of one reading; its text and arrays live in a. */
struct generation {
    struct arena *a;
    const struct area *areas;
    const struct category *categories;
    const struct unit *units;
    const struct rule *rules;
    size_t n_areas, n_categories, n_units, n_rules;
    struct code_index area_index, category_index, unit_index;
    const struct rule **rules_by_category;       /* by category_prefix */
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

/* Row `i` of `rows`, whose code stands at the beginning of each. */
struct str refdata_code(const void *rows, size_t size, size_t i);
size_t refdata_place(struct str code);
/* Rules made for exactly these first characters of a category. */
size_t refdata_rules_for(const struct refdata *r, struct str category_prefix, const struct rule *const **ret);
struct generation *generation_new(void); /* NULL when memory is refused */
void generation_free(struct generation *g);
/* Orders and indexes what the rows say. */
void generation_index(struct generation *g);
/* Orders other rules that were put into a copy of a generation; what this takes lies in a. */
void generation_index_rules(struct generation *g, struct arena *a);
void refdata_adopt(struct refdata *r, struct generation *g);

#endif
