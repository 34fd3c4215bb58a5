extension Store {
    /// All pods and tombstones. Spooled bodies stay on the disk.
    package func load() async throws(StoreError) -> StoreContents {
        try await read { database throws(StoreError) in
            let placements = try loadPlacements(database)
            var containers = try loadContainers(database)
            var states = try loadStates(database)
            var contents = StoreContents()
            try database.each(
                """
                SELECT uid, namespace, name, node, restart_policy, grace, job_id, placement, created_at, stage, handle,
                    handle_detail, stage_at, reason, claimed, delete_at, delete_grace FROM pods
                """
            ) { row throws(StoreError) in
                let uid = try uid(in: row)
                guard let policy = PodDigest.RestartPolicy(rawValue: try row.text(4)),
                    let placement = placements[row.integer(7)]
                else { throw .damaged(path: row.path, why: "the record of pod \(uid) does not add up") }
                let digest = PodDigest(
                    uid: uid, namespace: try row.text(1), name: try row.text(2), node: try row.text(3),
                    restartPolicy: policy, grace: .nanoseconds(row.integer(5)),
                    containers: containers.removeValue(forKey: uid) ?? [])
                contents.pods.append(
                    PodRecord(
                        digest: digest, jobID: try row.text(6), placement: placement, createdAt: row.moment(8),
                        stage: try stage(in: row), isClaimed: row.bool(14), states: states.removeValue(forKey: uid),
                        deletion: row.optionalMoment(15).map {
                            DeletionRecord(at: $0, grace: .nanoseconds(row.integer(16)))
                        }))
            }
            try database.each("SELECT uid, namespace, name, placement, at, deleted FROM tombstones") {
                row throws(StoreError) in
                contents.tombstones.append(
                    Tombstone(
                        uid: try uid(in: row), namespace: try row.text(1), name: try row.text(2),
                        placement: row.optionalInteger(3).flatMap { placements[$0] }, at: row.moment(4),
                        isDeleted: row.bool(5)))
            }
            return contents
        }
    }
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

private func loadContainers(_ database: Database) throws(StoreError) -> [PodUID: [ContainerDigest]] {
    var containers: [PodUID: [ContainerDigest]] = [:]
    try database.each("SELECT uid, role, name, image, fingerprint FROM containers ORDER BY uid, position") {
        row throws(StoreError) in
        guard let role = ContainerDigest.Role(rawValue: Int(row.integer(1))) else {
            throw .damaged(path: row.path, why: "it holds an unknown container role")
        }
        containers[try uid(in: row), default: []].append(
            ContainerDigest(
                name: try row.text(2), image: try row.text(3), role: role,
                fingerprint: UInt64(bitPattern: row.integer(4))))
    }
    return containers
}

private func loadStates(_ database: Database) throws(StoreError) -> [PodUID: StateRecord] {
    var states: [PodUID: StateRecord] = [:]
    try database.each("SELECT uid, attempt, ended_at, body FROM states") { row throws(StoreError) in
        states[try uid(in: row)] = StateRecord(
            attempt: Int(row.integer(1)), endedAt: row.optionalMoment(2), body: row.blob(3))
    }
    return states
}
