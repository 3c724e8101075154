/*
 * refdata.h - areas, catalogue, units, dispatch rules and calendar, in memory.
 *
 * Loaded once per process, in place of a SELECT per filing. refdata_refresh is called at the start of a request: it
 * loads what is missing and, every settings.refdata_check_seconds, looks whether the seeds or an editor changed anything.
 * A change loads a new generation; pointers of the former stay good until the refresh after next. Text never moves within
 * a generation.
 */
#ifndef APP_REFDATA_H
#define APP_REFDATA_H

#include "app/calendar.h"
#include "app/ctx.h"
#include "app/words.h"

struct area {
    struct str code, parent, name, name_en, kind; /* name_en may be empty */
    int level;        /* enum area_level */
    bool is_zone;     /* functional zone: has no street office */
    int32_t population; /* 0 = unknown */
    int tile_x, tile_y; /* of the tile map; -1 = none */
};
struct category {
    struct str code, parent, name, name_en, seven_have, five_quality, keywords; /* keywords joined by ';' */
    int level, response_level, lead_kind;
    struct str lead_ref;
};
struct unit {
    struct str code, name, name_en, short_name, kind, parent, area_code, bureau_kind; /* empty = none */
};
struct rule {
    uint32_t id;      /* the number that citizens read */
    struct str category_prefix, area_prefix, lead_ref, co_refs;
    int lead_kind, response_level;
    bool working_days, copy_district;
};

enum refdata_part { REF_AREAS = 1, REF_CATEGORIES = 2, REF_UNITS = 4, REF_DISPATCH = 8, REF_ALL = 15 };

struct refdata;
/* parts: or-ed; `open` takes no REF_DISPATCH. NULL only when memory is refused. */
struct refdata *refdata_new(unsigned parts);
void refdata_free(struct refdata *r);
/* Uses c->db and c->a; sets c->ref. ERR_UNAVAILABLE when nothing is loaded yet and the database cannot be asked; a
 * failed check of a loaded generation is not an error. */
enum err refdata_refresh(struct refdata *r, struct ctx *c) MUST_CHECK;
/* For tests and tools: the rows are taken over as they are (and must outlive r). */
struct refdata_rows {
    const struct area *areas; size_t n_areas;
    const struct category *categories; size_t n_categories;
    const struct unit *units; size_t n_units;
    const struct rule *rules; size_t n_rules;
    const struct calendar_day *days; size_t n_days;
};
bool refdata_fill(struct refdata *r, const struct refdata_rows *rows);

int64_t refdata_version(const struct refdata *r); /* for ETags; changes with every generation that differs */

const struct area *refdata_area(const struct refdata *r, struct str code);         /* NULL = unknown */
const struct category *refdata_category(const struct refdata *r, struct str code);
const struct unit *refdata_unit(const struct refdata *r, struct str code);
const struct unit *refdata_unit_short(const struct refdata *r, struct str short_name); /* city-level only */
/* As people write it: code, name or short name, exactly; NULL = none. */
const struct unit *refdata_unit_named(const struct refdata *r, struct str typed);
const struct unit *refdata_street_office(const struct refdata *r, struct str street_code);
const struct unit *refdata_bureau(const struct refdata *r, struct str district_code, struct str bureau_kind);
const struct unit *refdata_district_government(const struct refdata *r, struct str district_code);
const struct unit *refdata_hotline_centre(const struct refdata *r);

/* Children in order of their codes; "" = districts, or top categories. */
size_t refdata_area_children(const struct refdata *r, struct str parent, const struct area *const **ret);
size_t refdata_category_children(const struct refdata *r, struct str parent, const struct category *const **ret);
/* All of them, in order of their codes. */
size_t refdata_areas(const struct refdata *r, const struct area **ret);
size_t refdata_categories(const struct refdata *r, const struct category **ret);
size_t refdata_units(const struct refdata *r, const struct unit **ret);
uint32_t refdata_rule_set(const struct refdata *r); /* the published set they belong to, app/rules.h; 0 = the seeds */
const struct calendar *refdata_calendar(const struct refdata *r);
/* Urgent modes that were not over when this was read, app/urgent.h. */
struct urgent_mode;
size_t refdata_urgent(const struct refdata *r, const struct urgent_mode **ret);

/* "朝阳区 望京街道 南湖东园社区"; "生态环境 › 噪声 › 施工噪声" with the separator given. Empty when unknown. */
struct str refdata_area_path(const struct refdata *r, struct arena *a, struct str code, const char *separator);
struct str refdata_category_path(const struct refdata *r, struct arena *a, struct str code, const char *separator);
/* Areas below the city whose name contains the words (normalised), districts first; at most max. */
size_t refdata_area_find(const struct refdata *r, struct arena *a, struct str words, size_t max, const struct area ***ret);

#endif
