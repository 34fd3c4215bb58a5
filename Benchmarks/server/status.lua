-- One-pod status requests for all pods in turn.
local pods = 10000
local number = 0
local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("number", #threads * 5000)
end

function init(args)
    pods = tonumber(args[1]) or pods
end

function request()
    number = (number + 1) % pods
    local body = string.format(
        '[{"metadata":{"uid":"1b4e28ba-2fa1-41d2-883f-%012d","name":"pod-%d","namespace":"bench"},'
            .. '"spec":{"containers":[{"name":"main","image":"docker.io/library/busybox:1.36","resources":{}}]}}]',
        number, number)
    return wrk.format("GET", nil, { ["Content-Type"] = "application/json" }, body)
end

function done(summary)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    print(string.format("RESULT %d %d %d", summary.requests, summary.duration, failed))
end
