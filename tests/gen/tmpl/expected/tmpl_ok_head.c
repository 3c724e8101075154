/* generated from ok/head.html – do not edit */
#include "gen/tmpl.h"
#include "web/tmpl.h"

void tmpl_ok_head(struct buf *o, const struct page *pg)
{
    static const struct str text_1[LANG_COUNT] = {
        [LANG_ZH] = {" · 诉达</title><link rel=\"stylesheet\" href=\"", 47},
        [LANG_EN] = {" · Suda</title><link rel=\"stylesheet\" href=\"", 45},
    };
    const enum lang lang = tmpl_lang(pg);
    buf_put(o, STR("<!doctype html><html lang=\"en\""));
#line 3 "ok/head.html"
    if (tmpl_true(pg->elder)) {
        buf_put(o, STR(" class=\"elder\""));
    }
    buf_put(o, STR("><head><meta charset=\"utf-8\"><title>"));
#line 7 "ok/head.html"
    if (tmpl_true(pg->title_error)) {
        buf_put(o, STR("! "));
    }
#line 7 "ok/head.html"
    tmpl_rcdata(o, pg->title);
    buf_put(o, text_1[lang]);
#line 9 "ok/head.html"
    tmpl_url(o, pg->css_url);
    buf_put(o, STR("\"><script src=\""));
#line 10 "ok/head.html"
    tmpl_url(o, pg->js_url);
    buf_put(o, STR("\" defer></script></head><body><main>"));
}
