/*
 * json.h - JSON in and out.
 *
 * In: the only file that knows json-c. Strict: one value, whole input, valid UTF-8, double quotes, no comments, no NaN,
 * no duplicate keys, no NUL escapes, depth 16; integers are exact or refused. Values live in the arena.
 *
 * Out: a writer straight into a buffer, nothing built in between. Commas are the writer's business. Keys are literals.
 *
 *     struct json w;
 *     json_init(&w, &rs->body);
 *     json_open_object(&w);
 *     json_key(&w, "items"); json_open_array(&w);
 *         json_str(&w, name);
 *     json_close(&w);
 *     json_close(&w);
 */
#ifndef WEB_JSON_H
#define WEB_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* ---- out ---------------------------------------------------------------------------------------------------------- */
struct json {
    struct buf *b;
    uint32_t is_object; /* bit d: level d is an object */
    uint8_t depth;
    bool comma;         /* a value stands before the next one at this level */
};
enum { JSON_OUT_DEPTH = 31 };

void json_init(struct json *w, struct buf *b);
void json_open_object(struct json *w);
void json_open_array(struct json *w);
void json_close(struct json *w);               /* the innermost open object or array */
/* name is a literal without characters that need escaping. */
#define json_key(w, name) json_key_literal((w), STR("\"" name "\":"))
void json_key_literal(struct json *w, struct str quoted_with_colon);
void json_key_str(struct json *w, struct str name); /* any name, escaped */
void json_str(struct json *w, struct str s);   /* valid UTF-8; "<" is escaped as well, so that the text may stand in a page */
void json_cstr(struct json *w, const char *s); /* NULL gives null */
void json_i64(struct json *w, int64_t v);
void json_id(struct json *w, uint64_t v);      /* ids are strings: "123" */
void json_bool(struct json *w, bool v);
void json_none(struct json *w);
static inline void json_null(struct json *w) /* not a symbol: another library exports one of this name */
{
    json_none(w);
}
void json_time(struct json *w, int64_t us);    /* RFC 3339, +08:00 */
void json_fixed(struct json *w, int64_t scaled, int decimals); /* 1163974000, 7 gives 116.3974 */
void json_raw(struct json *w, struct str value); /* a value already in JSON */
/* The usual pairs in one line. */
#define json_put_str(w, name, s) (json_key((w), name), json_str((w), (s)))
#define json_put_i64(w, name, v) (json_key((w), name), json_i64((w), (v)))
#define json_put_id(w, name, v) (json_key((w), name), json_id((w), (v)))
#define json_put_bool(w, name, v) (json_key((w), name), json_bool((w), (v)))
#define json_put_time(w, name, us) (json_key((w), name), json_time((w), (us)))
/* A moment that may be missing: 0 gives null. */
#define json_put_time_or_null(w, name, us)                                                                             \
    (json_key((w), name), (us) ? json_time((w), (us)) : json_null((w)))

/* ---- in ----------------------------------------------------------------------------------------------------------- */
enum json_kind { JSON_NULL, JSON_BOOL, JSON_INT /* exact in int64_t */, JSON_REAL, JSON_STR, JSON_ARRAY, JSON_OBJECT };
struct json_member;
struct json_value {
    enum json_kind kind;
    bool boolean;
    int64_t integer;
    double real;                /* of JSON_INT as well */
    struct str str;             /* JSON_STR; the text of a number as sent for JSON_REAL is not kept */
    const struct json_member *members; /* JSON_OBJECT, in order, no name twice */
    const struct json_value *items;    /* JSON_ARRAY */
    size_t n;
};
struct json_member {
    struct str name;
    struct json_value value;
};

/* ERR_INVALID with a static word for the log in ret_why: "syntax", "depth", "duplicate key" ... */
enum err json_parse(struct arena *a, struct str text, const struct json_value **ret, const char **ret_why) MUST_CHECK;
const struct json_value *json_get(const struct json_value *object, struct str name); /* NULL = absent */

#endif
