// Makes a small vulnerability database of Trivy from a list on standard input.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/aquasecurity/trivy-db/pkg/db"
	"github.com/aquasecurity/trivy-db/pkg/metadata"
	"github.com/aquasecurity/trivy-db/pkg/types"
	bolt "go.etcd.io/bbolt"
)

type entry struct{ Bucket, Package, ID, Severity, Fixed, Vulnerable string }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	var entries []entry
	must(json.NewDecoder(os.Stdin).Decode(&entries))
	dir := filepath.Join(os.Args[1], "db")
	must(os.MkdirAll(dir, 0o755))
	must(db.Init(dir))
	config := db.Config{}
	must(config.BatchUpdate(func(tx *bolt.Tx) error {
		for _, e := range entries {
			advisory := types.Advisory{FixedVersion: e.Fixed}
			if e.Vulnerable != "" {
				advisory = types.Advisory{PatchedVersions: []string{e.Fixed}, VulnerableVersions: []string{e.Vulnerable}}
			}
			must(config.PutAdvisory(tx, []string{e.Bucket, e.Package}, e.ID, advisory))
			severity, err := types.NewSeverity(e.Severity)
			must(err)
			must(config.PutVulnerability(tx, e.ID, types.Vulnerability{Title: e.Package + " is weak", Severity: severity.String()}))
			must(config.PutDataSource(tx, e.Bucket, types.DataSource{ID: "ghsa", Name: "test", URL: "https://example.com"}))
		}
		return nil
	}))
	must(db.Close())
	now := time.Now()
	must(metadata.NewClient(dir).Update(metadata.Metadata{Version: db.SchemaVersion, NextUpdate: now.Add(time.Hour), UpdatedAt: now, DownloadedAt: now}))
}
