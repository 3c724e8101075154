/*
 * dispatch.c - one request from the first parameter to the last byte.
 *
 * Contract: see dispatch.h. Each step either goes on or names a fault; the problem page or envelope is made in one
 * place at the end. Must not know what a ticket is.
 */
#include "web/dispatch.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "web/body.h"
#include "web/csrf.h"
#include "web/kept.h"
#include "web/preference.h"
#include "web/problem.h"
#include "web/session.h"

struct exchange {
    const struct web_app *w;
    struct request rq;
    struct response rs;
    struct fault fault;
    size_t bytes;
    bool done; /* the response is complete without a handler */
};

enum { OWN_SPACE = 50 }; /* of ratelimit.h: above the buckets of networks */

static const struct limit *limit_of(const struct web_app *w, enum bucket b)
{
    return b == BUCKET_NONE ? NULL : &w->limits[b];
}

static enum err find_route(struct exchange *x)
{
    struct request *rq = &x->rq;
    const char *allow;
    rq->route = route_find(x->w->routes, rq, &allow);
    if (rq->route)
        return ERR_OK;
    if (allow) {
        rq->allow = allow;
        return fault_set(rq->fault, ERR_NOT_FOUND, "METHOD_NOT_ALLOWED", NULL);
    }
    struct str other = str_eq(rq->method, STR("GET")) ? route_other_slash(x->w->routes, rq) : STR_NONE;
    if (!other.n)
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
    rq->path = other;
    enum err err = response_redirect(&x->rs, preference_self(rq));
    response_status(&x->rs, 308);
    x->done = true;
    return err;
}

static enum err take_from(struct exchange *x, unsigned space, struct str key, const struct limit *l)
{
    struct request *rq = &x->rq;
    int retry;
    if (!l || rq->private_listener || str_eq(rq->params[PARAM_UNANSWERED], STR("-")) ||
        ratelimit_take(x->w->limiter, space, key, l, rq->now_us, &retry))
        return ERR_OK;
    rq->fault->retry_after_s = retry;
    return fault_set(rq->fault, ERR_LIMITED, "LIMITED", "bucket %s", route_bucket_name(rq->route->bucket));
}

/* Before anything else is done for the request: by network. The back office sits behind few addresses, so that there each person is
 * counted (below), and the network has room for many of them. */
static enum err take_token(struct exchange *x)
{
    const struct route *r = x->rq.route;
    const struct limit *l = limit_of(x->w, r->bucket);
    if (!l || r->guard != GUARD_STAFF)
        return take_from(x, r->bucket, x->rq.client_net, l);
    const struct limit wide = {.every_ms = (l->every_ms + LIMIT_STAFF_OF_NETWORK - 1) / LIMIT_STAFF_OF_NETWORK,
                               .burst = l->burst > UINT32_MAX / LIMIT_STAFF_OF_NETWORK ? UINT32_MAX : l->burst * LIMIT_STAFF_OF_NETWORK,
                               .closed = l->closed};
    return take_from(x, r->bucket, x->rq.client_net, &wide);
}

/* Once it is known who asks. */
static enum err take_own_token(struct exchange *x)
{
    const struct route *r = x->rq.route;
    if (r->guard != GUARD_STAFF)
        return ERR_OK;
    BUG_ON(x->rq.budget.n == 0);
    return take_from(x, OWN_SPACE + r->bucket, x->rq.budget, limit_of(x->w, r->bucket));
}

static bool is_stored_in_public(const struct route *r)
{
    return r->cache == CACHE_MICRO || r->cache == CACHE_SHORT || r->cache == CACHE_PUBLIC_ETAG;
}

/* Who asks. Pages know a browser by its cookie; the API reads none. */
static enum err run_guard(struct exchange *x)
{
    struct request *rq = &x->rq;
    const struct route *r = rq->route;
    if (r->guard == GUARD_PRIVATE && !rq->private_listener)
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
    if (r->look == LOOK_PAGE && x->w->sessions && !is_stored_in_public(r)) {
        enum err err = session_load(rq);
        if (err)
            return err;
    }
    if (r->guard == GUARD_PRIVATE || r->guard == GUARD_PUBLIC)
        return ERR_OK;
    return x->w->guard(rq, r->guard);
}

/* The session ended while a form was being filled in: what was typed is read all the same, to be shown again. */
static enum err keep_body(struct exchange *x, enum err err)
{
    struct fault said = x->fault;
    if (err != ERR_LOGIN || !kept_may(&x->rq))
        return err;
    if (body_read(&x->rq) != ERR_OK)
        x->rq.sent = NULL;
    x->fault = said;
    return err;
}

static enum err check_csrf(struct exchange *x)
{
    struct request *rq = &x->rq;
    struct str token = STR_NONE;
    if (rq->route->csrf != CSRF_TOKEN)
        return ERR_OK;
    for (size_t i = 0; rq->sent && i < rq->sent->n && !token.n; i++)
        if (str_eq(rq->sent->p[i].name, STR(CSRF_FIELD)))
            token = rq->sent->p[i].value;
    return csrf_check(rq, token);
}

