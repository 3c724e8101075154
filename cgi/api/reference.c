/*
 * reference.c - reference data for clients.
 *
 * Contract: everything a form of the mini-program needs to know stands here, so that no limit is written down twice;
 * the answer changes only when configuration or seeds do, and its ETag with it. Must not know accounts or tickets.
 */
#include "api/reference.h"

#include "app/words.h"
#include "base/limits.h"
#include "base/version.h"
#include "pages/join.h"
#include "pages/say.h"
#include "web/envelope.h"
#include "web/json.h"

struct parent_query {
    struct str parent;
};
static const struct form_field parent_fields[] = {
    {FORM_FIELD(struct parent_query, parent, "parent", FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec api_areas_query = {FORM_SPEC("api_areas", struct parent_query, parent_fields)};
const struct form_spec api_categories_query = {FORM_SPEC("api_categories", struct parent_query, parent_fields)};

/* ---- config ----------------------------------------------------------------------------------------------------- */

static void put_words(struct json *w, const struct say *s, const char *area, enum words list)
{
    json_open_array(w);
    for (int i = 1; i < words_end(list); i++) {
        struct str code = word(list, i);
        json_open_object(w);
        json_put_str(w, "code", code);
        json_put_str(w, "text", say_word(s, area, code));
        json_close(w);
    }
    json_close(w);
}

static void put_grades(struct json *w, const struct say *s, int grades)
{
    json_open_array(w);
    for (int i = 1; i < SATISFACTION_END; i++) {
        struct str code = word(WORDS_SATISFACTION, i);
        if (grades == 3 && (i == SATISFIED_VERY || i == SATISFIED_NOT_AT_ALL))
            continue; /* Beijing's three are the middle ones */
        json_open_object(w);
        json_put_str(w, "code", code);
        json_put_str(w, "text", say_word(s, "grade", code));
        json_close(w);
    }
    json_close(w);
}

static void put_limits(struct json *w, const struct app_settings *set)
{
    json_open_object(w);
    json_put_i64(w, "title_chars", LIMIT_TITLE_CHARS);
    json_put_i64(w, "text_min_chars", LIMIT_TEXT_MIN_CHARS);
    json_put_i64(w, "text_chars", LIMIT_TEXT_CHARS);
    json_put_i64(w, "address_chars", LIMIT_ADDRESS_CHARS);
    json_put_i64(w, "message_chars", LIMIT_MESSAGE_CHARS);
    json_put_i64(w, "photos", LIMIT_PHOTOS);
    json_put_i64(w, "recordings", LIMIT_RECORDINGS);
    json_put_i64(w, "photo_bytes", LIMIT_PHOTO_BYTES);
    json_put_i64(w, "recording_bytes", LIMIT_RECORDING_BYTES);
    json_put_i64(w, "urge_every_hours", set->urge_every_hours);
    json_put_i64(w, "urge_max", set->urge_max);
    json_put_i64(w, "objection_days", set->object_days);
    json_put_i64(w, "upload_hours", set->upload_hours);
    json_put_i64(w, "sms_code_minutes", set->sms_code_minutes);
    json_close(w);
}

enum err api_config(struct request *rq, struct response *rs)
{
    const struct join *j = join_of(rq);
    struct say s = say_of(rq);
    struct json w;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "version", STR(SUDA_VERSION));
    json_put_str(&w, "min_client_version", STR("1.0.0"));
    json_key(&w, "maintenance");
    json_null(&w);
    json_put_str(&w, "city", str_from_c(rq->lang == LANG_EN ? j->city_en : j->city_zh));
    json_put_str(&w, "hotline", str_from_c(j->hotline));
    json_put_bool(&w, "demo", j->demo);
    json_put_i64(&w, "reference_version", refdata_version(j->ref));
    json_key(&w, "kinds");
    put_words(&w, &s, "kind", WORDS_KIND);
    json_key(&w, "statuses");
    put_words(&w, &s, "status", WORDS_STATUS);
    json_key(&w, "satisfaction");
    put_grades(&w, &s, j->set->grades);
    json_key(&w, "limits");
    put_limits(&w, j->set);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* ---- areas, categories ------------------------------------------------------------------------------------------ */

static void open_list(struct request *rq, struct response *rs, struct json *w, int64_t version)
{
    envelope_open(rq, rs, w);
    json_open_object(w);
    json_put_i64(w, "version", version);
    json_key(w, "items");
    json_open_array(w);
}

static void put_name(struct json *w, struct str code, struct str name, struct str name_en)
{
    json_put_str(w, "code", code);
    json_put_str(w, "name", name);
    json_key(w, "name_en");
    if (name_en.n > 0)
        json_str(w, name_en);
    else
        json_null(w);
}

enum err api_areas(struct request *rq, struct response *rs)
{
    const struct parent_query *in = rq->form;
    const struct refdata *ref = join_of(rq)->ref;
    const struct area *const *areas = NULL;
    struct json w;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    if (in->parent.n > 0 && refdata_area(ref, in->parent) == NULL)
        return fault_field(rq->fault, "parent", "NOT_A_CHOICE");
    size_t n = refdata_area_children(ref, in->parent, &areas);
    open_list(rq, rs, &w, refdata_version(ref));
    for (size_t i = 0; i < n; i++) {
        json_open_object(&w);
        put_name(&w, areas[i]->code, areas[i]->name, areas[i]->name_en);
        json_put_i64(&w, "level", areas[i]->level);
        json_put_bool(&w, "has_children", areas[i]->level < AREA_COMMUNITY);
        json_close(&w);
    }
    return envelope_list_close(rq, rs, &w, STR_NONE);
}

enum err api_categories(struct request *rq, struct response *rs)
{
    const struct parent_query *in = rq->form;
    const struct refdata *ref = join_of(rq)->ref;
    const struct category *all = NULL;
    struct json w;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    if (in->parent.n > 0 && refdata_category(ref, in->parent) == NULL)
        return fault_field(rq->fault, "parent", "NOT_A_CHOICE");
    size_t n = refdata_categories(ref, &all);
    open_list(rq, rs, &w, refdata_version(ref));
    for (size_t i = 0; i < n; i++) {
        if (in->parent.n > 0 && !str_starts(all[i].code, in->parent))
            continue;
        json_open_object(&w);
        put_name(&w, all[i].code, all[i].name, all[i].name_en);
        json_put_str(&w, "parent", all[i].parent);
        json_put_i64(&w, "level", all[i].level);
        json_put_i64(&w, "response_level", all[i].response_level);
        json_close(&w);
    }
    return envelope_list_close(rq, rs, &w, STR_NONE);
}
