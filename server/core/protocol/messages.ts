// Messages between our client and our server beyond the Language Server Protocol. Plain types: both sides import them.

/** Sent by the server to a client that has said `readsFiles`: the text of a file, null where there is none. */
export const readFileRequest = 'bulkhead/readFile';
/** Likewise: what a folder holds, null where there is no such folder. */
export const listFolderRequest = 'bulkhead/listFolder';

export interface FileParams {
  readonly uri: string;
}

export type ReadFileResult = string | null;
export type ListFolderResult = readonly { readonly name: string; readonly kind: 'file' | 'folder' }[] | null;

/** Opens the page of the rule whose id is the only argument. The server carries it out. */
export const showRuleCommand = 'bulkhead.showRule';

/**
 * Sent by the client: lints the Dockerfiles and Compose files below folders. What is found in files that are not open
 * is published; from then on the server looks at them again when something changes. Can be cancelled.
 */
export const lintFoldersRequest = 'bulkhead/lintFolders';

export interface LintFoldersParams {
  readonly folders: readonly string[];
  /** For progress as the protocol reports it. */
  readonly workDoneToken?: string | number;
}

export interface LintFoldersResult {
  readonly files: number;
  readonly findings: number;
}

/** Sent by the client: what holds for an open document; null where it is not open. */
export const statusRequest = 'bulkhead/status';

export interface StatusResult {
  /** `off`: switched off in the settings; `excluded`: the configuration says not to read it. */
  readonly state: 'on' | 'off' | 'excluded';
  readonly profile: string;
  readonly findings: number;
  /** How many of them are left out, because another extension shows them. */
  readonly shownElsewhere: number;
  /** The nearest configuration file; null where there is none. */
  readonly configuration: string | null;
}

/** Sent by the client: the rules, in the order of the catalogue. */
export const rulesRequest = 'bulkhead/rules';

export type RulesResult = readonly {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
}[];

/** Sent by the client: the text of a configuration file to start from. */
export const initialConfigurationRequest = 'bulkhead/initialConfiguration';

/**
 * Sent by the client when it changes: what other extensions show in an open document. What we would say besides at the
 * same line is left out, unless a setting asks for it.
 */
export const shownElsewhereNotification = 'bulkhead/shownElsewhere';

export interface ShownElsewhereParams {
  readonly uri: string;
  /** `tool:id`, as equivalents are written, with its zero-based line. */
  readonly findings: readonly { readonly equivalent: string; readonly line: number }[];
}

/** Sent by the client when it changes: what other extensions offer (`Offered`). It is not offered a second time. */
export const offeredElsewhereNotification = 'bulkhead/offeredElsewhere';

/** Positions as the protocol has them. */
export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}

/** Sent by the client: the services of an open Compose file; of others none. */
export const servicesRequest = 'bulkhead/services';

export type ServicesResult = readonly {
  readonly name: string;
  /** All that is written of it. */
  readonly range: PlainRange;
}[];

/** Sent by the client: what hardening a service would change; null where there is nothing to change. */
export const hardenServiceRequest = 'bulkhead/hardenService';

export interface HardenServiceParams extends FileParams {
  readonly service: string;
  readonly upTo: 'safe' | 'unsafe';
}

export interface HardenServiceResult {
  /** A workspace edit of the protocol. */
  readonly edit: unknown;
  /** Other services that change with it, by what they share. */
  readonly others: readonly string[];
}

/**
 * Sent by the client: the size of an image, at the lines of the open document that it was built from. Can be cancelled.
 * Only a server that may run programs answers.
 */
export const inspectSizeRequest = 'bulkhead/inspectSize';

export interface InspectSizeParams {
  /** Null: the image alone. */
  readonly uri: string | null;
  /** A name, or the path of an archive; null: the newest image that was built from the document. */
  readonly image: string | null;
  /** The image is read in its registry. */
  readonly isRemote?: boolean;
  readonly nonce: string;
}

export type ExportFormat = 'json' | 'csv' | 'markdown';

