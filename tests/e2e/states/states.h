/*
 * states.h - samples for the template states: what each page looks like when all is well, empty, wrong, or too much.
 *
 * Everything in the samples is invented. A sample function fills a view by the state asked for and calls the template.
 */
#ifndef TEST_STATES_H
#define TEST_STATES_H

#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/view_home.h"
#include "pages/view_kb.h"
#include "pages/view_me.h"
#include "pages/view_new.h"
#include "pages/view_public.h"
#include "pages/view_stats.h"

enum state { STATE_OK, STATE_EMPTY, STATE_WRONG, STATE_MUCH, STATES_OF_TEMPLATE };

struct sample {
    struct arena *a;
    struct say say;
    enum state state;
    bool wrong, much, empty, ok; /* the same as flags */
};

typedef void (*sample_fn)(struct buf *o, struct page *pg, const struct sample *m);

struct sheet {
    const char *name;    /* file name and template: "citizen_new_words" */
    sample_fn draw;
    enum nav nav;
    int title;           /* enum msg */
    bool only_ok;        /* page of words alone: has no other state */
};
extern const struct sheet sheets_new[], sheets_track[], sheets_me[], sheets_open[], sheets_staff[], sheets_staff_desk[], sheets_staff_rules[], sheets_staff_people[],
    sheets_staff_wall[]; /* end: name NULL */

/* Text by language; on pages in the state "much" it is made several times as long. */
struct str say2(const struct sample *m, const char *zh, const char *en);
struct str lots(const struct sample *m, struct str s, size_t times);
/* Chinese names are Chinese on English pages too; in the state "much" they are long. */
struct str zh_name(const struct sample *m, const char *zh);
struct view_time at(const struct sample *m, int hours_ago);
struct view_time day(const struct sample *m, int days_ago);
struct str err(const struct sample *m, enum msg text); /* empty unless the state is "wrong" */
struct view_input input(const struct sample *m, struct str value, enum msg text);
struct view_errors errors(const struct sample *m, const char *field, enum msg text);
struct view_errors errors2(const struct sample *m, const char *f1, enum msg t1, const char *f2, enum msg t2);
struct view_new_file *held(const struct sample *m, size_t n);
struct view_photo *photos(const struct sample *m, size_t *ret_n);
struct view_similar *similar(const struct sample *m, size_t *ret_n);

#define NEW(m, T) ARENA_NEW((m)->a, T)
#define ARRAY(m, T, n) ARENA_ARRAY((m)->a, T, (n))
#define S(lit) STR(lit)

#endif
