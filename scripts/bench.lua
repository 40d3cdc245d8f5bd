-- Requests for wrk: `wrk … -s bench.lua URL -- KIND STATION`, KIND one of read, list, create.
-- Ends with one line for bench.sh: requests, seconds, answers that were not good, p50 and p99 in
-- milliseconds.

local function slurp(path)
   local file = assert(io.open(path))
   local text = file:read("*a")
   file:close()
   return text
end

function init(arguments)
   local kind, station, person = arguments[1], arguments[2], arguments[3] or "clerk0"
   wrk.headers["Authorization"] = "Bearer " .. slurp(station .. "/" .. person .. ".token")
   if kind == "create" then
      -- Every request is a new one: its own Idempotency-Key.
      wrk.headers["Content-Type"] = "application/json"
      local body, run, count = slurp(station .. "/case.json"), os.getenv("BENCH_RUN"), 0
      request = function()
         count = count + 1
         wrk.headers["Idempotency-Key"] = run .. "-" .. count
         return wrk.format("POST", "/api/v1/cases", nil, body)
      end
   elseif kind == "list" then
      local list = wrk.format("GET", "/api/v1/cases?limit=50" .. (arguments[4] or ""))
      request = function() return list end
   else
      local reads, count = {}, 0
      for id in slurp(station .. "/cases.txt"):gmatch("%S+") do
         reads[#reads + 1] = wrk.format("GET", "/api/v1/cases/" .. id)
      end
      request = function()
         count = count % #reads + 1
         return reads[count]
      end
   end
end

function done(summary, latency)
   local errors = summary.errors
   local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   io.write(string.format("result %d %.3f %d %.2f %.2f\n", summary.requests,
      summary.duration / 1e6, bad, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
