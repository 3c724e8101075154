/* generated from ok/place.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_place(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    static const struct str text_1[LANG_COUNT] = {
        [LANG_ZH] = {"</p><p id=\"message\" title=\"他说&quot;是&quot; &lt;b&gt;&amp;&#39;\">他说\"是\" &lt;b&gt;&amp;'"
            "</p><a id=\"query\" href=\"/x?q=%E4%BB%96%E8%AF%B4%22%E6%98%AF%22%20%3Cb%3E%26%27\">.</a>\n"
            "<svg viewBox=\"0 0 ", 201},
        [LANG_EN] = {"</p><p id=\"message\" title=\"He said &quot;yes&quot; &lt;b&gt;&amp;&#39;\">He said \"yes\" &lt;b&gt;&amp;'"
            "</p><a id=\"query\" href=\"/x?q=He%20said%20%22yes%22%20%3Cb%3E%26%27\">.</a>\n"
            "<svg viewBox=\"0 0 ", 193},
    };
    const enum lang lang = tmpl_lang(pg);
    buf_put(o, STR("<p id=\"text\">"));
#line 2 "ok/place.html"
    tmpl_text(o, v->text);
    buf_put(o, STR("</p><p id=\"html\">"));
#line 3 "ok/place.html"
    tmpl_text(o, v->html);
    buf_put(o, STR("</p><p id=\"attr\" class=\""));
#line 4 "ok/place.html"
    tmpl_attr(o, v->text);
    buf_put(o, STR("\" title='"));
#line 4 "ok/place.html"
    tmpl_attr(o, v->text);
    buf_put(o, STR("'>.</p><textarea id=\"rcdata\">\n"));
#line 5 "ok/place.html"
    tmpl_rcdata(o, v->text);
    buf_put(o, STR("</textarea>\n"
                   "<a id=\"url\" href=\""));
#line 6 "ok/place.html"
    tmpl_url(o, v->text);
    buf_put(o, STR("\">.</a>\n"
                   "<a id=\"part\" href=\"/x/"));
#line 7 "ok/place.html"
    tmpl_url_part(o, v->text);
    buf_put(o, STR("?q="));
#line 7 "ok/place.html"
    tmpl_url_part(o, v->text);
    buf_put(o, STR("#"));
#line 7 "ok/place.html"
    tmpl_url_part(o, v->text);
    buf_put(o, STR("\">.</a>\n"
                   "<a id=\"tel\" href=\"tel:"));
#line 8 "ok/place.html"
    tmpl_url_tel(o, v->text);
    buf_put(o, STR("\">.</a><form action=\""));
#line 9 "ok/place.html"
    tmpl_url(o, v->text);
    buf_put(o, STR("\"><button formaction=\""));
#line 9 "ok/place.html"
    tmpl_url(o, v->ctext);
    buf_put(o, STR("\">.</button></form><p id=\"types\">"));
#line 10 "ok/place.html"
    tmpl_text(o, v->ctext);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->letters);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->yes);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->i32);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->i64);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->u8);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->u64);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->grouped);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, v->fixed);
    buf_put(o, STR(" "));
#line 10 "ok/place.html"
    tmpl_text(o, msg_text(lang, v->message));
    buf_put(o, text_1[lang]);
#line 13 "ok/place.html"
    tmpl_attr(o, v->i32);
    buf_put(o, STR(" 8\"><title>"));
#line 13 "ok/place.html"
    tmpl_text(o, v->text);
    buf_put(o, STR("</title><a xlink:href=\""));
#line 13 "ok/place.html"
    tmpl_url(o, v->text);
    buf_put(o, STR("\"><text>"));
#line 13 "ok/place.html"
    tmpl_text(o, v->text);
    buf_put(o, STR("</text></a></svg>"));
}
