// The configuration file to start from.

/** Valid as it stands, and when the `#` of lines without a blank behind it are taken away. */
export const initialConfiguration = `\
# Configuration of Bulkhead for this folder and those below it. The nearest file upward wins.

# recommended: what every container needs. strict: more, at the price of some work. all: everything.
profile: recommended

# The stage that ships, as "docker build --target" names it; the last one by default.
#target: runtime

# Rules that came with a later version stay off.
#rules-version: "0.1"

# Rules by id: error, warning, info, hint, on or off. "bulkhead rules" lists them, "bulkhead explain ID" tells about
# one and its options.
#rules:
#  root-user: error
#  missing-healthcheck:
#    severity: info

# Files that are not read.
#exclude:
#  - examples/**

# Other settings for some files.
#overrides:
#  - files: ["**/*.dev.Dockerfile"]
#    profile: recommended
#    rules:
#      unpinned-image: off

# Compose files that are run together, as with "docker compose -f A -f B".
#compose-sets:
#  production: [compose.yaml, compose.prod.yaml]

# The severity from which a run on the command line fails: error, warning, info, hint or never.
#fail-on: warning

# Comments of other tools that silence findings (hadolint, checkov, trivy and others) are honoured, unless:
#ignore-other-tools: true
`;
