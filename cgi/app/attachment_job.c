/* attachment_job.c - what the worker does with files: leases, verdicts, expiry. Must not know how they are cleaned. */
#include "app/attachment.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { LEASE_ROWS = 10 };

struct leasing {
    struct ctx *c;
    int lease_s;
    size_t max, n;
    struct attachment *out;
};

static enum err lease_rows(struct db *db, void *arg)
{
    struct leasing *l = arg;
    const struct q_upload_take_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    l->n = 0;
    enum err e = db_now(db, &now);
    struct q_upload_take_in in = {.now = now};
    if (e == ERR_OK)
        e = q_upload_take(db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n && l->n < l->max; i++) {
        size_t changed = 0;
        struct q_upload_lease_in lease = {.id = r[i].id, .until = now + l->lease_s * US_PER_S};
        e = q_upload_lease(db, &lease, &changed);
        if (e == ERR_OK && changed == 1)
            l->out[l->n++] = (struct attachment){.id = r[i].id, .kind = (enum upload_kind)r[i].kind,
                                                 .state = UPLOAD_RECEIVED, .media_type = r[i].media_type,
                                                 .raw_name = r[i].raw_name, .bytes = r[i].bytes, .attempts = r[i].attempts};
    }
    return e;
}

enum err attachment_lease(struct ctx *c, int lease_s, size_t max, const struct attachment **ret, size_t *ret_n)
{
    struct leasing l = {.c = c, .lease_s = lease_s, .max = max < LEASE_ROWS ? max : LEASE_ROWS};
    l.out = ARENA_ARRAY(c->a, struct attachment, LEASE_ROWS);
    enum err e = tx_run(c->db, lease_rows, &l);
    if (e == ERR_OK) {
        *ret = l.out;
        *ret_n = l.n;
    }
    return e;
}

enum err attachment_ready(struct ctx *c, uint64_t id, const struct attachment_clean *clean)
{
    size_t n = 0;
    struct q_upload_ready_in in = {.id = id, .media_type = clean->media_type, .clean_name = clean->clean_name,
                                   .thumb_name = clean->thumb_name, .has_thumb_name = clean->thumb_name.n > 0,
                                   .width = clean->width, .has_width = clean->width > 0, .height = clean->height,
                                   .has_height = clean->height > 0};
    return q_upload_ready(c->db, &in, &n);
}

enum err attachment_state_of_name(struct ctx *c, struct str stem, enum upload_state *ret)
{
    const struct q_upload_named_row *r = NULL;
    struct q_upload_named_in in = {.stem = stem};
    enum err e = q_upload_named(c->db, &in, &r);
    if (e == ERR_OK)
        *ret = (enum upload_state)r->state;
    return e;
}

enum err attachment_backlog(struct ctx *c, struct attachment_backlog *ret)
{
    const struct q_upload_backlog_row *r = NULL;
    enum err e = q_upload_backlog(c->db, &r);
    if (e == ERR_OK)
        *ret = (struct attachment_backlog){r->waiting, r->oldest_at ? r->now - r->oldest_at : 0};
    return e;
}

enum err attachment_refuse(struct ctx *c, uint64_t id, const char *reason)
{
    size_t n = 0;
    struct q_upload_refuse_in in = {.id = id, .refusal = str_slice(str_from_c(reason), 0, 40)};
    return q_upload_refuse(c->db, &in, &n);
}

enum err attachment_expired(struct ctx *c, size_t max, const struct attachment **ret, size_t *ret_n)
{
    const struct q_upload_expired_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_upload_expired_in in = {.now = now};
    if (e == ERR_OK)
        e = q_upload_expired(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    if (n > max)
        n = max;
    struct attachment *out = ARENA_ARRAY(c->a, struct attachment, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct attachment){.id = r[i].id, .kind = (enum upload_kind)r[i].kind, .state = (enum upload_state)r[i].state,
                                     .media_type = r[i].media_type, .raw_name = r[i].raw_name,
                                     .clean_name = r[i].clean_name, .thumb_name = r[i].thumb_name};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

enum err attachment_forget(struct ctx *c, uint64_t id)
{
    size_t n = 0;
    struct q_upload_forget_in in = {.id = id};
    return q_upload_forget(c->db, &in, &n);
}
