/*
 * urgent.h - 平战结合: for a time, chosen classes of demands in chosen places are handled at the two-hour level, in a fast
 * lane, and the public is told.
 *
 * Active modes stand in the reference data of every process (app/refdata.h) and are there within
 * settings.refdata_check_seconds of a change. A filing or dispatch that a mode concerns gets its level, event 50 with the
 * reason, and the fast lane. A mode never makes a promise later: demands that run already keep theirs, and only when told
 * so (raise_open) do their assignments get an earlier due time. Every change is a version of its own.
 */
#ifndef APP_URGENT_H
#define APP_URGENT_H

#include "app/dispatch.h"
#include "app/ticket.h"

struct urgent_mode {
    uint64_t id;
    int version;
    struct str name, reason;       /* in Chinese; the reason stands on the citizens' timelines */
    struct str categories, areas;  /* prefixes joined by ';'; no area = whole city */
    int level;                     /* 1 or 2 */
    bool raise_open;               /* demands that run already get an earlier due time, too */
    int64_t starts_at, ends_at;
    struct str notice_zh, notice_en;
    uint64_t staff_id;
    int64_t changed_at;
};

/* The mode that concerns a demand of this class in this place now; NULL = none. Pure over the reference data. */
const struct urgent_mode *urgent_for(const struct refdata *r, struct str category_code, struct str area_code, int64_t now);
/* For who dispatches: changes the level of d as the mode wants; NULL = nothing changed. */
const struct urgent_mode *urgent_raise(const struct refdata *r, struct str category_code, struct str area_code, int64_t now,
                                       struct dispatch *d);
/* All that are on now, for notices on pages of every program. */
size_t urgent_active(const struct refdata *r, int64_t now, struct arena *a, const struct urgent_mode **ret);

/* Fields: name, reason, categories, areas, level, starts_at, ends_at, notice_zh, notice_en. starts_at 0 = now. At most 60
 * days. id 0 makes one, else a new version of it (VERSION when m->version is not the last). */
enum err urgent_start(struct ctx *c, const struct actor *who, const struct urgent_mode *m, uint64_t *ret_id) MUST_CHECK;
enum err urgent_end(struct ctx *c, const struct actor *who, uint64_t id, struct str reason) MUST_CHECK;
/* Current versions, newest first; with_ended also those that are over. */
enum err urgent_list(struct ctx *c, bool with_ended, const struct urgent_mode **ret, size_t *ret_n) MUST_CHECK;
enum err urgent_versions(struct ctx *c, uint64_t id, const struct urgent_mode **ret, size_t *ret_n) MUST_CHECK;
/* How many demands that run now a mode of these categories, areas and level would raise; *ret_more: that many were looked
 * at as one page may, and there are more. */
enum err urgent_preview(struct ctx *c, const struct actor *who, const struct urgent_mode *m, int64_t *ret_n, bool *ret_more) MUST_CHECK;
/* The worker: demands that run already, of modes that ask for it, oldest first; begins again where it was killed. */
enum err urgent_raise_due(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;

/* [T 29] a possible emergency seen in a demand: the city's duty office is told at once, and a note is kept. */
enum err urgent_report(struct ctx *c, const struct actor *who, struct str ticket_no, struct str words, struct ticket_done *ret) MUST_CHECK;

/* Within an act that dispatches by a mode: the event with its reason, and the fast lane for what was assigned. */
struct act;
enum err urgent_tell(struct act *a, const struct urgent_mode *m, struct str unit_code, int64_t due) MUST_CHECK;

#endif
