// Programs that report how they are used to those who make them, and the variables that keep them from it. Data only.

interface Telemetry {
  /** The name people know. */
  readonly tool: string;
  readonly variable: string;
  readonly value: string;
}

const row = (tool: string, variable: string, value = '1'): Telemetry => ({ tool, variable, value });

const programs: Readonly<Record<string, Telemetry>> = {
  next: row('Next.js', 'NEXT_TELEMETRY_DISABLED'),
  nuxt: row('Nuxt', 'NUXT_TELEMETRY_DISABLED'),
  nuxi: row('Nuxt', 'NUXT_TELEMETRY_DISABLED'),
  gatsby: row('Gatsby', 'GATSBY_TELEMETRY_DISABLED'),
  astro: row('Astro', 'ASTRO_TELEMETRY_DISABLED'),
  turbo: row('Turborepo', 'TURBO_TELEMETRY_DISABLED'),
  ng: row('Angular', 'NG_CLI_ANALYTICS', 'false'),
  wrangler: row('Wrangler', 'WRANGLER_SEND_METRICS', 'false'),
  bun: row('Bun', 'DO_NOT_TRACK'),
  bunx: row('Bun', 'DO_NOT_TRACK'),
  az: row('The command line of Azure', 'AZURE_CORE_COLLECT_TELEMETRY', '0'),
  'huggingface-cli': row('Hugging Face', 'HF_HUB_DISABLE_TELEMETRY'),
  hf: row('Hugging Face', 'HF_HUB_DISABLE_TELEMETRY'),
  huggingface_hub: row('Hugging Face', 'HF_HUB_DISABLE_TELEMETRY'),
  dotnet: row('.NET', 'DOTNET_CLI_TELEMETRY_OPTOUT'),
  pwsh: row('PowerShell', 'POWERSHELL_TELEMETRY_OPTOUT'),
  vcpkg: row('vcpkg', 'VCPKG_DISABLE_METRICS'),
  brew: row('Homebrew', 'HOMEBREW_NO_ANALYTICS'),
};

export const reportingPrograms: readonly string[] = Object.keys(programs);

export const telemetryOf = (program: string): Telemetry | undefined =>
  Object.hasOwn(programs, program) ? programs[program] : undefined;
