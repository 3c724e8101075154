/*
 * cookie.c - reads one cookie out of the header a browser sent.
 *
 * Contract: see cookie.h. Points into the header, copies nothing. A piece without '=' is passed over. Must not know
 * which cookies there are.
 */
#include "web/cookie.h"

struct str cookie_find(struct str header, struct str name)
{
    struct str piece, key, value;
    while (header.n) {
        str_cut(header, ';', &piece, &header);
        if (!str_cut(str_trim(piece), '=', &key, &value) || !str_eq(str_trim(key), name))
            continue;
        value = str_trim(value);
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_slice(value, 1, value.n - 1);
        return cookie_value_ok(value) ? value : STR_NONE;
    }
    return STR_NONE;
}

bool cookie_value_ok(struct str value)
{
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
            return false;
    }
    return true;
}
