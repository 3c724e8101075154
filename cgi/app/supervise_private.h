/* supervise_private.h - the part of supervision that the ladder shares. For app alone. */
#ifndef APP_SUPERVISE_PRIVATE_H
#define APP_SUPERVISE_PRIVATE_H

#include "app/act.h"
#include "app/supervise.h"

/* Inside an act: event, row and notices. unit: who must account for it. ERR_CONFLICT and db_was_duplicate() when this step
 * was taken before. */
struct supervising {
    struct str unit;
    enum supervise_level level;
    enum supervise_ground ground;
    int64_t due_at;
    struct str words;
};
enum err supervise_within(struct act *a, const struct supervising *x) MUST_CHECK;

#endif
