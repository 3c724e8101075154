/* generated from ok/flow.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_flow(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    buf_put(o, STR("<div"));
#line 3 "ok/flow.html"
    if (tmpl_true(v->yes)) {
        buf_put(o, STR(" class=\"yes"));
#line 3 "ok/flow.html"
        if (tmpl_true(v->i32)) {
            buf_put(o, STR(" more"));
        } else {
            buf_put(o, STR(" less"));
        }
        buf_put(o, STR("\""));
    }
    buf_put(o, STR(">"));
#line 4 "ok/flow.html"
    if (!tmpl_true(v->text)) {
        buf_put(o, STR("<p>1</p>"));
    } else if (tmpl_is(v->ctext, "home")) {
        buf_put(o, STR("<p>2</p>"));
    } else if (pg->nav == NAV_HOME) {
        buf_put(o, STR("<p>3</p>"));
    } else if (pg->nav != NAV_KB) {
        buf_put(o, STR("<p>4</p>"));
    } else {
        buf_put(o, STR("<p>5</p>"));
    }
#line 15 "ok/flow.html"
    if (v->n_items) {
        buf_put(o, STR("<ul>"));
#line 17 "ok/flow.html"
        for (size_t i_item = 0, n_item = v->n_items; i_item < n_item; i_item++) {
#line 17 "ok/flow.html"
            const __typeof__(*v->items) *l_item = &v->items[i_item];
            (void)l_item;
            buf_put(o, STR("<li"));
#line 18 "ok/flow.html"
            if (tmpl_true(l_item->chosen)) {
                buf_put(o, STR(" aria-current=\"true\""));
            }
            buf_put(o, STR(">"));
#line 18 "ok/flow.html"
            tmpl_text(o, (i_item + 1));
            buf_put(o, STR("/"));
#line 18 "ok/flow.html"
            tmpl_text(o, v->n_items);
            buf_put(o, STR(" "));
#line 18 "ok/flow.html"
            tmpl_text(o, l_item->name);
            buf_put(o, STR("\n"));
#line 19 "ok/flow.html"
            for (size_t i_tag = 0, n_tag = l_item->n_tags; i_tag < n_tag; i_tag++) {
#line 19 "ok/flow.html"
                const __typeof__(*l_item->tags) *l_tag = &l_item->tags[i_tag];
                (void)l_tag;
#line 19 "ok/flow.html"
                if (!tmpl_true((i_tag == 0))) {
                    buf_put(o, STR(", "));
                }
#line 19 "ok/flow.html"
                tmpl_text(o, (*l_tag));
#line 19 "ok/flow.html"
                if (tmpl_true((i_tag + 1 == n_tag))) {
                    buf_put(o, STR("."));
                }
            }
            if (!l_item->n_tags) {
                buf_put(o, STR("-"));
            }
            buf_put(o, STR("\n"));
#line 20 "ok/flow.html"
            tmpl_text(o, i_item);
            buf_put(o, STR("</li>"));
        }
        buf_put(o, STR("</ul>"));
    }
#line 24 "ok/flow.html"
    for (size_t i_item = 0, n_item = v->inner.n_items; i_item < n_item; i_item++) {
#line 24 "ok/flow.html"
        const __typeof__(*v->inner.items) *l_item = &v->inner.items[i_item];
        (void)l_item;
#line 24 "ok/flow.html"
        tmpl_ok_item(o, pg, l_item);
    }
    if (!v->inner.n_items) {
        buf_put(o, STR("<hr>"));
    }
#line 25 "ok/flow.html"
    if (v->maybe) {
#line 25 "ok/flow.html"
        const __typeof__(*v->maybe) *l_m = v->maybe;
        (void)l_m;
        buf_put(o, STR("<p>"));
#line 26 "ok/flow.html"
        tmpl_text(o, l_m->name);
        buf_put(o, STR("</p>"));
#line 27 "ok/flow.html"
        tmpl_ok_inner(o, pg, l_m);
    } else {
        buf_put(o, STR("<p>0</p>"));
    }
    buf_put(o, STR("\n"));
#line 31 "ok/flow.html"
    tmpl_ok_inner(o, pg, &v->inner);
    buf_put(o, STR("\n"));
#line 32 "ok/flow.html"
    tmpl_ok_same(o, pg, v);
    buf_put(o, STR("</div>"));
}
