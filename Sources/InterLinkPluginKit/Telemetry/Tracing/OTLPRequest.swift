import LosslessJSON

/// The request of OTLP as http/json: ids in hexadecimal, 64-bit numbers as texts.
enum OTLPRequest {
    static func json(_ spans: [FinishedSpan], resource: [(name: String, value: String)]) -> [UInt8] {
        var json = JSONWriter(capacity: 512 * (spans.count + 1))
        json.object { json in
            json.list("resourceSpans") { json in
                json.object("resource") { $0.attributes(resource.map { ($0.name, .text($0.value)) }) }
                json.list("scopeSpans") { json in
                    json.object("scope") { $0.member("name", "interlink-swift-sdk") }
                    json.name("spans")
                    json.beginArray()
                    for span in spans {
                        json.separate()
                        json.object { write(span, to: &$0) }
                    }
                    json.endArray()
                }
            }
        }
        return json.bytes
    }

    private static func write(_ span: FinishedSpan, to json: inout JSONWriter) {
        json.member("traceId", span.context.traceIDText)
        json.member("spanId", span.context.spanIDText)
        if let parent = span.parentSpanID { json.member("parentSpanId", TraceContext.text(parent)) }
        json.member("name", span.name)
        json.member("kind", Int64(span.kind.rawValue))
        json.member("startTimeUnixNano", "\(span.start.nanoseconds)")
        json.member("endTimeUnixNano", "\(span.end.nanoseconds)")
        json.attributes(span.attributes)
        if let failure = span.failure {
            json.object("status") { json in
                json.member("code", Int64(2))
                json.member("message", failure)
            }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func object(_ members: (inout JSONWriter) -> Void) {
        beginObject()
        members(&self)
        endObject()
    }

    fileprivate mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
        self.name(name)
        object(members)
    }

    /// A list of one object, as OTLP nests them.
    fileprivate mutating func list(_ name: String, _ members: (inout JSONWriter) -> Void) {
        self.name(name)
        beginArray()
        object(members)
        endArray()
    }

    fileprivate mutating func attributes(_ attributes: [(name: String, value: LogScalar)]) {
        name("attributes")
        beginArray()
        for attribute in attributes {
            separate()
            object { json in
                json.member("key", attribute.name)
                json.object("value") { $0.value(attribute.value) }
            }
        }
        endArray()
    }

    private mutating func value(_ value: LogScalar) {
        switch value {
        case .text(let text): member("stringValue", text)
        case .integer(let number): member("intValue", "\(number)")
        case .flag(let flag): member("boolValue", flag)
        case .number(let number):
            name("doubleValue")
            // JSON has no words for what is not finite; the JSON of protobuf takes these texts.
            raw(
                number.isFinite ? "\(number)" : number.isNaN ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\""
            )
        }
    }
}
