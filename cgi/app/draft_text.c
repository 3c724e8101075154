/*
 * draft_text.c - the serialisation of drafts.
 *
 * Contract: what draft_write wrote, draft_read gives back; a field that is missing is empty. Pure. Must not know the
 * database or keys.
 */
#include "app/draft_text.h"

#include "app/params.h"

enum shape { TEXT, NUMBER, FLAG };
struct draft_field {
    const char *name;
    enum shape shape;
    size_t offset, bytes;
};
#define IN(member) offsetof(struct draft, in.member), sizeof(((struct draft *)0)->in.member)
#define OWN(member) offsetof(struct draft, member), sizeof(((struct draft *)0)->member)
static const struct draft_field fields[] = {
    {"kind", NUMBER, IN(kind)},
    {"applicant", NUMBER, IN(applicant)},
    {"diversion", NUMBER, IN(diversion)},
    {"title", TEXT, IN(title)},
    {"text", TEXT, IN(text)},
    {"category", TEXT, IN(category_code)},
    {"area", TEXT, IN(area_code)},
    {"address", TEXT, IN(address)},
    {"place", NUMBER, IN(place_id)},
    {"point", FLAG, IN(has_point)},
    {"lng", NUMBER, IN(lng_e7)},
    {"lat", NUMBER, IN(lat_e7)},
    {"name", TEXT, IN(name)},
    {"phone", TEXT, IN(phone)},
    {"org", TEXT, IN(org)},
    {"reported_unit", TEXT, IN(reported_unit)},
    {"phone_verified", FLAG, IN(phone_verified)},
    {"public", FLAG, IN(is_public)},
    {"confidential", FLAG, IN(confidential)},
    {"no_reply", FLAG, IN(no_reply)},
    {"same_as", NUMBER, IN(same_as)},
    {"phone_pending", TEXT, OWN(phone_pending)},
    {"has_kind", FLAG, OWN(has_kind)},
    {"has_category", FLAG, OWN(has_category)},
    {"has_area", FLAG, OWN(has_area)},
    {"has_address", FLAG, OWN(has_address)},
    {"has_photos", FLAG, OWN(has_photos)},
    {"has_contact", FLAG, OWN(has_contact)},
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static int64_t read_number(const struct draft *d, const struct draft_field *f)
{
    const char *at = (const char *)d + f->offset;
    int32_t small;
    int64_t large;
    if (f->bytes == sizeof small)
        return memcpy(&small, at, sizeof small), small;
    return memcpy(&large, at, sizeof large), large;
}

static void write_number(struct draft *d, const struct draft_field *f, int64_t v)
{
    char *at = (char *)d + f->offset;
    int32_t small = (int32_t)v;
    if (f->bytes == sizeof small)
        memcpy(at, &small, sizeof small);
    else
        memcpy(at, &v, sizeof v);
}

static void write_field(struct buf *b, const struct draft *d, const struct draft_field *f)
{
    const char *at = (const char *)d + f->offset;
    switch (f->shape) {
    case TEXT:
        if (((const struct str *)(const void *)at)->n > 0)
            params_put(b, f->name, *(const struct str *)(const void *)at);
        return;
    case FLAG:
        if (*(const bool *)at)
            params_put_i64(b, f->name, 1);
        return;
    case NUMBER:
        if (read_number(d, f) != 0)
            params_put_i64(b, f->name, read_number(d, f));
        return;
    }
}

struct str draft_write(struct arena *a, const struct draft *d)
{
    struct buf b;
    buf_init(&b, a, DRAFT_TEXT_BYTES);
    params_put_i64(&b, "v", 1);
    for (size_t i = 0; i < FIELDS; i++)
        write_field(&b, d, &fields[i]);
    for (size_t i = 0; i < d->in.n_uploads; i++)
        params_put(&b, "upload", d->in.uploads[i]);
    return b.full ? STR_NONE : buf_str(&b);
}

static void read_field(struct draft *d, const struct draft_field *f, struct str value)
{
    char *at = (char *)d + f->offset;
    int64_t n = 0;
    if (f->shape == TEXT)
        *(struct str *)(void *)at = value;
    else if (f->shape == FLAG)
        *(bool *)at = str_eq(value, STR("1"));
    else if (parse_i64(value, INT64_MIN, INT64_MAX, &n))
        write_number(d, f, n);
}

void draft_read(struct arena *a, struct str text, struct draft *ret)
{
    struct str rest = text, name, value;
    *ret = (struct draft){0};
    while (params_next(a, &rest, &name, &value)) {
        for (size_t i = 0; i < FIELDS; i++)
            if (str_eq_c(name, fields[i].name))
                read_field(ret, &fields[i], value);
        if (str_eq(name, STR("upload")) && ret->in.n_uploads < TICKET_UPLOADS_MAX)
            ret->upload_ids[ret->in.n_uploads++] = value;
    }
    ret->in.uploads = ret->upload_ids;
}
