// Calls that write credentials into a file of the account: what they look like, where that lies, and what takes it back.

export interface StoredLogin {
  /** The words behind the program; a `$` stands in computed ones alone. */
  readonly call: RegExp;
  /** The folder or file, below the home of the account. */
  readonly place: string;
  /** The words of a later call that forgets them. */
  readonly ended?: RegExp;
}

// biome-ignore format: one row a program
/** By program. A value that is written out is a secret of the text itself: where one is given, it is computed. */
export const storedLogins: Readonly<Record<string, StoredLogin>> = {
  // docs.aws.amazon.com/cli/latest/reference/configure/set.html.
  aws: { call: /configure set (?:\S*\.)?aws_(?:access_key_id|secret_access_key|session_token)\b.*[$`]/, place: '~/.aws' },
  // cloud.google.com/sdk/docs/authorizing: a copy of the key stays.
  gcloud: { call: /^auth (?:.* )?(?:login|activate-service-account)\b/, place: '~/.config/gcloud', ended: /^auth revoke/ },
  // learn.microsoft.com/cli/azure/authenticate-azure-cli: a managed identity has no secret.
  az: { call: /^login\b(?!.* --identity)/, place: '~/.azure', ended: /^(?:logout|account clear)/ },
  // docs.docker.com/reference/cli/docker/login: the others write the same file.
  docker: { call: /^login\b/, place: '~/.docker', ended: /^logout/ },
  crane: { call: /^auth login\b/, place: '~/.docker', ended: /^auth logout/ },
  oras: { call: /^login\b/, place: '~/.docker', ended: /^logout/ },
  helm: { call: /^registry login\b/, place: '~/.config/helm', ended: /^registry logout/ },
  kubectl: { call: /^config set-credentials\b.*[$`]/, place: '~/.kube', ended: /^config (?:unset|delete-user)/ },
  oc: { call: /^login\b/, place: '~/.kube', ended: /^logout/ },
  vault: { call: /^login\b/, place: '~/.vault-token' },
  gh: { call: /^auth login\b/, place: '~/.config/gh', ended: /^auth logout/ },
  // git-scm.com/docs/git-config: the address that stands in for others holds the token.
  git: { call: /\bconfig .*\burl\..*:\/\/.*[$`].*@.*\.(?:push)?insteadOf\b/i, place: '~/.gitconfig', ended: /--unset|--remove-section/ },
  npm: { call: /^(?:login|adduser)\b|\bset \S*:_(?:authToken|auth|password)[ =].*[$`]/, place: '~/.npmrc', ended: /^logout/ },
  pip: { call: /^config set \S*index-url .*[$`].*@/, place: '~/.config/pip', ended: /^config unset/ },
  poetry: { call: /^config (?:http-basic|pypi-token)\..*[$`]/, place: '~/.config/pypoetry', ended: /--unset/ },
  composer: { call: /\b(?:global config|config (?:-g|--global)) .*\b(?:http-basic|github-oauth|gitlab-(?:token|oauth)|bearer)\..*[$`]/, place: '~/.composer', ended: /--unset/ },
  bundle: { call: /^config (?:set )?--global (?:[\w-]+\.)+(?:com|org|net|io|dev) .*[$`]/, place: '~/.bundle' },
  dotnet: { call: /^nuget (?:add|update) source .*(?:-p|--password) .*[$`]/, place: '~/.nuget/NuGet' },
  hf: { call: /^(?:auth )?login\b/, place: '~/.cache/huggingface', ended: /^(?:auth )?logout/ },
  'huggingface-cli': { call: /^login\b/, place: '~/.cache/huggingface', ended: /^logout/ },
};
