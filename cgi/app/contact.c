/* contact.c - sealing and opening of names and telephones. Must not know what they are needed for. */
#include "app/contact.h"

#include "app/crypto.h"
#include "gen/sql.h"

static struct str seal(struct ctx *c, struct str plain, const char *column, uint64_t id, bool *ret_has)
{
    *ret_has = plain.n > 0;
    return plain.n ? crypto_seal(c->keys, c->a, plain, column, id).bytes : STR_NONE;
}

enum err contact_put(struct ctx *c, enum contact_owner owner, uint64_t id, const struct contact *in, int64_t now)
{
    uint8_t bidx[CRYPTO_BIDX_BYTES];
    size_t n = 0;
    if (in->name.n == 0 && in->phone.n == 0 && in->org.n == 0)
        return ERR_OK;
    struct q_contact_insert_in q = {.owner_kind = (int32_t)owner, .owner_id = id, .key_id = crypto_seal_key(c->keys),
                                    .phone_verified_at = in->phone_verified_at,
                                    .has_phone_verified_at = in->phone_verified_at != 0, .updated_at = now};
    q.name_ct = seal(c, in->name, "contact|name", id, &q.has_name_ct);
    q.phone_ct = seal(c, in->phone, "contact|phone", id, &q.has_phone_ct);
    q.org_ct = seal(c, in->org, "contact|org", id, &q.has_org_ct);
    if (in->phone.n > 0) {
        crypto_blind(c->keys, in->phone, bidx);
        q.phone_bidx = (struct str){(const char *)bidx, sizeof bidx};
        q.has_phone_bidx = true;
        q.account_bidx = q.phone_bidx;
        q.has_account_bidx = owner == CONTACT_ACCOUNT;
    }
    if (owner == CONTACT_ACCOUNT)
        return q_contact_insert(c->db, &q, &n);
    struct q_contact_add_in add = {.owner_kind = q.owner_kind, .owner_id = id, .key_id = q.key_id, .name_ct = q.name_ct,
                                   .has_name_ct = q.has_name_ct, .phone_ct = q.phone_ct, .has_phone_ct = q.has_phone_ct,
                                   .phone_bidx = q.phone_bidx, .has_phone_bidx = q.has_phone_bidx, .org_ct = q.org_ct,
                                   .has_org_ct = q.has_org_ct, .phone_verified_at = q.phone_verified_at,
                                   .has_phone_verified_at = q.has_phone_verified_at, .updated_at = now};
    return q_contact_add(c->db, &add);
}

enum err contact_open_field(struct ctx *c, uint8_t key_id, struct str ct, bool has, const char *column, uint64_t id,
                            struct str *ret)
{
    *ret = STR_NONE;
    return has ? crypto_open(c->keys, c->a, c->fault, key_id, ct, column, id, ret) : ERR_OK;
}

enum err contact_get(struct ctx *c, enum contact_owner owner, uint64_t id, struct contact *ret)
{
    const struct q_contact_get_row *r = NULL;
    struct q_contact_get_in in = {.owner_kind = (int32_t)owner, .owner_id = id};
    struct contact out = {0};
    enum err e = q_contact_get(c->db, &in, &r);
    if (e == ERR_OK)
        e = contact_open_field(c, (uint8_t)r->key_id, r->name_ct, r->has_name_ct, "contact|name", id, &out.name);
    if (e == ERR_OK)
        e = contact_open_field(c, (uint8_t)r->key_id, r->phone_ct, r->has_phone_ct, "contact|phone", id, &out.phone);
    if (e == ERR_OK)
        e = contact_open_field(c, (uint8_t)r->key_id, r->org_ct, r->has_org_ct, "contact|org", id, &out.org);
    if (e != ERR_OK)
        return e;
    out.phone_verified_at = r->has_phone_verified_at ? r->phone_verified_at : 0;
    *ret = out;
    return ERR_OK;
}

/* All columns of a row share a key, so all are sealed anew. */
enum err contact_set_name(struct ctx *c, enum contact_owner owner, uint64_t id, struct str name, int64_t now)
{
    struct contact x = {0};
    size_t n = 0;
    enum err e = contact_get(c, owner, id, &x);
    if (e != ERR_OK)
        return e;
    struct q_contact_set_name_in q = {.owner_kind = (int32_t)owner, .owner_id = id, .key_id = crypto_seal_key(c->keys),
                                      .updated_at = now};
    q.name_ct = seal(c, name, "contact|name", id, &q.has_name_ct);
    q.phone_ct = seal(c, x.phone, "contact|phone", id, &q.has_phone_ct);
    q.org_ct = seal(c, x.org, "contact|org", id, &q.has_org_ct);
    return q_contact_set_name(c->db, &q, &n);
}

enum err contact_erase(struct ctx *c, enum contact_owner owner, uint64_t id)
{
    size_t n = 0;
    struct q_contact_delete_in in = {.owner_kind = (int32_t)owner, .owner_id = id};
    return q_contact_delete(c->db, &in, &n);
}
