import Testing

@testable import InterLinkPluginKit

@Suite struct ImageNameTests {
    @Test(arguments: [
        ("python", "docker.io/library/python"),
        ("python:3.12", "docker.io/library/python:3.12"),
        ("rocker/r-ver:4", "docker.io/rocker/r-ver:4"),
        ("docker.io/python", "docker.io/library/python"),
        ("index.docker.io/library/python", "docker.io/library/python"),
        ("docker://ghcr.io/cms/sw@sha256:ab", "ghcr.io/cms/sw@sha256:ab"),
        ("GHCR.io/cms/sw", "ghcr.io/cms/sw"),
        ("localhost/x", "localhost/x"),
        ("registry:5000/x", "registry:5000/x"),
        ("/cvmfs/unpacked.cern.ch/x", "/cvmfs/unpacked.cern.ch/x"),
        ("oras://ghcr.io/x", "oras://ghcr.io/x"),
        ("", ""),
    ])
    func shortNamesAreWrittenOut(reference: String, whole: String) {
        #expect(ImageName(reference).description == whole)
    }

    @Test(arguments: [
        ("ghcr.io/cms/sw:1", "ghcr.io/cms/"), ("ghcr.io/cms/sw:1", "ghcr.io/cms"), ("ghcr.io/cms", "ghcr.io/cms"),
        ("ghcr.io/cms/sw:1", "ghcr.io/cms/sw"), ("ghcr.io/cms/sw@sha256:0", "ghcr.io/cms/sw"),
        ("python:3.12", "docker.io/library/python"), ("python:3.12", "docker.io/library/python:3.*"),
        ("a/b/c", "*"), ("/cvmfs/x/y", "/cvmfs/"),
    ])
    func aRuleMeansNamesThatBeginWithIt(reference: String, rule: String) {
        #expect(ImageName(reference).matches(rule))
    }

    @Test(arguments: [
        ("ghcr.io/cms-evil/sw", "ghcr.io/cms"), ("ghcr.io/cmsx", "ghcr.io/cms"), ("ghcr.io.evil.org/x", "ghcr.io"),
        ("evil.org/ghcr.io/cms/x", "ghcr.io/cms/"), ("ghcr.io/cms/../evil/x", "ghcr.io/cms/"),
        ("/cvmfs/../etc/shadow", "/cvmfs/"), ("python:3.12", "docker.io/library/python:2.*"), ("", "ghcr.io"),
        ("oras://ghcr.io/cms/x", "ghcr.io/cms"),
    ])
    func itMeansNoOthers(reference: String, rule: String) {
        #expect(!ImageName(reference).matches(rule))
    }

    @Test(arguments: [
        ("*", "", true), ("*", "anything", true), ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abc", true),
        ("a*b*c", "axxbyyc", true), ("a*b*c", "axxcyyb", false), ("abc", "abc", true), ("abc", "abcd", false),
        ("", "", true), ("", "a", false), ("a**", "a", true), ("cms-*", "cms", false),
        ("*a*a*a*b", "aaaaaaaaaa", false),
    ])
    func aStarStandsForAnything(pattern: String, name: String, fits: Bool) {
        #expect(NamePattern(pattern).matches(name) == fits)
    }
}
