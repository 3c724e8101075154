/*
 * json.c - the gate to json-c: a strict parse into values that live in the arena.
 *
 * Contract: see json.h. json_scan() refuses what json-c would let pass; json-c checks the grammar; the copy below gives
 * typed values, so that its coercing getters are used nowhere. No other file includes json-c.
 */
#define json_bool json_c_bool /* a type of json-c, a function of ours */
#include <json.h>
#undef json_bool

#include "web/json.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "web/json_scan.h"

static void put_object(void *o)
{
    json_object_put(o);
}

static void convert(struct arena *a, json_object *o, struct json_value *v, size_t *names);

static void convert_object(struct arena *a, json_object *o, struct json_value *v, size_t *names)
{
    v->kind = JSON_OBJECT;
    v->n = (size_t)json_object_object_length(o);
    struct json_member *members = ARENA_ARRAY(a, struct json_member, v->n ? v->n : 1);
    size_t i = 0;
    struct lh_entry *e;
    for (e = lh_table_head(json_object_get_object(o)); e; e = lh_entry_next(e), i++) {
        members[i].name = str_from_c(lh_entry_k(e));
        convert(a, (json_object *)lh_entry_v(e), &members[i].value, names);
    }
    v->members = members;
    *names += v->n;
}

static void convert_array(struct arena *a, json_object *o, struct json_value *v, size_t *names)
{
    v->kind = JSON_ARRAY;
    v->n = json_object_array_length(o);
    struct json_value *items = ARENA_ARRAY(a, struct json_value, v->n ? v->n : 1);
    for (size_t i = 0; i < v->n; i++)
        convert(a, json_object_array_get_idx(o, i), &items[i], names);
    v->items = items;
}

/* Text stays in the json-c object, which lives as long as the arena. */
static void convert(struct arena *a, json_object *o, struct json_value *v, size_t *names)
{
    switch (json_object_get_type(o)) {
    case json_type_null:
        v->kind = JSON_NULL;
        return;
    case json_type_boolean:
        v->kind = JSON_BOOL;
        v->boolean = json_object_get_boolean(o);
        return;
    case json_type_int:
        v->kind = JSON_INT;
        v->integer = json_object_get_int64(o);
        v->real = (double)v->integer;
        return;
    case json_type_double:
        v->kind = JSON_REAL;
        v->real = json_object_get_double(o);
        return;
    case json_type_string:
        v->kind = JSON_STR;
        v->str = (struct str){json_object_get_string(o), (size_t)json_object_get_string_len(o)};
        return;
    case json_type_object:
        convert_object(a, o, v, names);
        return;
    case json_type_array:
        convert_array(a, o, v, names);
        return;
    }
    bug(__FILE__, __LINE__, "json type");
}

/* One tokener for the life of the process: a worker handles one request at a time. */
static json_tokener *tokener(void)
{
    static json_tokener *tok;
    if (!tok) {
        tok = json_tokener_new_ex(LIMIT_JSON_DEPTH + 1);
        BUG_ON(!tok);
        json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    }
    json_tokener_reset(tok);
    return tok;
}

static json_object *parse_whole(struct str text, const char **ret_why)
{
    json_tokener *tok = tokener();
    json_object *o = json_tokener_parse_ex(tok, text.p, (int)text.n);
    /* A bare number or word at the very end is still waiting for more; a blank ends it. */
    if (!o && json_tokener_get_error(tok) == json_tokener_continue)
        o = json_tokener_parse_ex(tok, " ", 1);
    else if (json_tokener_get_error(tok) == json_tokener_success && json_tokener_get_parse_end(tok) < text.n) {
        struct str rest = str_trim(str_slice(text, json_tokener_get_parse_end(tok), text.n));
        if (rest.n) {
            json_object_put(o);
            *ret_why = "text after the value";
            return NULL;
        }
    }
    enum json_tokener_error e = json_tokener_get_error(tok);
    if (e != json_tokener_success) {
        json_object_put(o);
        *ret_why = e == json_tokener_continue ? "cut off" : "syntax";
        return NULL;
    }
    return o;
}

enum err json_parse(struct arena *a, struct str text, const struct json_value **ret, const char **ret_why)
{
    size_t names_sent = 0, names_kept = 0;
    *ret_why = NULL;
    if (text.n > LIMIT_BODY_MULTIPART_BYTES || !utf8_valid(text)) /* the length is an int to json-c */
        *ret_why = "not UTF-8";
    else if (!str_trim(text).n)
        *ret_why = "empty";
    else
        *ret_why = json_scan(text, LIMIT_JSON_DEPTH, &names_sent);
    if (*ret_why)
        return ERR_INVALID;
    struct json_value *v = ARENA_NEW(a, struct json_value);
    json_object *o = parse_whole(text, ret_why);
    if (*ret_why)
        return ERR_INVALID;
    arena_defer(a, put_object, o);
    convert(a, o, v, &names_kept);
    if (names_kept != names_sent) {
        *ret_why = "duplicate key";
        return ERR_INVALID;
    }
    *ret = v;
    return ERR_OK;
}

const struct json_value *json_get(const struct json_value *object, struct str name)
{
    if (object->kind != JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->n; i++)
        if (str_eq(object->members[i].name, name))
            return &object->members[i].value;
    return NULL;
}
