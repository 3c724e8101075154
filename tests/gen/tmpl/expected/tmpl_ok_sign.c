/* generated from ok/sign.txt – do not edit */
#include "gen/tmpl.h"
#include "web/tmpl.h"

void tmpl_ok_sign(struct buf *o, const struct page *pg)
{
    static const struct str text_1[LANG_COUNT] = {
        [LANG_ZH] = {"--\n"
            "诉达 ", 10},
        [LANG_EN] = {"--\n"
            "Suda ", 8},
    };
    const enum lang lang = tmpl_lang(pg);
    buf_put(o, text_1[lang]);
#line 3 "ok/sign.txt"
    tmpl_plain(o, pg->hotline);
    buf_put(o, STR("\n"));
}
