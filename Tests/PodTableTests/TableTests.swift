import LosslessJSON
import Testing

@testable import PodTable

/// The table itself: every case can be read, and expects something of containers that there are.
@Suite struct TableTests {
    @Test func everyCaseIsUnderstoodAndHasANameOfItsOwn() throws {
        let rows = try PodTable.rows()
        #expect(rows.count >= 60)
        #expect(Set(rows.map(\.name)).count == rows.count)
    }

    @Test func everyNeedIsNeeded() throws {
        let needed = try PodTable.rows().reduce(into: Set<PodCase.Need>()) { $0.formUnion($1.needs) }
        #expect(needed == Set(PodCase.Need.allCases))
    }

    @Test(arguments: try PodTable.rows())
    func expectationsNameContainersOfThePod(row: PodCase) throws {
        let placeholders = Placeholders(uid: "u", name: "table-\(row.name)", hostFolder: "/h", ports: [:])
        let expectation = try row.expectation(placeholders)
        guard case .objects(let pod, _, _) = row.origin else { return }
        let all = (pod["spec"]?["initContainers"]?.array ?? []) + (pod["spec"]?["containers"]?.array ?? [])
        let names = Set(all.compactMap { $0["name"]?.string })
        #expect(!names.isEmpty)
        #expect(names.isSuperset(of: expectation.containers.keys))
        #expect(names.isSuperset(of: expectation.containers.values.flatMap(\.after)))
        #expect(names.isSuperset(of: expectation.logs.map(\.container)))
    }

    @Test(arguments: [
        ("summary: s\nexpect: { phase: Succeeded }", "neither a pod nor a capture"),
        ("summary: s\npod: {}", "expects nothing"),
        ("summary: s\npod: {}\nexpect: {}", "expects nothing"),
        ("summary: s\npod: {}\nexpect: { phase: Done }", "Done is no phase"),
        (
            "summary: s\npod: {}\nexpect: { phase: Failed, containers: { main: { exitCode: 1 } } }",
            "mean nothing: exitCode"
        ),
        ("summary: s\npod: {}\nneeds: [magic]\nexpect: { phase: Failed }", "nobody knows the need magic"),
        ("summary: s\npod: {}\nsteps: [{ wait: 1 }]\nexpect: { phase: Failed }", "a step that does nothing"),
        ("summary: s\npod: {}\nexpect: { phase: Failed, files: { f: {} } }", "expects nothing"),
    ])
    func aSlipOfThePenIsAnError(text: String, problem: String) throws {
        let error = #expect(throws: CaseError.self) { try PodCase(name: "c", text: Array(text.utf8), file: "c.yaml") }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }
}
