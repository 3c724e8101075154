/* generated from ok/space.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_space(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    (void)pg;
    buf_put(o, STR("<section><p>1 2\n"
                   "3</p><p><b>1</b> <b>2</b>\n"
                   "<b>3</b><b>4</b></p><pre>\n"
                   " "));
#line 12 "ok/space.html"
    tmpl_text(o, v->text);
    buf_put(o, STR("\n"
                   "   5  </pre><pre>\n"));
#line 14 "ok/space.html"
    tmpl_text(o, v->text);
    buf_put(o, STR("</pre><textarea id=\"a\" name='b'>  "));
#line 17 "ok/space.html"
    tmpl_rcdata(o, v->text);
    buf_put(o, STR("\n"
                   " </textarea><p>1 "));
#line 19 "ok/space.html"
    tmpl_text(o, v->text);
    buf_put(o, STR(" 2 "));
#line 19 "ok/space.html"
    if (tmpl_true(v->yes)) {
        buf_put(o, STR("3 "));
    }
    buf_put(o, STR("4"));
#line 20 "ok/space.html"
    if (tmpl_true(v->yes)) {
        buf_put(o, STR("\n"
                       "5"));
    }
    buf_put(o, STR("\n"
                   "6</p><p>"));
#line 24 "ok/space.html"
    for (size_t i_item = 0, n_item = v->n_items; i_item < n_item; i_item++) {
#line 24 "ok/space.html"
        const __typeof__(*v->items) *l_item = &v->items[i_item];
        (void)l_item;
        buf_put(o, STR(" "));
#line 24 "ok/space.html"
        tmpl_text(o, l_item->name);
    }
    buf_put(o, STR("</p><input disabled"));
#line 26 "ok/space.html"
    if (tmpl_true(v->yes)) {
        buf_put(o, STR(" checked"));
    }
    buf_put(o, STR(" value=\"  1  \"><br>7</section>"));
}
