import InterLinkHTTPClient

/// The command line.
struct TableOptions {
    static let help = """
        usage: PodTable --plugin SOCKET|URL [OPTIONS] [CASE…]

        Runs the table of pods against a plugin as interLink would, and judges what comes of them. A CASE is the name of
        one, or the start of names; without any, all are run.

          --plugin SOCKET|URL  where the plugin listens
          --images PATTERN     the image for a name of the table, with NAME for it: /images/NAME.sif (default: NAME)
          --lacks NEED         what the plugin's runtime cannot do, by which cases are left out; may be given again:
                               mounts, images, imageSettings, hostname, isolation, hostPath, users,
                               addressSpace
          --host-folder PATH   a folder at the same path here and where pods run, which the plugin allows as hostPath
          --at-once COUNT      cases at a time (default: 8)
          --limit SECONDS      for one case (default: 300)
          --list               tell the cases and run nothing
          --manifests FOLDER   write the pods that can be run, with their objects, as files of Kubernetes; run nothing

        Exit status: 0 when all pass, 1 when one fails, 2 when the arguments make no sense.
        """

    var endpoint: InterLinkEndpoint?
    var images = "NAME"
    var lacks: Set<PodCase.Need> = []
    var hostFolder: String?
    var atOnce = 8
    var limit = 300
    var lists = false
    var manifests: String?
    var names: [String] = []

    init(_ arguments: [String]) throws(CaseError) {
        // `--name=value` is two words.
        var rest =
            arguments.flatMap { word -> [String] in
                guard word.hasPrefix("--"), let sign = word.firstIndex(of: "=") else { return [word] }
                return [String(word[..<sign]), String(word[word.index(after: sign)...])]
            }[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-") else {
                names.append(argument)
                continue
            }
            if argument == "--list" {
                lists = true
                continue
            }
            guard let value = rest.popFirst() else { throw CaseError("\(argument) needs a value; see --help") }
            switch argument {
            case "--plugin":
                guard let place = InterLinkEndpoint(value) else { throw CaseError("\(value) is no socket and no URL") }
                endpoint = place
            case "--images": images = value
            case "--lacks":
                guard let need = PodCase.Need(rawValue: value) else {
                    throw CaseError("nobody knows the need \(value)")
                }
                lacks.insert(need)
            case "--host-folder": hostFolder = value
            case "--manifests": manifests = value
            case "--at-once": atOnce = try Self.number(argument, value)
            case "--limit": limit = try Self.number(argument, value)
            default: throw CaseError("there is no option \(argument); see --help")
            }
        }
        if hostFolder == nil { lacks.insert(.hostPath) }
    }

    private static func number(_ option: String, _ value: String) throws(CaseError) -> Int {
        guard let number = Int(value), number > 0 else { throw CaseError("\(option) takes a number above zero") }
        return number
    }
}
