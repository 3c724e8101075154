/* staff_json.h - what the calls of the back office have in common: names, words, times, pages of a list. */
#ifndef API_STAFF_JSON_H
#define API_STAFF_JSON_H

#include "api/ticket_json.h"
#include "app/officer_view.h"

#define PUT_WORD(w, s, name, list, area, value) (json_key((w), name), word_json((w), (s), (list), (area), (int)(value)))
#define PUT_UNIT(w, s, name, code) (json_key((w), name), named_json((w), (code), say_unit((s), (code))))
#define PUT_AREA(w, s, name, code) (json_key((w), name), named_json((w), (code), say_area((s), (code))))
#define PUT_CATEGORY(w, s, name, code) (json_key((w), name), named_json((w), (code), say_category((s), (code))))
/* The same for a word that no closed list of app/words.h has; its messages are "<area>.<word>". */
#define PUT_TEXT(w, s, name, area, word) (json_key((w), name), said_json((w), (word), say_word((s), (area), (word))))
void said_json(struct json *w, struct str code, struct str text); /* {"code","text"} */
void staff_json_no(struct json *w, const struct say *s, struct str no); /* "ticket_no", as people write it */
void staff_json_item(struct json *w, const struct say *s, const struct officer_item *t); /* a row of a worklist */
/* What became of an act on a demand: number, event, time and state. */
void staff_json_done(struct json *w, const struct say *s, const struct ticket_done *t);

#endif
