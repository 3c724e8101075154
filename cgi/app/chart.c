/*
 * chart.c - geometry of lines, bars and tiles.
 *
 * Contract: chart.h. Integers only; it knows neither SVG nor what the numbers mean.
 */
#include "app/chart.h"

/* The smallest of 1, 2, 5 × 10^k that reaches max in at most five steps. */
static int64_t nice_step(int64_t max)
{
    static const int64_t mantissa[] = {1, 2, 5};
    for (int64_t power = 1; power <= INT64_MAX / 50; power *= 10)
        for (size_t i = 0; i < 3; i++)
            if (mantissa[i] * power * 5 >= max)
                return mantissa[i] * power;
    return max;
}

int64_t chart_y(struct chart_frame fr, int64_t value, int64_t top_value)
{
    if (top_value <= 0 || value <= 0)
        return fr.bottom;
    if (value > top_value)
        value = top_value;
    return fr.bottom - (value * (fr.bottom - fr.top) + top_value / 2) / top_value;
}

int64_t chart_x(struct chart_frame fr, size_t i, size_t n)
{
    if (n < 2)
        return (fr.left + fr.right) / 2;
    int64_t last = (int64_t)n - 1;
    return fr.left + ((int64_t)i * (fr.right - fr.left) + last / 2) / last;
}

size_t chart_ticks(int64_t max, struct chart_frame fr, struct chart_tick ret[8])
{
    int64_t step = nice_step(max > 0 ? max : 1);
    size_t n = (size_t)((max + step - 1) / step) + 1;
    if (n < 2)
        n = 2;
    int64_t top = (int64_t)(n - 1) * step;
    for (size_t i = 0; i < n; i++) {
        ret[i].value = (int64_t)i * step;
        ret[i].at = chart_y(fr, ret[i].value, top);
    }
    return n;
}

static struct str line(struct arena *a, struct chart_frame fr, const int64_t *values, size_t n, int64_t top, bool closed)
{
    struct buf b;
    buf_init(&b, a, n * 48 + 128);
    int64_t first_x = -1, last_x = -1;
    for (size_t i = 0; i < n; i++) {
        if (values[i] < 0)
            continue;
        last_x = chart_x(fr, i, n);
        if (first_x < 0) {
            first_x = last_x;
            if (closed)
                buf_printf(&b, "%lld,%lld ", (long long)first_x, (long long)fr.bottom);
        }
        buf_printf(&b, "%lld,%lld ", (long long)last_x, (long long)chart_y(fr, values[i], top));
    }
    if (closed && first_x >= 0)
        buf_printf(&b, "%lld,%lld", (long long)last_x, (long long)fr.bottom);
    return str_trim(buf_str(&b));
}

struct str chart_points(struct arena *a, struct chart_frame fr, const int64_t *values, size_t n, int64_t top_value)
{
    return line(a, fr, values, n, top_value, false);
}

struct str chart_area(struct arena *a, struct chart_frame fr, const int64_t *values, size_t n, int64_t top_value)
{
    return line(a, fr, values, n, top_value, true);
}

int64_t chart_bar(int64_t value, int64_t max, int64_t full)
{
    if (value <= 0 || max <= 0)
        return 0;
    int64_t w = (value * full + max / 2) / max;
    return w < 2 ? 2 : w > full ? full : w;
}

int chart_step(int64_t value, int64_t max)
{
    if (value < 0)
        return -1;
    if (max <= 0 || value == 0)
        return 0;
    int64_t s = (value * 5 - 1) / max;
    return s > 4 ? 4 : (int)s;
}
