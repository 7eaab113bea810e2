// Programs that look for credentials without being told where, and programs that run a project's own code.

interface Reader {
  readonly program: RegExp;
  /** The variables that it looks at, or that its settings refer to by custom. */
  readonly variable: RegExp;
}

/** Mirrors and registries of whatever kind of package. */
const registries = 'ARTIFACTORY|JFROG|NEXUS|REGISTRY|CODEARTIFACT|GITHUB|GH_|GITLAB|BITBUCKET';

const reader = (program: string, variable: string): Reader => ({
  program: new RegExp(`^(?:${program})$`),
  variable: new RegExp(variable, 'i'),
});

const readers: readonly Reader[] = [
  // docs.npmjs.com, yarnpkg.com, pnpm.io: `.npmrc` and `.yarnrc.yml` refer to variables.
  reader('npm|npx|yarn|pnpm|pnpx|bun|bunx', `NPM|NODE_AUTH|YARN|PNPM|BUN_|PACKAGE|VERDACCIO|${registries}`),
  // pip.pypa.io, python-poetry.org, docs.astral.sh/uv: `PIP_*`, `POETRY_HTTP_BASIC_*`, `UV_*`.
  reader(
    'pip[\\d.]*|pipenv|poetry|uv|pdm|hatch|twine|conda|mamba',
    `PIP|PYPI|POETRY|UV_|PDM|HATCH|TWINE|CONDA|INDEX|${registries}`,
  ),
  // huggingface.co, "Environment variables": `HF_TOKEN`.
  reader('hf|huggingface-cli|python[\\d.]*', '^HF_|HUGGING'),
  // bundler.io: `BUNDLE_*`; guides.rubygems.org: `GEM_HOST_API_KEY`.
  reader('bundle|bundler|gem', `BUNDLE|GEM|SIDEKIQ|${registries}`),
  // guides.rubyonrails.org: assets are compiled with a SECRET_KEY_BASE.
  reader('bundle|rails|rake', 'SECRET_KEY_BASE|RAILS_MASTER_KEY'),
  // getcomposer.org: `COMPOSER_AUTH`.
  reader('composer(?:\\.phar)?', `COMPOSER|PACKAGIST|MAGENTO|${registries}`),
  reader('go|git|gh|glab', `GIT|GO_|BITBUCKET|NETRC|${registries}`),
  // doc.rust-lang.org/cargo: `CARGO_REGISTRIES_*`.
  reader('cargo', `CARGO|CRATES|${registries}`),
  reader('mvn|mvnw|gradle|gradlew|sbt|lein', `MAVEN|MVN|GRADLE|SBT|SONATYPE|REPO|SIGNING|${registries}`),
  // learn.microsoft.com, NuGet: `VSS_NUGET_EXTERNAL_FEED_ENDPOINTS`.
  reader('dotnet|nuget|msbuild', `NUGET|VSS|FEED|AZURE|SYSTEM_ACCESS|${registries}`),
  reader('aws|sam|cdk|serverless|sls|terraform|tofu|packer', '^AWS'),
  reader('az|azcopy|terraform|tofu|packer', '^(?:AZURE|ARM_)'),
  reader('gcloud|gsutil|bq|terraform|tofu|packer', 'GOOGLE|GCP|GCLOUD|CLOUDSDK'),
  reader('terraform|tofu|packer|vault', '^TF_|TERRAFORM|VAULT|HCP'),
  reader('docker|podman|buildah|skopeo|helm|crane', `DOCKER|HELM|QUAY|${registries}`),
  reader('sentry-cli', 'SENTRY'),
  reader('vercel|netlify|wrangler|flyctl|heroku', 'VERCEL|NETLIFY|CLOUDFLARE|CF_|FLY|HEROKU'),
];

/** The program uses a variable of that name as its credentials. */
export const readsCredential = (program: string, variable: string): boolean =>
  readers.some(row => row.program.test(program) && row.variable.test(variable));

/** By the path of a file: the programs that look for it. */
const fileReaders: readonly (readonly [file: RegExp, program: RegExp])[] = [
  [/(?:^|\/)\.npmrc$/, /^(?:npm|npx|yarn|pnpm|pnpx|bun|bunx)$/],
  [/(?:^|\/)(?:\.pypirc|pip\.conf)$/, /^(?:pip[\d.]*|pipenv|poetry|uv|twine)$/],
  [/(?:^|\/)auth\.json$/, /^composer(?:\.phar)?$/],
  [/(?:^|\/)\.gem\/credentials$/, /^(?:gem|bundle)$/],
  [/(?:^|\/)\.cargo\/credentials(?:\.toml)?$/, /^cargo$/],
  [
    /(?:^|\/)(?:[._]netrc|\.git-credentials)$/,
    /^(?:git|gh|glab|go|curl|wget|pip[\d.]*|uv|poetry|npm|yarn|cargo|composer|bundle)$/,
  ],
  [
    /(?:^|\/)(?:\.ssh\/[^/]*|[^/]*id_(?:rsa|dsa|ecdsa|ed25519)[^/]*)$/,
    /^(?:git|ssh|scp|sftp|rsync|go|pip[\d.]*|uv|poetry|npm|yarn|pnpm|cargo|composer|bundle)$/,
  ],
  [/(?:^|\/)\.aws\/(?:credentials|config)$/, /^(?:aws|sam|cdk|terraform|tofu|packer|sls|serverless)$/],
  [/(?:^|\/)(?:\.s3cfg|\.boto)$/, /^(?:s3cmd|gsutil)$/],
  [/(?:credentials|service[_-]?account|key)[^/]*\.json$/, /^(?:gcloud|gsutil|bq|terraform|tofu)$/],
  [/(?:^|\/)(?:\.docker\/config\.json|\.dockercfg)$/, /^(?:docker|podman|buildah|skopeo|crane|helm)$/],
  [/(?:^|\/)(?:\.kube\/config|[^/]*kubeconfig[^/]*)$/, /^(?:kubectl|helm|kustomize)$/],
  [/(?:^|\/)\.pgpass$/, /^(?:psql|pg_\w+)$/],
  [/(?:^|\/)\.my(?:login)?\.cnf$/, /^(?:mysql|mariadb)[\w-]*$/],
];

/** The program looks for a file of that path by itself. */
export const readsSecretFile = (program: string, path: string): boolean =>
  fileReaders.some(([file, programs]) => file.test(path) && programs.test(program));

const runners =
  /^(?:npm|npx|yarn|pnpm|bun|bunx|node|deno|python[\d.]*|tox|nox|poetry|uv|ruby|rake|rails|bundle|php|composer|java|mvn|mvnw|gradle|gradlew|sbt|lein|make|gmake|cmake|ninja|just|task|bazel|cargo|go|dotnet|mix|stack|cabal|swift|sh|bash|ash)$/;

/** The program runs code of the project, which may read any variable. */
export const runsProject = (program: string): boolean => runners.test(program);
