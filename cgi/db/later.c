/*
 * later.c - several statements of a transaction in one round trip.
 *
 * Statements that return no rows are sent and their replies read afterwards, in order: those marked `rows: later` when
 * something behind them must be answered (what is kept until the end goes another way, block.c), every other one together
 * with what was sent before it. Connector/C sends without
 * reading when told to skip the response; the replies are then OK or error packets, read here one by one.
 *
 * A transaction is kept open by autocommit=0 rather than by START TRANSACTION: when the server rolls it back (deadlock),
 * statements that are already on their way begin a new one that nobody commits, instead of being committed alone.
 */
#include <errmsg.h>

#include "db/internal.h"

static void skip_replies(struct db *db, bool on)
{
    my_bool value = on;
    (void)mysql_optionsv(db->my, MARIADB_OPT_SKIP_READ_RESPONSE, &value);
}

/* A number as the protocol packs it; only the lengths that a count of rows can have. */
static size_t packed_number(const unsigned char *p, size_t n)
{
    size_t bytes = p[0] < 251 ? 0 : p[0] == 252 ? 2 : p[0] == 253 ? 3 : 8, v = p[0];
    if (bytes == 0 || n < bytes + 1)
        return bytes == 0 ? v : 0;
    v = 0;
    for (size_t i = bytes; i > 0; i--)
        v = v << 8 | p[i];
    return v;
}

/* An error packet: 0xff, number, # and five characters of state, words. */
static enum db_kind refused(struct db *db, const unsigned char *p, size_t n)
{
    char words[sizeof db->error_text];
    size_t from = n >= 9 && p[3] == '#' ? 9 : 3;
    snprintf(words, sizeof words, "%.*s", (int)(n - from), (const char *)p + from);
    return db_note_error(db, (unsigned)p[1] | (unsigned)p[2] << 8, words);
}

/* The next reply. Each one answers a command of its own, so its packet bears number 1. */
static enum db_kind read_reply(struct db *db, size_t *ret_changed)
{
    db->my->net.pkt_nr = 1;
    unsigned long n = mysql_net_read_packet(db->my);
    if (n == packet_error) /* nothing came; the library has freed the packet */
        return db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
    const unsigned char *p = db->my->net.read_pos;
    if (n >= 3 && p[0] == 0xff)
        return refused(db, p, n);
    if (n < 2 || p[0] != 0)
        return db_note_error(db, CR_MALFORMED_PACKET, "a reply that is neither done nor refused");
    *ret_changed = packed_number(p + 1, n - 1);
    return KIND_NONE;
}

/* What the failure of a statement that nobody waited for means for its transaction. A duplicate key among them is an id
 * drawn twice: the act draws again when it is run again. */
enum db_kind db_doom(struct db *db, enum db_kind kind)
{
    db->duplicate = false;
    if (kind == KIND_DUPLICATE)
        kind = KIND_RETRY;
    if (kind == KIND_REPREPARE)
        kind = KIND_LOST;
    if (kind == KIND_LOST || kind == KIND_RETRY)
        db->tx = TX_BROKEN;
    else
        db->doomed = db_fault(db, kind, "sent before");
    return kind;
}

enum db_kind db_settle(struct db *db)
{
    enum db_kind first = KIND_NONE;
    unsigned number = 0;
    char text[sizeof db->error_text];
    for (int i = 0; i < db->n_later && first != KIND_LOST; i++) {
        size_t changed;
        enum db_kind kind = read_reply(db, &changed);
        if (kind == KIND_NONE || (first != KIND_NONE && kind != KIND_LOST))
            continue;
        first = kind;
        number = db->error_number;
        snprintf(text, sizeof text, "%s: %.150s", db->later[i], db->error_text);
    }
    db->n_later = 0;
    if (first == KIND_NONE)
        return KIND_NONE;
    (void)db_note_error(db, number, text);
    return db_doom(db, first);
}

enum db_kind db_send_query(struct db *db, const char *sql)
{
    if (mysql_send_query(db->my, sql, strlen(sql)) != 0)
        return db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
    db->later[db->n_later++] = sql;
    return KIND_NONE;
}

enum db_kind db_send(struct db *db, struct db_prepared *p, const char *name)
{
    enum db_kind kind = db->n_later == LATER_MAX ? db_settle(db) : KIND_NONE;
    if (kind != KIND_NONE)
        return kind;
    skip_replies(db, true);
    bool failed = mysql_stmt_execute(p->handle) != 0;
    skip_replies(db, false);
    if (failed)
        return db_note_error(db, mysql_stmt_errno(p->handle), mysql_stmt_error(p->handle));
    db->later[db->n_later++] = name;
    return KIND_NONE;
}

enum db_kind db_settle_with_last(struct db *db, size_t *ret_changed)
{
    db->n_later--; /* the last one is read apart, because its count is wanted */
    enum db_kind before = db_settle(db);
    if (before == KIND_NONE)
        return read_reply(db, ret_changed);
    if (before == KIND_LOST)
        return before;
    unsigned number = db->error_number;
    char text[sizeof db->error_text];
    memcpy(text, db->error_text, sizeof text);
    enum db_kind last = read_reply(db, ret_changed);
    (void)db_note_error(db, number, text);
    db->duplicate = false;
    return last == KIND_LOST ? db_doom(db, last) : before;
}
