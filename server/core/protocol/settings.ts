// Settings of the editor, and what a client may tell at the start. Whatever arrives is read with care: people write it.

/** The section that holds the settings. */
export const settingsSection = 'bulkhead';

export interface EditorSettings {
  readonly enable: boolean;
  /** As in `.bulkhead.yaml`, and weaker than it. */
  readonly profile?: unknown;
  readonly rules?: unknown;
  readonly target?: unknown;
}

export interface InitializationOptions {
  /** The client answers `bulkhead/readFile` and `bulkhead/listFolder` for places the server cannot reach. */
  readonly readsFiles?: boolean;
  /** For clients that cannot be asked for their configuration. */
  readonly settings?: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null is how editors send a setting that nobody has made. */
export function editorSettings(sent: unknown): EditorSettings {
  const { enable, profile, rules, target } = isRecord(sent) ? sent : {};
  return {
    enable: enable !== false,
    ...(profile == null ? {} : { profile }),
    ...(rules == null ? {} : { rules }),
    ...(target == null || target === '' ? {} : { target }),
  };
}

/** The settings inside what `workspace/didChangeConfiguration` brings: below our section, or bare. */
export const settingsIn = (sent: unknown): unknown =>
  isRecord(sent) && settingsSection in sent ? sent[settingsSection] : sent;

export function initializationOptions(sent: unknown): InitializationOptions {
  const { readsFiles, settings } = isRecord(sent) ? sent : {};
  return { readsFiles: readsFiles === true, settings };
}
