import InterLinkAPI
import KubernetesModel

extension PluginHost {
    /// `GET /getLogs`. Any code but 200 is an error that the user of kubectl sees.
    func logs(_ body: [UInt8], _ scope: RequestScope) async throws(RouteFailure) -> HTTPResponse {
        let request: LogRequest
        do {
            request = try WireBody.logs(body)
        } catch {
            throw RouteFailure(.badRequest, error.description)
        }
        if let problem = RequestNames.told("PodUID", request.podUID, NameSyntax.problem(withUID:)) {
            throw RouteFailure(.badRequest, "getLogs: \(problem)")
        }
        guard let uid = PodUID(request.podUID), let pod = lifecycle.table.pod(uid) else {
            throw RouteFailure(.notFound, "there is no pod \(request.podUID) here")
        }
        scope.span.set("interlink.pod", uid.text)
        let container = try container(of: pod, named: request.containerName ?? "")
        guard let job = pod.job(of: lifecycle.store.instance) else {
            // Not started: kubectl waits for output, which is no error.
            return Self.logResponse(.bytes([]))
        }
        let query = LogQuery(request.options ?? LogOptions())
        let stream = try await open(container, of: job, query)
        return Self.logResponse(
            .stream { writer in
                for try await chunk in stream { try await writer.write(chunk) }
            })
    }

    private static func logResponse(_ body: HTTPResponse.Body) -> HTTPResponse {
        HTTPResponse(headers: [("Content-Type", "text/plain; charset=utf-8")], body: body)
    }

    private func container(of pod: TrackedPod, named name: String) throws(RouteFailure) -> ContainerReference {
        let containers = pod.digest.containers
        let regular = containers.filter { $0.role == .regular }
        if name.isEmpty, let only = regular.first, regular.count == 1 {
            return ContainerReference(name: only.name, role: only.role)
        }
        if let container = containers.first(where: { $0.name == name }) {
            return ContainerReference(name: container.name, role: container.role)
        }
        let names = containers.map(\.name).joined(separator: ", ")
        if name.isEmpty { throw RouteFailure(.badRequest, "name a container of the pod: \(names)") }
        throw RouteFailure(
            .notFound, "the pod has no container \(quoted(oneLine(name, atMost: 40))); it has \(names)")
    }

    /// Finds the beginning of the answer, within the time in which interLink wants the header.
    private func open(
        _ container: ContainerReference, of job: TrackedJob, _ query: LogQuery
    ) async throws(RouteFailure) -> LogStream {
        let table = lifecycle.table
        let reader = logs
        let outcome = await lifecycle.calls.call(.logs, within: lifecycle.settings.callDeadline) { plugin in
            let source = try await plugin.logs(of: container, in: job)
            do {
                let stream = try await reader.open(source, query) {
                    table.pod(job.uid)?.hasEnded(container: container.name) ?? true
                }
                return Result<LogStream, LogError>.success(stream)
            } catch let error as LogError {
                return .failure(error)
            }
        }
        switch outcome {
        case .done(.success(let stream)): return stream
        case .done(.failure(.noPreviousRun)): throw RouteFailure(.badRequest, "\(LogError.noPreviousRun)")
        case .done(.failure(let error)): throw RouteFailure(.internalServerError, "\(error)")
        case .failed(let why): throw RouteFailure(.internalServerError, "the log cannot be had: \(why)")
        case .overdue: throw RouteFailure(.gatewayTimeout, "the backend did not give the log in time")
        }
    }
}

extension TrackedPod {
    /// Nothing more will come from the container, or not before it is started again: a log is that of one run.
    fileprivate func hasEnded(container name: String) -> Bool {
        goneAt != nil || book.known.contains { $0.name == name && ($0.isTerminated || $0.isBetweenRuns) }
            || (hasEnded && !book.known.contains { $0.name == name && $0.isRunning })
    }
}
