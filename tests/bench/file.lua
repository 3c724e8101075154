-- wrk: files a demand with a key never used before in each request.
local serial, prefix = 0, ""
local body = [[{"kind":"complaint","text":"3 号楼北侧工地夜里两点还在打桩，已经连续四天，孩子要中考，睡不了觉。请派人到现场看一看，夜里不要再施工。","category_code":"]] ..
  os.getenv("CATEGORY") .. [[","area_code":"110105025","address":"3 号楼北侧","public":false}]]
local count = 0
function setup(thread) count = count + 1; thread:set("tid", count) end
function init(args) prefix = string.format("bench-%d-%d-", os.time(), tid) end
function request()
  serial = serial + 1
  return wrk.format("POST", "/api/v1/tickets", { ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = prefix .. string.format("%09d", serial) }, body)
end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
