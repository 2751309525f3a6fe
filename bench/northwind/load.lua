-- For wrk: asks for the paths of a file (REQUESTS), one a line, again and again in its order;
-- prints what was measured as "name value" lines.
local requests = {}

function init(args)
    for path in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
end

local at = 0

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency, requests)
    local errors = summary.errors
    local function say(name, value)
        io.write(string.format("%s %.3f\n", name, value))
    end
    say("requests", summary.requests)
    say("seconds", summary.duration / 1e6)
    say("bytes", summary.bytes)
    say("p50", latency:percentile(50) / 1e3)
    say("p95", latency:percentile(95) / 1e3)
    say("p99", latency:percentile(99) / 1e3)
    say("failures",
        errors.connect + errors.read + errors.write + errors.status + errors.timeout)
end
