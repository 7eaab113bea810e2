// Building images: what a host that may run programs offers.
import type { Outcome } from '../core/build/outcome.ts';
import type { BuildReading } from '../core/build/reading.ts';
import type { BuildEvent, ToldProblem } from '../core/build/step.ts';
import type { Language } from '../core/engine/rule.ts';
import type { DockerfileModel } from '../core/model/dockerfile/model.ts';
import type { BuildForm, BuildWish } from '../core/protocol/messages.ts';
import type { Instead } from './compare-builds.ts';
import type { Location } from './files.ts';

export interface BuildDocument {
  readonly location: Location;
  readonly text: string;
  readonly language: Language;
  readonly reading: BuildReading;
}

export interface Watching {
  tell(event: BuildEvent): void;
  onStop(stop: () => void): void;
}

/** What is to be built, as the file and the person say. */
export interface PlannedBuild {
  readonly tag: string;
  /** Where the Dockerfile is, or would be. */
  readonly location: Location;
  /** The Dockerfile on this machine; null where it is written in a Compose file. */
  readonly path: string | null;
  readonly model: DockerfileModel;
  build(watching: Watching, instead: Instead | null): Promise<Outcome<ToldProblem>>;
}

/** Both answer with a sentence where there is something to do first. */
export interface ImageBuilder {
  form(document: BuildDocument, wish: BuildWish): Promise<BuildForm | string>;
  plan(document: BuildDocument, wish: BuildWish): Promise<PlannedBuild | string>;
}
