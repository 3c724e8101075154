/*
 * route.c - the route table: checked at the start, searched at every request, printed on demand.
 *
 * Contract: see route.h. A table is small (a few dozen rows) and a row is refused at its first different byte, so the
 * search is a plain walk. Must not know what handlers do.
 */
#include "web/route.h"

#include "base/limits.h"

static const char *const guard_names[] = {"unset", "public", "ticket", "citizen", "optional", "private", "staff"};
static const char *const csrf_names[] = {"unset", "safe", "token", "bearer", "origin"};
static const char *const body_names[] = {"unset", "none", "form", "multipart", "json"};
static const char *const bucket_names[BUCKET_COUNT] = {"unset", "none",   "read", "search", "write",
                                                       "file",  "lookup", "sms",  "login",  "upload"};
static const char *const cache_names[] = {"unset", "no-store", "private-etag", "micro", "public-etag", "short"};
static const char *const look_names[] = {"unset", "page", "api", "raw"};

const char *route_bucket_name(enum bucket b)
{
    return bucket_names[b];
}

/* How well a pattern fits a path: 0 = not at all; else the more literal its front segments, the higher. Two bits a
 * segment, the first segment highest. */
enum { SEGMENTS_MAX = 15 };
enum fit { FIT_ARG = 0, FIT_ARG_WITH_SUFFIX = 1, FIT_LITERAL = 2 };

static bool match_segment(struct str pattern, struct str segment, struct str *ret_arg, enum fit *ret_fit)
{
    *ret_fit = FIT_LITERAL;
    if (pattern.n == 0 || pattern.p[0] != '{')
        return str_eq(pattern, segment);
    const char *close = memchr(pattern.p, '}', pattern.n);
    BUG_ON(!close);
    size_t name_end = (size_t)(close - pattern.p) + 1;
    struct str suffix = str_slice(pattern, name_end, pattern.n);
    if (segment.n <= suffix.n || !str_ends(segment, suffix))
        return false;
    *ret_arg = str_slice(segment, 0, segment.n - suffix.n);
    *ret_fit = suffix.n ? FIT_ARG_WITH_SUFFIX : FIT_ARG;
    return true;
}

static uint32_t match(const char *pattern, struct str path, struct str args[REQUEST_PATH_ARGS])
{
    struct str pat = str_from_c(pattern), left, right;
    uint32_t score = UINT32_C(1) << 31;
    size_t n_args = 0;
    pat = str_slice(pat, 1, pat.n);
    path = str_slice(path, 1, path.n);
    for (int i = SEGMENTS_MAX - 1; i >= 0; i--) {
        enum fit fit;
        bool more_pat = str_cut(pat, '/', &left, &pat), more_path = str_cut(path, '/', &right, &path);
        struct str arg = STR_NONE;
        if (!match_segment(left, right, &arg, &fit) || more_pat != more_path)
            return 0;
        score |= (uint32_t)fit << (2 * i);
        if (fit != FIT_LITERAL)
            args[n_args++] = arg;
        if (!more_pat)
            return score;
    }
    return 0;
}

/* True when the fixed front of the pattern, up to its first argument, already differs. */
static bool differs_early(const char *pattern, struct str path)
{
    size_t i = 0;
    while (pattern[i] && pattern[i] != '{') {
        if (i >= path.n || pattern[i] != path.p[i])
            return true;
        i++;
    }
    return !pattern[i] && i != path.n;
}

static bool method_is(const struct route *r, struct str method)
{
    return str_eq_c(method, r->method);
}

/* "GET, HEAD, POST" of all rows whose pattern fits. */
static const char *allowed(const struct route_table *t, struct request *rq)
{
    struct str args[REQUEST_PATH_ARGS];
    struct buf b;
    buf_init(&b, rq->a, 128);
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = &t->rows[i];
        if (differs_early(r->pattern, rq->path) || !match(r->pattern, rq->path, args))
            continue;
        if (str_find(buf_str(&b), str_from_c(r->method)))
            continue;
        buf_put(&b, b.n ? STR(", ") : STR_NONE);
        buf_put(&b, str_from_c(r->method));
        if (strcmp(r->method, "GET") == 0)
            buf_put(&b, STR(", HEAD"));
    }
    return b.n ? arena_cstr(rq->a, buf_str(&b)) : NULL;
}

const struct route *route_find(const struct route_table *t, struct request *rq, const char **ret_allow)
{
    const struct route *best = NULL;
    uint32_t best_score = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = &t->rows[i];
        struct str args[REQUEST_PATH_ARGS] = {STR_NONE, STR_NONE, STR_NONE, STR_NONE};
        if (differs_early(r->pattern, rq->path) || !method_is(r, rq->method))
            continue;
        uint32_t score = match(r->pattern, rq->path, args);
        if (score > best_score) {
            best = r;
            best_score = score;
            memcpy(rq->path_args, args, sizeof args);
        }
    }
    *ret_allow = best ? NULL : allowed(t, rq);
    return best;
}

struct str route_other_slash(const struct route_table *t, struct request *rq)
{
    struct str args[REQUEST_PATH_ARGS], other;
    if (rq->path.n < 2)
        return STR_NONE;
    other = rq->path.p[rq->path.n - 1] == '/' ? str_slice(rq->path, 0, rq->path.n - 1)
                                              : arena_concat(rq->a, rq->path, STR("/"));
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = &t->rows[i];
        if (strcmp(r->method, "GET") == 0 && !differs_early(r->pattern, other) && match(r->pattern, other, args))
            return other;
    }
    return STR_NONE;
}

/* ---- the check at the start ------------------------------------------------------------------------------------ */

