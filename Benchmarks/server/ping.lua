-- What interLink's API server sends to ask whether a plugin is there.
wrk.method = "GET"
wrk.body = "[]"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["User-Agent"] = "Go-http-client/1.1"
wrk.headers["InterLink-Http-Session"] = "Request-5a8f2f0c-2c6f-4a5e-9d0b-6a5f0a3f0b11"

done = function(summary, latency)
    local failed = summary.errors.connect + summary.errors.read + summary.errors.write
        + summary.errors.status + summary.errors.timeout
    io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, failed,
        latency:percentile(50), latency:percentile(99)))
end
