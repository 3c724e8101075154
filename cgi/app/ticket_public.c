/*
 * ticket_public.c - published demands: redacted copies, read through public views. Runs as role `open` too.
 *
 * Contract: unpublished and missing are one answer. Nothing is written here, so that `open` links no writing statement.
 */
#include "app/ids.h"
#include "app/ticket.h"
#include "base/limits.h"
#include "gen/sql.h"

/* The row types of the list statements have the same shape; one macro copies from any of them. */
#define COPY(out, r)                                                                                                    \
    (*(out) = (struct public_ticket){.id = (r)->id, .public_id = (r)->public_id, .title = (r)->title,                   \
                                     .district_code = (r)->district_code, .street_code = (r)->street_code,              \
                                     .category_code = (r)->category_code, .kind = (enum kind)(r)->kind,                 \
                                     .state = (enum ticket_state)(r)->state, .local_day = (r)->local_day,               \
                                     .published_at = (r)->published_at, .n_joined = (r)->n_joined, .is_demo = (r)->is_demo})

#define COPY_ALL(c, r, n, out)                                                                                          \
    do {                                                                                                                \
        struct public_ticket *rows_ = ARENA_ARRAY((c)->a, struct public_ticket, (n) ? (n) : 1);                         \
        for (size_t i_ = 0; i_ < (n); i_++)                                                                             \
            COPY(&rows_[i_], &(r)[i_]);                                                                                 \
        (out) = rows_;                                                                                                  \
    } while (0)

struct key {
    int64_t at;
    uint64_t id;
};

static enum err list_all(struct ctx *c, struct key k, const struct public_ticket **ret, size_t *ret_n)
{
    const struct q_public_all_row *r = NULL;
    struct q_public_all_in in = {.before_at = k.at, .before_id = k.id};
    enum err e = q_public_all(c->db, &in, &r, ret_n);
    if (e == ERR_OK)
        COPY_ALL(c, r, *ret_n, *ret);
    return e;
}

static enum err list_district(struct ctx *c, struct str district, struct key k, const struct public_ticket **ret, size_t *ret_n)
{
    const struct q_public_by_district_row *r = NULL;
    struct q_public_by_district_in in = {.district = district, .before_at = k.at, .before_id = k.id};
    enum err e = q_public_by_district(c->db, &in, &r, ret_n);
    if (e == ERR_OK)
        COPY_ALL(c, r, *ret_n, *ret);
    return e;
}

static enum err list_category(struct ctx *c, struct str category, struct key k, const struct public_ticket **ret, size_t *ret_n)
{
    const struct q_public_by_category_row *r = NULL;
    struct q_public_by_category_in in = {.category = category, .before_at = k.at, .before_id = k.id};
    enum err e = q_public_by_category(c->db, &in, &r, ret_n);
    if (e == ERR_OK)
        COPY_ALL(c, r, *ret_n, *ret);
    return e;
}

static enum err list_both(struct ctx *c, const struct public_filter *f, struct key k, const struct public_ticket **ret,
                          size_t *ret_n)
{
    const struct q_public_by_both_row *r = NULL;
    struct q_public_by_both_in in = {.district = f->district_code, .category = f->category_top, .before_at = k.at,
                                     .before_id = k.id};
    enum err e = q_public_by_both(c->db, &in, &r, ret_n);
    if (e == ERR_OK)
        COPY_ALL(c, r, *ret_n, *ret);
    return e;
}

enum err ticket_public_list(struct ctx *c, const struct public_filter *f, size_t limit, const struct public_ticket **ret,
                            size_t *ret_n, bool *ret_more)
{
    struct key k = {f->before_at, f->before_id};
    const struct public_ticket *rows = NULL;
    size_t n = 0;
    enum err e;
    BUG_ON(limit == 0 || limit > LIMIT_LIST_ITEMS);
    if (k.at == 0)
        k = (struct key){INT64_MAX, UINT64_MAX};
    if (f->district_code.n && f->category_top.n)
        e = list_both(c, f, k, &rows, &n);
    else if (f->district_code.n)
        e = list_district(c, f->district_code, k, &rows, &n);
    else if (f->category_top.n)
        e = list_category(c, f->category_top, k, &rows, &n);
    else
        e = list_all(c, k, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret_more = n > limit;
    *ret_n = n > limit ? limit : n;
    *ret = rows;
    return ERR_OK;
}

enum err ticket_public_one(struct ctx *c, struct str public_id, struct public_ticket *ret)
{
    const struct q_public_one_row *r = NULL;
    if (public_id.n != PUBLIC_ID_CHARS)
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "not a public id");
    struct q_public_one_in in = {.public_id = public_id};
    enum err e = q_public_one(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "not published");
    if (e != ERR_OK)
        return e;
    COPY(ret, r);
    ret->body = r->body;
    ret->reply = r->reply;
    ret->reply_unit = r->reply_unit;
    ret->reply_day = r->has_reply_day ? r->reply_day : 0;
    return ERR_OK;
}

enum err ticket_similar(struct ctx *c, struct str category_code, struct str area_code, const struct public_ticket **ret,
                        size_t *ret_n)
{
    const struct q_public_similar_row *r = NULL;
    size_t n = 0;
    *ret = NULL;
    *ret_n = 0;
    if (category_code.n == 0 || area_code.n < 9)
        return ERR_OK;
    struct q_public_similar_in in = {.street = str_slice(area_code, 0, 9), .category = category_code};
    enum err e = q_public_similar(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    COPY_ALL(c, r, n, *ret);
    *ret_n = n;
    return ERR_OK;
}
