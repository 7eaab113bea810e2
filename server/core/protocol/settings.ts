// Settings of the editor, and what a client may tell at the start. Whatever arrives is read with care: people write it.

/** The section that holds the settings. */
export const settingsSection = 'bulkhead';

export interface EditorSettings {
  readonly enable: boolean;
  /** As in `.bulkhead.yaml`, and weaker than it. */
  readonly profile?: unknown;
  readonly rules?: unknown;
  readonly target?: unknown;
  /** Findings are shown also where another extension shows the same. */
  readonly showDuplicates: boolean;
  /** Whether a shellcheck of the machine is asked. */
  readonly shellcheck: boolean;
  /** Where it is; null: in PATH. */
  readonly shellcheckPath: string | null;
  /** Whether container engines of the machine are asked about images. */
  readonly engine: boolean;
  /** When registries are asked about images: never, when a person wants to know, or whenever they would have something to say. */
  readonly registryLookups: 'never' | 'on-demand' | 'background';
  readonly scan: ScanSettings;
  /** Completion and its like in Compose files. `auto`: what no other extension offers. */
  readonly composeLanguageFeatures: 'auto' | 'on' | 'off';
}

/** Null where nobody has chosen. */
export interface ScanSettings {
  readonly scanner: string | null;
  /** Its program; null: in PATH. */
  readonly path: string | null;
  /** A server of Trivy. */
  readonly server: string | null;
}

export interface InitializationOptions {
  /** The client answers `bulkhead/readFile` and `bulkhead/listFolder` for places the server cannot reach. */
  readonly readsFiles?: boolean;
  /** False where no program of the machine may be started: the folder is not trusted, or not of this machine. */
  readonly runsPrograms?: boolean;
  /** What other extensions offer, as `bulkhead/offeredElsewhere` tells it later. */
  readonly offeredElsewhere?: Offered;
  /** The client's own command that shows completions once more, after one that leads to others. */
  readonly completeCommand?: string | null;
  /** The client has the command `bulkhead.pickImage`, and carries out commands that hovers link to. */
  readonly picksImages?: boolean;
  /** For clients that cannot be asked for their configuration. */
  readonly settings?: unknown;
}

/** What editors offer in a document. References and renaming are always ours. */
export const languageFeatures = [
  'aliases',
  'completion',
  'definition',
  'folding',
  'highlight',
  'hover',
  'imageLinks',
  'links',
  'symbols',
] as const;
export type LanguageFeature = (typeof languageFeatures)[number];

export interface Offered {
  readonly compose: readonly LanguageFeature[];
  readonly dockerfile: readonly LanguageFeature[];
}

/** The first message to a server in a worker: where the rest of its program is. */
export interface WorkerScripts {
  readonly protocol: string;
  readonly connection: string;
  readonly session: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Null is how editors send a setting that nobody has made. */
export function editorSettings(sent: unknown): EditorSettings {
  const {
    enable,
    showDuplicates,
    profile,
    rules,
    target,
    shellcheck,
    shellcheckPath,
    engine,
    registry,
    compose,
    scan,
  } = isRecord(sent) ? sent : {};
  const { scanner, path, server } = isRecord(scan) ? scan : {};
  const { languageFeatures: wanted } = isRecord(compose) ? compose : {};
  const { lookups } = isRecord(registry) ? registry : {};
  return {
    enable: enable !== false,
    showDuplicates: showDuplicates === true,
    shellcheck: shellcheck !== 'off',
    engine: engine !== 'off',
    registryLookups: lookups === 'never' || lookups === 'background' ? lookups : 'on-demand',
    composeLanguageFeatures: wanted === 'on' || wanted === 'off' ? wanted : 'auto',
    shellcheckPath: textIn(shellcheckPath),
    scan: {
      scanner: scanner === 'auto' ? null : textIn(scanner),
      path: textIn(path),
      server: textIn(server),
    },
    ...(profile == null ? {} : { profile }),
    ...(rules == null ? {} : { rules }),
    ...(target == null || target === '' ? {} : { target }),
  };
}

/** The settings inside what `workspace/didChangeConfiguration` brings: below our section, or bare. */
export const settingsIn = (sent: unknown): unknown =>
  isRecord(sent) && settingsSection in sent ? sent[settingsSection] : sent;

const featuresIn = (sent: unknown): LanguageFeature[] =>
  Array.isArray(sent) ? languageFeatures.filter(feature => sent.includes(feature)) : [];

export const offeredIn = (sent: unknown): Offered => {
  const { compose, dockerfile } = isRecord(sent) ? sent : {};
  return { compose: featuresIn(compose), dockerfile: featuresIn(dockerfile) };
};

export function initializationOptions(sent: unknown): Required<InitializationOptions> {
  const { readsFiles, runsPrograms, settings, offeredElsewhere, completeCommand, picksImages } = isRecord(
    sent,
  )
    ? sent
    : {};
  return {
    readsFiles: readsFiles === true,
    runsPrograms: runsPrograms !== false,
    offeredElsewhere: offeredIn(offeredElsewhere),
    picksImages: picksImages === true,
    completeCommand: typeof completeCommand === 'string' ? completeCommand : null,
    settings,
  };
}
