/*
 * home.c - the home page: file, follow, and how the city answered yesterday.
 *
 * Contract: what everybody reads is kept by the process for some seconds (app/front.h); beyond that only a visitor with a
 * session costs a reading. Must not know how figures are counted.
 */
#include "pages/home.h"

#include "app/account.h"
#include "app/draft.h"
#include "app/front.h"
#include "app/ids.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/say.h"
#include "pages/view_home.h"
#include "web/page.h"
#include "web/session.h"

enum { MINUTES_PER_HOUR = 60, DAY_MINUTES = 1440 };

/* "4% fewer than on the same day a week before", in whole per cent. */
static struct str compared(const struct say *s, int64_t now, int64_t before)
{
    if (before <= 0)
        return STR_NONE;
    int64_t diff = now > before ? now - before : before - now;
    int64_t percent = (diff * 100 + before / 2) / before;
    if (percent == 0)
        return msg_text(s->lang, MSG_home_week_same);
    return SAY(s, now > before ? MSG_home_week_more : MSG_home_week_less,
               {"share", arena_printf(s->a, "%lld%%", (long long)percent)});
}

/* The median in the unit it is best told in: minutes, hours, or days with one decimal. */
static void put_median(const struct say *s, int64_t minutes, struct view_home *v)
{
    if (minutes < 2 * MINUTES_PER_HOUR) {
        v->median = say_int(s, minutes);
        v->median_unit = msg_text(s->lang, MSG_unit_minutes);
    } else if (minutes < 2 * DAY_MINUTES) {
        v->median = say_int(s, (minutes + MINUTES_PER_HOUR / 2) / MINUTES_PER_HOUR);
        v->median_unit = msg_text(s->lang, MSG_unit_hours);
    } else {
        int64_t tenths = (minutes * 10 + DAY_MINUTES / 2) / DAY_MINUTES;
        v->median = arena_printf(s->a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
        v->median_unit = msg_text(s->lang, MSG_unit_days);
    }
}

static void put_figures(const struct say *s, const struct stat_cell *day, const struct stat_cell *before, struct view_home *v)
{
    if (day->filed == 0)
        return;
    v->has_figures = true;
    v->day = say_day(s, day->day).text;
    v->received = say_grouped(s, day->filed);
    v->received_note = compared(s, day->filed, before->filed);
    v->on_time = say_share(s, statistics_share(day->in_time, day->due));
    v->on_time_note = SAY(s, MSG_home_of, {"part", say_grouped(s, day->in_time)}, {"whole", say_grouped(s, day->due)});
    v->median = STR("–");
    if (day->has_median)
        put_median(s, day->median_minutes, v);
}

static void put_questions(const struct say *s, const struct kb_question *q, size_t n, struct view_home *v)
{
    struct view_link *to = ARENA_ARRAY(s->a, struct view_link, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct view_name name = say_name(s, q[i].question, q[i].question_en);
        to[i] = (struct view_link){.text = name.text, .zh = name.zh,
                                   .href = arena_printf(s->a, "/kb/%lld%s" STR_FMT, (long long)q[i].article_id,
                                                        q[i].anchor.n ? "#" : "", STR_ARG(q[i].anchor))};
    }
    v->questions = to;
    v->n_questions = n;
}

/* What this browser left behind: a draft, and the ticket it opened last. */
static enum err put_own(struct request *rq, const struct say *s, struct view_home *v)
{
    struct flow f;
    struct str no;
    uint64_t id;
    if (rq->session == NULL || join_of(rq)->ref_failed)
        return ERR_OK;
    enum err err = flow_load(rq, STR_NONE, &f);
    if (err != ERR_OK)
        return err;
    if (f.found) {
        v->resume_href = flow_first_open(s->ref, &f.d);
        v->resume_at = say_time(s, f.d.updated_at);
    }
    err = session_last_ticket(join_ctx(rq), rq->session->id, &id, &no);
    if (err == ERR_NOT_FOUND) {
        *rq->fault = (struct fault){0};
        return ERR_OK;
    }
    if (err == ERR_OK) {
        v->last_no = ticket_no_show(rq->a, no);
        v->last_href = arena_concat(rq->a, STR("/track/"), v->last_no);
    }
    return err;
}

enum err page_home(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct view_home v = {0};
    struct page pg;
    if (str_eq(request_query(rq, "done"), STR("signed_out")))
        v.notice.text = MSG_me_signed_out;
    if (str_eq(request_query(rq, "done"), STR("deleted")))
        v.notice.text = MSG_account_delete_done;
    const struct front *f = NULL;
    enum err err = front_read(join_ctx(rq)->db, join_of(rq)->front, rq->a, rq->now_us, &f);
    if (err == ERR_OK)
        err = put_own(rq, &s, &v);
    if (err != ERR_OK)
        return err;
    put_figures(&s, &f->day, &f->week_before, &v);
    put_questions(&s, f->questions, f->n_questions, &v);
    page_init(rq, &pg, NAV_HOME, MSG_title_home);
    pg.description = msg_text(rq->lang, MSG_home_lead);
    response_html(rs);
    tmpl_citizen_home(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- only words ------------------------------------------------------------------------------------------------- */

static enum err plain(struct request *rq, struct response *rs, enum msg title,
                      void (*tmpl)(struct buf *o, const struct page *pg))
{
    struct page pg;
    page_init(rq, &pg, NAV_NONE, title);
    response_html(rs);
    tmpl(&rs->body, &pg);
    return ERR_OK;
}

enum err page_rights(struct request *rq, struct response *rs)
{
    return plain(rq, rs, MSG_title_rights, tmpl_citizen_rights);
}
enum err page_privacy(struct request *rq, struct response *rs)
{
    return plain(rq, rs, MSG_title_privacy, tmpl_citizen_privacy);
}
enum err page_accessibility(struct request *rq, struct response *rs)
{
    return plain(rq, rs, MSG_title_accessibility, tmpl_citizen_accessibility);
}
enum err page_api(struct request *rq, struct response *rs)
{
    return plain(rq, rs, MSG_title_api, tmpl_citizen_api);
}
