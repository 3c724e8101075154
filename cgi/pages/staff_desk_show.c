/*
 * staff_desk_show.c - the page of a call: caller and history, the form, answers of the knowledge base, wordings.
 *
 * Contract: whatever was typed stands there again. The caller is looked up anew each time, and each time it is on record; too many
 * searches of one person are refused for a while. Must not know how anything is stored.
 */
#include "pages/staff_desk_show.h"

#include "app/desk_call.h"
#include "app/ids.h"
#include "app/knowledge.h"
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "pages/receive.h"
#include "pages/once.h"
#include "pages/view_staff_desk.h"
#include "web/dispatch.h"

enum { CALLER_SPACE = 101, CALLER_BURST = 60, CALLER_EVERY_MS = 4000, DOCS = 3, STREET_CHARS = 9 };

struct desk_page {
    struct request *rq;
    struct say s;
    const struct staff_desk_form *in;
    struct desk_typed t;
    struct view_staff_desk v;
};

/* ---- the caller --------------------------------------------------------------------------------------------------------------- */

/* One person at one desk needs a number a minute; a machine that tries numbers needs thousands. */
static enum err may_search(struct request *rq, const struct actor *who)
{
    static const struct limit limit = {.every_ms = CALLER_EVERY_MS, .burst = CALLER_BURST, .closed = true};
    const struct str key = arena_printf(rq->a, "caller %llu", (unsigned long long)who->staff_id);
    int wait_s = 0;
    if (ratelimit_take(rq->web->limiter, CALLER_SPACE, key, &limit, rq->now_us, &wait_s))
        return ERR_OK;
    rq->fault->retry_after_s = wait_s;
    return fault_set(rq->fault, ERR_LIMITED, "LIMITED", "too many searches for callers");
}

/* The class that was chosen, or else the one that the words fit best. */
static struct str class_of(const struct desk_page *p)
{
    return p->t.category_code.n > 0 ? p->t.category_code : p->t.n_guesses > 0 ? p->t.guesses[0].category->code : STR_NONE;
}

/* Why an open demand of this caller may be about the same: nothing is said of those that are over. */
static struct str same_hint(const struct desk_page *p, const struct caller_demand *d)
{
    const struct str class = class_of(p);
    const bool class_fits = class.n > 0 && str_eq(class, d->category_code);
    const bool place_fits = p->t.area != NULL && p->t.area->code.n >= STREET_CHARS && d->area_code.n >= STREET_CHARS &&
                            str_eq(str_slice(p->t.area->code, 0, STREET_CHARS), str_slice(d->area_code, 0, STREET_CHARS));
    if (!d->open || !(class_fits || place_fits))
        return STR_NONE;
    return msg_text(p->s.lang, class_fits && place_fits ? MSG_staff_desk_same_both
                               : class_fits             ? MSG_staff_desk_same_class
                                                        : MSG_staff_desk_same_place);
}

static struct view_desk_demand demand_view(const struct desk_page *p, const struct caller_demand *d)
{
    const struct say *s = &p->s;
    const struct str no = ticket_no_show(s->a, d->no);
    return (struct view_desk_demand){
        .href = arena_concat(s->a, STR("/staff/t/"), no), .no = no, .title = d->title, .zh = s->lang != LANG_ZH,
        .category = d->category_code.n > 0 ? say_category(s, d->category_code) : msg_text(s->lang, MSG_staff_desk_unclassed),
        .place = say_area(s, d->area_code), .status = say_word(s, "status", word(WORDS_STATUS, (int)d->state)),
        .left = d->state < STATE_REPLIED && d->promise_at > 0 ? say_left_short(s, d->promise_at) : STR_NONE,
        .filed_at = say_time(s, d->created_at), .open = d->open, .late = d->overdue};
}

static void put_demands(struct desk_page *p, const struct caller *c)
{
    struct view_desk_demand *out = ARENA_ARRAY(p->s.a, struct view_desk_demand, c->n_demands + 1);
    for (size_t i = 0; i < c->n_demands; i++) {
        out[i] = demand_view(p, &c->demands[i]);
        out[i].hint = same_hint(p, &c->demands[i]);
    }
    p->v.demands = out;
    p->v.n_demands = c->n_demands;
    p->v.n_open = (int64_t)c->n_open;
    p->v.more = c->more;
}

