import InterLinkAPI
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

@Suite struct LogQueryTests {
    @Test(arguments: [
        (#"{}"#, LogQuery()),
        (
            #"{"Tail":0,"Bytes":0,"Timestamps":false,"Follow":false,"Previous":false,"SinceSeconds":0,"SinceTime":"0001-01-01T00:00:00Z"}"#,
            LogQuery()
        ),
        (
            #"{"Tail":3,"Timestamps":true,"Follow":true,"Previous":true,"SinceSeconds":60}"#,
            LogQuery(tail: 3, since: .secondsAgo(60), timestamps: true, follow: true, previous: true)
        ),
        (
            #"{"Bytes":7,"SinceTime":"1970-01-01T00:01:40.9Z"}"#,
            LogQuery(since: .time(100), limitBytes: 7)
        ),
    ])
    func zerosOfInterLinkMeanNotSet(options: String, query: LogQuery) throws {
        #expect(LogQuery(try JSON.decode(LogOptions.self, from: Array(options.utf8))) == query)
    }
}
