/*
 * seed.h - the reference data of an installation: sql/seed into the database, again and again without harm.
 *
 * A file whose checksum stands in seed_state is skipped. Of areas, catalogue, units and rules a changed row closes its
 * old version (valid_to = the day the new one begins) and opens a new one; a row that is gone is closed. The first load
 * begins on SEED_FIRST_DAY, so that every ticket finds the names of its day. Upper catalogue levels are made from the
 * leaf rows, street offices and district bureaus from areas and patterns. Laws are parsed, rendered and tokenised here.
 *
 * Runs as the owner or as ctl (statements of role ctl). Each file, and each law, is one transaction.
 */
#ifndef APP_SEED_H
#define APP_SEED_H

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

enum { SEED_FIRST_DAY = 20190101 };

struct seed_options {
    const char *dir;   /* sql/seed */
    bool force;        /* do not believe the checksums */
    /* Called after each file; n_changed = 0: nothing to do. May be NULL. */
    void (*said)(void *arg, const char *what, size_t n_rows, size_t n_changed);
    void *arg;
};

/* Everything. ERR_INVALID with a detail that names file, line and fault. db must have begun a request with a and f. */
enum err seed_load(struct db *db, struct arena *a, const struct seed_options *o, struct fault *f) MUST_CHECK;
/* The parts: holidays alone (one year or more replaced as a whole), and the knowledge base alone. */
enum err seed_load_calendar(struct db *db, struct arena *a, const char *path, size_t *ret_rows, struct fault *f) MUST_CHECK;
enum err seed_load_kb(struct db *db, struct arena *a, const struct seed_options *o, struct fault *f) MUST_CHECK;

#endif
