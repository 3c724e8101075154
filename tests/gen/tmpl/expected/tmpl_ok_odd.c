/* generated from ok/odd.html – do not edit */
#include "gen/tmpl.h"
#include "web/tmpl.h"

void tmpl_ok_odd(struct buf *o, const struct page *pg)
{
    (void)pg;
    buf_put(o, STR("<p data-a=\"\342\200\256?\?/ \\ %s \001\" data-b='\"?\?=\"'>\330\234 \342\201\246</p><pre>\0111\n"
                   "\n"
                   "  2 \342\200\250</pre>"));
}
