-- load.lua: what wrk asks for, and how it reports.
--   wrk -s load.lua URL                   the one address, again and again
--   wrk -s load.lua URL -- file FILE      the paths in FILE, one a line, round and round
--   wrk -s load.lua URL -- fresh PATH N   PATH with every "@" replaced by a number that was never used before, from N on
-- The last line of the output is one JSON object.
local paths, position, template, counter

function init(arguments)
  if arguments[1] == "file" then
    paths, position = {}, 0
    for line in io.lines(arguments[2]) do
      paths[#paths + 1] = wrk.format("GET", line)
    end
  elseif arguments[1] == "fresh" then
    template, counter = arguments[2], tonumber(arguments[3])
  end
  fixed = wrk.format("GET")
end

function request()
  if paths then
    position = position % #paths + 1
    return paths[position]
  elseif template then
    counter = counter + 1
    return wrk.format("GET", (template:gsub("@", tostring(counter))))
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
