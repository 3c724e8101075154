/* version.h - of the whole product. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H
#define SUDA_VERSION "0.1.0"
#endif