/* What others told of the same class in the same street; the caller's own stand beside it already. */
static enum err put_near(struct desk_page *p)
{
    const struct actor who = join_actor(p->rq);
    const struct caller_demand *d = NULL;
    size_t n = 0;
    enum err e = p->t.area == NULL ? ERR_OK : desk_near(join_ctx(p->rq), &who, class_of(p), p->t.area->code, &d, &n);
    struct view_desk_demand *out = ARENA_ARRAY(p->s.a, struct view_desk_demand, n + 1);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        const struct view_desk_demand v = demand_view(p, &d[i]);
        bool own = false;
        for (size_t k = 0; k < p->v.n_demands; k++)
            own = own || str_eq(p->v.demands[k].no, v.no);
        if (!own)
            out[p->v.n_near++] = v;
    }
    p->v.near = out;
    return e;
}

static enum err put_caller(struct desk_page *p)
{
    struct actor who = join_actor(p->rq);
    struct caller found;
    if (p->in->phone.n == 0)
        return ERR_OK;
    enum err e = may_search(p->rq, &who);
    if (e == ERR_OK)
        e = desk_caller(join_ctx(p->rq), &who, p->in->phone, &found);
    if (e == ERR_INVALID) { /* the number is no number: said beside its field */
        *p->rq->fault = (struct fault){0};
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    p->v.asked = true;
    p->v.caller = found.name_masked.n > 0 ? arena_printf(p->s.a, STR_FMT " · " STR_FMT, STR_ARG(found.phone_masked), STR_ARG(found.name_masked))
                                          : found.phone_masked;
    put_demands(p, &found);
    return ERR_OK;
}

/* ---- lists --------------------------------------------------------------------------------------------------------------------- */

static void words_of(const struct desk_page *p, enum words list, const char *area, struct str chosen, const struct view_option **ret,
                     size_t *ret_n)
{
    const int end = words_end(list);
    struct view_option *o = ARENA_ARRAY(p->s.a, struct view_option, (size_t)end);
    size_t n = 0;
    for (int i = 1; i < end; i++) {
        const struct str w = word(list, i);
        o[n++] = (struct view_option){.value = w, .text = say_word(&p->s, area, w), .chosen = str_eq(w, chosen)};
    }
    *ret = o;
    *ret_n = n;
}

static struct view_option area_option(const struct desk_page *p, const struct area *a, bool chosen, bool path)
{
    const struct view_name name = say_name(&p->s, a->name, a->name_en);
    return (struct view_option){.value = a->code, .text = name.text, .zh = name.zh, .chosen = chosen,
                                .hint = path && a->level > AREA_DISTRICT ? say_area(&p->s, a->parent) : STR_NONE};
}

static void children_of(const struct desk_page *p, const struct area *up, const struct area *chosen, const struct view_option **ret,
                        size_t *ret_n)
{
    const struct area *const *all = NULL;
    const size_t n = refdata_area_children(p->s.ref, up != NULL ? up->code : STR_NONE, &all);
    struct view_option *o = ARENA_ARRAY(p->s.a, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++)
        o[i] = area_option(p, all[i], all[i] == chosen, false);
    *ret = o;
    *ret_n = n;
}

static void put_places(struct desk_page *p)
{
    const struct area *d = desk_area_at(p->s.ref, p->t.area, AREA_DISTRICT), *s = desk_area_at(p->s.ref, p->t.area, AREA_STREET);
    children_of(p, NULL, d, &p->v.districts, &p->v.n_districts);
    if (d != NULL)
        children_of(p, d, s, &p->v.streets, &p->v.n_streets);
    if (s != NULL)
        children_of(p, s, desk_area_at(p->s.ref, p->t.area, AREA_COMMUNITY), &p->v.communities, &p->v.n_communities);
    struct view_option *o = ARENA_ARRAY(p->s.a, struct view_option, p->t.n_areas + 1);
    for (size_t i = 0; i < p->t.n_areas; i++)
        o[i] = area_option(p, p->t.areas[i], false, true);
    p->v.areas = o;
    p->v.n_areas = p->t.n_areas;
}

/* The chosen class first, so that it never seems lost; then what the words suggest. */
static void put_categories(struct desk_page *p)
{
    struct view_option *o = ARENA_ARRAY(p->s.a, struct view_option, DESK_GUESSES + 1);
    const struct category *chosen = refdata_category(p->s.ref, p->t.category_code);
    size_t n = 0;
    for (size_t i = 0; i <= p->t.n_guesses; i++) {
        const struct category *c = i == 0 ? chosen : p->t.guesses[i - 1].category;
        if (c == NULL || (i > 0 && c == chosen))
            continue;
        const struct view_name name = say_name(&p->s, c->name, c->name_en);
        o[n++] = (struct view_option){.value = c->code, .text = name.text, .zh = name.zh, .chosen = c == chosen,
                                      .hint = refdata_category_path(p->s.ref, p->s.a, c->parent, " › ")};
    }
    p->v.categories = o;
    p->v.n_categories = n;
    p->v.unsure = p->t.unsure;
}

/* ---- what may settle it, and what it would become -------------------------------------------------------------------------------- */

static enum err put_docs(struct desk_page *p)
{
    struct kb_results r;
    const struct str words = utf8_truncate(p->in->text.n > 0 ? p->in->text : p->in->category, LIMIT_SUGGEST_CHARS);
    if (words.n == 0)
        return ERR_OK;
    enum err e = knowledge_suggest(join_ctx(p->rq)->db, p->s.a, words, DOCS, &r, p->rq->fault);
    if (e != ERR_OK)
        return e;
    struct view_doc *d = ARENA_ARRAY(p->s.a, struct view_doc, r.n_found + 1);
    for (size_t i = 0; i < r.n_found; i++) {
        const struct kb_found *k = &r.found[i];
        struct buf b;
        d[i] = (struct view_doc){.title = k->article.title, .zh = p->s.lang != LANG_ZH,
                                 .href = arena_printf(p->s.a, "/kb/%lld", (long long)k->article.id)};
        if (k->n_parts == 0)
            continue;
        buf_init(&b, p->s.a, LIMIT_RESPONSE_BYTES);
        for (size_t j = 0; j < k->parts[0].n_bits; j++)
            buf_put(&b, k->parts[0].bits[j].text);
        d[i].excerpt = buf_str(&b);
        d[i].href = arena_printf(p->s.a, STR_FMT "#" STR_FMT, STR_ARG(d[i].href), STR_ARG(k->parts[0].anchor));
    }
    p->v.docs = d;
    p->v.n_docs = r.n_found;
    return ERR_OK;
}

static enum err put_forecast(struct desk_page *p)
{
    struct ticket_forecast f;
    if (p->t.area == NULL || p->t.category_code.n == 0)
        return ERR_OK;
    enum err e = ticket_forecast(join_ctx(p->rq), p->t.category_code, p->t.area->code, &f);
    if (e != ERR_OK)
        return e;
    p->v.goes_to = say_unit(&p->s, f.lead);
    p->v.goes_by = say_time(&p->s, f.due_at);
    return ERR_OK;
}

/* Demands of others near by, which everybody may read: this call may be one more of the same. */
static enum err put_similar(struct desk_page *p)
{
    const struct public_ticket *r = NULL;
    size_t n = 0;
    enum err e = p->t.area == NULL ? ERR_OK : ticket_similar(join_ctx(p->rq), p->t.category_code, p->t.area->code, &r, &n);
    struct view_similar *o = ARENA_ARRAY(p->s.a, struct view_similar, n + 1);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        o[i] = (struct view_similar){.href = arena_concat(p->s.a, STR("/public/"), r[i].public_id), .public_id = r[i].public_id,
                                     .title = r[i].title, .place = say_area(&p->s, r[i].street_code), .joined = r[i].n_joined,
                                     .status = say_word(&p->s, "status", word(WORDS_STATUS, (int)r[i].state)),
                                     .filed_at = say_day(&p->s, r[i].local_day), .zh = p->s.lang != LANG_ZH};
    p->v.similar = o;
    p->v.n_similar = n;
    return e;
}

static enum err put_wordings(struct desk_page *p, enum template_use use, const struct view_desk_wording **ret, size_t *ret_n)
{
    const struct reply_template *t = NULL;
    size_t n = 0;
    enum err e = reply_templates(join_ctx(p->rq), use, STR_NONE, STR_NONE, p->t.category_code, &t, &n);
    if (e != ERR_OK)
        return e;
    struct view_desk_wording *o = ARENA_ARRAY(p->s.a, struct view_desk_wording, n + 1);
    for (size_t i = 0; i < n; i++)
        o[i] = (struct view_desk_wording){.id = say_int(&p->s, t[i].id), .title = t[i].title,
                                          .class = use == TEMPLATE_DIVERSION && t[i].word.n > 0 ? say_word(&p->s, "staff_diversion", t[i].word)
                                                                                                : STR_NONE};
    *ret = o;
    *ret_n = n;
    return ERR_OK;
}

/* Files that were attached. What expired since, or was refused by whoever cleans them, is told beside the field. */
static enum err put_files(struct desk_page *p, struct fault *wrong)
{
    struct held_files held;
    enum err e = held_load(p->rq, p->in->uploads.p, p->in->uploads.n, &held);
    if (e != ERR_OK)
        return e;
    *p->rq->fault = *wrong;
    if (held.n < p->in->uploads.n && say_error(p->rq, "file").n == 0 && say_error(p->rq, "uploads").n == 0)
        (void)fault_field(p->rq->fault, "uploads", "UPLOAD_GONE");
    *wrong = *p->rq->fault;
    p->v.file_error = say_error(p->rq, "file").n > 0 ? say_error(p->rq, "file") : say_error(p->rq, "uploads");
    p->v.errors = say_errors(p->rq);
    *p->rq->fault = (struct fault){0};
    p->v.files = held_view(&p->s, &held);
    p->v.n_files = held.n;
    p->v.full = held_full(&held);
    p->v.photos_max = LIMIT_PHOTOS;
    p->v.photo_mb = LIMIT_PHOTO_BYTES / MIB(1);
    p->v.recording_mb = LIMIT_RECORDING_BYTES / MIB(1);
    return ERR_OK;
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------------- */

static void put_inputs(struct desk_page *p)
{
    struct request *rq = p->rq;
    const struct staff_desk_form *in = p->in;
    struct view_staff_desk *v = &p->v;
    v->errors = say_errors(rq);
    v->phone = say_input(rq, "contact.phone", in->phone);
    v->text = say_input(rq, "text", in->text);
    v->category.value = in->category;
    v->category_error = say_error(rq, "category_code");
    v->place.value = p->t.place;
    v->area_error = say_error(rq, "area_code");
    v->kind_error = say_error(rq, "kind");
    v->class_error = say_error(rq, "class");
    v->address = say_input(rq, "address", in->address);
    v->name = say_input(rq, "contact.name", in->name);
    v->org = say_input(rq, "contact.org", in->org);
    v->reported_unit = say_input(rq, "reported_unit", in->reported_unit);
    v->answer = say_input(rq, "answer", in->answer);
    v->wording = say_input(rq, "wording", in->wording);
    v->same = say_input(rq, "same", in->same);
    v->unit_code = say_input(rq, "unit_code", in->unit_code);
    v->link = say_input(rq, "link", in->link);
    v->confidential = in->confidential;
    v->no_reply = in->no_reply;
    v->phone_shown = in->phone_shown;
    v->answering = in->answer.n > 0 || v->answer.error.n > 0;
    v->diverting = in->wording.n > 0 || in->class.n > 0 || in->same.n > 0 || v->wording.error.n > 0 || v->class_error.n > 0;
    v->once = once_show(rq, in->once);
    words_of(p, WORDS_KIND, "kind", in->kind, &v->kinds, &v->n_kinds);
    words_of(p, WORDS_APPLICANT, "filer", in->applicant.n > 0 ? in->applicant : STR("person"), &v->applicants, &v->n_applicants);
    words_of(p, WORDS_DIVERSION, "staff_diversion", in->class, &v->classes, &v->n_classes);
}

/* Where one goes on typing. */
static struct str focus_of(const struct desk_page *p, bool looked)
{
    if (!looked)
        return STR("phone");
    if (p->in->text.n == 0)
        return STR("text");
    if (p->t.category_code.n == 0 && !p->t.unsure)
        return STR("category");
    return p->t.area == NULL ? STR("place") : STR("record");
}

enum err desk_show(struct request *rq, struct response *rs, const struct staff_desk_form *in, bool looked)
{
    struct desk_page *p = ARENA_NEW(rq->a, struct desk_page);
    struct fault wrong = *rq->fault; /* what is read for the page must not hide what is wrong with the form */
    struct page pg;
    *p = (struct desk_page){.rq = rq, .s = say_of(rq), .in = in};
    desk_typed(rq, in, &p->t);
    put_inputs(p);
    put_places(p);
    put_categories(p);
    p->v.looked = looked;
    *rq->fault = (struct fault){0};
    enum err e = put_files(p, &wrong);
    if (e == ERR_OK)
        e = put_caller(p);
    if (e == ERR_OK && looked)
        e = put_docs(p);
    if (e == ERR_OK && looked)
        e = put_near(p);
    if (e == ERR_OK && looked)
        e = put_similar(p);
    if (e == ERR_OK)
        e = put_forecast(p);
    if (e == ERR_OK)
        e = put_wordings(p, TEMPLATE_ANSWER, &p->v.answers, &p->v.n_answers);
    if (e == ERR_OK)
        e = put_wordings(p, TEMPLATE_DIVERSION, &p->v.diversions, &p->v.n_diversions);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    if (p->v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_nav_desk);
    else
        staff_page(rq, rs, &pg, MSG_staff_nav_desk);
    if (p->v.errors.n_errors == 0)
        p->v.focus = focus_of(p, looked);
    tmpl_staff_desk(&rs->body, &pg, &p->v);
    return ERR_OK;
}
