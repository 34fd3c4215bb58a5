/// The request of OTLP as http/json: ids in hexadecimal, 64-bit numbers as texts.
enum OTLPRequest {
    static func json(_ spans: [FinishedSpan], resource: [(name: String, value: String)]) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(512 * (spans.count + 1))
        json += #"{"resourceSpans":[{"resource":{"attributes":"#.utf8
        append(resource.map { ($0.name, .text($0.value)) }, to: &json)
        json += #"},"scopeSpans":[{"scope":{"name":"interlink-swift-sdk"},"spans":["#.utf8
        for (index, span) in spans.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            append(span, to: &json)
        }
        json += "]}]}]}".utf8
        return json
    }

    private static func append(_ span: FinishedSpan, to json: inout [UInt8]) {
        json += #"{"traceId":"\#(span.context.traceIDText)","spanId":"\#(span.context.spanIDText)""#.utf8
        if let parent = span.parentSpanID { json += #","parentSpanId":"\#(TraceContext.text(parent))""#.utf8 }
        json += #","name":"#.utf8
        json.appendQuoted(span.name)
        json += #","kind":\#(span.kind.rawValue)"#.utf8
        json += #","startTimeUnixNano":"\#(span.start.nanoseconds)""#.utf8
        json += #","endTimeUnixNano":"\#(span.end.nanoseconds)","attributes":"#.utf8
        append(span.attributes, to: &json)
        if let failure = span.failure {
            json += #","status":{"code":2,"message":"#.utf8
            json.appendQuoted(failure)
            json.append(UInt8(ascii: "}"))
        }
        json.append(UInt8(ascii: "}"))
    }

    private static func append(_ attributes: [(name: String, value: LogScalar)], to json: inout [UInt8]) {
        json.append(UInt8(ascii: "["))
        for (index, attribute) in attributes.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json += #"{"key":"#.utf8
            json.appendQuoted(attribute.name)
            json += #","value":{"#.utf8
            switch attribute.value {
            case .text(let text):
                json += #""stringValue":"#.utf8
                json.appendQuoted(text)
            case .integer(let number): json += #""intValue":"\#(number)""#.utf8
            // JSON has no word for what is not finite; protobuf's JSON takes these texts.
            case .number(let number):
                json += #""doubleValue":\#(number.isFinite ? "\(number)" : "\"NaN\"")"#.utf8
            case .flag(let flag): json += #""boolValue":\#(flag)"#.utf8
            }
            json += "}}".utf8
        }
        json.append(UInt8(ascii: "]"))
    }
}
