-- wrk: the same request again and again; with SALT in the path a number that never repeats, past every cache.
local n, threads = 0, 0
local path = os.getenv("GET_PATH")
function setup(thread) threads = threads + 1; thread:set("tid", threads) end
function request()
  n = n + 1
  return wrk.format("GET", (path:gsub("SALT", "s" .. tid .. "x" .. n)))
end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
