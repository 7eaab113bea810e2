// Status: what holds for an open document, for a person to see at a glance.
import type { StatusResult } from '../core/protocol/messages.ts';
import type { Check, Checks } from './checks.ts';
import type { Elsewhere } from './elsewhere.ts';

function stateOf({ enabled, configuration }: Check): StatusResult['state'] {
  if (!enabled) return 'off';
  return configuration.excluded ? 'excluded' : 'on';
}

export async function statusOf(
  checks: Checks,
  elsewhere: Elsewhere,
  uri: string,
): Promise<StatusResult | null> {
  const check = await checks.of(uri);
  if (!check) return null;
  const { settings, sources } = check.configuration;
  return {
    state: stateOf(check),
    profile: settings.profile,
    findings: check.findings.length,
    shownElsewhere: check.findings.length - elsewhere.ownOf(check).length,
    configuration: sources.at(-1)?.location ?? null,
  };
}
