/*
 * join.h - where a web request meets the domain: pages and api handlers take their struct ctx and struct actor here.
 *
 * The program puts one struct join per worker behind rq->app. The context is made by join_begin at the start of a request
 * and lives in its arena; handlers only ever call join_ctx and join_actor.
 */
#ifndef PAGES_JOIN_H
#define PAGES_JOIN_H

#include "app/ctx.h"
#include "app/refdata.h"
#include "web/ratelimit.h"
#include "web/request.h"
#include "web/response.h"

struct page;

struct join {
    struct db *db;
    const struct app_settings *set;
    const struct keyring *keys; /* NULL in programs without secrets */
    struct refdata *ref;        /* NULL in programs without reference data */
    struct token_cache *tokens; /* NULL where keys is */
    struct usual_cache *usual;  /* these two: NULL in programs without the pages that ask */
    struct front_cache *front;
    const char *public_origin;
    const char *city_zh, *city_en, *hotline, *icp;
    struct limit lookup_limit;  /* wrong query codes for one number from one network */
    bool demo;                  /* the installation may hold demo rows: pages carry the watermark */
    void (*page)(struct request *rq, struct page *pg); /* what this program adds to every page; NULL = nothing */
    /* of the running request */
    struct ctx *ctx;
    struct actor actor;
    struct staff_session *staff; /* app/staff.h: whoever signed in to the back office, also half-way; NULL = nobody, or not that program */
    bool ref_failed;            /* reference data could not be loaded: handlers that need it answer 503 */
};

void join_begin(struct request *rq); /* web_app.begin */
void join_end(struct request *rq);   /* web_app.end */

/* A piece of a long answer (response_stream_put), after which the database has as long again as well. */
bool join_stream_put(struct request *rq, struct response *rs, struct str piece) MUST_CHECK;

struct ctx *join_ctx(const struct request *rq);
/* Who asks: what the guard found out (account, ticket token), and the browser session. */
struct actor join_actor(const struct request *rq);
/* Whose keys of requests these are (struct idem): those of others never meet. */
struct str join_scope(const struct request *rq);
struct join *join_of(const struct request *rq);
/* ERR_UNAVAILABLE until areas, catalogue and units have been loaded; handlers that use ctx->ref begin with it. */
enum err join_need_ref(const struct request *rq) MUST_CHECK;

#endif
