/* generated from templates – do not edit */
#ifndef GEN_TMPL_H
#define GEN_TMPL_H

#include "base/buf.h"
#include "web/view.h"

struct view_sample;
struct sample_inner;
struct sample_item;

void tmpl_ok_chart(struct buf *o, const struct page *pg, const struct view_sample *v);
void tmpl_ok_flow(struct buf *o, const struct page *pg, const struct view_sample *v);
void tmpl_ok_foot(struct buf *o, const struct page *pg);
void tmpl_ok_head(struct buf *o, const struct page *pg);
void tmpl_ok_inner(struct buf *o, const struct page *pg, const struct sample_inner *v);
void tmpl_ok_item(struct buf *o, const struct page *pg, const struct sample_item *v);
void tmpl_ok_letter(struct buf *o, const struct page *pg, const struct view_sample *v);
void tmpl_ok_nothing(struct buf *o, const struct page *pg);
void tmpl_ok_odd(struct buf *o, const struct page *pg);
void tmpl_ok_page(struct buf *o, const struct page *pg);
void tmpl_ok_place(struct buf *o, const struct page *pg, const struct view_sample *v);
void tmpl_ok_same(struct buf *o, const struct page *pg, const struct view_sample *v);
void tmpl_ok_sign(struct buf *o, const struct page *pg);
void tmpl_ok_space(struct buf *o, const struct page *pg, const struct view_sample *v);
void tmpl_ok_words(struct buf *o, const struct page *pg, const struct view_sample *v);

#endif
