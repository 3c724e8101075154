/*
 * chart.h - numbers for the SVG templates: where a point, a bar or a grid line goes. Whole units of the viewBox.
 */
#ifndef APP_CHART_H
#define APP_CHART_H

#include "base/buf.h"

struct chart_tick {
    int64_t value, at;
};
struct chart_frame { /* the plot area */
    int64_t left, top, right, bottom;
};

/* Round steps 1, 2, 5 × 10^k from 0 to at least max; 3 to 6 ticks. ret has room for 8. Returns how many. */
size_t chart_ticks(int64_t max, struct chart_frame fr, struct chart_tick ret[8]);
/* x of point i of n, spread over the frame. */
int64_t chart_x(struct chart_frame fr, size_t i, size_t n);
int64_t chart_y(struct chart_frame fr, int64_t value, int64_t top_value);
/* "48,190 68,181 ..."; a negative value is a gap and is left out. */
struct str chart_points(struct arena *a, struct chart_frame fr, const int64_t *values, size_t n, int64_t top_value);
/* The same, closed to the base line. */
struct str chart_area(struct arena *a, struct chart_frame fr, const int64_t *values, size_t n, int64_t top_value);
/* Width of a bar; at least 2 for what is not zero. */
int64_t chart_bar(int64_t value, int64_t max, int64_t full);
/* Step 0..4 of five equal steps between 0 and max; -1 = no data (value < 0). */
int chart_step(int64_t value, int64_t max);

#endif
