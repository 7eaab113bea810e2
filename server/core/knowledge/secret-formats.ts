// Keys and tokens that are known by their form, whatever they are called.

/** What it is, and how it looks. Every pattern needs a fixed prefix or a length, so that none is found by chance. */
const formats: readonly (readonly [what: string, pattern: string])[] = [
  ['a private key', '-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----'],
  ['an AWS access key', '\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b'],
  ['a GitHub token', '\\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})\\b'],
  ['a GitLab token', '\\bgl(?:pat|dt|rt|ptt|cbt|soat|imt|agent|ft|oas)-[\\w-]{20,}'],
  ['a Slack token', '\\bxox[abeoprs]-[\\w-]{10,}|\\bxapp-\\d-[\\w-]{10,}'],
  ['a Slack webhook', '\\bhooks\\.slack\\.com/(?:services|workflows)/[\\w/-]{20,}'],
  ['a Discord webhook', '\\bdiscord(?:app)?\\.com/api/webhooks/\\d+/[\\w-]{20,}'],
  ['a Stripe key', '\\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|\\bwhsec_[A-Za-z0-9+/]{24,}'],
  ['a Google API key', '\\bAIza[\\w-]{35}'],
  ['a Google OAuth secret', '\\bGOCSPX-[\\w-]{28}|\\bya29\\.[\\w-]{30,}'],
  ['an npm token', '\\bnpm_[A-Za-z0-9]{36}\\b'],
  ['a PyPI token', '\\bpypi-AgE[\\w-]{50,}'],
  ['a RubyGems key', '\\brubygems_[0-9a-f]{48}\\b'],
  ['a Docker Hub token', '\\bdckr_[po]at_[\\w-]{20,}'],
  ['an Anthropic key', '\\bsk-ant-[\\w-]{20,}'],
  ['an OpenAI key', '\\bsk-(?:proj-|svcacct-|admin-)?(?=[\\w-]{0,200}\\d)[\\w-]{32,}'],
  ['a Hugging Face token', '\\bhf_[A-Za-z0-9]{30,}\\b'],
  ['a Groq key', '\\bgsk_[A-Za-z0-9]{40,}\\b'],
  ['a SendGrid key', '\\bSG\\.[\\w-]{16,32}\\.[\\w-]{16,64}'],
  ['a Mailgun key', '\\bkey-[0-9a-f]{32}\\b'],
  ['a Mailchimp key', '\\b[0-9a-f]{32}-us\\d{1,2}\\b'],
  ['a Twilio key', '\\bSK[0-9a-f]{32}\\b'],
  ['a Telegram bot token', '\\b\\d{8,10}:AA[\\w-]{33}(?![\\w-])'],
  ['a JSON web token', '\\beyJ[\\w-]{8,1000}\\.eyJ[\\w-]{8,4000}\\.[\\w-]{8,}'],
  ['an Azure storage key', '\\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}'],
  ['an Azure client secret', '(?<![\\w~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![\\w~.-])'],
  ['a DigitalOcean token', '\\bdo[opr]_v1_[0-9a-f]{64}\\b'],
  ['a Databricks token', '\\bdapi[0-9a-f]{32}\\b'],
  ['a Shopify token', '\\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\\b'],
  ['an Atlassian token', '\\bATATT3[\\w=-]{40,}'],
  ['a Grafana token', '\\bgl(?:sa|c)_[A-Za-z0-9_+/=]{32,}'],
  ['a Vault token', '\\bhv[sbr]\\.[\\w-]{24,}'],
  ['a Terraform Cloud token', '\\b[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}'],
  ['a PlanetScale secret', '\\bpscale_(?:tkn|pw|oauth)_[\\w-]{30,}'],
  ['a Sentry token', '\\bsntry[su]_[\\w=+/-]{40,}'],
  ['a New Relic key', '\\bNRAK-[A-Z0-9]{27}\\b'],
  ['a Linear key', '\\blin_api_[A-Za-z0-9]{32,}'],
  ['a Notion token', '\\bntn_[A-Za-z0-9]{40,}'],
  ['a Postman key', '\\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\\b'],
  ['a SonarQube token', '\\bsq[apu]_[0-9a-f]{40}\\b'],
  ['a Supabase token', '\\bsbp_[0-9a-f]{40}\\b'],
  ['a Tailscale key', '\\btskey-[a-z]+-[\\w-]{20,}'],
  ['a Pulumi token', '\\bpul-[0-9a-f]{40}\\b'],
  ['a Doppler token', '\\bdp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,}'],
  ['an age key', '\\bAGE-SECRET-KEY-1[A-Z0-9]{58}\\b'],
];

/** No text that is shorter has a known form. */
export const shortestKey = 16;
const any = new RegExp(formats.map(([, pattern]) => pattern).join('|'));
const each = formats.map(([what, pattern]) => ({ what, pattern: new RegExp(pattern) }));

export interface KnownFormat {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** The first key or token of a known form in the text. Those that documentation uses as examples do not count. */
export function knownFormat(text: string): KnownFormat | null {
  if (text.length < shortestKey || !any.test(text)) return null;
  for (const { what, pattern } of each) {
    const match = pattern.exec(text);
    if (match === null || /EXAMPLE/.test(match[0])) continue;
    const end = what === 'a private key' ? text.length : match.index + match[0].length;
    return { what, start: match.index, end };
  }
  return null;
}
