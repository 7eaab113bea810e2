// Values that stand where a secret will be, or say where it is: nothing in them has to be kept.

const wrapped = /^(?:<.*>|\[.*\]|\{.*\}|%.*%|__.*__|@\w+@|\(.*\))$/;
const repeated = /^([xX*.\-_#?0])\1*$/;
const request =
  /^your|^(?:(?:please|to)[ _-]?)?(?:insert|enter|replace|fill|put|add|set|paste|provide|specify|use)[ _-]?(?:me|my|this|it|with|here|own|in|the|a|an|your|real|actual|some)?(?:[ _-]|$)|(?:^|[ _-])(?:your|goes)[ _-]|[ _-]here$/i;
/** For builds that want a value and make no use of it. */
const dummy = /^(?:dummy|fake|unused|not[ _-]?used|ignored?|placeholder|nothing|whatever)(?:$|[ _-])/i;
const words = new Set(
  'none null nil undefined unset empty na n/a todo tbd fixme redacted hidden masked'.split(' '),
);
const switches = new Set(
  'true false yes no on off y n enabled disabled enable disable required optional auto never always'.split(
    ' ',
  ),
);
const quantity = /^[-+]?(?:\d|\d+(?:\.\d+)?(?:ms|s|sec|m|min|h|d|w|y|%|[kmg]i?b?))$/i;

/** A switch or an amount: the name that promises a secret means something else. */
export function isSetting(value: string): boolean {
  const text = value.trim();
  return quantity.test(text) || switches.has(text.toLowerCase());
}

/** A text that nobody could mean as a secret. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  return (
    text === '' ||
    wrapped.test(text) ||
    repeated.test(text) ||
    request.test(text) ||
    dummy.test(text) ||
    words.has(text.toLowerCase()) ||
    isSetting(text)
  );
}

const absolutePath = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/][\w.@ \\/~{}*-]*$/;
const fileName =
  /^[\w.@\\/-]+\.(?:json|ya?ml|toml|ini|cfg|conf|env|txt|pem|key|crt|cer|cert|p12|pfx|jks|keystore|properties|xml|sock|sh|py|js|ts)$/i;
const url = /^[a-z][a-z0-9+.-]*:\/\//i;
const elsewhere = /^(?:arn:aws|vault:|ssm:|env:|file:|secret:|secretref:|ref\+|@Microsoft\.KeyVault\()/i;

/** A path, address or reference: the secret is somewhere else. */
export const pointsElsewhere = (value: string): boolean =>
  absolutePath.test(value) || fileName.test(value) || url.test(value) || elsewhere.test(value);
