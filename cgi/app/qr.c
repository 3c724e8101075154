/*
 * qr.c - draws a text as QR code.
 *
 * Contract: one rectangle for each horizontal run of dark modules, so that a receipt's code stays below 4 KiB. Must not
 * know what the text means, or how a page looks.
 */
#include "app/qr.h"

#include <qrencode.h>

enum { PATH_BYTES_MAX = 256 * 1024 };

static void put_row(struct buf *b, const unsigned char *row, int size, int y)
{
    for (int x = 0; x < size; x++) {
        int from = x;
        while (x < size && (row[x] & 1) != 0)
            x++;
        if (x == from)
            continue;
        buf_putc(b, 'M'); /* some 300 times a code: no printf */
        buf_put_i64(b, from);
        buf_putc(b, ' ');
        buf_put_i64(b, y);
        buf_putc(b, 'h');
        buf_put_i64(b, x - from);
        buf_put(b, STR("v1h-"));
        buf_put_i64(b, x - from);
        buf_putc(b, 'z');
    }
}

enum err qr_encode(struct arena *a, struct str text, struct qr *ret)
{
    struct buf b;
    QRcode *code = QRcode_encodeString8bit(arena_cstr(a, text), 0, QR_ECLEVEL_M);
    if (code == NULL)
        return ERR_INTERNAL;
    buf_init(&b, a, PATH_BYTES_MAX);
    for (int y = 0; y < code->width; y++)
        put_row(&b, code->data + (size_t)y * (size_t)code->width, code->width, y);
    ret->size = code->width;
    QRcode_free(code);
    BUG_ON(b.full);
    ret->path = buf_str(&b);
    return ERR_OK;
}
