// Makes a small vulnerability database of Grype from a list on standard input.
package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	v6 "github.com/anchore/grype/grype/db/v6"
	"github.com/spf13/afero"
)

type entry struct{ OS, Major, Codename, Ecosystem, Format, Package, ID, Severity, Fixed string }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	var entries []entry
	must(json.NewDecoder(os.Stdin).Decode(&entries))
	dir := filepath.Join(os.Args[1], "6")
	must(os.MkdirAll(dir, 0o755))
	db, err := v6.NewWriter(v6.Config{DBDirPath: dir})
	must(err)
	must(db.SetDBMetadata())
	now := time.Now()
	provider := &v6.Provider{ID: "test", Version: "1", Processor: "test", DateCaptured: &now, InputDigest: "xxh64:0"}
	must(db.AddProvider(*provider))
	for _, e := range entries {
		vulnerability := &v6.VulnerabilityHandle{
			Name: e.ID, Status: v6.VulnerabilityActive, ProviderID: provider.ID, Provider: provider,
			BlobValue: &v6.VulnerabilityBlob{ID: e.ID, Description: e.Package + " is weak", Severities: []v6.Severity{{Scheme: v6.SeveritySchemeCHMLN, Value: e.Severity, Rank: 1}}},
		}
		must(db.AddVulnerabilities(vulnerability))
		handle := &v6.AffectedPackageHandle{
			Vulnerability: vulnerability,
			Package:       &v6.Package{Name: e.Package, Ecosystem: e.Ecosystem},
			BlobValue: &v6.PackageBlob{Ranges: []v6.Range{{
				Version: v6.Version{Type: e.Format, Constraint: "< " + e.Fixed},
				Fix:     &v6.Fix{Version: e.Fixed, State: v6.FixedStatus},
			}}},
		}
		if e.OS != "" {
			handle.OperatingSystem = &v6.OperatingSystem{Name: e.OS, ReleaseID: e.OS, MajorVersion: e.Major, Codename: e.Codename}
		}
		must(db.AddAffectedPackages(handle))
	}
	must(db.Close())
	_, err = v6.WriteImportMetadata(afero.NewOsFs(), dir, "test")
	must(err)
}
