/*
 * preference.c - language and type size chosen by address.
 *
 * Contract: see preference.h. An unknown value changes nothing and disappears. Must not know which pages there are.
 */
#include "web/preference.h"

#include "base/limits.h"
#include "web/language.h"
#include "web/request.h"
#include "web/response.h"
#include "web/route.h"

enum { YEAR_S = 365 * 24 * 3600 };

static bool is_preference(struct str pair)
{
    struct str key, value;
    str_cut(pair, '=', &key, &value);
    return str_eq(key, STR("lang")) || str_eq(key, STR("elder"));
}

/* Bytes that may not stand in a Location header are encoded; nothing is encoded twice, for '%' stays. */
static void put_encoded(struct buf *b, struct str s, const char *keep)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(keep, c));
        if (plain) {
            buf_putc(b, (char)c);
        } else {
            buf_putc(b, '%');
            buf_putc(b, digits[c >> 4]);
            buf_putc(b, digits[c & 15]);
        }
    }
}

struct str preference_strip(struct request *rq, struct str query)
{
    struct str pair;
    struct buf b;
    if (!query.n)
        return STR_NONE;
    buf_init(&b, rq->a, 3 * LIMIT_URI_BYTES);
    while (query.n) {
        str_cut(query, '&', &pair, &query);
        if (!pair.n || is_preference(pair))
            continue;
        if (b.n)
            buf_putc(&b, '&');
        put_encoded(&b, pair, "-._~%=+!$'()*,;:@/?[]");
    }
    return buf_str(&b);
}

struct str preference_path(struct request *rq)
{
    bool clean = true;
    for (size_t i = 0; clean && i < rq->path.n; i++) {
        unsigned char c = (unsigned char)rq->path.p[i];
        clean = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
                c == '.' || c == '_';
    }
    if (clean)
        return rq->path;
    struct buf b;
    buf_init(&b, rq->a, 3 * LIMIT_PATH_BYTES);
    put_encoded(&b, rq->path, "-._~/");
    return buf_str(&b);
}

struct str preference_self(struct request *rq)
{
    struct str path = preference_path(rq);
    struct str query = str_eq(rq->method, STR("GET")) ? preference_strip(rq, rq->query) : STR_NONE;
    return query.n ? arena_printf(rq->a, STR_FMT "?" STR_FMT, STR_ARG(path), STR_ARG(query)) : path;
}

static void remember(struct request *rq, struct response *rs, struct str lang, struct str elder)
{
    enum lang chosen;
    if (lang.n && language_of_tag(lang, &chosen))
        response_cookie(rq, rs, "lang", language_tag(chosen), YEAR_S);
    if (str_eq(elder, STR("1")) || str_eq(elder, STR("0")))
        response_cookie(rq, rs, "elder", elder, YEAR_S);
}

/* Cheap test before anything is decoded. */
static bool names_one(struct str query)
{
    struct str pair;
    while (query.n) {
        str_cut(query, '&', &pair, &query);
        if (is_preference(pair))
            return true;
    }
    return false;
}

bool preference_answer(struct request *rq, struct response *rs)
{
    if (!rq->query.n || !names_one(rq->query))
        return false;
    struct str lang = request_query(rq, "lang");
    if (rq->route->look != LOOK_PAGE) {
        (void)language_of_tag(lang, &rq->lang);
        return false;
    }
    BUG_ON(response_redirect(rs, preference_self(rq)) != ERR_OK); /* the path was judged when the request was read */
    remember(rq, rs, lang, request_query(rq, "elder"));
    return true;
}
