/* generated from ok/letter.txt – do not edit */
#include "gen/tmpl.h"
#include "gen/tmpl/view_sample.h"
#include "web/tmpl.h"

void tmpl_ok_letter(struct buf *o, const struct page *pg, const struct view_sample *v)
{
    static const struct str text_1[LANG_COUNT] = {
        [LANG_ZH] = {"诉达: ", 8},
        [LANG_EN] = {"Suda: ", 6},
    };
    static const struct str text_2[LANG_COUNT] = {
        [LANG_ZH] = {"他说\"是\" <b>&'\n", 18},
        [LANG_EN] = {"He said \"yes\" <b>&'\n", 20},
    };
    const enum lang lang = tmpl_lang(pg);
    buf_put(o, text_1[lang]);
#line 2 "ok/letter.txt"
    tmpl_plain(o, v->text);
    buf_put(o, STR(" <"));
#line 2 "ok/letter.txt"
    tmpl_plain(o, v->ctext);
    buf_put(o, STR(">\n"
                   "\n"));
#line 4 "ok/letter.txt"
    for (size_t i_item = 0, n_item = v->n_items; i_item < n_item; i_item++) {
#line 4 "ok/letter.txt"
        const __typeof__(*v->items) *l_item = &v->items[i_item];
        (void)l_item;
        buf_put(o, STR("  * "));
#line 5 "ok/letter.txt"
        tmpl_plain(o, l_item->name);
#line 5 "ok/letter.txt"
        if (tmpl_true(l_item->chosen)) {
            buf_put(o, STR(" !"));
        }
        buf_put(o, STR("\n"));
    }
    if (!v->n_items) {
        buf_put(o, STR("  -\n"));
    }
    buf_put(o, text_2[lang]);
    if (lang == LANG_EN) {
#line 11 "ok/letter.txt"
        tmpl_plain(o, v->u8);
        buf_put(o, STR(" "));
#line 11 "ok/letter.txt"
        if (tmpl_one(v->u8)) {
            buf_put(o, STR("day"));
        } else {
            buf_put(o, STR("days"));
        }
        buf_put(o, STR(" left"));
    } else {
        buf_put(o, STR("还有 "));
#line 11 "ok/letter.txt"
        tmpl_plain(o, v->u8);
        buf_put(o, STR(" 天"));
    }
    buf_put(o, STR("\n"));
#line 12 "ok/letter.txt"
    tmpl_ok_sign(o, pg);
}
