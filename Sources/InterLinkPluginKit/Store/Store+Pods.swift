import LosslessJSON

/// What the records hold when the host starts.
package struct StoreContents: Sendable {
    package var pods: [PodRecord] = []
    package var tombstones: [Tombstone] = []
}

extension Store {
    /// Writes a new pod down, before the backend hears of it. A tombstone of a withdrawal gives way.
    package func recordIntent(_ record: PodRecord) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try database.run("DELETE FROM tombstones WHERE uid = ? AND deleted = 0", .text(record.uid.text))
            try insert(record, database)
        }
    }

    /// Writes a job down that came after its pod was deleted or given up, and is to be ended.
    package func recordLateJob(_ record: PodRecord) async throws(StoreError) {
        try await perform { database throws(StoreError) in try insert(record, database) }
    }

    /// Writes down what became of the submission; what was spooled for it is erased.
    package func recordStage(_ stage: SubmissionStage, of uid: PodUID) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            let key = SQLValue.text(uid.text)
            switch stage {
            case .intended:
                try database.run("UPDATE pods SET stage = 0 WHERE uid = ?", key)
                return
            case .waiting:
                try database.run("UPDATE pods SET stage = 3 WHERE uid = ? AND stage = 0", key)
                return
            case .started(let handle, let at):
                try database.run(
                    "UPDATE pods SET stage = 1, handle = ?, handle_detail = ?, stage_at = ? WHERE uid = ?",
                    .text(handle.id), .text(handle.detail), .moment(at), key)
            case .rejected(let why):
                try database.run("UPDATE pods SET stage = 2, reason = ? WHERE uid = ?", .text(why), key)
            }
            try database.run("DELETE FROM spool WHERE uid = ?", key)
        }
    }

    /// Keeps the request of a create that is about to be answered although its pod is not submitted yet.
    ///
    /// Not if it was submitted or deleted meanwhile: what nobody needs, nobody would erase.
    package func spool(_ body: [UInt8], for uid: PodUID) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try database.run(
                """
                INSERT OR REPLACE INTO spool
                    SELECT uid, ? FROM pods WHERE uid = ? AND stage IN (0, 3) AND delete_at IS NULL
                """, .blob(body), .text(uid.text))
        }
    }

    /// What was spooled for a pod.
    package func spooled(_ uid: PodUID) async throws(StoreError) -> [UInt8]? {
        try await read { database throws(StoreError) in
            var body: [UInt8]?
            try database.each("SELECT body FROM spool WHERE uid = ?", .text(uid.text)) { row in body = row.blob(0) }
            return body
        }
    }

    package func recordClaim(of uid: PodUID) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try database.run("UPDATE pods SET claimed = 1 WHERE uid = ?", .text(uid.text))
        }
    }

    package func recordStates(_ states: StateRecord, of uid: PodUID) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try database.run(
                "INSERT OR REPLACE INTO states SELECT uid, ?, ?, ? FROM pods WHERE uid = ?",
                .integer(Int64(states.attempt)), .optional(states.endedAt),
                .blob(JSON.encode(states.containers)), .text(uid.text))
        }
    }

    /// Writes a delete down, before it is answered: the tombstone, and for a known pod that it is to be carried out.
    package func recordDeletion(_ deletion: DeletionRecord, tombstone: Tombstone) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try bury(tombstone, database)
            try database.run(
                "UPDATE pods SET delete_at = ?, delete_grace = ? WHERE uid = ? AND delete_at IS NULL",
                .moment(deletion.at), .integer(deletion.grace.wholeNanoseconds), .text(tombstone.uid.text))
            // It will not be submitted any more, so its secrets go at once.
            try database.run("DELETE FROM spool WHERE uid = ?", .text(tombstone.uid.text))
        }
    }

    /// Erases a pod; its tombstone stays.
    package func forget(leaving tombstone: Tombstone) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try bury(tombstone, database)
            try erase(tombstone.uid, database)
        }
    }

    /// Tombstones of that age are no longer needed: no backend takes a job so late.
    package func purgeTombstones(before moment: Moment) async throws(StoreError) {
        try await perform { database throws(StoreError) in
            try database.run(
                "DELETE FROM tombstones WHERE at < ? AND uid NOT IN (SELECT uid FROM pods)", .moment(moment))
            try database.run(
                """
                DELETE FROM placements WHERE id NOT IN (SELECT placement FROM pods)
                    AND id NOT IN (SELECT placement FROM tombstones WHERE placement IS NOT NULL)
                """)
        }
    }
}

