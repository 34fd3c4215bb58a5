/// Where the output of a container can be read.
public protocol LogSource: Sendable {}
