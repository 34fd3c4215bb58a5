// The peer of the JSON benchmark: the same tasks with Go's encoding/json, into the same structs.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// What a status takes of a pod.
type scannedPod struct {
	Metadata struct {
		UID         string `json:"uid"`
		Name        string `json:"name"`
		Namespace   string `json:"namespace"`
		Annotations struct {
			JobID string
		} `json:"annotations"`
		DeletionTimestamp          *time.Time `json:"deletionTimestamp"`
		DeletionGracePeriodSeconds *int64     `json:"deletionGracePeriodSeconds"`
	} `json:"metadata"`
	Spec struct {
		NodeName                      string             `json:"nodeName"`
		TerminationGracePeriodSeconds *int64             `json:"terminationGracePeriodSeconds"`
		Containers                    []scannedContainer `json:"containers"`
		InitContainers                []scannedContainer `json:"initContainers"`
	} `json:"spec"`
}

type scannedContainer struct {
	Name          string `json:"name"`
	RestartPolicy string `json:"restartPolicy"`
}

func fastest(rounds int, body func() error) time.Duration {
	best := time.Hour
	for range rounds {
		start := time.Now()
		if err := body(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		best = min(best, time.Since(start))
	}
	return best
}

func main() {
	corpus, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	documents := bytes.Split(bytes.TrimSpace(corpus), []byte("\n"))
	var took time.Duration
	switch os.Args[2] {
	case "decode":
		took = fastest(5, func() error {
			for _, document := range documents {
				var pod Pod
				if err := json.Unmarshal(document, &pod); err != nil {
					return err
				}
			}
			return nil
		})
	case "scan":
		took = fastest(5, func() error {
			for _, document := range documents {
				var pod scannedPod
				if err := json.Unmarshal(document, &pod); err != nil {
					return err
				}
			}
			return nil
		})
	case "encode":
		pods := make([]Pod, len(documents))
		for index, document := range documents {
			if err := json.Unmarshal(document, &pods[index]); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		took = fastest(5, func() error {
			for index := range pods {
				if _, err := json.Marshal(&pods[index]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	fmt.Println(took.Nanoseconds())
}
