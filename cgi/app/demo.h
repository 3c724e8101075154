/*
 * demo.h - synthetic, plainly marked demands, so that a fresh installation shows what it is for.
 *
 * The same date gives the same rows: every choice comes from a generator that is seeded with the date and the number of
 * the demand. Volumes follow the published figures of 2020: categories by the top ten, channels 90.7 % telephone,
 * districts by the census, hours with peaks at 9 to 11 and 14 to 16. Lives end at midnight of the date given; what is still
 * running then goes on under the worker's clocks. Chains are valid, texts are composed from our own sentences
 * (sql/seed/demo_text.csv), every row carries is_demo [decisions 25].
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/ctx.h"
#include "db/admin.h"

struct demo_options {
    size_t tickets;
    int days;              /* 1..366, ending yesterday */
    int32_t today;         /* YYYYMMDD; 0 = by the database clock */
    const char *texts;     /* path of demo_text.csv */
    void (*said)(void *arg, size_t done, size_t of); /* after each batch; may be NULL */
    void *arg;
};

/* Where the made-up officers work: of the district's streets that have an office the n-th; NULL = there are fewer. Some demands of
 * the last days lie there, so that whoever tries their worklists finds something on them. */
#define DEMO_DISTRICT "110105"
struct area;
const struct area *demo_street(const struct refdata *r, size_t n);

/* How many demo demands there are, and the day they were made for (0 = none). */
enum err demo_count(struct ctx *c, int64_t *ret_tickets, int32_t *ret_last_day) MUST_CHECK;
/* Needs keys, reference data and statistics counted afterwards (app/rollup.h). ERR_CONFLICT DEMO_EXISTS when rows are there. */
enum err demo_fill(struct ctx *c, struct db_admin *admin, const struct demo_options *o) MUST_CHECK;
/* Removes every demo row in transactions of some thousand. ret_n counts demands. */
enum err demo_remove(struct ctx *c, void (*said)(void *arg, size_t removed), void *arg, size_t *ret_n) MUST_CHECK;

struct demo_account { /* signs in with its phone; the code appears where the SMS driver writes */
    struct str phone;
    int64_t tickets;
};
struct demo_key { /* follows with number and query code */
    struct str no, code, title;
    int state;            /* enum ticket_state */
};
enum { DEMO_ACCOUNTS = 5, DEMO_KEYS_MAX = 16 };
enum err demo_credentials(struct ctx *c, struct demo_account accounts[DEMO_ACCOUNTS], size_t *ret_accounts,
                          struct demo_key keys[DEMO_KEYS_MAX], size_t *ret_keys) MUST_CHECK;

#endif
