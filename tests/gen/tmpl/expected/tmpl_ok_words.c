/* generated from ok/words.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_words(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    static const struct str text_1[LANG_COUNT] = {
        [LANG_ZH] = {"<h1>诉达</h1><p>", 18},
        [LANG_EN] = {"<h1>Suda</h1><p>", 16},
    };
    static const struct str text_2[LANG_COUNT] = {
        [LANG_ZH] = {"</p><p>第一行\n"
            "第二行 \\ 完 这一句很长，写在两行。</p><p>第 ", 77},
        [LANG_EN] = {"</p><p>First line\n"
            "Second line \\ end This sentence is long and takes two lines.</p><p>Step ", 90},
    };
    static const struct str text_3[LANG_COUNT] = {
        [LANG_ZH] = {" 步，共 ", 11},
        [LANG_EN] = {" of ", 4},
    };
    static const struct str text_4[LANG_COUNT] = {
        [LANG_ZH] = {" 步</p><img alt=\"第 ", 22},
        [LANG_EN] = {"</p><img alt=\"Step ", 19},
    };
    static const struct str text_5[LANG_COUNT] = {
        [LANG_ZH] = {" 步，共 ", 11},
        [LANG_EN] = {" of ", 4},
    };
    static const struct str text_6[LANG_COUNT] = {
        [LANG_ZH] = {" 步\" src=\"/a?b=%E7%AC%AC%20", 28},
        [LANG_EN] = {"\" src=\"/a?b=Step%20", 19},
    };
    static const struct str text_7[LANG_COUNT] = {
        [LANG_ZH] = {"%20%E6%AD%A5%EF%BC%8C%E5%85%B1%20", 33},
        [LANG_EN] = {"%20of%20", 8},
    };
    static const struct str text_8[LANG_COUNT] = {
        [LANG_ZH] = {"%20%E6%AD%A5\">", 14},
        [LANG_EN] = {"\">", 2},
    };
    const enum lang lang = tmpl_lang(pg);
    buf_put(o, text_1[lang]);
    if (lang == LANG_EN) {
#line 3 "ok/words.html"
        tmpl_text(o, v->i32);
        buf_put(o, STR(" "));
#line 3 "ok/words.html"
        if (tmpl_one(v->i32)) {
            buf_put(o, STR("day"));
        } else {
            buf_put(o, STR("days"));
        }
        buf_put(o, STR(" left"));
    } else {
        buf_put(o, STR("还有 "));
#line 3 "ok/words.html"
        tmpl_text(o, v->i32);
        buf_put(o, STR(" 天"));
    }
    buf_put(o, STR("</p><p>"));
    if (lang == LANG_EN) {
#line 4 "ok/words.html"
        tmpl_text(o, v->grouped);
        buf_put(o, STR(" "));
#line 4 "ok/words.html"
        if (tmpl_one(v->grouped)) {
            buf_put(o, STR("day"));
        } else {
            buf_put(o, STR("days"));
        }
        buf_put(o, STR(" left"));
    } else {
        buf_put(o, STR("还有 "));
#line 4 "ok/words.html"
        tmpl_text(o, v->grouped);
        buf_put(o, STR(" 天"));
    }
    buf_put(o, STR("</p><p title=\""));
    if (lang == LANG_EN) {
        buf_put(o, STR("Handled on "));
#line 5 "ok/words.html"
        tmpl_attr(o, v->inner.name);
        buf_put(o, STR(" by "));
#line 5 "ok/words.html"
        tmpl_attr(o, v->text);
    } else {
#line 5 "ok/words.html"
        tmpl_attr(o, v->text);
        buf_put(o, STR("于"));
#line 5 "ok/words.html"
        tmpl_attr(o, v->inner.name);
        buf_put(o, STR("办理"));
    }
    buf_put(o, STR("\">"));
    if (lang == LANG_EN) {
        buf_put(o, STR("Handled on "));
#line 5 "ok/words.html"
        tmpl_text(o, v->inner.name);
        buf_put(o, STR(" by "));
#line 5 "ok/words.html"
        tmpl_text(o, v->text);
    } else {
#line 5 "ok/words.html"
        tmpl_text(o, v->text);
        buf_put(o, STR("于"));
#line 5 "ok/words.html"
        tmpl_text(o, v->inner.name);
        buf_put(o, STR("办理"));
    }
    buf_put(o, text_2[lang]);
#line 7 "ok/words.html"
    tmpl_text(o, v->i32);
    buf_put(o, text_3[lang]);
#line 7 "ok/words.html"
    tmpl_text(o, v->i64);
    buf_put(o, text_4[lang]);
#line 7 "ok/words.html"
    tmpl_attr(o, v->i32);
    buf_put(o, text_5[lang]);
#line 7 "ok/words.html"
    tmpl_attr(o, v->i64);
    buf_put(o, text_6[lang]);
#line 7 "ok/words.html"
    tmpl_url_part(o, v->i32);
    buf_put(o, text_7[lang]);
#line 7 "ok/words.html"
    tmpl_url_part(o, v->i64);
    buf_put(o, text_8[lang]);
}