static bool name_ok(const char *name)
{
    if (!name || !*name)
        return false;
    for (const char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_'))
            return false;
    return true;
}

static bool method_ok(const char *m)
{
    return m && (strcmp(m, "GET") == 0 || strcmp(m, "POST") == 0 || strcmp(m, "PUT") == 0 || strcmp(m, "DELETE") == 0);
}

static bool segment_ok(struct str s)
{
    if (!memchr(s.p, '{', s.n) && !memchr(s.p, '}', s.n))
        return true;
    const char *close = memchr(s.p, '}', s.n);
    if (s.p[0] != '{' || !close || close == s.p + 1)
        return false;
    struct str suffix = str_slice(s, (size_t)(close - s.p) + 1, s.n);
    return !memchr(suffix.p, '{', suffix.n) && !memchr(suffix.p, '}', suffix.n);
}

static bool pattern_ok(const char *pattern)
{
    struct str head, rest = str_from_c(pattern);
    size_t segments = 0, args = 0;
    bool more = true;
    if (!pattern || pattern[0] != '/' || strlen(pattern) > LIMIT_PATH_BYTES)
        return false;
    rest = str_slice(rest, 1, rest.n);
    while (more) {
        more = str_cut(rest, '/', &head, &rest);
        if (!segment_ok(head) || (head.n == 0 && more))
            return false;
        args += head.n && head.p[0] == '{';
        segments++;
    }
    return segments <= SEGMENTS_MAX && args <= REQUEST_PATH_ARGS;
}

/* Patterns that fit the same paths: equal once the names of the arguments are forgotten. */
static bool same_shape(const char *x, const char *y)
{
    while (*x && *y) {
        if (*x != *y)
            return false;
        if (*x == '{') {
            x = strchr(x, '}');
            y = strchr(y, '}');
        }
        x++;
        y++;
    }
    return *x == *y;
}

static const char *check_unset(const struct route *r)
{
    if (!name_ok(r->name))
        return "name must be snake_case";
    if (!method_ok(r->method))
        return "method must be GET, POST, PUT or DELETE";
    if (!pattern_ok(r->pattern))
        return "pattern is not well formed";
    if (!r->handler)
        return "no handler";
    if (!r->guard)
        return "guard is unset";
    if (!r->csrf)
        return "csrf is unset";
    if (!r->body)
        return "body is unset";
    if (!r->bucket || r->bucket >= BUCKET_COUNT)
        return "bucket is unset";
    if (!r->cache)
        return "cache is unset";
    return r->look ? NULL : "look is unset";
}

static bool is_public_cache(enum cache c)
{
    return c == CACHE_MICRO || c == CACHE_PUBLIC_ETAG || c == CACHE_SHORT;
}

static const char *check_sense(const struct route *r)
{
    bool reads = strcmp(r->method, "GET") == 0;
    if (reads != (r->csrf == CSRF_SAFE))
        return "csrf must be SAFE for GET and for nothing else";
    if (r->csrf == CSRF_TOKEN && r->look != LOOK_PAGE)
        return "csrf TOKEN needs a page";
    if (r->csrf == CSRF_BEARER && r->look == LOOK_PAGE)
        return "csrf BEARER is not for pages: they have cookies";
    if (r->csrf == CSRF_ORIGIN && (r->look != LOOK_PAGE || r->guard != GUARD_PUBLIC))
        return "csrf ORIGIN is for pages that act for nobody in particular";
    if (reads && r->body != BODY_NONE)
        return "GET has no body";
    if (r->csrf == CSRF_TOKEN && r->body != BODY_FORM && r->body != BODY_MULTIPART)
        return "csrf TOKEN needs a form body to stand in";
    if ((r->body == BODY_NONE) != (r->body_limit_bytes == 0))
        return "body_limit_bytes must be set, unless the body is NONE";
    if (!reads && r->form && r->body == BODY_NONE)
        return "a form needs a body";
    if (!reads && r->cache != CACHE_NO_STORE)
        return "only GET may be cached";
    if (is_public_cache(r->cache) && r->guard != GUARD_PUBLIC)
        return "what depends on who asks may not be cached in public";
    if ((r->guard == GUARD_STAFF) != (r->permit != 0))
        return "permit must be set for GUARD_STAFF and for nothing else";
    return r->form ? form_check(r->form) : NULL;
}

static const char *check_clash(const struct route_table *t, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        const struct route *x = &t->rows[i], *y = &t->rows[j];
        if (strcmp(x->name, y->name) == 0)
            return "name stands twice";
        if (strcmp(x->method, y->method) == 0 && same_shape(x->pattern, y->pattern))
            return "method and pattern stand twice";
    }
    return NULL;
}

const char *route_check(const struct route_table *t)
{
    static char complaint[256];
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = &t->rows[i];
        const char *why = check_unset(r);
        if (!why)
            why = check_sense(r);
        if (!why)
            why = check_clash(t, i);
        if (why) {
            snprintf(complaint, sizeof complaint, "route %zu (%s): %s", i, r->name ? r->name : "without name", why);
            return complaint;
        }
    }
    return t->n ? NULL : "no routes";
}

void route_print(const struct route_table *t, const char *program, const char *(*permit_name)(unsigned permit), FILE *to)
{
    fprintf(to, "program\tname\tmethod\tpattern\tguard\tcsrf\tbody\tbody_limit\tform\tbucket\tcache\tlook\tpool\tpermit\n");
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = &t->rows[i];
        fprintf(to, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%u\t%s\t%s\t%s\t%s\t%s\t%s\n", program, r->name, r->method, r->pattern,
                guard_names[r->guard], csrf_names[r->csrf], body_names[r->body], r->body_limit_bytes,
                r->form ? r->form->name : "-", bucket_names[r->bucket], cache_names[r->cache], look_names[r->look],
                r->slow ? "slow" : "fast", permit_name && r->permit ? permit_name(r->permit) : "-");
    }
}
