-- wrk: a random ticket with its own token for each request. TOKENS is a file of "number<TAB>token" lines.
local list = {}
function init(args)
  for line in io.lines(os.getenv("TOKENS")) do
    local no, token = line:match("^(%S+)\t(%S+)$")
    list[#list + 1] = wrk.format("GET", (os.getenv("TRACK_PATH"):gsub("{no}", no)), { Authorization = "Receipt " .. token })
  end
  math.randomseed(os.time())
end
function request() return list[math.random(#list)] end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
