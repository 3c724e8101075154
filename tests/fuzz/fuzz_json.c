/*
 * fuzz_json.c - the strict parse, the form decoder over it, and the writer: what was read is written and read again.
 *
 * sources: cgi/base/[a-z]*.c cgi/web/{json,json_scan,json_write,form,form_value}.c
 * covers: cgi/web/{json,json_scan}.c
 */
#include "fuzz.h"
#include "web/form.h"
#include "web/json.h"
#include "web/request.h"

struct body {
    struct str text, phone;
    int64_t number, lng;
    bool yes;
    struct str_list list;
};
static const struct form_field fields[] = {
    {FORM_FIELD(struct body, text, "text", FIELD_AREA), .required = true, .max = 10},
    {FORM_FIELD(struct body, phone, "contact.phone", FIELD_PHONE), .max = 24},
    {FORM_FIELD(struct body, number, "number", FIELD_INT), .min_value = 0, .max_value = 9},
    {FORM_FIELD(struct body, lng, "location.lng", FIELD_LNGLAT), .min_value = -1800000000, .max_value = 1800000000},
    {FORM_FIELD(struct body, yes, "yes", FIELD_BOOL)},
    {FORM_FIELD(struct body, list, "list", FIELD_LIST), .max = 3},
};
static const struct form_spec spec = {FORM_SPEC("body", struct body, fields)};

static void write(struct json *w, const struct json_value *v, int depth)
{
    FUZZ_CHECK(depth <= LIMIT_JSON_DEPTH);
    switch (v->kind) {
    case JSON_NULL:
        json_null(w);
        return;
    case JSON_BOOL:
        json_bool(w, v->boolean);
        return;
    case JSON_INT:
        json_i64(w, v->integer);
        return;
    case JSON_REAL:
        json_fixed(w, v->real > 1000 || v->real < -1000 ? 0 : (int64_t)(v->real * 1000), 3);
        return;
    case JSON_STR:
        FUZZ_CHECK(fuzz_is_clean(v->str));
        json_str(w, v->str);
        return;
    case JSON_ARRAY:
        json_open_array(w);
        for (size_t i = 0; i < v->n; i++)
            write(w, &v->items[i], depth + 1);
        json_close(w);
        return;
    case JSON_OBJECT:
        json_open_object(w);
        for (size_t i = 0; i < v->n; i++) {
            json_key_str(w, v->members[i].name);
            write(w, &v->members[i].value, depth + 1);
        }
        json_close(w);
        return;
    }
}

static bool same(const struct json_value *x, const struct json_value *y)
{
    if (x->kind == JSON_REAL)
        return y->kind == JSON_REAL || y->kind == JSON_INT;
    if (x->kind != y->kind || x->n != y->n || x->boolean != y->boolean || x->integer != y->integer)
        return false;
    if (x->kind == JSON_STR)
        return str_eq(x->str, y->str);
    for (size_t i = 0; i < x->n; i++) {
        const struct json_value *a = x->kind == JSON_ARRAY ? &x->items[i] : &x->members[i].value;
        const struct json_value *b = x->kind == JSON_ARRAY ? &y->items[i] : &y->members[i].value;
        if (!same(a, b) || (x->kind == JSON_OBJECT && !str_eq(x->members[i].name, y->members[i].name)))
            return false;
    }
    return true;
}

static void one(struct arena *a, struct str input)
{
    const struct json_value *v, *again;
    const char *why;
    struct fault f = {0};
    struct request rq = {.a = a, .fault = &f};
    enum err err = form_decode_json(&rq, &spec, input);
    FUZZ_CHECK((err == ERR_OK) == (f.err == ERR_OK));
    if (json_parse(a, input, &v, &why) != ERR_OK) {
        FUZZ_CHECK(why && f.err == ERR_INVALID);
        return;
    }
    struct buf b;
    struct json w;
    buf_init(&b, a, MIB(8));
    json_init(&w, &b);
    write(&w, v, 0);
    FUZZ_CHECK(!b.full);
    FUZZ_CHECK(json_parse(a, buf_str(&b), &again, &why) == ERR_OK);
    FUZZ_CHECK(same(v, again));
    (void)json_get(v, STR("text"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_with_arena(data, size, one);
    return 0;
}
