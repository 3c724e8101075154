/*
 * wording.h - keeping the wording that replies start from (desk.h): editors for everybody, unit managers for their units.
 *
 * A wording demands a sentence of one's own: it has at least one place 〔…〕 that says what belongs there, and whoever leaves it so, or
 * writes nothing beyond the wording, is refused (reply_template_judge). A change ends one version and begins the next of the same
 * line; nothing is ever deleted. Every change is in the audit.
 *
 * Units have wordings of their own for replies alone; answers at once and diversions are the hotline centre's. Outside of the scope of
 * MAY_TEMPLATES: ERR_NOT_FOUND NOT_FOUND for what is there, field unit_code NOT_A_CHOICE for what is to be.
 */
#ifndef APP_WORDING_H
#define APP_WORDING_H

#include "app/desk.h"

enum { WORDING_MAX = 100 /* in force, of one unit and use */, WORDING_TITLE_CHARS = 60, WORDING_BODY_CHARS = 1000 };

struct wording {
    struct reply_template t;
    uint32_t line;          /* the same for all versions; id of the first */
    bool active;
    int64_t created_at, ended_at; /* 0 = seeded; 0 = not ended */
    struct str author;      /* may be empty */
};
struct str wording_use_word(enum template_use use); /* "reply" "diversion" "answer" */
bool wording_use_find(struct str word, enum template_use *ret);

/* In force of a unit ("" = for everybody), by use and id. */
enum err wording_list(struct ctx *c, const struct actor *who, struct str unit_code, const struct wording **ret, size_t *ret_n) MUST_CHECK;
/* One version whole, with all versions of its line, the newest first, at most 50 (of those t.id, title and body are set). */
enum err wording_get(struct ctx *c, const struct actor *who, uint32_t id, struct wording *ret, const struct wording **ret_all,
                     size_t *ret_n) MUST_CHECK;
/*
 * t->id 0 makes one, else a new version of that one: ERR_CONFLICT VERSION when it is no longer in force. Use and unit of a line stay.
 * Fields: use, word, category_prefix, unit_code, lang, title, body. body TEMPLATE_NO_GAP: it demands nothing.
 * ERR_CONFLICT TEMPLATES_TOO_MANY.
 */
enum err wording_put(struct ctx *c, const struct actor *who, const struct reply_template *t, uint32_t *ret_id) MUST_CHECK;
enum err wording_retire(struct ctx *c, const struct actor *who, uint32_t id) MUST_CHECK;

#endif
