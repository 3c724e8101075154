/* generated from ok/inner.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_inner(struct buf *o, const struct page *pg, const struct sample_inner *v)
{
    buf_put(o, STR("<i>"));
#line 2 "ok/inner.html"
    tmpl_text(o, v->name);
    buf_put(o, STR("</i>"));
#line 2 "ok/inner.html"
    for (size_t i_x = 0, n_x = v->n_items; i_x < n_x; i_x++) {
#line 2 "ok/inner.html"
        const __typeof__(*v->items) *l_x = &v->items[i_x];
        (void)l_x;
#line 2 "ok/inner.html"
        tmpl_ok_item(o, pg, l_x);
    }
}
