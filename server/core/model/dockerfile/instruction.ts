// Instructions: what each keyword derives from its statement, when it is asked for.
import { fileSpan } from '../../text/mapped-text.ts';
import { hull, type Span, spanText } from '../../text/span.ts';
import { unknown } from '../known.ts';
import { type FromNode, fromNode, healthcheckNode, type NodeSource } from './adapter.ts';
import { keywords, type Pair, pairsOf } from './arguments.ts';
import { readCommand } from './command.ts';
import { type Common, common, type Derived, filledIn, flagNamed, type Given } from './common.ts';
import { unquote } from './expansion.ts';
import { mountAt } from './flags.ts';
import { heredocWord } from './heredocs.ts';
import { lazyObjects } from './lazy.ts';
import { mappedParts } from './mapped.ts';
import type {
  CopyInstruction,
  ExposeInstruction,
  FromInstruction,
  HealthcheckInstruction,
  KeyValue,
  Keyword,
  OnbuildInstruction,
  PlainInstruction,
  ProcessInstruction,
  RunInstruction,
  UnknownInstruction,
  UserInstruction,
  VariablesInstruction,
  Word,
} from './model.ts';
import type { Parsed, ParsedInstruction, Places } from './parsed.ts';
import { referenceOf } from './references.ts';
import { commandScript, heredocScript, scriptOf } from './scripts.ts';
import { stageReferred } from './stages.ts';
import { type Account, accountOf, portsOf } from './values.ts';
import { wordAt } from './words.ts';

/** The lines of an instruction without its heredocs, for a typed node. */
function nodeSource({ model, statement: { line, command, comments } }: Given): NodeSource {
  const keyword = fileSpan(line, command.keyword);
  const lines = fileSpan(line, hull(command.keyword, command.body));
  return { text: model.text, keyword, lines, comments, escape: model.escape };
}

/** The word that BuildKit splits at a place. */
const wordStarting = (words: readonly Word[], where: Span | null): Word | null =>
  words.find(word => word.span.start === where?.start) ?? null;

const makeFrom = lazyObjects<Given<FromInstruction>, Derived<FromInstruction> & { readonly node: FromNode }>({
  ...common,
  node: self => fromNode(nodeSource(self)),
  image: ({ words, node }) => wordStarting(words, node.image),
  reference: self =>
    self.image === null
      ? unknown('unparsed', self.span)
      : referenceOf(self.image, filledIn(self, self.image)),
  asSpan: ({ node }) => node.as,
  name: ({ words, node }) => wordStarting(words, node.name),
  platform: self => flagNamed(self, 'platform'),
});

const makeRun = lazyObjects<Given<RunInstruction>, Derived<RunInstruction>>({
  ...common,
  mounts: ({ flags, statement: { line, command }, model }) =>
    flags.flatMap((flag, index) => {
      const where = command.flags[index];
      return flag.name === 'mount' && where !== undefined ? [mountAt(line, where, flag, model.escape)] : [];
    }),
  script: ({ statement, body, split, heredocs, before, json, model }) =>
    scriptOf(statement, before, () =>
      heredocs.length > 0
        ? heredocScript(model.text, body, heredocs, before)
        : commandScript(body, json ? split.words : null, before),
    ),
});

const makeProcess = lazyObjects<Given<ProcessInstruction>, Derived<ProcessInstruction>>({
  ...common,
  script: ({ statement, body, split, before, json }) =>
    scriptOf(statement, before, () => commandScript(body, json ? split.words : null, before)),
});

const makeHealthcheck = lazyObjects<Given<HealthcheckInstruction>, Derived<HealthcheckInstruction>>({
  ...common,
  kindSpan: self => (self.words.length === 0 ? null : healthcheckNode(nodeSource(self))),
  kind: ({ words }) => {
    const written = words[0]?.value.toUpperCase();
    return written === 'NONE' || written === 'CMD' ? written : null;
  },
  script: ({ statement, body, split, before, json }) =>
    scriptOf(statement, before, () => {
      const command = split.words.slice(1);
      return json
        ? commandScript(body, command, before)
        : commandScript(mappedParts(body, command), null, before);
    }),
});

const makeCopy = lazyObjects<Given<CopyInstruction>, Derived<CopyInstruction>>({
  ...common,
  sources: ({ words, json }) =>
    words.slice(0, Math.max(words.length - 1, 1)).filter(word => json || heredocWord(word.raw) === null),
  destination: ({ words }) => (words.length < 2 ? null : (words.at(-1) ?? null)),
  from: self => {
    const flag = self.keyword === 'COPY' ? flagNamed(self, 'from') : null;
    return flag && { flag, stage: stageReferred(self.model, flag.value ?? '', true) };
  },
});

