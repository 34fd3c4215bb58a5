import KubernetesModel

/// The modes of a volume's files: a file's own, else the volume's, else 0644.
struct FileModes {
    private let standard: UInt32

    init(_ standard: Int32?, at field: String, _ notes: inout PlanNotes) {
        self.standard = Self.checked(standard, at: "\(field).defaultMode", &notes) ?? 0o644
    }

    func mode(_ own: Int32?, at field: String, _ notes: inout PlanNotes) -> UInt32 {
        Self.checked(own, at: "\(field).mode", &notes) ?? standard
    }

    /// Without a mode of its own.
    var ofOthers: UInt32 { standard }

    private static func checked(_ mode: Int32?, at field: String, _ notes: inout PlanNotes) -> UInt32? {
        guard let mode else { return nil }
        guard (0...0o777).contains(mode) else {
            notes.refuse(field, "is \(mode)", "write a number from 0 to 511 (0777)")
            return nil
        }
        return UInt32(mode)
    }
}
