// What a process or worker lends to the language server.
import type { VersionFinder } from '../core/engine/package-versions.ts';
import type { ScriptChecker } from '../core/engine/shellcheck.ts';
import type { ScanProblem } from '../core/protocol/messages.ts';
import type { ScanSettings } from '../core/protocol/settings.ts';
import type { FileSystem, Location } from '../host/files.ts';
import type { ImageBuilder } from '../host/image-builder.ts';
import type { ImageInspector } from '../host/local-images.ts';
import type { RegistryAccess } from '../host/registries.ts';
import type { SizeInspector } from '../host/size.ts';

/** An image, and how it is to be scanned. */
export interface ImageScan {
  readonly image: string;
  readonly settings: ScanSettings;
  readonly mayUpdate: boolean;
  /** Programs that lie in these folders are not started. */
  readonly folders: readonly Location[];
  /** Hears of it where nobody waits for the scan any more. */
  onCancelled(stop: () => void): void;
}

/** A report as a scanner wrote it, and which one; or what is in the way. */
export type ImageScanner = (
  scan: ImageScan,
) => Promise<{ readonly text: string; readonly by: string } | ScanProblem>;

/** Reads below `file:` URIs, or wherever a client reads for us. */
export type FileSource = Pick<FileSystem, 'read' | 'list'>;

export interface ServerHost {
  /** Runs the shellcheck at a path, or the one in PATH; null where no program can be run. */
  readonly scriptChecker: ((program: string | null) => ScriptChecker) | null;
  /** Looks versions up with programs that lie in none of these folders; null where no program can be run. */
  readonly versionFinder: ((folders: readonly Location[]) => VersionFinder) | null;
  /** Asks engines that lie in none of these folders about images; null where no program can be run. */
  readonly imageInspector: ((folders: readonly Location[]) => ImageInspector) | null;
  /** Reaches registries, with programs for passwords that lie in none of these folders; null where there is no network to use. */
  readonly registries: ((folders: readonly Location[]) => Promise<RegistryAccess>) | null;
  /** Null where no program can be run. */
  readonly imageScanner: ImageScanner | null;
  /** Reads images with engines that lie in none of these folders; null where no program can be run. */
  readonly sizeInspector: ((folders: readonly Location[]) => SizeInspector) | null;
  /** Builds images with programs that lie in none of these folders; null where no program can be run. */
  readonly imageBuilder: ((folders: readonly Location[]) => ImageBuilder) | null;
  /** For `file:` locations; null where there is no disk. */
  readonly disk: FileSource | null;
  /** Resolves in a later turn of the event loop; messages that have arrived come in between, one a turn. */
  turn(): Promise<void>;
  /** Resolves after a pause: long enough to tell that a person is not typing. */
  pause(): Promise<void>;
}