static enum err decode_form(struct exchange *x)
{
    struct request *rq = &x->rq;
    const struct route *r = rq->route;
    enum err err;
    if (!r->form)
        return ERR_OK;
    if (r->body == BODY_JSON)
        err = form_decode_json(rq, r->form, rq->body);
    else
        err = form_decode_pairs(rq, r->form, rq->sent);
    rq->form_invalid = err == ERR_INVALID && rq->form && rq->fault->n_fields;
    return rq->form_invalid && r->shows_errors ? ERR_OK : err;
}

static enum err run(struct exchange *x)
{
    struct request *rq = &x->rq;
    enum err err = find_route(x);
    if (err || x->done)
        return err;
    if ((err = take_token(x)))
        return err;
    if (str_eq(rq->method, STR("GET")) && preference_answer(rq, &x->rs))
        return ERR_OK;
    if ((err = run_guard(x)))
        return keep_body(x, err);
    if ((err = take_own_token(x)))
        return err;
    /* Refused before a long body is read; the token in it is looked at below. */
    if ((rq->route->csrf == CSRF_TOKEN || rq->route->csrf == CSRF_ORIGIN) && !csrf_origin_ours(rq))
        return csrf_check(rq, STR_NONE);
    if ((err = body_read(rq)) || (err = check_csrf(x)) || (err = decode_form(x)))
        return err;
    if (rq->route->look == LOOK_PAGE && rq->route->cache == CACHE_NO_STORE && x->w->sessions)
        csrf_offer(rq, &x->rs);
    return rq->route->handler(rq, &x->rs);
}

/* A page that needs an account leads to the sign-in page and back. */
static bool lead_to_sign_in(struct exchange *x, enum err err)
{
    struct request *rq = &x->rq;
    if (err != ERR_LOGIN || !x->w->sign_in_path || !rq->route || rq->route->look != LOOK_PAGE ||
        !str_eq(rq->method, STR("GET")))
        return false;
    struct str next = percent_encode(rq->a, preference_self(rq));
    struct str to = arena_printf(rq->a, "%s?next=" STR_FMT, x->w->sign_in_path, STR_ARG(next));
    return response_redirect(&x->rs, to) == ERR_OK;
}

/* A second press in a step of signing in, after the first one's answer had changed the cookie: the token is of the session
 * before. Nothing is done that a link could not do; where `next` may lead is judged by the page that leads on. */
static bool lead_past_gate(struct exchange *x, enum err err)
{
    struct request *rq = &x->rq;
    if (err != ERR_DENIED || !rq->route || !rq->route->gate || strcmp(x->fault.reason, "CSRF_FAILED") != 0 ||
        !csrf_origin_ours(rq) || !rq->session || !rq->session->account_id)
        return false;
    struct str next = STR_NONE, to = rq->path;
    for (size_t i = 0; rq->sent && i < rq->sent->n; i++)
        if (str_eq(rq->sent->p[i].name, STR("next")) && rq->sent->p[i].value.n <= LIMIT_NEXT_CHARS)
            next = rq->sent->p[i].value;
    if (next.n)
        to = arena_printf(rq->a, STR_FMT "?next=" STR_FMT, STR_ARG(to), STR_ARG(percent_encode(rq->a, next)));
    return response_redirect(&x->rs, to) == ERR_OK;
}

static void log_fault(const struct exchange *x, enum err err)
{
    if (err != ERR_INTERNAL && err != ERR_UNAVAILABLE)
        return;
    log_line(LOG_ERROR, "fault", "request_id", arena_cstr(x->rq.a, x->rq.request_id), "reason",
             x->fault.reason ? x->fault.reason : "", "detail", x->fault.detail, NULL);
}

static void answer(struct exchange *x)
{
    struct request *rq = &x->rq;
    enum err err = request_read(rq);
    if (x->w->begin)
        x->w->begin(rq);
    if (!err)
        err = run(x);
    if (!err && (x->rs.body.full || x->rs.headers.full))
        err = fault_set(rq->fault, ERR_INTERNAL, "INTERNAL", "the answer outgrew its limit");
    if (err && x->rs.streaming) { /* too late for a page: the body says what happened */
        x->rs.error = x->fault.reason;
        log_fault(x, err);
    } else if (err && !lead_to_sign_in(x, err) && !lead_past_gate(x, err)) {
        problem_respond(rq, &x->rs, err);
        if (rq->allow)
            response_header(&x->rs, "Allow", str_from_c(rq->allow));
        log_fault(x, err);
    }
    response_send(rq, &x->rs, &x->bytes);
}

