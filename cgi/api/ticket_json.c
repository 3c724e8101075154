/*
 * ticket_json.c - the fields of a ticket, in the order of the OpenAPI document.
 *
 * Contract: written straight into the response, nothing is built in between: this is the hottest path of the product.
 * Must not decide what the reader may see: the view holds only that.
 */
#include "api/ticket_json.h"

#include "app/ids.h"
#include "app/ticket_state.h"
#include "app/words.h"
#include "web/envelope.h"

enum { COORDINATE_DECIMALS = 7 };

void named_json(struct json *w, struct str code, struct str name)
{
    if (code.n == 0) {
        json_null(w);
        return;
    }
    json_open_object(w);
    json_put_str(w, "code", code);
    json_put_str(w, "name", name);
    json_close(w);
}

void status_json(struct json *w, const struct say *s, enum ticket_state state)
{
    struct str code = word(WORDS_STATUS, (int)state);
    json_open_object(w);
    json_put_str(w, "code", code);
    json_put_str(w, "text", say_word(s, "status", code));
    json_close(w);
}

void word_json(struct json *w, const struct say *s, enum words list, const char *area, int value)
{
    struct str code = word(list, value);
    json_open_object(w);
    json_put_str(w, "code", code);
    json_put_str(w, "text", say_word(s, area, code));
    json_close(w);
}

static void put_event(struct json *w, const struct say *s, const struct ticket_view *t, const struct ticket_event *e)
{
    struct str title, detail;
    say_event_words(s, t, e, &title, &detail);
    json_open_object(w);
    json_put_i64(w, "seq", e->seq);
    json_put_time(w, "at", e->at);
    json_put_str(w, "event", word(WORDS_EVENT, (int)e->code));
    json_put_str(w, "text", title);
    json_put_str(w, "detail", detail);
    json_put_str(w, "words", e->words);
    json_key(w, "unit");
    named_json(w, e->unit_code, e->unit_code.n > 0 ? say_unit(s, e->unit_code) : STR_NONE);
    json_close(w);
}

static void put_rating(struct json *w, const struct say *s, const struct ticket_view *t)
{
    json_key(w, "rating");
    if (!t->rated) {
        json_null(w);
        return;
    }
    json_open_object(w);
    json_put_bool(w, "contacted", t->contacted);
    json_put_bool(w, "solved", t->solved);
    json_key(w, "satisfaction");
    word_json(w, s, WORDS_SATISFACTION, "grade", (int)t->satisfaction);
    json_put_str(w, "words", t->rating_words);
    json_close(w);
}

static void put_actions(struct json *w, const struct ticket_actions *can)
{
    const struct {
        bool can;
        const char *name;
    } all[] = {{can->message, "message"}, {can->urge, "urge"}, {can->withdraw, "withdraw"},
               {can->object, "object"},   {can->rate, "rate"}, {can->follow, "follow"}};
    json_key(w, "actions");
    json_open_array(w);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i].can)
            json_cstr(w, all[i].name);
    json_close(w);
}

static void put_files(struct json *w, const struct attachment *files, size_t n)
{
    json_key(w, "files");
    json_open_array(w);
    for (size_t i = 0; i < n; i++) {
        if (files[i].state == UPLOAD_GONE)
            continue;
        json_open_object(w);
        json_put_id(w, "id", files[i].id);
        json_put_str(w, "kind", word(WORDS_UPLOAD_KIND, (int)files[i].kind));
        json_put_str(w, "state", word(WORDS_UPLOAD_STATE, (int)files[i].state));
        json_put_i64(w, "event_seq", files[i].event_seq);
        json_put_i64(w, "width", files[i].width);
        json_put_i64(w, "height", files[i].height);
        json_close(w);
    }
    json_close(w);
}

static void put_place(struct json *w, const struct say *s, const struct ticket_view *t)
{
    json_key(w, "category");
    named_json(w, t->category_code, t->category_code.n > 0 ? say_category(s, t->category_code) : STR_NONE);
    json_key(w, "area");
    named_json(w, t->area_code, say_area(s, t->area_code));
    json_put_str(w, "address", t->address);
    json_key(w, "location");
    if (!t->has_point) {
        json_null(w);
        return;
    }
    json_open_object(w);
    json_key(w, "lng");
    json_fixed(w, t->lng_e7, COORDINATE_DECIMALS);
    json_key(w, "lat");
    json_fixed(w, t->lat_e7, COORDINATE_DECIMALS);
    json_close(w);
}

static void put_standing(struct json *w, const struct say *s, const struct ticket_view *t)
{
    bool final = ticket_state_final(t->state);
    json_key(w, "status");
    status_json(w, s, t->state);
    json_put_str(w, "headline", say_headline(s, t));
    json_key(w, "holder");
    named_json(w, final ? STR_NONE : t->holder, say_unit(s, t->holder));
    json_put_str(w, "next", say_next(s, t));
    json_put_time_or_null(w, "due_at", ticket_state_running(t->state) ? t->promise_at : 0);
    json_put_bool(w, "overdue", t->overdue);
    json_put_bool(w, "extended", t->extended);
}

