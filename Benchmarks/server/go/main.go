// The peer: Go's net/http with the limits and timeouts that a careful author sets.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

var body = []byte(`{"status":"ok","resources":{"cpu":"128","memory":"512Gi","pods":"1000","accelerators":[]},"version":"1"}`)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	handler := func(w http.ResponseWriter, r *http.Request) {
		received, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<20))
		if err != nil || r.URL.Path != "/status" || string(received) != "[]" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	}
	server := &http.Server{
		Handler:           http.HandlerFunc(handler),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       120 * time.Second,
		WriteTimeout:      120 * time.Second,
		IdleTimeout:       180 * time.Second,
		MaxHeaderBytes:    32 << 10,
	}
	go server.Serve(listener)
	fmt.Printf("http://%s\n", listener.Addr())
	// Ends with its standard input, so that no benchmark leaves it behind.
	io.Copy(io.Discard, os.Stdin)
}
