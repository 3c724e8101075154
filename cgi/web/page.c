/*
 * page.c - struct page from the request.
 *
 * Contract: see page.h. Must not know what the page is about.
 */
#include "web/page.h"

#include "gen/assets.h"
#include "web/dispatch.h"
#include "web/preference.h"
#include "web/request.h"

/* The pages work without a script; where there is none its URL is empty. */
#ifndef ASSET_js_suda_js
#define ASSET_js_suda_js ""
#endif

/* This page with one preference changed. A page that answers a POST has no address of its own to come back to with its
 * content, so it leads to the plain path. */
static struct str switch_url(struct request *rq, struct str self, struct str pair)
{
    bool has_query = memchr(self.p, '?', self.n) != NULL;
    return arena_printf(rq->a, STR_FMT "%c" STR_FMT, STR_ARG(self), has_query ? '&' : '?', STR_ARG(pair));
}

void page_init(struct request *rq, struct page *pg, enum nav nav, enum msg title)
{
    struct str self = preference_self(rq);
    *pg = (struct page){
        .lang = rq->lang,
        .elder = rq->elder,
        .signed_in = rq->signed_in,
        .nav = nav,
        .title = msg_text(rq->lang, title),
        .description = STR_NONE,
        .csrf = rq->csrf.n ? rq->csrf : STR_NONE,
        .path = self,
        .lang_switch_url = switch_url(rq, self, rq->lang == LANG_EN ? STR("lang=zh-CN") : STR("lang=en")),
        .elder_switch_url = switch_url(rq, self, rq->elder ? STR("elder=0") : STR("elder=1")),
        .css_url = STR(ASSET_css_suda_css),
        .js_url = STR(ASSET_js_suda_js),
        .icon_url = STR(ASSET_img_favicon_svg),
        .city = STR_NONE,
        .hotline = STR("12345"),
        .request_id = rq->request_id,
    };
    if (rq->web && rq->web->page)
        rq->web->page(rq, pg);
}
