/*
 * staff_act_choices.h - the lists that forms of the back office offer: units near a demand first, catalogue, places, words.
 */
#ifndef PAGES_STAFF_ACT_CHOICES_H
#define PAGES_STAFF_ACT_CHOICES_H

#include "app/officer_view.h"
#include "pages/say.h"
#include "pages/view_staff_act.h"
#include "web/form.h"

/* The words of a closed list: "outcome", "ground", "diversion" ..., or "yes_no", "approve". */
void act_choices(const struct say *s, const char *area, struct str chosen, struct view_act_field *v);
/* Units by nearness to the demand: its district's streets and towns, its bureaus, district governments, city departments, utilities, others;
 * all: of every district. chosen or many (checkboxes) come back marked. */
void act_units(const struct say *s, const struct officer_ticket *t, bool all, struct str chosen, const struct str_list *many,
               struct view_act_field *v);
void act_categories(const struct say *s, struct str chosen, struct view_act_field *v); /* third level, by second */
void act_places(const struct say *s, struct str chosen, struct view_act_field *v);     /* districts, and streets and towns in them */
/* The demand's relays that nobody has answered, by their seq. */
void act_relays(const struct say *s, const struct officer_ticket *t, int64_t chosen, struct view_act_field *v);

#endif