const makeVariables = lazyObjects<Given<VariablesInstruction>, Derived<VariablesInstruction> & Places>({
  ...common,
  places: ({ body, keyword, split, model }) => pairsOf(body.text, keyword, split.words, model.escape),
  pairs: self => self.places.map(place => makePair({ place, self })),
});

interface PairOrigin {
  readonly place: Pair;
  readonly self: Given<VariablesInstruction> & Common;
}

const makePair = lazyObjects<PairOrigin, KeyValue>({
  name: ({ place, self: { body, keyword, model } }) => {
    const written = spanText(body.text, place.name);
    // Quotes around the name of an ARG belong to it.
    return keyword === 'ARG' ? written : unquote(written, model.escape);
  },
  nameSpan: ({ place, self }) => fileSpan(self.body, place.name),
  value: ({ place, self }) => place.value && wordAt(self.body, place.value, self.model.escape),
  resolved: ({ name, value, self }) => {
    if (value === null) return null;
    // An ARG sees those before it in the same instruction: what it comes to hold is known behind all of them.
    const held = self.keyword === 'ARG' && self.onbuild === null ? self.after.variable(name) : undefined;
    return held?.value ?? filledIn(self, value);
  },
  span: ({ place, self }) => fileSpan(self.body, hull(place.name, place.value ?? place.name)),
});

const makeExpose = lazyObjects<Given<ExposeInstruction>, Derived<ExposeInstruction>>({
  ...common,
  ports: self => self.words.flatMap(word => portsOf(word, filledIn(self, word))),
});

const makeUser = lazyObjects<
  Given<UserInstruction>,
  Derived<UserInstruction> & { readonly account: Account }
>({
  ...common,
  account: self => accountOf(self.words[0] ? filledIn(self, self.words[0]) : unknown('unparsed', self.span)),
  user: ({ account }) => account.user,
  group: ({ account }) => account.group,
});

const makeOnbuild: (given: Given<OnbuildInstruction>) => Parsed<OnbuildInstruction> = lazyObjects<
  Given<OnbuildInstruction>,
  Derived<OnbuildInstruction>
>({
  ...common,
  trigger: self => (self.onbuild === null && self.body.text !== '' ? triggerOf(self) : null),
});

const makePlain = lazyObjects<Given<PlainInstruction>, Derived<PlainInstruction>>(common);

const makeUnknown = lazyObjects<Given<UnknownInstruction>, Derived<UnknownInstruction>>({
  ...common,
  written: ({ statement: { line, command } }) => spanText(line.text, command.keyword),
});

function triggerOf(onbuild: Parsed<OnbuildInstruction>): ParsedInstruction {
  const { index, model, stageIndex, body: line } = onbuild;
  const command = readCommand(line.text, model.escape);
  return instructionOf({
    index,
    onbuild,
    model,
    stageIndex,
    statement: { ...onbuild.statement, line, command },
  });
}

const known: ReadonlySet<string> = new Set(keywords);
const knownKeyword = (name: string): Keyword => (known.has(name) ? (name as Keyword) : 'UNKNOWN');

/** The instruction that a statement is. */
export function instructionOf({
  index,
  onbuild,
  model,
  stageIndex,
  statement,
}: Omit<Given, 'keyword'>): ParsedInstruction {
  const keyword = knownKeyword(statement.command.name);
  return make({ index, keyword, onbuild, model, stageIndex, statement } as GivenOfAnyKind);
}

/** Told apart by the keyword, which the compiler cannot see of an object that is made for all of them. */
type GivenOfAnyKind = { [Name in Keyword]: Omit<Given, 'keyword'> & { readonly keyword: Name } }[Keyword];

function make(given: GivenOfAnyKind): ParsedInstruction {
  switch (given.keyword) {
    case 'FROM':
      return makeFrom(given);
    case 'RUN':
      return makeRun(given);
    case 'CMD':
    case 'ENTRYPOINT':
      return makeProcess(given);
    case 'HEALTHCHECK':
      return makeHealthcheck(given);
    case 'COPY':
    case 'ADD':
      return makeCopy(given);
    case 'ENV':
    case 'ARG':
    case 'LABEL':
      return makeVariables(given);
    case 'EXPOSE':
      return makeExpose(given);
    case 'USER':
      return makeUser(given);
    case 'ONBUILD':
      return makeOnbuild(given);
    case 'UNKNOWN':
      return makeUnknown(given);
    default:
      return makePlain(given);
  }
}