/** Whole sentences of what stood in the way, or what was found. */
export type InspectSizeResult =
  /** `registry`: it may have the image, and may be asked. */
  | { readonly problem: string; readonly registry?: string }
  | {
      readonly image: string;
      readonly html: string;
      readonly exports: Readonly<Record<ExportFormat, string>>;
      /** By zero-based line. */
      readonly hints: readonly { readonly line: number; readonly text: string; readonly more: string }[];
      /** What could be spared; at the same lines the server offers the repairs of the rule that knows the cure. */
      readonly notices: readonly {
        readonly line: number;
        readonly message: string;
        readonly rule: string | null;
      }[];
    };

/** What the page about a size tells the client. */
export type SizeMessage =
  | { readonly kind: 'ready' }
  /** Inspect once more. */
  | { readonly kind: 'again' }
  /** Go there, and offer what can be done. */
  | { readonly kind: 'line'; readonly line: number; readonly repair?: true }
  | { readonly kind: 'export'; readonly format: ExportFormat };

/** Sent by the client: the production report of an open document as a page; null where there is none to make. */
export const reportRequest = 'bulkhead/report';

export interface ReportParams extends FileParams {
  /** Letters and digits that nobody can guess: only what carries them is run and styled. */
  readonly nonce: string;
}

export interface ReportResult {
  /** A whole page, and what changes in it with the document. */
  readonly html: string;
  readonly body: string;
  /** The documents that it speaks of. */
  readonly locations: readonly string[];
}

/** What the page tells the client. */
export type ReportMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly location: string; readonly range: PlainRange }
  | ({ readonly kind: 'fix' } & ReportFix)
  | { readonly kind: 'harden'; readonly service: string };

/** One repair on the page: by the finding's rule and place, and its number among the finding's repairs. */
export interface ReportFix {
  readonly rule: string;
  readonly location: string;
  readonly start: PlainPosition;
  readonly fix: number;
}

/** Sent by the client: the workspace edit of a repair on the page; null where it is not there any more. */
export const reportFixRequest = 'bulkhead/reportFix';

export type ReportFixParams = FileParams & ReportFix;

/** Of the client: has a person pick a tag of an image, or the platform whose digest is written; `ImageChoicesParams` is its argument. */
export const pickImageCommand = 'bulkhead.pickImage';

/** Sent by the client: what can be picked, the nearest first; null where there is nothing, which has been said. */
export const imageChoicesRequest = 'bulkhead/imageChoices';

export interface ImageChoicesParams extends FileParams {
  /** An offset, where the image is named. */
  readonly start: number;
  readonly of: 'tags' | 'platforms';
}

export interface ImageChoicesResult {
  readonly name: string;
  readonly choices: readonly {
    readonly label: string;
    readonly detail: string;
    /** A workspace edit of the protocol; null for what is written already. */
    readonly edit: unknown;
  }[];
}

/** Asks the registry of the image that an open document names at a place (`ImagePlace`). The server carries it out. */
export const askRegistryCommand = 'bulkhead.askRegistry';

export interface ImagePlace extends FileParams {
  readonly position: PlainPosition;
}

/** Sent by the client: what pinning the images of all files below folders would change. Can be cancelled. */
export const pinImagesRequest = 'bulkhead/pinImages';

export interface PinImagesParams {
  readonly folders: readonly string[];
  readonly to: 'digests' | 'versions';
  /** Digests are of the image for this one, such as `linux/arm64`; null: of all platforms together. */
  readonly platform: string | null;
}

export interface PinImagesResult {
  /** A workspace edit of the protocol; null where nothing would change. */
  readonly edit: unknown;
  /** What stood in the way, each a sentence or two. */
  readonly problems: readonly string[];
}

/** Sent by the client: has a scanner look at images, and tells what they hold at the lines that bring it. Can be cancelled. */
export const scanRequest = 'bulkhead/scan';

export interface ScanParams {
  /** Dockerfiles and Compose files. */
  readonly uris: readonly string[];
  /** Those below these too, but for what `.gitignore` names. */
  readonly folders: readonly string[];
  /** That which was built from the only file, or any where there is none; null: those that the files start from or name. */
  readonly image: string | null;
  /** The scanner may fetch a newer database. */
  readonly mayUpdate: boolean;
  /** For progress as the protocol reports it. */
  readonly workDoneToken?: string | number;
}

