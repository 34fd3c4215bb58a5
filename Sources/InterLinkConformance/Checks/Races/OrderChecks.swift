import LosslessJSON

/// Requests in an order that surprises.
enum OrderChecks {
    static let all = [statusFirst, statusDuring, deleteFirst, deleteDuring, deleteRightAfter, logsEarly]

    static let statusFirst = ConformanceCheck(
        "races.status-before-create", contract: "2.9",
        because: "a Virtual Kubelet asks for a pod from the moment that it knows of it, minutes before its create"
    ) { context in
        let pod = context.pod(PodPlan("sleep 1; exit 0"))
        for _ in 0..<3 {
            let sight = try await context.look(at: pod)
            try context.require(
                sight.answer == nil, sent: "GET /status before the create", got: sight.text,
                expected: "an answer without it",
                consequence: sight.kubeletWords)
        }
        try await context.start(pod)
        try await context.expect(.succeeded, pod, of: "POST /create after statuses had been asked for")
    }

    static let statusDuring = ConformanceCheck(
        "races.status-during-create", contract: "2.9",
        because: "statuses are asked for while the create is in flight, and whatever is told is believed"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await context.start(pod) }
            group.addTask {
                for _ in 0..<20 {
                    let sight = try await context.look(at: pod)
                    try context.require(
                        !sight.story.isOver, sent: "GET /status while the create is in flight", got: sight.text,
                        expected: "the pod left out, or waiting, or running", consequence: sight.kubeletWords)
                    try await context.pause(0.05)
                }
            }
            try await group.waitForAll()
        }
        try await context.expect(.running, pod, of: "GET /status during and after the create")
    }

    static let deleteFirst = ConformanceCheck(
        "races.delete-before-create", contract: "2.9",
        because: "a delete can overtake its create, and no second one follows: the pod must not start then"
    ) { context in
        let pod = context.pod(PodPlan(Script.hold))
        try await context.delete(pod)
        try await context.create(pod)
        try await DeleteChecks.expectGone(pod, context)
    }

    static let deleteDuring = ConformanceCheck(
        "races.delete-during-create", contract: "2.9",
        because: "a pod can be deleted while its create is in flight, and its job must not stay"
    ) { context in
        let pods = (0..<4).map { _ in context.pod(PodPlan(Script.hold)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, pod) in pods.enumerated() {
                group.addTask { try await context.create(pod) }
                group.addTask {
                    try await context.pause(Double(number) * 0.02)
                    try await context.delete(pod)
                }
            }
            try await group.waitForAll()
        }
        for pod in pods { try await DeleteChecks.expectGone(pod, context) }
    }

    static let deleteRightAfter = ConformanceCheck(
        "races.delete-right-after-create", contract: "2.8",
        because: "a pod that has not started yet can be deleted, and must not start any more"
    ) { context in
        let pod = try await context.start(PodPlan(Script.hold))
        let outcome = try await context.delete(pod)
        context.expect(
            outcome.isOK, sent: "POST /delete right after POST /create", got: outcome.text, expected: "200")
        try await DeleteChecks.expectGone(pod, context)
    }

    static let logsEarly = ConformanceCheck(
        "races.logs-right-after-create", contract: "2.12", needs: [.logs],
        because: "kubectl shows an internal error for any code but 200, though there is just nothing printed yet"
    ) { context in
        let pod = try await context.start(PodPlan("sleep 1"))
        let outcome = try await context.log(of: "main", in: pod)
        context.expect(
            outcome.isOK, sent: "GET /getLogs right after POST /create", got: outcome.text,
            expected: "200 and nothing")
    }
}
