// Registries in the editor: actions on the name of an image, which ask its registry once they are chosen, with progress and
// what stood in the way said in a message.
import type { CancellationToken, Connection, MessageType, WorkspaceEdit } from 'vscode-languageserver';
import type { LookUp } from '../core/engine/finding.ts';
import { type ImageAsk, imageAsks } from '../core/engine/image-questions.ts';
import type { TagsResult } from '../core/protocol/messages.ts';
import { type PulledImage, pinEdit, pinOffer, pulledImages, taggedName } from '../core/repairs/image-pins.ts';
import { bytesText } from '../core/text/bytes.ts';
import { type Span, touches } from '../core/text/span.ts';
import type { FoundImages, RegistryAccess, TagFacts } from '../host/registries.ts';
import { pinKind } from './action-kinds.ts';
import type { Check } from './checks.ts';
import type { Offer, PinPlace } from './offers.ts';
import { throwIfCancelled } from './refusal.ts';
import type { Settings } from './settings.ts';
import type { EditMaker } from './workspace-edit.ts';

const warning: MessageType = 2;
const information: MessageType = 3;

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
  tags(place: number, check: Check, token: CancellationToken): Promise<TagsResult | null>;
}

export interface RegistryContext {
  readonly connection: Connection;
  readonly settings: Settings;
  readonly editOf: EditMaker;
  readonly found: FoundImages;
  access(): Promise<RegistryAccess>;
  readonly picksTags: boolean;
}

/** For each of them a registry is asked three times, and some count that. */
const mostLookedAt = 6;

const nothingKnown = { get: () => null };

const imageAt = ({ model }: Check, start: number): PulledImage | undefined =>
  model ? pulledImages(model).find(({ at }) => at.start === start) : undefined;

const lookUpOf = ({ document: { text } }: Check, image: PulledImage, ask: ImageAsk): LookUp | undefined =>
  pinOffer(text, image, ask, nothingKnown).lookUp;

const detailOf = ({ created, size }: TagFacts): string =>
  [created?.slice(0, 'yyyy-mm-dd'.length), size === null ? undefined : bytesText(size)]
    .filter(part => part !== undefined)
    .join(', ');

const sayer =
  (connection: Connection) =>
  (type: MessageType, message: string): Promise<void> =>
    connection.sendNotification('window/showMessage', { type, message });

/** Shown while it takes. Undefined where whoever waits for it, or a person who sees it, has had enough. */
async function withProgress<Result>(
  connection: Connection,
  title: string,
  token: CancellationToken,
  run: (cancelled: Promise<unknown>) => Promise<Result>,
): Promise<Result | undefined> {
  const progress = await connection.window.createWorkDoneProgress();
  progress.begin(title, undefined, undefined, true);
  const cancelled = new Promise<undefined>(resolve => {
    for (const each of [token, progress.token]) each.onCancellationRequested(() => resolve(undefined));
  });
  try {
    return await Promise.race([run(cancelled), cancelled]);
  } finally {
    progress.done();
  }
}

function offersFor(check: Check, image: PulledImage, picksTags: boolean): Offer[] {
  const known = check.findings.flatMap(finding => finding.lookUp?.questions ?? []);
  const base = { kind: pinKind, finding: null, isPreferred: false };
  const { start } = image.at;
  const offers = imageAsks.flatMap((ask): Offer[] => {
    const asked = lookUpOf(check, image, ask);
    if (!asked || asked.questions.some(question => known.includes(question))) return [];
    return [{ ...base, title: asked.title, does: { kind: 'pin', start, ask } }];
  });
  const { name, digest } = image.reference;
  if (!picksTags || image.stated === null || digest !== null) return offers;
  return [...offers, { ...base, title: `Show tags of ${name}`, does: { kind: 'show-tags', start } }];
}

/** Each tag with the edit that writes it. */
async function tagsWith(
  all: readonly TagFacts[],
  image: PulledImage,
  { document }: Check,
  editOf: EditMaker,
): Promise<TagsResult> {
  const tags = await Promise.all(
    all.map(async facts => {
      const edit = pinEdit(document.text, image, 'exact', facts.tag);
      const made = edit && (await editOf(document, { edits: [edit], files: [] }));
      return { tag: facts.tag, detail: detailOf(facts), edit: made };
    }),
  );
  return { name: taggedName(image), tags };
}

export function createRegistryActions(context: RegistryContext): RegistryActions {
  const { connection, settings, editOf, found, picksTags } = context;
  const say = sayer(connection);
  const mayAsk = async (uri: string): Promise<boolean> =>
    (await settings.of(uri)).registryLookups !== 'never';

  const lookUp = async ({ title, questions }: LookUp, token: CancellationToken): Promise<void> => {
    const ask = (cancelled: Promise<unknown>) => found.lookUp(questions, cancelled);
    const problems = await withProgress(connection, title, token, ask);
    throwIfCancelled(token);
    if (problems?.size) await say(warning, [...new Set(problems.values())].join(' '));
  };

  return {
    mayAsk,
    lookUp,
    async offersAt(check, place) {
      const { model, document } = check;
      if (!model || !(await mayAsk(document.uri))) return [];
      return pulledImages(model)
        .filter(({ at }) => touches(at, place))
        .flatMap(image => offersFor(check, image, picksTags));
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
      await say(information, `${image.reference.text} is up to date.`);
      return null;
    },
    async tags(start, check, token) {
      const image = imageAt(check, start);
      if (!image || !(await mayAsk(check.document.uri))) return null;
      const name = taggedName(image);
      try {
        const ask = async (cancelled: Promise<unknown>) =>
          (await context.access()).tags(name, mostLookedAt, cancelled);
        const all = await withProgress(connection, `Tags of ${name}`, token, ask);
        throwIfCancelled(token);
        return all ? await tagsWith(all, image, check, editOf) : null;
      } catch (error) {
        throwIfCancelled(token);
        await say(warning, error instanceof Error ? error.message : String(error));
        return null;
      }
    },
  };
}
