-- wrk: the same request again and again; with SALT in the path a number that never repeats, past every cache. It names the
-- run as well: what an earlier round had asked for would be served from the cache, stale.
local n, threads = 0, 0
local path, run = os.getenv("GET_PATH"), os.time()
function setup(thread) threads = threads + 1; thread:set("tid", threads) end
function request()
  n = n + 1
  return wrk.format("GET", (path:gsub("SALT", "s" .. run .. "x" .. tid .. "x" .. n)))
end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
