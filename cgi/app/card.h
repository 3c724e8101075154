/*
 * card.h - what the rows of a demand say to whoever follows it, in one value, as ticket_text.card keeps it.
 *
 * Fields in decimal or as codes, separated by one blank each, `-` = NULL, in the order of the view ticket_card
 * (sql/schema/0024_card.sql), which writes the same from the rows: an act lets the database do it, filing does it here.
 * The first is the number of the last event; a card holds while that is ticket_text.timeline_seq, and is no more than a
 * copy: rows count. `sudactl verify` compares the two.
 */
#ifndef APP_CARD_H
#define APP_CARD_H

#include "gen/sql.h"

/* Of row the columns that a card has, and what belongs to none of its columns. */
struct card {
    struct q_ticket_track_row row;
    struct str ticket_no;
    bool has_rating_until;      /* the round's invitation to rate stands, and until then */
    int64_t rating_until;
};
struct str card_text(struct arena *a, const struct card *card);
/* Fills those columns, and no other; texts point into s. False: not of this form (*card is then half filled). */
bool card_read(struct str s, struct card *card);

#endif
