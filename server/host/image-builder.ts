// Building images: what a host that may run programs offers.
import type { Outcome } from '../core/build/outcome.ts';
import type { BuildReading } from '../core/build/reading.ts';
import type { BuildEvent, ToldProblem } from '../core/build/step.ts';
import type { Language } from '../core/engine/rule.ts';
import type { DockerfileModel } from '../core/model/dockerfile/model.ts';
import type { BuildForm, BuildWish } from '../core/protocol/messages.ts';
import type { Location } from './files.ts';

export interface BuildDocument {
  readonly location: Location;
  readonly text: string;
  readonly language: Language;
  readonly reading: BuildReading;
}

export interface Built {
  readonly tag: string;
  /** The Dockerfile on this machine; null where it is written in a Compose file. */
  readonly path: string | null;
  readonly model: DockerfileModel;
  readonly outcome: Outcome<ToldProblem>;
}

/** Both answer with a sentence where there is something to do first. */
export interface ImageBuilder {
  form(document: BuildDocument, wish: BuildWish): Promise<BuildForm | string>;
  build(
    document: BuildDocument,
    wish: BuildWish,
    watching: { tell(event: BuildEvent): void; onStop(stop: () => void): void },
  ): Promise<Built | string>;
}
