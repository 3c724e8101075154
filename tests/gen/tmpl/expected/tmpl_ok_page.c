/* generated from ok/page.html – do not edit */
#include "gen/tmpl.h"
#include "web/tmpl.h"

void tmpl_ok_page(struct buf *o, const struct page *pg)
{
#line 2 "ok/page.html"
    tmpl_ok_head(o, pg);
    buf_put(o, STR("<h1>"));
#line 3 "ok/page.html"
    tmpl_text(o, pg->title);
    buf_put(o, STR("</h1>"));
#line 4 "ok/page.html"
    tmpl_ok_foot(o, pg);
}
