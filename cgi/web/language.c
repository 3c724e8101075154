/*
 * language.c - Accept-Language and language tags.
 *
 * Contract: see language.h. Anything unreadable counts as not said: the default is zh-CN.
 */
#include "web/language.h"

bool language_of_tag(struct str tag, enum lang *ret)
{
    struct str primary, rest;
    str_cut(tag, '-', &primary, &rest);
    if (str_eq_nocase(primary, STR("zh")))
        *ret = LANG_ZH;
    else if (str_eq_nocase(primary, STR("en")))
        *ret = LANG_EN;
    else
        return false;
    return true;
}

/* "q=0.8" in thousandths; 1000 when absent, 0 when unreadable. */
static unsigned weight(struct str params)
{
    struct str piece;
    while (params.n) {
        str_cut(params, ';', &piece, &params);
        piece = str_trim(piece);
        if (piece.n < 3 || (piece.p[0] | 0x20) != 'q' || piece.p[1] != '=')
            continue;
        unsigned q = 0, scale = 1000;
        for (size_t i = 2; i < piece.n && i < 7; i++) {
            char c = piece.p[i];
            if (c == '.' && i == 3)
                continue;
            if (c < '0' || c > '9')
                return 0;
            q += (unsigned)(c - '0') * scale;
            scale /= 10;
        }
        return q > 1000 ? 1000 : q;
    }
    return 1000;
}

enum lang language_accepted(struct str header)
{
    enum lang best = LANG_ZH, lang;
    unsigned best_weight = 0;
    struct str piece, tag, params;
    while (header.n) {
        str_cut(header, ',', &piece, &header);
        str_cut(str_trim(piece), ';', &tag, &params);
        unsigned q = weight(params);
        if (q > best_weight && language_of_tag(str_trim(tag), &lang)) {
            best = lang;
            best_weight = q;
        }
    }
    return best;
}

struct str language_tag(enum lang lang)
{
    return lang == LANG_EN ? STR("en") : STR("zh-CN");
}
