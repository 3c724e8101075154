/*
 * ticket_input.c - what may be filed. The law asks for the facts of a demand, not for forms [T 10]; so little is required:
 * kind, words, place. Must not know how it is stored.
 */
#include "app/ticket_input.h"

#include "app/normalise.h"
#include "app/refdata.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { TITLE_FROM_TEXT_CHARS = 30, ORG_CHARS = 2 * LIMIT_NAME_CHARS, LNG_MAX = 1800000000, LAT_MAX = 900000000 };

enum err words_judge(struct ctx *c, const char *field, struct str in, size_t min_chars, size_t max_chars, struct str *ret)
{
    struct str s = str_trim(in);
    *ret = STR_NONE;
    if (!utf8_valid(s) || !utf8_is_text(s, true))
        return fault_field(c->fault, field, "BAD_FORMAT");
    size_t n = utf8_count(s);
    if (n == 0 && min_chars > 0)
        return fault_field(c->fault, field, "REQUIRED");
    if (n < min_chars)
        return fault_field(c->fault, field, "TOO_SHORT");
    if (n > max_chars)
        return fault_field(c->fault, field, "TOO_LONG");
    *ret = s;
    return ERR_OK;
}

/* Every field is judged, so that all faults are shown together; the first error stays in *e. */
static void also(enum err *e, enum err x)
{
    if (*e == ERR_OK)
        *e = x;
}

static enum err judge_line(struct ctx *c, const char *field, struct str in, size_t max_chars, struct str *ret)
{
    enum err e = words_judge(c, field, in, 0, max_chars, ret);
    if (e == ERR_OK && !utf8_is_text(*ret, false)) {
        *ret = STR_NONE;
        e = fault_field(c->fault, field, "BAD_FORMAT");
    }
    return e;
}

/* First line of the text, cut at a sentence's end or at 30 characters. */
static struct str title_from(struct arena *a, struct str text)
{
    static const uint32_t stops[] = {'\n', 0x3002, 0xff01, 0xff1f, '!', '?'};
    struct str rest = text;
    size_t chars = 0;
    while (rest.n > 0 && chars < TITLE_FROM_TEXT_CHARS) {
        struct str before = rest;
        uint32_t ch = utf8_next(&rest);
        for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++)
            if (ch == stops[i] && chars > 0)
                return str_trim((struct str){text.p, text.n - before.n});
        chars++;
    }
    struct str head = str_trim((struct str){text.p, text.n - rest.n});
    return rest.n > 0 ? arena_concat(a, head, STR("…")) : head;
}

static enum err judge_phone(struct ctx *c, struct str typed, struct str *ret)
{
    if (str_trim(typed).n == 0)
        return ERR_OK;
    return normalise_phone(c->a, str_trim(typed), ret) ? ERR_OK : fault_field(c->fault, "contact.phone", "BAD_FORMAT");
}

static enum err judge_codes(struct ctx *c, const struct ticket_filing *f)
{
    enum err e = ERR_OK;
    const struct category *cat = f->category_code.n ? refdata_category(c->ref, f->category_code) : NULL;
    if (f->kind < KIND_CONSULT || f->kind >= KIND_END)
        also(&e, fault_field(c->fault, "kind", "NOT_A_CHOICE"));
    if (f->category_code.n && (!cat || cat->level != 3))
        also(&e, fault_field(c->fault, "category_code", "NOT_A_CHOICE"));
    if (f->area_code.n == 0)
        also(&e, fault_field(c->fault, "area_code", "REQUIRED"));
    else if (!refdata_area(c->ref, f->area_code))
        also(&e, fault_field(c->fault, "area_code", "NOT_A_CHOICE"));
    if (f->reported_unit.n && (f->kind != KIND_REPORT || !refdata_unit(c->ref, f->reported_unit)))
        also(&e, fault_field(c->fault, "reported_unit", "NOT_A_CHOICE"));
    if (f->has_point && (f->lng_e7 < -LNG_MAX || f->lng_e7 > LNG_MAX || f->lat_e7 < -LAT_MAX || f->lat_e7 > LAT_MAX))
        also(&e, fault_field(c->fault, "location", "OUT_OF_RANGE"));
    if (f->n_uploads > TICKET_UPLOADS_MAX)
        also(&e, fault_field(c->fault, "uploads", "TOO_MANY"));
    return e;
}

enum err filing_judge(struct ctx *c, const struct ticket_filing *in, struct filing_input *ret)
{
    struct filing_input out = {.f = *in};
    enum err e = judge_codes(c, in);
    if (out.f.channel < CHANNEL_WEB || out.f.channel >= CHANNEL_END)
        out.f.channel = CHANNEL_WEB;
    if (out.f.applicant < APPLICANT_PERSON || out.f.applicant >= APPLICANT_END)
        out.f.applicant = APPLICANT_PERSON;
    also(&e, words_judge(c, "text", in->text, LIMIT_TEXT_MIN_CHARS, LIMIT_TEXT_CHARS, &out.text));
    also(&e, judge_line(c, "title", in->title, LIMIT_TITLE_CHARS, &out.title));
    also(&e, judge_line(c, "address", in->address, LIMIT_ADDRESS_CHARS, &out.address));
    also(&e, judge_line(c, "contact.name", in->name, LIMIT_NAME_CHARS, &out.name));
    also(&e, judge_line(c, "contact.org", in->org, ORG_CHARS, &out.org));
    also(&e, judge_phone(c, in->phone, &out.phone));
    if (out.f.applicant == APPLICANT_PERSON)
        out.org = STR_NONE;
    if (out.title.n == 0 && out.text.n > 0)
        out.title = title_from(c->a, out.text);
    if (e == ERR_OK)
        *ret = out;
    return e;
}
