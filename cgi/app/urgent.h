/*
 * urgent.h - 平战结合: for a time, chosen classes of demands in chosen places are handled at the two-hour level, in a fast
 * lane, and the public is told.
 *
 * Active modes stand in the reference data of every process (app/refdata.h) and are there within
 * settings.refdata_check_seconds of a change. A filing or dispatch that a mode concerns gets its level, event 50 with the
 * reason, and the fast lane. A mode never makes a promise later: demands that run already keep theirs, and only when told
 * so (urgent_raise_open) do their assignments get an earlier due time. Every change is a version of its own.
 */
#ifndef APP_URGENT_H
#define APP_URGENT_H

#include "app/refdata.h"
#include "app/ticket.h"

struct urgent_mode {
    uint64_t id;
    int version;
    struct str name, reason;       /* in Chinese; the reason stands on the citizens' timelines */
    struct str categories, areas;  /* prefixes joined by ';'; no area = whole city */
    int level;                     /* 1 or 2 */
    int64_t starts_at, ends_at;
    struct str notice_zh, notice_en;
    uint64_t staff_id;
    int64_t changed_at;
};

/* The mode that concerns a demand of this class in this place now; NULL = none. Pure over the reference data. */
const struct urgent_mode *urgent_for(const struct refdata *r, struct str category_code, struct str area_code, int64_t now);
/* All that are on now, for notices on pages of every program. */
size_t urgent_active(const struct refdata *r, int64_t now, struct arena *a, const struct urgent_mode **ret);

/* Fields: name, reason, categories, areas, level, starts_at, ends_at, notice_zh, notice_en. starts_at 0 = now. At most 60
 * days. id 0 makes one, else a new version of it (VERSION when m->version is not the last). */
enum err urgent_start(struct ctx *c, const struct actor *who, const struct urgent_mode *m, uint64_t *ret_id) MUST_CHECK;
enum err urgent_end(struct ctx *c, const struct actor *who, uint64_t id, struct str reason) MUST_CHECK;
/* Current versions, newest first; with_ended also those that are over. */
enum err urgent_list(struct ctx *c, bool with_ended, const struct urgent_mode **ret, size_t *ret_n) MUST_CHECK;
enum err urgent_versions(struct ctx *c, uint64_t id, const struct urgent_mode **ret, size_t *ret_n) MUST_CHECK;
/* Raises demands that run already, oldest first, in batches; call again while *ret_n is batch. */
enum err urgent_raise_open(struct ctx *c, const struct actor *who, uint64_t id, uint64_t *after, size_t batch, size_t *ret_n) MUST_CHECK;

/* [T 29] a possible emergency seen in a demand: the city's duty office is told at once, and a note is kept. */
enum err urgent_report(struct ctx *c, const struct actor *who, struct str ticket_no, struct str words, struct ticket_done *ret) MUST_CHECK;

#endif
