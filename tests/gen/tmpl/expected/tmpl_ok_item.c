/* generated from ok/item.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_item(struct buf *o, const struct page *pg, const struct sample_item *v)
{
    (void)pg;
    buf_put(o, STR("<b>"));
#line 2 "ok/item.html"
    tmpl_text(o, v->name);
    buf_put(o, STR("</b>"));
}
