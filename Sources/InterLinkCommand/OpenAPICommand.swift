/// `interlink-plugin openapi`
struct OpenAPICommand: Command {
    static let name = "openapi"
    static let summary = "print the OpenAPI document of the plugin API as it really is"
    static let help = """
        usage: interlink-plugin openapi

        Prints the OpenAPI 3.1 document of what really flows between the interLink API server and a plugin, as JSON.
        It is generated from the same description as the types of this SDK. Where it differs from the document that
        upstream publishes, see docs/openapi.md.
        """

    init(arguments: [String]) throws(UsageError) {
        if let argument = arguments.first {
            throw UsageError(
                problem: "openapi takes no arguments, but got \(argument.debugDescription)",
                advice: "Send the output where you want it: interlink-plugin openapi > openapi.json")
        }
    }

    func run() { print(openAPIDocument) }
}
