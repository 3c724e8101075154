/* staff.h - what the samples of the back office share. */
#ifndef TEST_STATES_STAFF_H
#define TEST_STATES_STAFF_H

#include "states/states.h"

/* Somebody is signed in, with every page in the navigation. The page was asked for, nothing was sent: no error in its title. */
void staff_frame(struct page *pg, const struct sample *m);
void staff_shown(struct page *pg, const struct sample *m);
/* Nobody is signed in yet. */
void staff_gate(struct page *pg, const struct sample *m);

struct view_option *staff_options(const struct sample *m, size_t n);
struct view_name staff_unit(const struct sample *m);
struct view_pager staff_pager(const struct sample *m);
struct view_pager staff_pager_bounded(const struct sample *m);
struct str staff_left(const struct sample *m, int hours); /* "还剩 9 小时"; in the state "wrong" that much too late */
size_t staff_rows(const struct sample *m);                /* 0, 3 or 8 */
struct str staff_no(const struct sample *m, size_t i);

#endif
