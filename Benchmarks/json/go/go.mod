module jsonbenchmark

go 1.24
