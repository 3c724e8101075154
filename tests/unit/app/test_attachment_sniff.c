/* test_attachment_sniff.c - files by their first bytes: what is taken, and what only pretends. */
#include "unit.h"

#include "app/attachment.h"

#define B(lit) lit, sizeof(lit) - 1
static const struct {
    const char *bytes;
    size_t n;
    const char *type; /* NULL = refused */
    enum upload_kind kind;
} cases[] = {
    {B("\xff\xd8\xff\xe0\0\x10JFIF"), "image/jpeg", UPLOAD_PHOTO},
    {B("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png", UPLOAD_PHOTO},
    {B("RIFF\x10\0\0\0WEBPVP8 "), "image/webp", UPLOAD_PHOTO},
    {B("\0\0\0\x18" "ftypmp42\0\0\0\0"), "video/mp4", UPLOAD_VIDEO},
    {B("\0\0\0\x18" "ftypisom\0\0\0\0"), "video/mp4", UPLOAD_VIDEO},
    {B("\0\0\0\x14" "ftypqt  \0\0\0\0"), "video/quicktime", UPLOAD_VIDEO},
    {B("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"), "video/webm", UPLOAD_VIDEO},
    {B("#!AMR\n<...."), "audio/amr", UPLOAD_VOICE},
    {B("#!AMR-WB\n...."), "audio/amr", UPLOAD_VOICE},
    {B("\0\0\0\x18" "ftypM4A \0\0\0\0"), "audio/mp4", UPLOAD_VOICE},
    {B("ID3\x04\0\0\0\0\0\0"), "audio/mpeg", UPLOAD_VOICE},
    {B("\xff\xfb\x90\x64\0\0"), "audio/mpeg", UPLOAD_VOICE},
    {B("RIFF\x24\0\0\0WAVEfmt "), "audio/wav", UPLOAD_VOICE},
    {B("OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead"), "audio/ogg", UPLOAD_VOICE},
    {B(""), NULL, 0},
    {B("\xff\xd8"), NULL, 0},
    {B("<svg xmlns='http://www.w3.org/2000/svg'/>"), NULL, 0},
    {B("<html>"), NULL, 0},
    {B("GIF89a"), NULL, 0},
    {B("%PDF-1.7"), NULL, 0},
    {B("PK\x03\x04"), NULL, 0},
    {B("MZ\x90"), NULL, 0},
    {B("\x7f" "ELF"), NULL, 0},
    {B("RIFF\x10\0\0\0AVI LIST"), NULL, 0},
    {B("\0\0\0\x18" "ftypheic\0\0\0\0"), NULL, 0},
    {B("\0\0\0\x18" "ftypavif\0\0\0\0"), NULL, 0},
    {B("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska"), NULL, 0},
    {B("OggS\0\x02theora"), NULL, 0},
    {B("\xff\xff\xff\xff"), NULL, 0},
    {B("\xff\xfb\xf0\x64"), NULL, 0}, /* forbidden bit rate */
    {B("xx\xff\xd8\xff\xe0"), NULL, 0},
};

static void by_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct attachment_type t = {0};
        bool ok = attachment_sniff(cases[i].bytes, cases[i].n, &t);
        if (ok != (cases[i].type != NULL))
            fail_msg("case %zu: %s", i, ok ? t.media_type : "refused");
        if (ok) {
            assert_string_equal(cases[i].type, t.media_type);
            assert_int_equal(cases[i].kind, t.kind);
        }
    }
}

/* Every prefix, in memory of exactly its size: nothing is read past the end (seen by AddressSanitizer). */
static void short_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t n = 0; n <= cases[i].n; n++) {
            struct attachment_type t;
            char *p = malloc(n ? n : 1);
            memcpy(p, cases[i].bytes, n);
            (void)attachment_sniff(p, n, &t);
            free(p);
        }
}

static void paths(void **state)
{
    struct arena *a = arena_new(1 << 16);
    (void)state;
    assert_str(attachment_raw_path(a, STR("abcdef")), "raw/ab/abcdef");
    assert_str(attachment_clean_path(a, STR("0123.jpg")), "clean/01/0123.jpg");
    assert_str(attachment_thumb_path(a, STR("ff00.jpg")), "thumb/ff/ff00.jpg");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_content), cmocka_unit_test(short_reads), cmocka_unit_test(paths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
