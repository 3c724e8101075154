/*
 * attachment_sniff.c - what a file is, by its first bytes. Names and declared types of the client decide nothing.
 *
 * Pure. The worker decodes the file later and refuses what only pretends.
 */
#include "app/attachment.h"

struct bytes {
    const unsigned char *p;
    size_t n;
};

static bool at(struct bytes b, size_t offset, const char *want, size_t n)
{
    return b.n >= offset + n && memcmp(b.p + offset, want, n) == 0;
}
#define AT(b, offset, lit) at((b), (offset), (lit), sizeof(lit) - 1)

static bool contains(struct bytes b, const char *want, size_t n, size_t within)
{
    size_t end = b.n < within ? b.n : within;
    for (size_t i = 0; i + n <= end; i++)
        if (memcmp(b.p + i, want, n) == 0)
            return true;
    return false;
}
#define HAS(b, lit, within) contains((b), (lit), sizeof(lit) - 1, (within))

static const struct attachment_type jpeg = {UPLOAD_PHOTO, "image/jpeg", "jpg"}, png = {UPLOAD_PHOTO, "image/png", "png"},
                                    webp = {UPLOAD_PHOTO, "image/webp", "webp"}, mp4 = {UPLOAD_VIDEO, "video/mp4", "mp4"},
                                    mov = {UPLOAD_VIDEO, "video/quicktime", "mov"}, webm = {UPLOAD_VIDEO, "video/webm", "webm"},
                                    amr = {UPLOAD_VOICE, "audio/amr", "amr"}, m4a = {UPLOAD_VOICE, "audio/mp4", "m4a"},
                                    mp3 = {UPLOAD_VOICE, "audio/mpeg", "mp3"}, wav = {UPLOAD_VOICE, "audio/wav", "wav"},
                                    ogg = {UPLOAD_VOICE, "audio/ogg", "ogg"};

/* ISO base media: the brand tells film, sound and picture apart; pictures (HEIC, AVIF) are not taken. */
static const struct attachment_type *sniff_ftyp(struct bytes b)
{
    static const char *const films[] = {"isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "3gp4", "3gp5"};
    if (!AT(b, 4, "ftyp"))
        return NULL;
    if (AT(b, 8, "M4A ") || AT(b, 8, "M4B "))
        return &m4a;
    if (AT(b, 8, "qt  "))
        return &mov;
    for (size_t i = 0; i < sizeof films / sizeof films[0]; i++)
        if (at(b, 8, films[i], 4))
            return &mp4;
    return NULL;
}

/* A frame header of MPEG layer III: sync, layer, neither forbidden bit rate nor sample rate. */
static bool is_mp3_frame(struct bytes b)
{
    if (b.n < 4 || b.p[0] != 0xff || (b.p[1] & 0xe6) != 0xe2)
        return false;
    return (b.p[2] & 0xf0) != 0xf0 && (b.p[2] & 0xf0) != 0 && (b.p[2] & 0x0c) != 0x0c;
}

static const struct attachment_type *sniff_all(struct bytes b)
{
    if (AT(b, 0, "\xff\xd8\xff"))
        return &jpeg;
    if (AT(b, 0, "\x89PNG\r\n\x1a\n"))
        return &png;
    if (AT(b, 0, "RIFF") && AT(b, 8, "WEBP"))
        return &webp;
    if (AT(b, 0, "RIFF") && AT(b, 8, "WAVE"))
        return &wav;
    if (AT(b, 0, "\x1a\x45\xdf\xa3") && HAS(b, "webm", 64))
        return &webm;
    if (AT(b, 0, "#!AMR\n") || AT(b, 0, "#!AMR-WB\n"))
        return &amr;
    if (AT(b, 0, "OggS") && (HAS(b, "OpusHead", 128) || HAS(b, "\x01vorbis", 128) || HAS(b, "Speex   ", 128)))
        return &ogg;
    if (AT(b, 0, "ID3") || is_mp3_frame(b))
        return &mp3;
    return sniff_ftyp(b);
}

bool attachment_sniff(const void *head, size_t n, struct attachment_type *ret)
{
    const struct attachment_type *t = sniff_all((struct bytes){head, n});
    if (t)
        *ret = *t;
    return t != NULL;
}
