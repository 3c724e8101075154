/*
 * say.h - how values become words: times, spans, numbers, names, form errors, the events of a timeline.
 *
 * Everything is made in the arena of the request, in the reader's language; the sentences stand in templates/messages.
 * Times are read on a Beijing clock. Nothing here asks the database.
 */
#ifndef PAGES_SAY_H
#define PAGES_SAY_H

#include "app/refdata.h"
#include "app/settings.h"
#include "app/ticket.h"
#include "pages/view_part.h"
#include "pages/view_track.h"
#include "web/request.h"
#include "web/response.h"

struct say { /* who is spoken to, and when */
    struct arena *a;
    enum lang lang;
    int64_t now_us;
    const struct refdata *ref;      /* NULL: unit and area codes are shown as they are */
    const struct app_settings *set; /* for the limits of levels; NULL: defaults */
};
struct say say_of(const struct request *rq); /* now = arrival of the request */

/* A message with arguments: SAY(&s, MSG_receipt_holder, {"unit", name}). */
#define SAY(s, m, ...)                                                                                                 \
    msg_format((s)->a, (s)->lang, (m), (const struct msg_arg[]){__VA_ARGS__},                                          \
               sizeof((const struct msg_arg[]){__VA_ARGS__}) / sizeof(struct msg_arg))
struct str say_int(const struct say *s, int64_t n);     /* "7": plain digits, for {n|one|many} */
struct str say_grouped(const struct say *s, int64_t n); /* "3,016" */
struct str say_share(const struct say *s, int64_t tenths); /* 964 = "96.4%"; negative = "–" */
struct str say_bytes(const struct say *s, int64_t bytes);  /* "2.4 MB" */

/* The message "<area>.<word>": say_word(&s, "kind", word(WORDS_KIND, k)). A word without a message is shown as it is. */
struct str say_word(const struct say *s, const char *area, struct str word);
enum msg say_msg(const char *area, struct str word); /* MSG_NONE when there is none */
enum msg say_msg_ending(const char *area, struct str word, const char *ending); /* "area.word" and the ending */

struct view_time say_time(const struct say *s, int64_t at_us); /* "今天 16:42", "11 月 23 日（周一）02:20"; 0 = empty */
struct view_time say_day(const struct say *s, int32_t yyyymmdd); /* "11 月 21 日", with the year when it is another */
struct str say_span(const struct say *s, int64_t us);          /* "14 小时": one unit, rounded up */
struct str say_limit(const struct say *s, int minutes);        /* "24 小时", "7 天": as promises are spoken of */
struct view_left say_left(const struct say *s, int64_t due_us); /* large figure, against now */
struct str say_left_short(const struct say *s, int64_t due_us); /* "还剩 9 小时", "已超过 2 天" */

/* Chinese name, or the English one where there is one and the reader wants it. */
struct view_name say_name(const struct say *s, struct str zh, struct str en);
struct str say_unit(const struct say *s, struct str unit_code);
struct str say_area(const struct say *s, struct str area_code);         /* whole path */
struct str say_category(const struct say *s, struct str category_code); /* last name */
struct str say_file(const struct say *s, enum upload_kind kind, size_t number); /* "照片 2", "视频" */
struct str say_ticket_no(const struct say *s, struct str stored);       /* "SD-261122-1234567-8" */

/* The faults of the request as error summary, and one field with what was sent. The id is the
 * last part of the name: contact.phone = phone; category_code, area_code, uploads = category, area, file. */
struct view_errors say_errors(struct request *rq);
struct str say_error(struct request *rq, const char *field); /* empty = none */
struct view_input say_input(struct request *rq, const char *field, struct str value);
/* A limit that was met (ERR_LIMITED, its reason) becomes a sentence beside the field. */
void say_limited(struct request *rq, const char *field);
/* Status of a form shown again: 422, or 429 with Retry-After. */
void say_refused(struct request *rq, struct response *rs);

/* Progress in five steps, by state. */
struct view_progress say_progress(const struct say *s, enum ticket_state state, bool rated);
/* Headline, next step and timeline entry of a ticket. */
struct str say_headline(const struct say *s, const struct ticket_view *t);
struct str say_next(const struct say *s, const struct ticket_view *t);
/* Title and line below alone, for who needs no more. */
void say_event_words(const struct say *s, const struct ticket_view *t, const struct ticket_event *e, struct str *ret_title,
                     struct str *ret_detail);
void say_event(const struct say *s, const struct ticket_view *t, const struct ticket_event *e, struct view_event *ret);

#endif
