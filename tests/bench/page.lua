-- wrk: one page with a browser's cookies.
function request() return wrk.format("GET", os.getenv("GET_PATH"), { Cookie = os.getenv("COOKIE") }) end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
