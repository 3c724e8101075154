/*
 * states.c - draws every template in the states ok, empty, wrong, much × zh, zh in large type, en.
 *
 *     states <directory>    writes <template>.<state>.<lang>[.elder].html there, and states.txt with their names
 *
 * The pages point to static files beside the directory, so that a browser opens them as they are.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "states/states.h"

static const char *const state_names[STATES_OF_TEMPLATE] = {"ok", "empty", "error", "overflow"};
static const char *const lang_names[LANG_COUNT] = {"zh", "en"};

/* 2026-11-22 17:00 in Beijing: samples do not change from day to day. */
static const int64_t now_us = INT64_C(1795338000) * US_PER_S;

struct str lots(const struct sample *m, struct str s, size_t times)
{
    struct buf b;
    buf_init(&b, m->a, s.n * times + 64);
    for (size_t i = 0; i < times; i++)
        buf_put(&b, s);
    return buf_str(&b);
}

struct str say2(const struct sample *m, const char *zh, const char *en)
{
    const struct str s = str_from_c(m->say.lang == LANG_ZH ? zh : en);
    return m->much ? lots(m, s, 6) : s;
}

struct str zh_name(const struct sample *m, const char *zh)
{
    return m->much ? arena_printf(m->a, "%s综合行政执法协调指挥与便民服务联合办公室", zh) : str_from_c(zh);
}

struct view_time at(const struct sample *m, int hours_ago)
{
    return say_time(&m->say, now_us - hours_ago * US_PER_HOUR);
}

struct view_time day(const struct sample *m, int days_ago)
{
    return say_day(&m->say, clock_day_add(clock_local_day(now_us), -days_ago));
}

struct str err(const struct sample *m, enum msg text)
{
    return m->wrong ? msg_text(m->say.lang, text) : STR_NONE;
}

struct view_input input(const struct sample *m, struct str value, enum msg text)
{
    return (struct view_input){.value = m->empty ? STR_NONE : value, .error = err(m, text)};
}

struct view_errors errors2(const struct sample *m, const char *f1, enum msg t1, const char *f2, enum msg t2)
{
    if (!m->wrong)
        return (struct view_errors){NULL, 0};
    struct view_error *e = ARRAY(m, struct view_error, 2);
    e[0] = (struct view_error){str_from_c(f1), err(m, t1)};
    if (f2)
        e[1] = (struct view_error){str_from_c(f2), err(m, t2)};
    return (struct view_errors){e, f2 ? 2 : 1};
}

struct view_errors errors(const struct sample *m, const char *field, enum msg text)
{
    return errors2(m, field, text, NULL, MSG_NONE);
}

struct view_photo *photos(const struct sample *m, size_t *ret_n)
{
    *ret_n = m->empty ? 0 : m->much ? 9 : 2;
    struct view_photo *p = ARRAY(m, struct view_photo, 9);
    for (size_t i = 0; i < *ret_n; i++)
        p[i] = (struct view_photo){.href = S("../static/img/logo.svg"),
                                   .thumb = i == 1 ? STR_NONE : S("../static/img/logo.svg"),
                                   .label = SAY(&m->say, MSG_fact_photo, {"n", say_int(&m->say, (int64_t)i + 1)}),
                                   .is_image = true};
    if (*ret_n > 1)
        p[1].href = STR_NONE;
    return p;
}

struct view_similar *similar(const struct sample *m, size_t *ret_n)
{
    *ret_n = m->empty ? 0 : m->much ? 5 : 1;
    struct view_similar *v = ARRAY(m, struct view_similar, 5);
    for (size_t i = 0; i < *ret_n; i++)
        v[i] = (struct view_similar){.href = S("#similar"), .public_id = S("p7k3q9m2"),
                                     .title = zh_name(m, "北花园东路工地夜间打桩"), .place = zh_name(m, "朝阳区北花园街道"),
                                     .status = msg_text(m->say.lang, MSG_status_handling), .filed_at = at(m, 30),
                                     .joined = 14, .zh = m->say.lang != LANG_ZH, .can_join = true};
    return v;
}

static bool write_file(const char *dir, const char *name, struct str text)
{
    char path[512];
    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
        return false;
    FILE *f = fopen(path, "w");
    if (!f)
        return false;
    const bool ok = fwrite(text.p, 1, text.n, f) == text.n;
    return fclose(f) == 0 && ok;
}

static bool draw(const char *dir, FILE *list, const struct sheet *sh, enum state st, enum lang lang, bool elder)
{
    struct arena *a = arena_new(64 * 1024 * 1024);
    if (!a)
        return false;
    struct sample m = {.a = a, .say = {.a = a, .lang = lang, .now_us = now_us}, .state = st, .wrong = st == STATE_WRONG,
                       .much = st == STATE_MUCH, .empty = st == STATE_EMPTY, .ok = st == STATE_OK};
    struct page pg = {.lang = lang, .elder = elder, .title_error = m.wrong && !sh->only_ok, .nav = sh->nav,
                      .title = msg_text(lang, (enum msg)sh->title), .csrf = S("c0ffee"), .path = S("/new"),
                      .lang_switch_url = S("/new?lang=en"), .elder_switch_url = S("/new?elder=1"),
                      .css_url = S("../static/css/suda.css"), .js_url = S("../static/js/suda.js"),
                      .icon_url = S("../static/img/favicon.svg"), .hotline = S("12345"), .request_id = S("0123456789abcdef"),
                      .demo = m.much || m.ok};
    struct buf b;
    buf_init(&b, a, 4 * 1024 * 1024);
    sh->draw(&b, &pg, &m);
    char name[160];
    const int n = snprintf(name, sizeof name, "%s.%s.%s%s.html", sh->name, state_names[st], lang_names[lang],
                           elder ? ".elder" : "");
    const bool ok = n > 0 && n < (int)sizeof name && !b.full && write_file(dir, name, buf_str(&b)) &&
                    fprintf(list, "%s\n", name) > 0;
    if (!ok)
        fprintf(stderr, "cannot draw %s\n", name);
    arena_free(a);
    return ok;
}

static bool draw_all(const char *dir, FILE *list, const struct sheet *sh)
{
    bool ok = true;
    for (; sh->name; sh++)
        for (int st = 0; st < (sh->only_ok ? 1 : STATES_OF_TEMPLATE); st++)
            for (int lang = 0; lang < LANG_COUNT; lang++)
                for (int elder = 0; elder < (lang == LANG_ZH ? 2 : 1); elder++)
                    ok = draw(dir, list, sh, (enum state)st, (enum lang)lang, elder != 0) && ok;
    return ok;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: states <directory>\n");
        return 2;
    }
    if (mkdir(argv[1], 0777) != 0 && errno != EEXIST) {
        perror(argv[1]);
        return 1;
    }
    char path[512];
    snprintf(path, sizeof path, "%s/states.txt", argv[1]);
    FILE *list = fopen(path, "w");
    if (!list) {
        perror(path);
        return 1;
    }
    bool ok = true;
    const struct sheet *const all[] = {sheets_new, sheets_track, sheets_me, sheets_open, sheets_staff, sheets_staff_desk, sheets_staff_rules,
                                       sheets_staff_people, sheets_staff_wall};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        ok = draw_all(argv[1], list, all[i]) && ok;
    return fclose(list) == 0 && ok ? 0 : 1;
}
