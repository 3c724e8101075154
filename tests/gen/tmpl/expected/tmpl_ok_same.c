/* generated from ok/same.html – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_same(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    (void)pg;
    buf_put(o, STR("<u>"));
#line 2 "ok/same.html"
    tmpl_text(o, v->inner.name);
    buf_put(o, STR("</u>"));
}
