/* qr.h - QR codes as the outline of their dark modules. The only gate to qrencode.h. */
#ifndef APP_QR_H
#define APP_QR_H

#include "base/buf.h"
#include "base/err.h"

struct qr {
    int size;        /* modules on a side, without the quiet zone */
    struct str path; /* SVG path data in units of one module: "M0 0h7v1h-7z..." */
};
/* Error correction M. ERR_INTERNAL when the text does not fit a code (about 2,300 bytes). */
enum err qr_encode(struct arena *a, struct str text, struct qr *ret) MUST_CHECK;

#endif
