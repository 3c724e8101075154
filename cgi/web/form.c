/*
 * form.c - the one decoder of forms: pairs or JSON in, a typed struct out, all errors collected.
 *
 * Contract: see form.h. Must not know HTTP or any particular form.
 */
#include "web/form.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "web/form_value.h"
#include "web/json.h"
#include "web/route.h"

static void *new_struct(struct request *rq, const struct form_spec *spec)
{
    void *out = arena_alloc(rq->a, spec->size);
    for (size_t i = 0; i < spec->n_fields; i++) {
        const struct form_field *f = &spec->fields[i];
        if (f->type == FIELD_FILE)
            ((struct upload_part *)form_member(f, out))->fd = -1;
        else if (form_member_size(f->type) == sizeof(struct str) && f->type != FIELD_LIST && f->type != FIELD_FILES)
            *(struct str *)form_member(f, out) = STR_NONE; /* empty text has an address as well */
    }
    rq->form = out;
    return out;
}

static void finish_field(struct request *rq, const struct form_field *f, void *out, bool sent, bool blank,
                         const char *why)
{
    bool number = f->type == FIELD_INT || f->type == FIELD_LNGLAT;
    if (sent && !(number && blank) && f->has_offset != FORM_NO_HAS)
        *((bool *)((char *)out + f->has_offset)) = true;
    if (!why && f->required && (!sent || blank || form_is_blank(f, out)))
        why = "REQUIRED";
    if (why)
        fault_field(rq->fault, f->name, why);
}

static enum err outcome(const struct request *rq)
{
    return rq->fault->n_fields ? ERR_INVALID : ERR_OK;
}

/* ---- pairs ----------------------------------------------------------------------------------------------------- */

static bool names_match(const struct form_field *f, struct str name)
{
    size_t n = strlen(f->name);
    if (name.n >= n && memcmp(name.p, f->name, n) == 0)
        return name.n == n || (f->type == FIELD_LIST && name.n == n + 2 && memcmp(name.p + n, "[]", 2) == 0);
    return false;
}

static size_t count_of(const struct form_field *f, const struct form_pairs *pairs)
{
    size_t n = 0;
    for (size_t i = 0; i < pairs->n; i++)
        n += names_match(f, pairs->p[i].name);
    return n;
}

static void decode_list(struct request *rq, const struct form_field *f, const struct form_pairs *pairs, void *out)
{
    size_t n = count_of(f, pairs), k = 0;
    struct str *items = ARENA_ARRAY(rq->a, struct str, n ? n : 1);
    for (size_t i = 0; i < pairs->n; i++)
        if (names_match(f, pairs->p[i].name))
            items[k++] = pairs->p[i].value;
    finish_field(rq, f, out, n > 0, false, form_set_list(rq->a, f, items, n, out));
}

static void decode_files(struct request *rq, const struct form_field *f, const struct form_pairs *pairs, void *out)
{
    size_t n = count_of(f, pairs), k = 0, most = f->type == FIELD_FILE ? 1 : f->max;
    struct upload_part *files = ARENA_ARRAY(rq->a, struct upload_part, n ? n : 1);
    const char *why = NULL;
    for (size_t i = 0; i < pairs->n; i++) {
        const struct form_pair *p = &pairs->p[i];
        if (!names_match(f, p->name))
            continue;
        if (p->too_large)
            why = "FILE_TOO_LARGE";
        else if (p->file && !p->file->bytes)
            why = "FILE_EMPTY";
        else if (p->file)
            files[k++] = *p->file;
        else if (p->value.n)
            why = "WRONG_TYPE";
    }
    if (k > most && !why)
        why = "TOO_MANY";
    if (f->type == FIELD_FILE && k)
        *(struct upload_part *)form_member(f, out) = files[0];
    if (f->type == FIELD_FILES) {
        *(struct upload_list *)form_member(f, out) = (struct upload_list){files, k};
        if (!why && k && k < f->min)
            why = "TOO_FEW";
    }
    finish_field(rq, f, out, k > 0, false, why);
}

static void decode_single(struct request *rq, const struct form_field *f, const struct form_pairs *pairs, void *out)
{
    const struct form_pair *found = NULL;
    const char *why = NULL;
    for (size_t i = 0; i < pairs->n; i++) {
        if (!names_match(f, pairs->p[i].name))
            continue;
        if (found)
            why = "DUPLICATE"; /* which of the two was meant is not ours to guess */
        else
            found = &pairs->p[i];
    }
    if (found && !why)
        why = found->file ? "WRONG_TYPE" : form_set_text(rq->a, f, form_readable(rq->a, f, found->value), out);
    finish_field(rq, f, out, found != NULL, !found || !form_trim(found->value).n, why);
}

