/*
 * demo_ticket.c - who asks what, where and when.
 *
 * Contract: demo_private.h. It decides what a filer says; what becomes of it is decided in demo_life.c.
 */
#include "app/demo_private.h"
#include "app/refdata.h"

enum { DRAWS_MAX = 40, TRIED_OF = 12 /* of so many demands of the last days one lies where the made-up officers work */ };
enum { NUMBERS_PER_DAY = 10000000, NUMBER_STEP = 6180339 /* coprime to it, so a day never repeats a number */ };

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int64_t moment_of(const struct demo_world *w, struct chance *r, int32_t day)
{
    int64_t hour = (int64_t)chance_weighted(r, w->hour_sum, DEMO_HOURS);
    int64_t second = (int64_t)chance_below(r, 3600);
    return clock_day_start_us(day) + hour * US_PER_HOUR + second * US_PER_S + (int64_t)chance_below(r, 1000) * 1000;
}

/* Consultations are about 58 in 100 calls. */
static enum kind kind_of(struct chance *r)
{
    static const int64_t sum[] = {580, 715, 895, 945, 980, 1000};
    return (enum kind)(1 + chance_weighted(r, sum, 6));
}

/* Telephone 90.7 %, everything else 9.3 %. An account files by web or mini-program. */
static enum channel channel_of(struct chance *r, bool account)
{
    static const int64_t all[] = {46, 85, 992, 995, 1000};
    return account ? (chance_is(r, 600) ? CHANNEL_WEB : CHANNEL_MINIPROGRAM) : (enum channel)(1 + chance_weighted(r, all, 5));
}

static const struct area *child_of(const struct demo_world *w, struct chance *r, const struct area *parent)
{
    const struct area *const *all;
    size_t n = refdata_area_children(w->c->ref, parent->code, &all);
    return n ? all[chance_below(r, n)] : NULL;
}

/* A community is called by its name without the word for its committee. */
static struct str spoken(const struct demo_words *d, struct str name)
{
    for (size_t i = 0; i < d->n[PART_SUFFIX]; i++) {
        struct str end = d->texts[PART_SUFFIX][i].text;
        if (str_ends(name, end) && name.n > end.n)
            return str_slice(name, 0, name.n - end.n);
    }
    return name;
}

static void place_of(const struct demo_world *w, struct arena *a, struct chance *r, struct demo_ticket *t)
{
    const struct area *tried = t->tried ? w->tried[t->index / TRIED_OF % DEMO_TRIED] : NULL;
    const struct area *district = w->districts[chance_weighted(r, w->district_sum, w->n_districts)];
    if (tried)
        district = refdata_area(w->c->ref, STR(DEMO_DISTRICT));
    const struct area *street = tried ? tried : chance_is(r, 970) ? child_of(w, r, district) : NULL;
    const struct area *community = street && chance_is(r, 880) ? child_of(w, r, street) : NULL;
    t->district = district->code;
    t->area = community ? community->code : street ? street->code : district->code;
    t->place = community ? spoken(&w->words, community->name) : street ? street->name : district->name;
    struct demo_slots s = {.place = t->place, .number = arena_printf(a, "%d", (int)chance_between(r, 1, 28))};
    if (community && chance_is(r, 800))
        t->address = demo_say(a, r, &w->words, PART_ADDRESS, STR_NONE, &s);
}

static void words_of(const struct demo_world *w, struct arena *a, struct chance *r, struct demo_ticket *t)
{
    const struct demo_words *d = &w->words;
    struct demo_slots s = {.item = t->item, .place = t->place};
    enum demo_part first = t->kind == KIND_CONSULT ? PART_CONSULT : t->kind == KIND_SUGGESTION ? PART_SUGGEST
                         : t->kind == KIND_PRAISE ? PART_PRAISE : PART_PROBLEM;
    s.what = demo_say(a, r, d, first, t->category, &s);
    s.where = demo_say(a, r, d, PART_WHERE, STR_NONE, &s);
    s.since = demo_say(a, r, d, PART_SINCE, STR_NONE, &s);
    s.ask = demo_say(a, r, d, PART_ASK, STR_NONE, &s);
    t->title = demo_say(a, r, d, PART_TITLE, STR_NONE, &s);
    t->body = demo_say(a, r, d, first == PART_PROBLEM ? PART_BODY : PART_QUESTION, STR_NONE, &s);
}

static struct str public_id(struct arena *a, struct chance *r)
{
    char id[PUBLIC_ID_CHARS];
    for (size_t i = 0; i < sizeof id; i++)
        id[i] = crockford[chance_below(r, 32)];
    return arena_dup(a, (struct str){id, sizeof id});
}

/* What lies where the made-up officers work is mostly for the street. */
static const struct category *leaf_of(const struct demo_world *w, struct chance *r, bool tried)
{
    const bool street = tried && chance_is(r, 700);
    const struct category *leaf = NULL;
    for (int i = 0; i < DRAWS_MAX; i++) {
        leaf = w->leaves[chance_weighted(r, w->leaf_sum, w->n_leaves)];
        if (!street || leaf->lead_kind == LEAD_STREET)
            break;
    }
    return leaf;
}

void demo_ticket_make(const struct demo_world *w, struct arena *a, uint64_t index, int32_t day, uint64_t index_of_day,
                      struct demo_ticket *t)
{
    struct chance r = chance_of((uint64_t)w->today, index);
    *t = (struct demo_ticket){.index = index, .round = 1, .version = 1, .local_day = day};
    t->created_at = moment_of(w, &r, day);
    t->id = (id_floor(t->created_at) & ~UINT64_C(0x3FFFFF)) | (index & 0x3FFFFF);
    uint64_t number = (index_of_day * NUMBER_STEP + chance_of((uint64_t)day, (uint64_t)w->today).state) % NUMBERS_PER_DAY;
    t->no = ticket_no_make(a, day, (uint32_t)number);
    t->public_id = public_id(a, &r);
    bool account = index % 500 < 2;
    t->account_id = account ? w->accounts[index / 500 % DEMO_ACCOUNTS] : 0;
    t->kind = account ? (enum kind)(1 + chance_below(&r, 4)) : kind_of(&r);
    t->channel = channel_of(&r, account);
    t->applicant = chance_is(&r, 40) ? APPLICANT_ENTERPRISE : APPLICANT_PERSON;
    t->tried = day >= w->tried_from && index % TRIED_OF == 0;
    const struct category *leaf = leaf_of(w, &r, t->tried);
    t->category = leaf->code;
    t->item = leaf->name;
    place_of(w, a, &r, t);
    words_of(w, a, &r, t);
    t->is_public = t->kind != KIND_REPORT && chance_is(&r, 380);
    t->confidential = t->kind == KIND_REPORT && chance_is(&r, 500);
    demo_life(w, a, &r, t);
}
