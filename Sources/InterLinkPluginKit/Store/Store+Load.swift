import KubernetesModel
import LosslessJSON

extension Store {
    /// All pods and tombstones. Spooled bodies stay on the disk.
    package func load() async throws(StoreError) -> StoreContents {
        try await read { database throws(StoreError) in
            let placements = try loadPlacements(database)
            var texts = SharedTexts()
            var contents = StoreContents()
            // Everything of a pod together, so that what is needed only to read it makes room for the next.
            try database.each(
                """
                SELECT pods.uid, namespace, name, node, restart_policy, grace, job_id, placement, created_at, stage, handle,
                    handle_detail, stage_at, reason, claimed, delete_at, delete_grace, attempt, ended_at, body
                    FROM pods LEFT JOIN states USING (uid)
                """
            ) { row throws(StoreError) in
                let uid = try uid(in: row)
                guard let policy = PodDigest.RestartPolicy(rawValue: try row.text(4)),
                    let placement = placements[row.integer(7)]
                else { throw .damaged(path: row.path, why: "the record of pod \(uid) does not add up") }
                let digest = PodDigest(
                    uid: uid, namespace: texts.shared(try row.text(1)), name: try row.text(2),
                    node: texts.shared(try row.text(3)), restartPolicy: policy, grace: .nanoseconds(row.integer(5)),
                    containers: try loadContainers(of: uid, database, &texts))
                contents.pods.append(
                    PodRecord(
                        digest: digest, jobID: try row.text(6), placement: placement, createdAt: row.moment(8),
                        stage: try stage(in: row), isClaimed: row.bool(14), states: try states(of: uid, in: row),
                        deletion: row.optionalMoment(15).map {
                            DeletionRecord(at: $0, grace: .nanoseconds(row.integer(16)))
                        }))
            }
            try database.each("SELECT uid, namespace, name, placement, at, deleted FROM tombstones") {
                row throws(StoreError) in
                contents.tombstones.append(
                    Tombstone(
                        uid: try uid(in: row), namespace: texts.shared(try row.text(1)), name: try row.text(2),
                        placement: row.optionalInteger(3).flatMap { placements[$0] }, at: row.moment(4),
                        isDeleted: row.bool(5)))
            }
            return contents
        }
    }
}

/// Texts that thousands of pods have in common, each kept once: namespaces, nodes, images.
private struct SharedTexts {
    private var texts: Set<String> = []

    mutating func shared(_ text: String) -> String { texts.insert(text).memberAfterInsert }
}

private func uid(in row: SQLRow) throws(StoreError) -> PodUID {
    let text = try row.text(0)
    guard let uid = PodUID(text) else { throw .damaged(path: row.path, why: "it holds a UID that cannot be one") }
    return uid
}

private func stage(in row: SQLRow) throws(StoreError) -> SubmissionStage {
    switch row.integer(9) {
    case 0: return .intended
    case 1:
        let handle = JobHandle(id: try row.text(10), detail: try row.text(11))
        return .started(handle, at: row.moment(12))
    case 2: return .rejected(why: try row.text(13))
    case 3: return .waiting
    case let other: throw .damaged(path: row.path, why: "it holds an unknown stage \(other)")
    }
}

private func loadPlacements(_ database: Database) throws(StoreError) -> [Int64: Placement] {
    var placements: [Int64: Placement] = [:]
    try database.each("SELECT id, site, account, user, credential, partition FROM placements") {
        row throws(StoreError) in
        placements[row.integer(0)] = Placement(
            site: try row.text(1), account: row.optionalText(2), user: row.optionalText(3),
            credential: row.optionalText(4), partition: row.optionalText(5))
    }
    return placements
}

private func loadContainers(
    of uid: PodUID, _ database: Database, _ texts: inout SharedTexts
) throws(StoreError) -> [ContainerDigest] {
    var containers: [ContainerDigest] = []
    try database.each(
        "SELECT role, name, image, fingerprint FROM containers WHERE uid = ? ORDER BY position", .text(uid.text)
    ) { row throws(StoreError) in
        guard let role = ContainerDigest.Role(rawValue: Int(row.integer(0))) else {
            throw .damaged(path: row.path, why: "it holds an unknown container role")
        }
        containers.append(
            ContainerDigest(
                name: texts.shared(try row.text(1)), image: texts.shared(try row.text(2)), role: role,
                fingerprint: UInt64(bitPattern: row.integer(3))))
    }
    return containers
}

private func states(of uid: PodUID, in row: SQLRow) throws(StoreError) -> StateRecord? {
    guard let attempt = row.optionalInteger(17) else { return nil }
    do {
        let containers = try JSON.decode([ContainerStatus].self, from: row.blob(19))
        return StateRecord(attempt: Int(attempt), endedAt: row.optionalMoment(18), containers: containers)
    } catch {
        throw .damaged(path: row.path, why: "the states of pod \(uid) cannot be read: \(error)")
    }
}
