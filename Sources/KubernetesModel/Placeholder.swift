// Empty so far: the target keeps its place in the tree.