/* The arena is full: everything in it is given up, and a bare answer is made from what needs none. */
static void answer_exhausted(struct exchange *x)
{
    struct request *rq = &x->rq;
    char id[33];
    size_t n = rq->request_id.n < sizeof id ? rq->request_id.n : 0;
    memcpy(id, rq->request_id.p ? rq->request_id.p : "", n);
    id[n] = 0;
    if (x->w->end)
        x->w->end(rq);
    arena_clear(rq->a);
    const struct route *route = rq->route;
    bool secure = rq->secure, head = rq->head;
    enum lang lang = rq->lang;
    *rq = (struct request){.a = rq->a,
                           .gw = rq->gw,
                           .fault = &x->fault,
                           .web = x->w,
                           .app = x->w->app,
                           .route = route,
                           .secure = secure,
                           .head = head,
                           .lang = lang,
                           .started_us = rq->started_us,
                           .method = STR("GET"),
                           .path = STR("/"),
                           .request_id = arena_dup(rq->a, (struct str){id, n})};
    x->fault = (struct fault){0};
    if (x->rs.streaming) { /* its buffers are gone with the arena; nothing more can be said */
        x->rs.error = "UNAVAILABLE";
        x->bytes = x->rs.streamed_bytes;
        log_fault(x, fault_set(&x->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "request memory exhausted within a long answer"));
        return;
    }
    response_init(&x->rs, rq->a);
    enum err err = fault_set(&x->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "request memory exhausted");
    problem_respond(rq, &x->rs, err);
    log_fault(x, err);
    response_send(rq, &x->rs, &x->bytes);
}

/* Decimal digits without the weight of printf. */
static const char *decimal(char out[24], int64_t v)
{
    size_t i = 24;
    uint64_t u = v < 0 ? 0 : (uint64_t)v;
    out[--i] = 0;
    do {
        out[--i] = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    return out + i;
}

/* traceparent [W3C Trace Context]: the 32 hex digits of the trace, when it is well formed. */
static bool trace_of(struct str header, char out[33])
{
    if (header.n != 55 || header.p[2] != '-' || header.p[35] != '-' || header.p[52] != '-')
        return false;
    for (size_t i = 3; i < 35; i++)
        if (!((header.p[i] >= '0' && header.p[i] <= '9') || (header.p[i] >= 'a' && header.p[i] <= 'f')))
            return false;
    memcpy(out, header.p + 3, 32);
    out[32] = 0;
    return true;
}

/* One line a request. Neither path nor query: both may hold a key. */
static void log_request(const struct exchange *x, int64_t dur_us, int64_t db_us)
{
    const struct request *rq = &x->rq;
    char status[24], dur[24], db[24], bytes[24], id[33], trace[33] = "";
    if (x->w->quiet && x->rs.status < 400)
        return;
    snprintf(id, sizeof id, STR_FMT, STR_ARG(rq->request_id));
    trace_of(rq->params[PARAM_TRACEPARENT], trace);
    log_line(x->rs.status >= 500 ? LOG_ERROR : LOG_INFO, "request", "route", rq->route ? rq->route->name : "none",
             "status", decimal(status, x->rs.status), "dur_us", decimal(dur, dur_us), "db_us", decimal(db, db_us),
             "bytes", decimal(bytes, (int64_t)x->bytes), "request_id", id, "reason", x->rs.error ? x->rs.error : "OK",
             trace[0] ? "trace" : NULL, trace, NULL);
}

/* The jump lands here. The exchange belongs to the caller, so nothing of it is lost by the jump. */
static void answer_or_exhaust(struct exchange *x)
{
    jmp_buf jump;
    if (setjmp(jump)) {
        arena_on_exhausted(x->rq.a, NULL);
        answer_exhausted(x);
        return;
    }
    arena_on_exhausted(x->rq.a, &jump);
    answer(x);
    arena_on_exhausted(x->rq.a, NULL);
    if (x->w->end)
        x->w->end(&x->rq);
}

void web_handle(const struct web_app *w, struct gateway *gw, struct arena *a)
{
    struct exchange x = {.w = w, .rq = {.a = a, .gw = gw, .web = w, .app = w->app}};
    x.rq.fault = &x.fault;
    response_init(&x.rs, a);
    answer_or_exhaust(&x);
    int64_t dur_us = clock_monotonic_us() - x.rq.started_us;
    log_request(&x, dur_us, w->db_us ? w->db_us(&x.rq) : 0);
    if (w->observe && x.rq.route)
        w->observe(&x.rq, x.rq.route, x.rs.status, dur_us);
}

const char *web_check(const struct web_app *w)
{
    static char complaint[300];
    const char *why = route_check(w->routes);
    if (why)
        return why;
    for (size_t i = 0; i < w->routes->n; i++) {
        const struct route *r = &w->routes->rows[i];
        why = NULL;
        if (r->guard != GUARD_PUBLIC && r->guard != GUARD_PRIVATE && !w->guard)
            why = "needs a guard function";
        else if (r->csrf == CSRF_TOKEN && !w->sessions)
            why = "needs a session store";
        else if (r->body == BODY_MULTIPART && !w->spool_dir)
            why = "needs spool_dir";
        else if (r->bucket != BUCKET_NONE && (!w->limits[r->bucket].every_ms || !w->limits[r->bucket].burst))
            why = "its bucket has no limit";
        if (why) {
            snprintf(complaint, sizeof complaint, "%s: route %s: %s", w->program, r->name, why);
            return complaint;
        }
    }
    return NULL;
}
