/*
 * staff_frame.h - the frame of every page of the back office: navigation by permits, problem pages, confirming a sensitive act.
 *
 *     enum err page_staff_x(struct request *rq, struct response *rs)
 *     {
 *         struct page pg;
 *         struct view_x v = {...};
 *         staff_page(rq, rs, &pg, MSG_staff_x_title);   // 200, HTML, struct page
 *         tmpl_staff_x(&rs->body, &pg, &v);             // {{>layout/staff_head}} ... {{>layout/staff_foot}}
 *         return ERR_OK;
 *     }
 */
#ifndef PAGES_STAFF_FRAME_H
#define PAGES_STAFF_FRAME_H

#include "app/staff.h"
#include "pages/join.h"
#include "web/page.h"
#include "web/response.h"

struct view_problem;

void staff_page(struct request *rq, struct response *rs, struct page *pg, enum msg title);
/* The same for a form that came back: 422, "Error:" before the title. */
void staff_page_again(struct request *rq, struct response *rs, struct page *pg, enum msg title);
/* After either: the title says what of all its kind the page is about, a number or a name, behind its own words. */
void staff_page_about(struct request *rq, struct page *pg, struct str what);

/* Whoever is signed in; never NULL behind GUARD_STAFF on a page. */
struct staff_session *staff_session_of(const struct request *rq);
/*
 * For acts that hurt: has the password (or a code) been entered again in the last minutes? If not, *ret_sent is set and the
 * answer is a redirect to /staff/confirm, which leads back to `back` (a path of a GET page).
 */
enum err staff_confirm_first(struct request *rq, struct response *rs, struct str back, bool *ret_sent) MUST_CHECK;

/* A path below /staff/ that may follow a sign-in, else empty. */
struct str staff_own_path(struct str next);
/* Name of a unit in the reader's language; its code when it is not known, the hotline centre for none. */
struct str staff_unit_name(const struct request *rq, struct str code);
bool staff_unit_is_zh(const struct request *rq, struct str code); /* it has a Chinese name alone: lang="zh-CN" on English pages */

void staff_fill_page(struct request *rq, struct page *pg);      /* portal_program.page */
void staff_problem_page(struct request *rq, struct response *rs, const struct page *pg, const struct view_problem *v);

#endif