void ticket_json(struct json *w, const struct say *s, const struct ticket_view *t, const struct attachment *files,
                 size_t n_files)
{
    json_open_object(w);
    json_put_str(w, "ticket_no", ticket_no_show(s->a, t->no));
    json_key(w, "kind");
    word_json(w, s, WORDS_KIND, "kind", (int)t->kind);
    json_key(w, "channel");
    word_json(w, s, WORDS_CHANNEL, "channel", (int)t->channel);
    json_put_str(w, "title", t->title);
    json_put_str(w, "text", t->text);
    put_place(w, s, t);
    json_put_bool(w, "public", t->is_public);
    json_put_bool(w, "confidential", t->confidential);
    json_put_bool(w, "no_reply", t->no_reply);
    json_put_time(w, "created_at", t->created_at);
    json_put_time_or_null(w, "replied_at", t->replied_at);
    json_put_time_or_null(w, "closed_at", t->closed_at);
    put_standing(w, s, t);
    json_key(w, "timeline");
    json_open_array(w);
    for (size_t i = t->n_events; i-- > 0;) /* newest first, as on the page */
        put_event(w, s, t, &t->events[i]);
    json_close(w);
    put_rating(w, s, t);
    put_actions(w, &t->actions);
    json_put_time_or_null(w, "urge_after", t->actions.urge_after);
    json_put_time_or_null(w, "object_until", t->actions.object_until);
    put_files(w, files, n_files);
    json_put_i64(w, "version", t->version);
    json_close(w);
}

void ticket_json_row(struct json *w, const struct say *s, const struct ticket_row *t)
{
    json_open_object(w);
    json_put_str(w, "ticket_no", ticket_no_show(s->a, t->no));
    json_key(w, "kind");
    word_json(w, s, WORDS_KIND, "kind", (int)t->kind);
    json_put_str(w, "title", t->title);
    json_key(w, "category");
    named_json(w, t->category_code, t->category_code.n > 0 ? say_category(s, t->category_code) : STR_NONE);
    json_key(w, "area");
    named_json(w, t->area_code, say_area(s, t->area_code));
    json_key(w, "status");
    status_json(w, s, t->state);
    json_key(w, "holder");
    named_json(w, t->holder, say_unit(s, t->holder));
    json_put_time(w, "created_at", t->created_at);
    json_put_time_or_null(w, "due_at", ticket_state_running(t->state) ? t->promise_at : 0);
    json_put_bool(w, "overdue", t->overdue);
    json_put_bool(w, "rating_open", t->rating_open);
    json_close(w);
}

static void put_day_or_null(struct json *w, const struct say *s, int32_t yyyymmdd)
{
    if (yyyymmdd == 0)
        json_null(w);
    else
        json_str(w, say_day(s, yyyymmdd).iso);
}

static void put_public(struct json *w, const struct say *s, const struct public_ticket *t)
{
    json_put_str(w, "public_id", t->public_id);
    json_key(w, "kind");
    word_json(w, s, WORDS_KIND, "kind", (int)t->kind);
    json_put_str(w, "title", t->title);
    json_key(w, "category");
    named_json(w, t->category_code, t->category_code.n > 0 ? say_category(s, t->category_code) : STR_NONE);
    json_key(w, "area");
    named_json(w, t->street_code, say_area(s, t->street_code));
    json_key(w, "status");
    status_json(w, s, t->state);
    json_key(w, "filed_day");
    put_day_or_null(w, s, t->local_day);
    json_put_i64(w, "joined", t->n_joined);
    json_put_bool(w, "demo", t->is_demo);
}

void public_json(struct json *w, const struct say *s, const struct public_ticket *t)
{
    json_open_object(w);
    put_public(w, s, t);
    json_close(w);
}

void public_json_whole(struct json *w, const struct say *s, const struct public_ticket *t)
{
    json_open_object(w);
    put_public(w, s, t);
    json_put_str(w, "text", t->body);
    json_put_str(w, "reply", t->reply);
    json_key(w, "reply_day");
    put_day_or_null(w, s, t->reply_day);
    json_key(w, "reply_by");
    named_json(w, t->reply_unit, say_unit(s, t->reply_unit));
    json_close(w);
}

enum err filed_answer(struct request *rq, struct response *rs, const struct ticket_filed *t, bool with_token)
{
    const struct say s = say_of(rq);
    const struct str no = ticket_no_show(rq->a, t->no), path = arena_concat(rq->a, STR("/track/"), no);
    struct json w;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "ticket_no", no);
    json_put_str(&w, "query_code", t->query_code);
    if (with_token)
        json_put_str(&w, "ticket_token", t->ticket_token);
    json_key(&w, "status");
    status_json(&w, &s, t->state);
    json_put_time(&w, "created_at", t->created_at);
    json_put_time_or_null(&w, "due_at", t->promise_at);
    json_key(&w, "holder");
    named_json(&w, t->holder, say_unit(&s, t->holder));
    json_put_bool(&w, "phone_verified", t->phone_verified);
    json_put_str(&w, "track_url", str_from_c(request_absolute(rq, arena_cstr(rq->a, path))));
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}
