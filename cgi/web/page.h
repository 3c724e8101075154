/*
 * page.h - struct page (web/view.h) from the request.
 *
 *     struct page pg;
 *     page_init(rq, &pg, NAV_TRACK, MSG_track_title);
 *     tmpl_citizen_track(&rs->body, &pg, &v);
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/msg.h"
#include "web/view.h"

struct request;

/* Fills everything that follows from the request: language, elder mode, CSRF token, path, switches, assets; what belongs
 * to the city (name, hotline, demo mark) comes from web_app.page. The handler then sets noindex, title_error,
 * description, or a title of its own. title must have no placeholders. */
void page_init(struct request *rq, struct page *pg, enum nav nav, enum msg title);

#endif
