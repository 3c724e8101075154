/* generated from ok/chart.svg – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_chart(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    (void)pg;
    buf_put(o, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640"
                   " "));
#line 3 "ok/chart.svg"
    tmpl_attr(o, v->i64);
    buf_put(o, STR("\" role=\"img\"><title>"));
#line 4 "ok/chart.svg"
    tmpl_text(o, v->text);
    buf_put(o, STR("</title><style>text { font: 12px sans-serif; }</style>"));
#line 6 "ok/chart.svg"
    for (size_t i_item = 0, n_item = v->n_items; i_item < n_item; i_item++) {
#line 6 "ok/chart.svg"
        const __typeof__(*v->items) *l_item = &v->items[i_item];
        (void)l_item;
        buf_put(o, STR("<g transform=\"translate(0 "));
#line 7 "ok/chart.svg"
        tmpl_attr(o, i_item);
        buf_put(o, STR(")\"><rect width=\""));
#line 8 "ok/chart.svg"
        tmpl_attr(o, v->i64);
        buf_put(o, STR("\" height=\"1.5\"/><text x=\"1\">"));
#line 9 "ok/chart.svg"
        tmpl_text(o, l_item->name);
        buf_put(o, STR(" <tspan>"));
#line 9 "ok/chart.svg"
        tmpl_text(o, (i_item + 1));
        buf_put(o, STR("</tspan></text></g>"));
    }
    buf_put(o, STR("<linearGradient id=\"g\"><stop offset=\""));
#line 12 "ok/chart.svg"
    tmpl_attr(o, v->fixed);
    buf_put(o, STR("\"/></linearGradient></svg>"));
}
