/* generated from ok/nothing.html – do not edit */
#include "gen/tmpl.h"
#include "web/tmpl.h"

void tmpl_ok_nothing(struct buf *o, const struct page *pg)
{
    (void)pg;
    (void)o;
}
