// Registries in the editor: actions on the name of an image, which ask its registry once they are chosen, with progress and
// what stood in the way said in a message.
import type { CancellationToken, Connection, WorkspaceEdit } from 'vscode-languageserver';
import type { LookUp } from '../core/engine/finding.ts';
import { type PinAsk, pinAsks } from '../core/engine/image-questions.ts';
import { registryName } from '../core/model/image-reference.ts';
import {
  askRegistryCommand,
  type ImageChoicesParams,
  type ImageChoicesResult,
  type ImagePlace,
  pickImageCommand,
} from '../core/protocol/messages.ts';
import { type PulledImage, pinEdit, pinOffer, pulledImages, taggedName } from '../core/repairs/image-pins.ts';
import { type Span, touches } from '../core/text/span.ts';
import type { FoundImages, RegistryAccess } from '../host/registries.ts';
import { pinKind } from './action-kinds.ts';
import type { Check } from './checks.ts';
import { imageHere } from './image-here.ts';
import type { Offer, PinPlace } from './offers.ts';
import { throwIfCancelled } from './refusal.ts';
import { registryAsker } from './registry-asking.ts';
import { choicesOf, withEdits } from './registry-choices.ts';
import type { Settings } from './settings.ts';
import type { EditMaker } from './workspace-edit.ts';

export interface RegistryActions {
  offersAt(check: Check, place: Span): Promise<Offer[]>;
  /** Whether registries may be asked for the document. */
  mayAsk(uri: string): Promise<boolean>;
  /** Afterwards the facts are known. */
  lookUp(lookUp: LookUp, token: CancellationToken): Promise<void>;
  /** Null where there is nothing to write, which has been said. */
  pin(
    place: PinPlace,
    current: () => Promise<Check>,
    token: CancellationToken,
  ): Promise<WorkspaceEdit | null>;
  /** Of the image at a place, each with the edit that writes it. */
  choices(
    params: ImageChoicesParams,
    check: Check,
    token: CancellationToken,
  ): Promise<ImageChoicesResult | null>;
  /** What is answered is kept for who hovers and completes. */
  ask(place: ImagePlace, check: Check, token: CancellationToken): Promise<void>;
}

export interface RegistryContext {
  readonly connection: Connection;
  readonly settings: Settings;
  readonly editOf: EditMaker;
  readonly found: FoundImages;
  access(): Promise<RegistryAccess>;
  readonly picksImages: boolean;
  /** Registries have told more than was asked for: some findings may say more. */
  toldMore(): void;
}

const nothingKnown = { get: () => null };

const imageAt = ({ model }: Check, start: number): PulledImage | undefined =>
  model ? pulledImages(model).find(({ at }) => at.start === start) : undefined;

const lookUpOf = ({ document: { text } }: Check, image: PulledImage, ask: PinAsk): LookUp | undefined =>
  pinOffer(text, image, ask, nothingKnown).lookUp;

function offersFor(check: Check, image: PulledImage, picksImages: boolean): Offer[] {
  const { document, findings } = check;
  const known = findings.flatMap(finding => finding.lookUp?.questions ?? []);
  const base = { kind: pinKind, finding: null, isPreferred: false };
  const { uri, lines } = document;
  const { start } = image.at;
  const { name, digest } = image.reference;
  const asks = `asks ${registryName(image.reference)}`;
  const command = (title: string, command: string, argument: unknown): Offer => ({
    ...base,
    title,
    does: { kind: 'command', command, argument },
  });
  const pick = (title: string, of: ImageChoicesParams['of']): Offer =>
    command(title, pickImageCommand, { uri, start, of } satisfies ImageChoicesParams);
  const offers = pinAsks.flatMap((ask): Offer[] => {
    const asked = lookUpOf(check, image, ask);
    if (!asked || asked.questions.some(question => known.includes(question))) return [];
    return [{ ...base, title: asked.title, does: { kind: 'pin', start, ask } }];
  });
  if (!picksImages) {
    const place: ImagePlace = { uri, position: lines.positionAt(start) };
    return [...offers, command(`Ask about ${name} (${asks})`, askRegistryCommand, place)];
  }
  const forDigest = digest === null ? 'Pin to digest for one platform' : 'Choose the platform of the digest';
  if (lookUpOf(check, image, 'digest')) offers.push(pick(`${forDigest} (${asks})`, 'platforms'));
  if (image.stated && digest === null) offers.push(pick(`Show tags of ${name}`, 'tags'));
  return offers;
}

export function createRegistryActions(context: RegistryContext): RegistryActions {
  const { connection, settings, editOf, found, access, picksImages } = context;
  const { say, withProgress, orSay } = registryAsker(connection, access);
  const mayAsk = async (uri: string): Promise<boolean> =>
    (await settings.of(uri)).registryLookups !== 'never';

  const learn = (): void => {
    found.learnt();
    context.toldMore();
  };

  const lookUp = async ({ title, questions, onlyTells }: LookUp, token: CancellationToken): Promise<void> => {
    const ask = (cancelled: Promise<unknown>) => found.lookUp(questions, cancelled);
    const problems = await withProgress(title, token, ask);
    throwIfCancelled(token);
    if (onlyTells) learn();
    if (problems?.size) await say('warning', [...new Set(problems.values())].join(' '));
  };

  return {
    mayAsk,
    lookUp,
    async offersAt(check, place) {
      const { model, document } = check;
      if (!model || !(await mayAsk(document.uri))) return [];
      return pulledImages(model)
        .filter(({ at }) => touches(at, place))
        .flatMap(image => offersFor(check, image, picksImages));
    },
    async pin({ start, ask }, current, token) {
      const check = await current();
      const image = imageAt(check, start);
      const asked = image && lookUpOf(check, image, ask);
      if (!image || !asked) return null;
      await lookUp(asked, token);
      // What has been looked up is known by now, or a message has said why not.
      const { document } = await current();
      const answer = found.known(asked.questions[0] ?? '');
      if (answer == null) return null;
      const edit = pinEdit(document.text, image, ask, answer);
      if (edit) return editOf(document, { edits: [edit], files: [] });
      await say('information', `${image.reference.text} is up to date.`);
      return null;
    },
    async choices({ start, of }, check, token) {
      const image = imageAt(check, start);
      if (!image || !(await mayAsk(check.document.uri))) return null;
      const name = taggedName(image);
      const title = `${of === 'platforms' ? 'Platforms' : 'Tags'} of ${name}`;
      const all = await orSay(title, token, (given, cancelled) =>
        (choicesOf[of] ?? choicesOf.tags)(given, name, cancelled),
      );
      learn();
      return all ? withEdits(all, image, check, editOf) : null;
    },
    async ask({ position }, check, token) {
      const { lines, uri } = check.document;
      const here = imageHere(check.model, lines.offsetAt(position));
      if (!here || !(await mayAsk(uri))) return;
      const { name, reference } = here;
      const title = `Asking ${registryName(reference)} about ${name}`;
      const isDone = await orSay(title, token, async (given, cancelled) => {
        await given.ask(name, cancelled);
        return true;
      });
      learn();
      if (isDone && !picksImages) await say('information', `What is said of ${name} is shown over it now.`);
    },
  };
}
