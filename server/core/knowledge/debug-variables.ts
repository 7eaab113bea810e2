// Variables that put software into the mode of those who write it, and the values for those who run it. Data only.

export interface DebugVariable {
  /** What the message says of it. */
  readonly kind: 'environment' | 'debug' | 'xdebug';
  /** The value to set instead; null where the variable is better left out. */
  readonly instead: string | null;
}

/** The word for production, in the same letter case, and as short where the framework may know it so. */
function productionLike(value: string, isShort: boolean): string {
  const word = isShort ? 'prod' : 'production';
  if (value === value.toUpperCase()) return word.toUpperCase();
  return /^[A-Z]/.test(value) ? word[0]?.toUpperCase() + word.slice(1) : word;
}

/** Frameworks that know no short form of the word, and one that knows no long form. */
const longNames = /^(?:NODE|RAILS|RACK|FLASK|ASPNETCORE|DOTNET)_ENV(?:IRONMENT)?$/;
const shortNames = /^MIX_ENV$/;

/** Null for a variable that says nothing of the kind. */
export function debugVariable(name: string, value: string): DebugVariable | null {
  if (/^[a-z_]*env(?:ironment)?$/i.test(name) && /^dev(?:el(?:op(?:ment)?)?)?$/i.test(value)) {
    const isShort = shortNames.test(name) || (/^dev$/i.test(value) && !longNames.test(name));
    return { kind: 'environment', instead: productionLike(value, isShort) };
  }
  if (/^[a-z_]*xdebug_mode$/i.test(name))
    return value === '' || /^off$/i.test(value) ? null : { kind: 'xdebug', instead: 'off' };
  const isDebug = /^[a-z_]*debug$/i.test(name) && /^(?:true|yes|on|1)$/i.test(value);
  return isDebug ? { kind: 'debug', instead: null } : null;
}
