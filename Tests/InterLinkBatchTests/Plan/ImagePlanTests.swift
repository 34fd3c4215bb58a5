import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkBatch

@Suite struct ImagePlanTests {
    private func pod(_ image: String, root: String? = nil) throws -> CreateRequest {
        let annotation = root.map { #","annotations":{"slurm-job.vk.io/image-root":"\#($0)"}"# } ?? ""
        return try request(spec: #","initContainers":[{"name":"i","image":"\#(image)"}]"#, metadata: annotation)
    }

    private func image(
        _ image: String, root: String? = nil, _ configure: (inout ImagesConfiguration) -> Void = { _ in }
    ) throws -> String {
        try firstContainer(pod(image, root: root)) { configure(&$0.images) }.image
    }

    @Test(arguments: [
        ("busybox", "docker://busybox"), ("ghcr.io/a/b:1", "docker://ghcr.io/a/b:1"),
        ("docker://a/b", "docker://a/b"), ("DOCKER://a/b", "docker://a/b"), ("oras://r/a:1", "oras://r/a:1"),
        ("/images/x.sif", "/images/x.sif"), ("/images//./x.sif", "/images/x.sif"),
        ("host:5000/a:1", "docker://host:5000/a:1"),
        ("a@sha256:12", "docker://a@sha256:12"), ("r.io:5000/a:1@sha256:12", "docker://r.io:5000/a@sha256:12"),
    ])
    func anImageGetsTheSitesPrefix(reference: String, expected: String) throws {
        #expect(try image(reference) == expected)
    }

    @Test func thePrefixMayBeAFolder() throws {
        #expect(try image("ghcr.io/a/b:1") { $0.prefix = "/cvmfs/unpacked/" } == "/cvmfs/unpacked/ghcr.io/a/b:1")
    }

    @Test func aRuleReplacesTheBeginningOfTheWholeName() throws {
        func rules(_ images: inout ImagesConfiguration) {
            var rule = ImageRule()
            (rule.match, rule.replacement) = ("docker.io/library/python:3", "/images/python3.sif")
            var other = ImageRule()
            (other.match, other.replacement) = ("ghcr.io/cms", "/cvmfs/cms")
            images.rules = [rule, other]
        }
        #expect(try image("python:3", rules) == "/images/python3.sif")
        #expect(try image("docker.io/python:3", rules) == "/images/python3.sif")
        #expect(try image("python:3.12", rules) == "docker://python:3.12")
        #expect(try image("ghcr.io/cms/a/b", rules) == "/cvmfs/cms/a/b")
        #expect(try image("ghcr.io/cmsx/a", rules) == "docker://ghcr.io/cmsx/a")
        #expect(try objections(pod("ghcr.io/cms/../../etc/x")) { rules(&$0.images) } == [])
        #expect(try image("ghcr.io/cms/../../etc/x", rules) == "docker://ghcr.io/cms/../../etc/x")
    }

    @Test(arguments: [
        "-v", "a b", "a\\nb", "a\\u0000", "ftp://a", "file:///etc/passwd", "/images/../etc/x", "/etc/passwd", "",
        "://x",
    ])
    func whatIsNoImageOfTheSiteIsRefused(image: String) throws {
        #expect(try objections(pod(image)) { $0.images.folders = ["/images"] }.count == 1)
    }

    @Test func aPrefixNeedsToSayWhere() throws {
        #expect(try objections(pod("busybox")) { $0.images.prefix = "" }.count == 2)
    }

    @Test func theImageRootOfAPodNeedsToBeAllowed() throws {
        #expect(
            try objections(pod("a", root: "/cvmfs/x/")) == [
                "metadata.annotations[slurm-job.vk.io/image-root] is \"/cvmfs/x/\", which the site does not allow; remove it"
            ])
        func allow(_ images: inout ImagesConfiguration) { images.roots = ["/cvmfs/", "docker://mirror.io/"] }
        #expect(try image("a", root: "/cvmfs/x/", allow) == "/cvmfs/x/a")
        #expect(try image("a", root: "docker://mirror.io/", allow) == "docker://mirror.io/a")
        #expect(try image("/images/a.sif", root: "/cvmfs/", allow) == "/images/a.sif")
        for root in ["/cvmfs", "/cvmfs-evil/", "docker://", "docker://mirror.io.evil/"] {
            #expect(try objections(pod("a", root: root)) { allow(&$0.images) }.count == 1)
        }
        // The init container's and the main one's: both would lie elsewhere.
        #expect(try objections(pod("a", root: "/cvmfs/../etc/")) { allow(&$0.images) }.count == 2)
    }

    @Test(
        arguments: [
            ("Always", "a:1", ImagePullRule.always), ("Never", "a", .never), ("IfNotPresent", "a", .ifNotPresent),
            ("", "a", .always), ("", "a:latest", .always), ("", "a:1", .ifNotPresent), ("", "host:5000/a", .always),
            ("", "a@sha256:1", .ifNotPresent), ("", "/images/a.sif", .ifNotPresent),
            ("Sometimes", "a:1", .ifNotPresent),
        ] as [(String, String, ImagePullRule)])
    func theNewestIsPulledAgain(policy: String, image: String, rule: ImagePullRule) {
        #expect(ImagePlanner.pullRule(policy.isEmpty ? nil : ImagePullPolicy(rawValue: policy), image) == rule)
    }
}
