import KubernetesModel
import LosslessJSON
import Testing

@Suite struct ModelErrorTests {
    @Test(arguments: [
        (
            #"{"metadata":{},"spec":{"containers":[{"name":"a"},{"image":"x"}]}}"#,
            "spec.containers[1].name: required, but missing"
        ),
        (#"{"metadata":{},"spec":{"containers":{}}}"#, "spec.containers: expected a list, found an object"),
        (#"{"metadata":{}}"#, "spec: required, but missing"),
        (#"[]"#, "expected an object, found a list"),
        (
            #"{"metadata":{},"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":"lots"}}}]}}"#,
            #"spec.containers[0].resources.limits.cpu: expected a quantity like 500m, 2 or 16Gi, found "lots""#
        ),
        (
            #"{"metadata":{"creationTimestamp":"yesterday"},"spec":{"containers":[]}}"#,
            #"metadata.creationTimestamp: expected a time like 2026-11-20T08:36:23Z, found "yesterday""#
        ),
        (
            #"{"metadata":{},"spec":{"containers":[{"name":"a","ports":[{"containerPort":"http"}]}]}}"#,
            "spec.containers[0].ports[0].containerPort: expected a whole number, found a string"
        ),
        (
            #"{"metadata":{"labels":{"a b/c":1}},"spec":{"containers":[]}}"#,
            #"metadata.labels["a b/c"]: expected a string, found the number 1"#
        ),
    ])
    func theErrorNamesTheField(_ body: String, _ message: String) {
        let error = #expect(throws: JSONError.self) { try JSON.decode(Pod.self, from: Array(body.utf8)) }
        #expect(error.map { "\($0)" } == message)
    }

    @Test func theValueOfASecretIsNeverShown() {
        let body = #"{"metadata":{},"data":{"password":"hunter2!"}}"#
        let error = #expect(throws: JSONError.self) { try JSON.decode(Secret.self, from: Array(body.utf8)) }
        #expect(error.map { "\($0)" } == "data.password: expected base64, found a string of 8 bytes that is not")
    }
}
