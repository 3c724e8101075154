/*
 * published.c - the list of published demands, a page at a time.
 *
 * Contract: filters are judged against the catalogue, pages go by key; what is not published does not exist here. Used by
 * the page and by the API. Must not know templates or JSON.
 */
#include "pages/published.h"

#include "app/cursor.h"
#include "base/limits.h"
#include "pages/join.h"

enum { PAGE_ROWS = 20 };

static const struct form_field query_fields[] = {
    {FORM_FIELD(struct published_query, area, "area", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct published_query, category, "category", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct published_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec published_query = {FORM_SPEC("published", struct published_query, query_fields)};

static enum err judge_filter(struct request *rq, const struct published_query *in)
{
    const struct refdata *ref = join_of(rq)->ref;
    const struct area *area = in->area.n > 0 ? refdata_area(ref, in->area) : NULL;
    if (in->area.n > 0 && (area == NULL || area->level != AREA_DISTRICT))
        return fault_field(rq->fault, "area", "NOT_A_CHOICE");
    const struct category *category = in->category.n > 0 ? refdata_category(ref, in->category) : NULL;
    if (in->category.n > 0 && (category == NULL || category->level != 1))
        return fault_field(rq->fault, "category", "NOT_A_CHOICE");
    return ERR_OK;
}

enum err published_load(struct request *rq, const struct published_query *in, struct published_page *ret)
{
    struct ctx *c = join_ctx(rq);
    struct str bound = arena_printf(rq->a, STR_FMT " " STR_FMT, STR_ARG(in->area), STR_ARG(in->category));
    struct public_filter f = {.district_code = in->area, .category_top = in->category};
    struct cursor at;
    bool given, more = false;
    *ret = (struct published_page){0};
    enum err err = judge_filter(rq, in);
    if (err == ERR_OK)
        err = cursor_open(c->keys, rq->a, CURSOR_PUBLIC_TICKETS, bound, in->cursor, &at, &given, rq->fault);
    if (err != ERR_OK)
        return err;
    f.before_at = at.a;
    f.before_id = (uint64_t)at.b;
    err = ticket_public_list(c, &f, PAGE_ROWS, &ret->rows, &ret->n_rows, &more);
    if (err == ERR_OK && more) {
        const struct public_ticket *last = &ret->rows[ret->n_rows - 1];
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_PUBLIC_TICKETS, bound,
                                       (struct cursor){last->published_at, (int64_t)last->id});
    }
    return err;
}