export interface ScanResult {
  readonly images: readonly ScanImage[];
  readonly problems: readonly ScanProblem[];
}

export interface ScanProblem {
  readonly text: string;
  /** What may help. */
  readonly kind: 'cancelled' | 'no scanner' | 'no database' | 'no image' | 'other';
}

export interface ScanImage {
  readonly image: string;
  /** The file that the lines are in. */
  readonly uri: string | null;
  /** `2 critical, 1 high`; empty where nothing is to be shown. */
  readonly counts: string;
  /** With the scanner, and what is not shown. */
  readonly summary: string;
  readonly lines: readonly ScanImageLine[];
}

export interface ScanImageLine {
  readonly label: string;
  /** Null where no file is known. */
  readonly range: PlainRange | null;
  /** Where it came by, from another stage. */
  readonly via: PlainRange | null;
  readonly severity: string;
  readonly count: number;
  readonly message: string;
  readonly packages: readonly {
    readonly title: string;
    /** Versions, or where it was found. */
    readonly detail: string;
    readonly vulnerabilities: readonly {
      readonly id: string;
      readonly package: string;
      readonly title: string;
      readonly url: string | null;
    }[];
  }[];
  /** Workspace edits of the protocol. */
  readonly fixes: readonly { readonly title: string; readonly edit: unknown }[];
}

/** Sent by the client: the workspace edit that accepts a vulnerability in the configuration; null where there is none to make. */
export const acceptRequest = 'bulkhead/accept';

export interface AcceptParams extends FileParams {
  readonly id: string;
  readonly package: string;
  readonly reason: string;
}

/** Sent by the client: where builds of an open document begin: at each stage, and at each service that is built. */
export const buildPlacesRequest = 'bulkhead/buildPlaces';

export type BuildPlacesResult = readonly (Pick<BuildWish, 'target' | 'service'> & {
  readonly line: number;
})[];

/** What a person has chosen for a build. */
export interface BuildWish {
  readonly service?: string;
  readonly target?: string;
  readonly tag?: string;
  /** A folder. */
  readonly context?: string;
  readonly engine?: string;
  readonly builder?: string;
  readonly platform?: string;
  /** `NAME=value`. */
  readonly args: readonly string[];
  /** `id=token,src=FILE`, `id=token,env=VARIABLE`. */
  readonly secrets: readonly string[];
}

/** Sent by the client: what is still to be asked before an open document is built. */
export const buildFormRequest = 'bulkhead/buildForm';

export interface BuildFormParams extends FileParams {
  readonly wish: BuildWish;
}

export type BuildFormResult =
  | { readonly problem: string }
  /** One of them is to be chosen first. */
  | { readonly services: readonly string[] }
  | BuildForm;

export interface BuildForm {
  readonly tag: string;
  readonly context: string;
  /** Told where it is large, before it is sent. */
  readonly largeContext: string | null;
  readonly targets: readonly string[];
  readonly args: readonly string[];
  readonly secrets: readonly { readonly id: string; readonly isRequired: boolean }[];
  readonly engines: readonly string[];
  readonly builders: readonly string[];
}

/** Sent by the client: builds. Meanwhile the server tells what happens; a build that is cancelled ends. */
export const buildRequest = 'bulkhead/build';
export const buildOutputNotification = 'bulkhead/buildOutput';

export interface BuildParams extends BuildFormParams {
  /** Comes back with the output. */
  readonly id: string;
  /** The file is built once more, with its repairs, and both images compared. */
  readonly compare?: { readonly upTo: 'safe' | 'unsafe'; readonly nonce: string } | undefined;
}

export interface BuildOutput {
  readonly id: string;
  readonly text: string;
  /** It is the title of a step. */
  readonly isStep: boolean;
}

export interface BuildResult {
  /** `nothing`: there is no repair to compare with. */
  readonly ending: 'built' | 'failed' | 'cancelled' | 'nothing';
  readonly summary: string;
  /** Of a comparison: a whole page. */
  readonly page?: string;
}
