/*
 * fuzz_urlencoded.c - query strings and form bodies into pairs, and pairs into a typed struct.
 *
 * sources: cgi/base/[a-z]*.c cgi/web/{urlencoded,percent,form,form_value,json,json_scan}.c
 * covers: cgi/web/{urlencoded,percent,form_value}.c
 */
#include "fuzz.h"
#include "web/form.h"
#include "web/request.h"

struct all {
    struct str text, area, choice, code, phone, secret;
    int64_t number, degrees;
    bool yes, has_number;
    struct str_list list;
    struct upload_part file;
    struct upload_list files;
};
static const char *const choices[] = {"a", "b", NULL};
static const struct form_field fields[] = {
    {FORM_FIELD(struct all, text, "t", FIELD_TEXT), .required = true, .min = 2, .max = 10},
    {FORM_FIELD(struct all, area, "a", FIELD_AREA), .max = 20},
    {FORM_FIELD(struct all, choice, "c", FIELD_CHOICE), .choices = choices},
    {FORM_FIELD(struct all, code, "k", FIELD_CODE), .max = 8},
    {FORM_FIELD(struct all, phone, "p", FIELD_PHONE), .max = 24},
    {FORM_FIELD(struct all, secret, "s", FIELD_SECRET), .max = 8},
    {FORM_FIELD_HAS(struct all, number, has_number, "n", FIELD_INT), .min_value = -5, .max_value = 500},
    {FORM_FIELD(struct all, degrees, "d", FIELD_LNGLAT), .required = true, .min_value = -1800000000,
     .max_value = 1800000000},
    {FORM_FIELD(struct all, yes, "y", FIELD_BOOL), .required = true},
    {FORM_FIELD(struct all, list, "l", FIELD_LIST), .required = true, .min = 2, .max = 3, .max_value = 4},
    {FORM_FIELD(struct all, file, "f", FIELD_FILE), .required = true, .max_bytes = 10},
    {FORM_FIELD(struct all, files, "g", FIELD_FILES), .required = true, .max = 2, .max_bytes = 10},
};
static const struct form_spec spec = {FORM_SPEC("all", struct all, fields)};

static void check_pairs(struct arena *a, const struct form_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++) {
        struct str back;
        FUZZ_CHECK(fuzz_is_clean(pairs->p[i].name) && fuzz_is_clean(pairs->p[i].value));
        FUZZ_CHECK(percent_decode(a, percent_encode(a, pairs->p[i].value), true, &back));
        FUZZ_CHECK(str_eq(back, pairs->p[i].value));
    }
}

/* What a handler may rely on when no field is at fault. */
static void check_struct(const struct all *v)
{
    FUZZ_CHECK(utf8_is_text(v->text, false) && utf8_count(v->text) >= 2 && utf8_count(v->text) <= 10);
    FUZZ_CHECK(utf8_is_text(v->area, true) && utf8_count(v->area) <= 20 && !memchr(v->area.p, '\r', v->area.n));
    FUZZ_CHECK(v->choice.n == 0 || str_eq(v->choice, STR("a")) || str_eq(v->choice, STR("b")));
    FUZZ_CHECK(v->code.n <= 8 && v->phone.n <= 16);
    FUZZ_CHECK(v->number >= -5 && v->number <= 500); /* yes: false is an answer too */
    FUZZ_CHECK(v->degrees >= -1800000000 && v->degrees <= 1800000000);
    FUZZ_CHECK(v->list.n >= 2 && v->list.n <= 3);
}

/* A way that is called plain leads, read as a browser reads it, no elsewhere than it says. */
static void check_way(struct arena *a, struct str input)
{
    struct str way, decoded, segment, rest;
    if (!percent_plain_path(input, STR("/staff/")))
        return;
    FUZZ_CHECK(str_starts(input, STR("/staff/")));
    str_cut(input, '?', &way, &rest);
    str_cut(way, '#', &way, &rest);
    if (!percent_decode(a, way, false, &decoded))
        return; /* no text: nothing of ours answers it */
    for (rest = str_slice(decoded, 1, decoded.n); rest.n > 0;) {
        str_cut(rest, '/', &segment, &rest);
        FUZZ_CHECK(segment.n > 0 && !str_eq_c(segment, ".") && !str_eq_c(segment, "..") && !memchr(segment.p, '\\', segment.n));
    }
}

static void one(struct arena *a, struct str input)
{
    struct fault f = {0};
    struct form_pairs pairs;
    struct request rq = {.a = a, .fault = &f};
    check_way(a, input);
    if (urlencoded_parse(a, &f, input, &pairs) != ERR_OK) {
        FUZZ_CHECK(f.reason && pairs.n == 0);
        return;
    }
    check_pairs(a, &pairs);
    rq.sent = &pairs;
    enum err err = form_decode_pairs(&rq, &spec, &pairs);
    FUZZ_CHECK((err == ERR_OK) == (f.n_fields == 0));
    FUZZ_CHECK(fuzz_is_clean(form_sent(&rq, "t")));
    bool only_files = true; /* pairs of this kind carry none, so those two are always at fault */
    for (size_t i = 0; i < f.n_fields; i++)
        only_files = only_files && (f.fields[i].field[0] == 'f' || f.fields[i].field[0] == 'g');
    if (only_files)
        check_struct(rq.form);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_with_arena(data, size, one);
    return 0;
}
