/* generated from ok/foot.html – do not edit */
#include "gen/tmpl.h"
#include "web/tmpl.h"

void tmpl_ok_foot(struct buf *o, const struct page *pg)
{
    buf_put(o, STR("</main><footer>"));
#line 3 "ok/foot.html"
    tmpl_text(o, pg->hotline);
    buf_put(o, STR("</footer></body></html>"));
}
