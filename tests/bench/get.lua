-- wrk: the same request again and again; with SALT in the path a number that never repeats, past every cache.
local n = 0
local path = os.getenv("GET_PATH")
function request()
  n = n + 1
  return wrk.format("GET", (path:gsub("SALT", tostring(n % 89 + 1))))
end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
