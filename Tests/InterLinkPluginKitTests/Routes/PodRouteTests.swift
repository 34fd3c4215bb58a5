import InterLinkAPI
import InterLinkPluginKit
import InterLinkTesting
import KubernetesModel
import LosslessJSON
import Testing

// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct PodRouteTests {
    @Test func aPodLivesFromItsCreateToItsDelete() async throws {
        try await ScriptedHost.run { scripted in
            let host = scripted.host
            scripted.backend.setJobs(runTime: .seconds(60), exitCode: 3)
            let created = try await host.create(Body.create())
            #expect(created.status == 200)
            let answer = try JSON.decode(CreateAnswer.self, from: created.body)
            #expect(answer.podUID == Body.uid)
            #expect(!answer.podJID.isEmpty)
            // Asked again, it is the same pod.
            #expect(try await host.create(Body.create()).body == created.body)

            let first = try await statuses(scripted)
            #expect(first.first?.containers.map(\.name) == ["main", "side"])
            try await scripted.turn { try await statuses(scripted).first?.containers.first?.state?.terminated != nil }
            #expect(try await statuses(scripted).first?.containers.first?.state?.terminated?.exitCode == 3)

            #expect(try await host.delete(Body.delete()).status == 200)
            try await scripted.turn { try await scripted.jobs() == "[]" }
            #expect(scripted.backend.jobs.map(\.removals) == [1])
        }
    }

    @Test func theSamePodWithSomethingElseInItIsAConflict() async throws {
        try await ScriptedHost.run { scripted in
            #expect(try await scripted.host.create(Body.create()).status == 200)
            let other = try await scripted.host.create(Body.create(image: "alpine"))
            #expect(other.status == 409)
            #expect(other.text.contains("container main has another image"))
            #expect(scripted.backend.jobs.count == 1)
        }
    }

    @Test func aDeleteOfAnUnknownPodIsTakenAndRemembered() async throws {
        try await ScriptedHost.run { (scripted: ScriptedHost) async throws in
            #expect(try await scripted.host.delete(Body.delete()).status == 200)
            #expect(try await scripted.host.delete(Body.delete()).status == 200)
            #expect(try await scripted.host.create(Body.create()).status == 409)
            #expect(scripted.backend.jobs.isEmpty)
        }
    }

    @Test func whatTheBackendRefusesIsToldInItsWords() async throws {
        try await ScriptedHost.run { scripted in
            scripted.backend.order(.reject("no such partition"), for: .submit)
            let answer = try await scripted.host.create(Body.create())
            #expect(answer.status == 422)
            #expect(answer.text == "no such partition\n")
        }
    }

    @Test func anUnknownPodIsLeftOutOfTheStatus() async throws {
        try await ScriptedHost.run { scripted in
            let answer = try await scripted.host.status(Body.status())
            #expect(answer.text == "[]")
        }
    }

    @Test func beyondTheLimitOfPodsOneIsToldToComeLater() async throws {
        try await ScriptedHost.run("limits: { pods: 1 }") { scripted in
            #expect(try await scripted.host.create(Body.create(Body.uid(1))).status == 200)
            let answer = try await scripted.host.create(Body.create(Body.uid(2)))
            #expect(answer.status == 503)
            #expect(answer.headers["Retry-After"] != nil)
            #expect(try await scripted.host.create(Body.create(Body.uid(1))).status == 200)
        }
    }

    @Test func podsAreKnownAfterARestart() async throws {
        try await ScriptedHost.run { scripted in
            let created = try await scripted.host.create(Body.create())
            try await scripted.host.restart()
            #expect(try await scripted.host.create(Body.create()).body == created.body)
            #expect(scripted.backend.jobs.count == 1)
        }
    }

    @Test func aPodOfLostRecordsIsToldAsSoonAsItsJobIsSeenAndNeverAsIfItHadNotRun() async throws {
        try await ScriptedHost.run { scripted in
            let mark = "il-otherone-\(Body.uid)"
            let question = """
                [{"metadata": {"uid": "\(Body.uid)", "name": "pod", "namespace": "space",
                    "annotations": {"JobID": "\(mark)"}}, "spec": {"containers": [{"name": "main"}]},
                    "status": {"phase": "Running", "containerStatuses": [{"name": "main", "image": "", "imageID": "",
                    "ready": true, "restartCount": 0, "state": {"running": {}}}]}}]
                """
            scripted.backend.setStandingPlacements([Placement(site: "here")])
            let running = ContainerStatus(
                image: "", imageID: "", name: "main", ready: true, restartCount: 0,
                state: ContainerState(running: ContainerStateRunning()))
            var told: [String] = []
            func ask() async throws -> Bool {
                told.append(try await scripted.host.status(question).text)
                return told.last?.contains(#""running":"#) == true
            }
            // The list says no more than that the job is there; what it is like, it says later.
            scripted.backend.addStray(ListedJob(handle: JobHandle(id: "77"), mark: mark))
            for _ in 0..<5 {
                #expect(try await !ask())
                await scripted.host.clock.turn(by: .seconds(20))
            }
            #expect(try await scripted.jobs().contains(mark))
            scripted.backend.addStray(
                ListedJob(handle: JobHandle(id: "77"), mark: mark, observation: .state([running])))
            try await scripted.turn(until: ask)
            #expect(Set(told.dropLast()) == ["[]"])
        }
    }

    private func statuses(_ scripted: ScriptedHost) async throws -> [PodStatusAnswer] {
        let answer = try await scripted.host.status(Body.status())
        #expect(answer.status == 200)
        return try JSON.decode([PodStatusAnswer].self, from: answer.body)
    }
}
