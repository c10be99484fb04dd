-- load.lua: what wrk asks for, and how it reports.
--   wrk -s load.lua URL                   the one address, again and again
--   wrk -s load.lua URL -- file FILE      the paths in FILE, one a line, round and round
-- The last line of the output is one JSON object.
local paths, position, fixed

function init(arguments)
  if arguments[1] == "file" then
    paths, position = {}, 0
    for line in io.lines(arguments[2]) do
      paths[#paths + 1] = wrk.format("GET", line)
    end
  end
  fixed = wrk.format("GET")
end

function request()
  if paths then
    position = position % #paths + 1
    return paths[position]
  end
  return fixed
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"rps":%.1f,"p50Us":%d,"p99Us":%d,"maxUs":%d,"requests":%d,"bytes":%d,"failed":%d}\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99), latency.max,
    summary.requests, summary.bytes, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
