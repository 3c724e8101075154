/*
 * me_export.c - one's own data as JSON.
 *
 * Contract: the object MeExport of the API's document, whole. Must not know the tables.
 */
#include "pages/me_export.h"

#include "app/ids.h"
#include "app/words.h"

static void put_ticket(struct json *w, struct arena *a, const struct account_export_ticket *t)
{
    json_open_object(w);
    json_put_str(w, "ticket_no", ticket_no_show(a, t->no));
    json_put_time(w, "created_at", t->created_at);
    json_put_str(w, "status", word(WORDS_STATUS, t->state));
    json_put_str(w, "title", t->title);
    json_put_str(w, "text", t->text);
    json_put_str(w, "address", t->address);
    json_put_str(w, "name", t->name);
    json_put_str(w, "phone", t->phone);
    json_put_str(w, "org", t->org);
    json_close(w);
}

static void put_look(struct json *w, struct arena *a, const struct account_look *l)
{
    static const char *const kinds[] = {[ACTOR_NONE] = "none", [ACTOR_CITIZEN] = "citizen", [ACTOR_STAFF] = "staff",
                                        [ACTOR_SYSTEM] = "system", [ACTOR_SERVICE] = "service"};
    const bool known = l->actor_kind >= 0 && (size_t)l->actor_kind < sizeof kinds / sizeof kinds[0];
    json_open_object(w);
    json_put_time(w, "at", l->at);
    json_key(w, "who");
    json_cstr(w, known ? kinds[l->actor_kind] : "system");
    json_put_str(w, "purpose", l->purpose);
    json_put_str(w, "ticket_no", l->ticket_no.n ? ticket_no_show(a, l->ticket_no) : STR_NONE);
    json_close(w);
}

void me_export_json(struct json *w, struct arena *a, const struct account_export *x)
{
    json_open_object(w);
    json_put_id(w, "id", x->account.id);
    json_put_str(w, "phone", x->account.phone);
    json_put_str(w, "name", x->account.name);
    json_put_time(w, "created_at", x->account.created_at);
    json_key(w, "tickets");
    json_open_array(w);
    for (size_t i = 0; i < x->n_tickets; i++)
        put_ticket(w, a, &x->tickets[i]);
    json_close(w);
    json_put_bool(w, "has_more_tickets", x->more);
    json_key(w, "looks");
    json_open_array(w);
    for (size_t i = 0; i < x->n_looks; i++)
        put_look(w, a, &x->looks[i]);
    json_close(w);
    json_close(w);
}
