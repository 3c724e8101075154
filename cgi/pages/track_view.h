/* track_view.h - the view of the tracking page from a ticket. */
#ifndef PAGES_TRACK_VIEW_H
#define PAGES_TRACK_VIEW_H

#include "pages/track.h"

enum err track_view(struct request *rq, const struct ticket_view *t, struct view_track **ret) MUST_CHECK;

#endif
