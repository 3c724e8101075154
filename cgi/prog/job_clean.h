/*
 * job_clean.h - making what citizens sent fit to be seen: without place, time, device; and really what it says it is.
 *
 * Both cleaners run in the sandbox. Photos: this same program, executed anew as `worker --clean-photo` with descriptors
 * 3 (the file), 4 (the clean picture), 5 (the small one). Video and voice: ffmpeg.
 */
#ifndef PROG_JOB_CLEAN_H
#define PROG_JOB_CLEAN_H

#include "app/attachment.h"

#define CLEAN_PHOTO_WORD "--clean-photo"

enum clean_verdict {
    CLEAN_READY,
    CLEAN_REFUSED, /* the file is at fault: refusal says how */
    CLEAN_CRASHED, /* the cleaner died of it, or ran out of time or memory */
    CLEAN_LATER,   /* we are at fault: no disk, no process */
};
struct clean {
    const char *refusal;     /* static: FILE_BROKEN, FILE_PIXELS, FILE_TYPE */
    uint32_t width, height;  /* of the clean picture */
};

int clean_photo_main(void); /* the program behind CLEAN_PHOTO_WORD; exit code */
/* in, out, thumb: descriptors; the latter two open for writing and empty. */
enum clean_verdict clean_photo(int in, int out, int thumb, struct clean *ret);
/* Absolute paths; out does not exist yet. media_type is one of attachment_sniff(). */
enum clean_verdict clean_recording(const char *ffmpeg, struct str media_type, const char *in, const char *out, struct clean *ret);

#endif
