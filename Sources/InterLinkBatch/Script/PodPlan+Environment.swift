extension PodPlan {
    /// The environments of the containers, as files of the workspace that only the owner reads.
    package var environmentFiles: [WorkspaceFile] {
        containers.map { container in
            var contents = [UInt8]()
            for variable in container.environment {
                contents += variable.name.utf8.filter { $0 != 0 && $0 != UInt8(ascii: "=") }
                contents.append(UInt8(ascii: "="))
                contents += variable.value.utf8.filter { $0 != 0 }
                contents.append(0)
            }
            return WorkspaceFile(
                path: WorkspaceLayout.environment(of: container.name), contents: contents, mode: 0o600)
        }
    }
}