/* A file that would be dropped is a mistake of the client that silence would hide. */
static void refuse_stray_files(struct request *rq, const struct form_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n && rq->fault->n_fields < FAULT_FIELDS_MAX; i++)
        if (pairs->p[i].unknown_file)
            fault_field(rq->fault, arena_cstr(rq->a, utf8_truncate(pairs->p[i].name, 64)), "UNKNOWN_FIELD");
}

enum err form_decode_pairs(struct request *rq, const struct form_spec *spec, const struct form_pairs *pairs)
{
    void *out = new_struct(rq, spec);
    for (size_t i = 0; i < spec->n_fields; i++) {
        const struct form_field *f = &spec->fields[i];
        if (f->type == FIELD_LIST)
            decode_list(rq, f, pairs, out);
        else if (f->type == FIELD_FILE || f->type == FIELD_FILES)
            decode_files(rq, f, pairs, out);
        else
            decode_single(rq, f, pairs, out);
    }
    refuse_stray_files(rq, pairs);
    return outcome(rq);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------ */

static const struct json_value *find_dotted(const struct json_value *at, const char *name)
{
    struct str head, rest = str_from_c(name);
    bool more = true;
    while (more && at) {
        if (at->kind != JSON_OBJECT)
            return NULL;
        more = str_cut(rest, '.', &head, &rest);
        at = json_get(at, head);
    }
    return at && at->kind != JSON_NULL ? at : NULL;
}

static const char *json_list(struct request *rq, const struct form_field *f, const struct json_value *v, void *out)
{
    if (v->kind != JSON_ARRAY)
        return "WRONG_TYPE";
    if (v->n > f->max)
        return "TOO_MANY";
    struct str *items = ARENA_ARRAY(rq->a, struct str, v->n ? v->n : 1);
    for (size_t i = 0; i < v->n; i++) {
        if (v->items[i].kind != JSON_STR)
            return "WRONG_TYPE";
        items[i] = v->items[i].str;
    }
    return form_set_list(rq->a, f, items, v->n, out);
}

static const char *json_degrees(const struct form_field *f, const struct json_value *v, void *out)
{
    if (v->kind != JSON_REAL && v->kind != JSON_INT)
        return "WRONG_TYPE";
    if (!(v->real >= -1000 && v->real <= 1000))
        return "OUT_OF_RANGE";
    double scaled = v->real * 1e7;
    return form_set_number(f, (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5), out);
}

static const char *json_field(struct request *rq, const struct form_field *f, const struct json_value *v, void *out)
{
    switch (f->type) {
    case FIELD_LIST:
        return json_list(rq, f, v, out);
    case FIELD_INT:
        return v->kind == JSON_INT ? form_set_number(f, v->integer, out) : "WRONG_TYPE";
    case FIELD_LNGLAT:
        return json_degrees(f, v, out);
    case FIELD_BOOL:
        if (v->kind != JSON_BOOL)
            return "WRONG_TYPE";
        *(bool *)form_member(f, out) = v->boolean;
        return NULL;
    case FIELD_FILE:
    case FIELD_FILES:
        return "WRONG_TYPE";
    case FIELD_TEXT:
    case FIELD_AREA:
    case FIELD_CHOICE:
    case FIELD_CODE:
    case FIELD_PHONE:
    case FIELD_SECRET:
        return v->kind == JSON_STR ? form_set_text(rq->a, f, v->str, out) : "WRONG_TYPE";
    }
    bug(__FILE__, __LINE__, "field type");
}

enum known { KNOWN_NOT, KNOWN_FIELD, KNOWN_PREFIX };

static enum known known_path(const struct form_spec *spec, struct str path)
{
    for (size_t i = 0; i < spec->n_fields; i++) {
        struct str name = str_from_c(spec->fields[i].name);
        if (str_eq(name, path))
            return KNOWN_FIELD;
        if (name.n > path.n && str_starts(name, path) && name.p[path.n] == '.')
            return KNOWN_PREFIX;
    }
    return KNOWN_NOT;
}

/* A name the form does not know is a mistake of the client that silence would hide. */
static void refuse_unknown(struct request *rq, const struct form_spec *spec, const struct json_value *object,
                           struct str prefix)
{
    for (size_t i = 0; i < object->n && rq->fault->n_fields < FAULT_FIELDS_MAX; i++) {
        const struct json_member *m = &object->members[i];
        struct str path =
            prefix.n ? arena_printf(rq->a, STR_FMT "." STR_FMT, STR_ARG(prefix), STR_ARG(m->name)) : m->name;
        bool dotted = m->name.n && memchr(m->name.p, '.', m->name.n);
        enum known k = dotted ? KNOWN_NOT : known_path(spec, path);
        if (k == KNOWN_PREFIX && m->value.kind == JSON_OBJECT)
            refuse_unknown(rq, spec, &m->value, path);
        else if (k == KNOWN_PREFIX && m->value.kind != JSON_NULL)
            fault_field(rq->fault, arena_cstr(rq->a, path), "WRONG_TYPE");
        else if (k == KNOWN_NOT)
            fault_field(rq->fault, arena_cstr(rq->a, utf8_truncate(path, 64)), "UNKNOWN_FIELD");
    }
}

enum err form_decode_json(struct request *rq, const struct form_spec *spec, struct str text)
{
    const struct json_value *root;
    const char *why;
    enum err err = json_parse(rq->a, text, &root, &why);
    if (err)
        return fault_set(rq->fault, err, "BAD_JSON", "%s", why);
    if (root->kind != JSON_OBJECT)
        return fault_set(rq->fault, ERR_INVALID, "BAD_JSON", "the body is not an object");
    void *out = new_struct(rq, spec);
    for (size_t i = 0; i < spec->n_fields; i++) {
        const struct form_field *f = &spec->fields[i];
        const struct json_value *v = find_dotted(root, f->name);
        finish_field(rq, f, out, v != NULL, v == NULL, v ? json_field(rq, f, v, out) : NULL);
    }
    refuse_unknown(rq, spec, root, STR_NONE);
    return outcome(rq);
}

/* ---- the rest -------------------------------------------------------------------------------------------------- */

struct str form_sent(const struct request *rq, const char *name)
{
    const struct form_spec *spec = rq->route ? rq->route->form : NULL;
    for (size_t i = 0; spec && i < spec->n_fields; i++)
        if (strcmp(spec->fields[i].name, name) == 0 && spec->fields[i].type == FIELD_SECRET)
            return STR_NONE;
    for (size_t i = 0; rq->sent && i < rq->sent->n; i++)
        if (str_eq_c(rq->sent->p[i].name, name))
            return utf8_is_text(rq->sent->p[i].value, true) ? rq->sent->p[i].value : STR_NONE;
    return STR_NONE;
}

static const char *check_field(const struct form_spec *spec, const struct form_field *f)
{
    bool text = f->type == FIELD_TEXT || f->type == FIELD_AREA || f->type == FIELD_CODE || f->type == FIELD_PHONE ||
                f->type == FIELD_SECRET;
    if (!f->name || !*f->name)
        return "a field has no name";
    if (f->offset + form_member_size(f->type) > spec->size)
        return "a member lies outside the struct";
    if (f->has_offset != FORM_NO_HAS && f->has_offset + sizeof(bool) > spec->size)
        return "a has_ member lies outside the struct";
    if ((text || f->type == FIELD_LIST || f->type == FIELD_FILES) && !f->max)
        return "max is unset";
    if (f->min > f->max && f->max)
        return "min is above max";
    if ((f->type == FIELD_INT || f->type == FIELD_LNGLAT) && f->min_value >= f->max_value)
        return "min_value and max_value are unset";
    if (f->type == FIELD_CHOICE && (!f->choices || !f->choices[0]))
        return "choices are unset";
    if ((f->type == FIELD_FILE || f->type == FIELD_FILES) && !f->max_bytes)
        return "max_bytes is unset";
    return NULL;
}

const char *form_check(const struct form_spec *spec)
{
    static char complaint[200];
    for (size_t i = 0; i < spec->n_fields; i++) {
        const char *why = check_field(spec, &spec->fields[i]);
        for (size_t j = 0; !why && j < i; j++)
            if (strcmp(spec->fields[i].name, spec->fields[j].name) == 0)
                why = "a field stands twice";
        if (why) {
            snprintf(complaint, sizeof complaint, "form %s, field %zu (%s): %s", spec->name ? spec->name : "?", i,
                     spec->fields[i].name ? spec->fields[i].name : "?", why);
            return complaint;
        }
    }
    return spec->name && spec->size && spec->n_fields ? NULL : "a form without name or fields";
}
