/* lang.h - the languages of the interface. zh-CN is the default; messages exist in every one of them. */
#ifndef WEB_LANG_H
#define WEB_LANG_H

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

#endif
