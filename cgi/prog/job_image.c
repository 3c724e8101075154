/*
 * job_image.c - photos: decoded, turned upright, made at most 2048 pixels wide and high, and written anew. The gate to vips.
 *
 * clean_photo() runs in the job and starts clean_photo_main() as a program of its own, which has no secrets, no network,
 * no way to write but its descriptors. There the header is judged before a pixel is decoded; only three loaders exist;
 * a warning of a decoder is an error, because a picture that was cut off gives no more than a warning. The whole picture
 * is read once for that alone: the thumbnailer's cache of lines paints what it could not read, and says nothing.
 * It answers on standard output: "ok <width> <height>" or "refuse <REASON>"; any other end is trouble of ours.
 */
#include <unistd.h>
#include <vips/vips.h>

#include "base/limits.h"
#include "prog/job_clean.h"
#include "prog/job_sandbox.h"

enum { PICTURE_PIXELS = 2048, THUMB_PIXELS = 320, PICTURE_QUALITY = 82, THUMB_QUALITY = 75, WALL_S = 30, CPU_S = 25,
       FD_IN = 3, FD_OUT = 4, FD_THUMB = 5, EXIT_TROUBLE = 1 };
#define MEMORY_BYTES ((size_t)1024 * 1024 * 1024)
#define FILE_BYTES ((size_t)MIB(16))

/* ---- in the sandbox ------------------------------------------------------------------------------------------------- */

static int refuse(const char *reason)
{
    printf("refuse %s\n", reason);
    return 0;
}

static bool start_vips(void)
{
    static const char *const loaders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"};
    if (VIPS_INIT("worker") != 0)
        return false;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++)
        vips_operation_block_set(loaders[i], FALSE);
    return true;
}

/* The header first, then every pixel. NULL = good, else the refusal. */
static const char *judge(VipsSource *source)
{
    double mean;
    const char *refusal = NULL;
    if (vips_foreign_find_load_source(source) == NULL)
        return "FILE_TYPE";
    VipsImage *image = vips_image_new_from_source(source, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                                  VIPS_FAIL_ON_WARNING, NULL);
    if (image == NULL)
        return "FILE_BROKEN";
    if ((int64_t)vips_image_get_width(image) * vips_image_get_height(image) > LIMIT_PHOTO_PIXELS)
        refusal = "FILE_PIXELS";
    else if (vips_avg(image, &mean, NULL) != 0)
        refusal = "FILE_BROKEN";
    g_object_unref(image);
    return refusal;
}

/* The picture upright, in sRGB, without transparency, whole in memory. */
static VipsImage *decode(VipsSource *source)
{
    VipsImage *small = NULL, *flat = NULL, *whole = NULL;
    if (vips_thumbnail_source(source, &small, PICTURE_PIXELS, "height", PICTURE_PIXELS, "size", VIPS_SIZE_DOWN,
                              "export_profile", "srgb", "fail_on", VIPS_FAIL_ON_WARNING, NULL) != 0)
        return NULL;
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    if (vips_image_hasalpha(small) ? vips_flatten(small, &flat, "background", white, NULL) == 0
                                   : (flat = g_object_ref(small)) != NULL)
        whole = vips_image_copy_memory(flat);
    vips_area_unref(VIPS_AREA(white));
    g_object_unref(small);
    if (flat != NULL)
        g_object_unref(flat);
    return whole;
}

static bool save(VipsImage *image, int fd, int quality)
{
    VipsTarget *target = vips_target_new_to_descriptor(fd);
    const bool good = target != NULL && vips_jpegsave_target(image, target, "Q", quality, "strip", TRUE, "optimize_coding",
                                                             TRUE, NULL) == 0;
    if (target != NULL)
        g_object_unref(target);
    return good && fsync(fd) == 0;
}

static bool save_both(VipsImage *image)
{
    VipsImage *thumb = NULL;
    if (!save(image, FD_OUT, PICTURE_QUALITY) ||
        vips_thumbnail_image(image, &thumb, THUMB_PIXELS, "height", THUMB_PIXELS, "size", VIPS_SIZE_DOWN, NULL) != 0)
        return false;
    const bool good = save(thumb, FD_THUMB, THUMB_QUALITY);
    g_object_unref(thumb);
    return good;
}

static int clean(void)
{
    if (!start_vips() || !sandbox_forbid_all_but_work())
        return EXIT_TROUBLE;
    VipsSource *source = vips_source_new_from_descriptor(FD_IN);
    if (source == NULL)
        return EXIT_TROUBLE;
    const char *refusal = judge(source);
    if (refusal != NULL)
        return refuse(refusal);
    VipsImage *image = vips_source_rewind(source) == 0 ? decode(source) : NULL;
    if (image == NULL)
        return refuse("FILE_BROKEN");
    if (!save_both(image))
        return EXIT_TROUBLE;
    printf("ok %d %d\n", vips_image_get_width(image), vips_image_get_height(image));
    return 0;
}

int clean_photo_main(void)
{
    const int code = clean();
    fflush(stdout);
    _exit(code); /* nothing is left to be tidied that the end of the process does not */
}

/* ---- in the job ----------------------------------------------------------------------------------------------------- */

static bool read_answer(const char *said, struct clean *ret)
{
    static const char *const reasons[] = {"FILE_BROKEN", "FILE_PIXELS", "FILE_TYPE"};
    struct str word, rest, line = str_trim(str_from_c(said));
    uint64_t w = 0, h = 0;
    str_cut(line, ' ', &word, &rest);
    for (size_t i = 0; str_eq(word, STR("refuse")) && i < sizeof reasons / sizeof *reasons; i++)
        if (str_eq_c(rest, reasons[i]))
            ret->refusal = reasons[i];
    struct str width, height;
    if (str_eq(word, STR("ok")) && str_cut(rest, ' ', &width, &height) && parse_u64(width, 1, PICTURE_PIXELS, &w) &&
        parse_u64(height, 1, PICTURE_PIXELS, &h)) {
        ret->width = (uint32_t)w;
        ret->height = (uint32_t)h;
    }
    return ret->refusal != NULL || w > 0;
}

enum clean_verdict clean_photo(int in, int out, int thumb, struct clean *ret)
{
    /* No modules: the loaders for what we refuse stay on the disk. No code made at run time. Nothing swapped to files. */
    static const char *const env[] = {"VIPSHOME=/nonexistent", "VIPS_NOVECTOR=1", "VIPS_DISC_THRESHOLD=1g",
                                      "VIPS_CONCURRENCY=1", "G_SLICE=always-malloc", "LC_ALL=C", NULL};
    static const char *const argv[] = {"worker", CLEAN_PHOTO_WORD, NULL};
    const struct sandbox_task t = {.argv = argv, .program = "/proc/self/exe", .env = env, .fds = {in, out, thumb}, .n_fds = 3,
                                   .wall_s = WALL_S, .cpu_s = CPU_S, .memory_bytes = MEMORY_BYTES, .file_bytes = FILE_BYTES};
    char said[SANDBOX_SAID_BYTES];
    *ret = (struct clean){0};
    const enum sandbox_end end = sandbox_run(&t, said);
    if (end == SANDBOX_KILLED)
        return CLEAN_CRASHED;
    if (end != SANDBOX_DONE || !read_answer(said, ret))
        return CLEAN_LATER;
    return ret->refusal != NULL ? CLEAN_REFUSED : CLEAN_READY;
}