private func insert(_ record: PodRecord, _ database: Database) throws(StoreError) {
    let digest = record.digest
    let uid = SQLValue.text(digest.uid.text)
    try erase(digest.uid, database)
    let placement = try number(of: record.placement, database)
    var (stage, handle, detail, stageAt) = (0 as Int64, SQLValue.null, SQLValue.null, SQLValue.null)
    if case .started(let started, let at) = record.stage {
        (stage, handle, detail, stageAt) = (1, .text(started.id), .text(started.detail), .moment(at))
    }
    try database.run(
        """
        INSERT INTO pods (uid, namespace, name, node, restart_policy, grace, job_id, placement, created_at,
            stage, handle, handle_detail, stage_at, claimed, delete_at, delete_grace)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        uid, .text(digest.namespace), .text(digest.name), .text(digest.node), .text(digest.restartPolicy.rawValue),
        .integer(digest.grace.wholeNanoseconds), .text(record.jobID), .integer(placement), .moment(record.createdAt),
        .integer(stage), handle, detail, stageAt, .bool(record.isClaimed), .optional(record.deletion?.at),
        .optional(record.deletion?.grace.wholeNanoseconds))
    for (position, container) in digest.containers.enumerated() {
        try database.run(
            "INSERT INTO containers VALUES (?, ?, ?, ?, ?, ?)",
            uid, .integer(Int64(position)), .integer(Int64(container.role.rawValue)), .text(container.name),
            .text(container.image), .integer(Int64(bitPattern: container.fingerprint)))
    }
}

/// A withdrawal never takes the place of a delete.
private func bury(_ tombstone: Tombstone, _ database: Database) throws(StoreError) {
    var placement = SQLValue.null
    if let known = tombstone.placement { placement = .integer(try number(of: known, database)) }
    try database.run(
        """
        INSERT INTO tombstones VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE SET
            placement = coalesce(excluded.placement, placement), deleted = max(deleted, excluded.deleted)
        """,
        .text(tombstone.uid.text), .text(tombstone.namespace), .text(tombstone.name), placement, .moment(tombstone.at),
        .bool(tombstone.isDeleted))
}

private func erase(_ uid: PodUID, _ database: Database) throws(StoreError) {
    let key = SQLValue.text(uid.text)
    try database.run("DELETE FROM spool WHERE uid = ?", key)
    try database.run("DELETE FROM states WHERE uid = ?", key)
    try database.run("DELETE FROM containers WHERE uid = ?", key)
    try database.run("DELETE FROM pods WHERE uid = ?", key)
}

/// Equal placements share a row, so that ten thousand pods at one place keep its names once.
private func number(of placement: Placement, _ database: Database) throws(StoreError) -> Int64 {
    let columns: [SQLValue] = [
        .text(placement.site), .optional(placement.account), .optional(placement.user),
        .optional(placement.credential), .optional(placement.partition),
    ]
    if let known = try database.number(
        """
        SELECT id FROM placements WHERE site IS ? AND account IS ? AND user IS ? AND credential IS ?
            AND partition IS ?
        """, columns[0], columns[1], columns[2], columns[3], columns[4])
    {
        return known
    }
    try database.run(
        "INSERT INTO placements (site, account, user, credential, partition) VALUES (?, ?, ?, ?, ?)",
        columns[0], columns[1], columns[2], columns[3], columns[4])
    return try database.number("SELECT last_insert_rowid()") ?? 0
}
