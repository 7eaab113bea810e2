// unresolvable-account: a name in an image that has no list of accounts.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { destinationOf } from '../../insight/copy-target.ts';
import { isNumeric, isRootName, ownerOf } from '../../insight/owner.ts';
import { builtFrom } from '../../insight/run-effects.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { CopyInstruction, Instruction, Stage } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';
import { type Span, span, spanText } from '../../text/span.ts';

/** A list of accounts, or something that may hold one. */
function mayCopyAccounts(instruction: Instruction): boolean {
  if (instruction.keyword === 'ADD') return true;
  if (instruction.keyword !== 'COPY') return false;
  const target = destinationOf(instruction);
  return (
    target === null ||
    /^\/(?:etc(?:\/(?:passwd|group))?)?$/.test(target) ||
    instruction.sources.some(({ value }) => /(?:^|\/)etc\/?$|^\/$/.test(value))
  );
}

const mayBringAccounts = (instruction: Instruction): boolean =>
  instruction.keyword === 'SHELL' || instruction.keyword === 'RUN' || mayCopyAccounts(instruction);

const hasNoAccounts = (stage: Stage, index: number): boolean =>
  stage.root.kind === 'scratch' &&
  !builtFrom(stage).some(other => other.index < index && mayBringAccounts(other));

/** Accounts of most distributions, which no table lists. */
const usual =
  /^(?:root|bin|daemon|ftp|games|guest|list|mail|news|nobody|operator|proxy|sync|sys|ubuntu|www-data)$/;

/** The account that is there, and that somebody has misspelt; what counts accounts is no mistake. */
function meantBy(name: string, stage: Stage): string | undefined {
  const insight = inspectStage(stage);
  const known = insight.facts?.accounts;
  if (!known || name.length < 4 || usual.test(name) || known.some(account => account.name === name))
    return undefined;
  const names = insight.accounts.map(account => account.name);
  const meant = names.includes(name) ? undefined : nearestName(name, names, name.length > 4 ? 2 : 1);
  const letters = (text: string): string => text.replace(/[\d_-]/g, '');
  if (meant === undefined || letters(meant) === letters(name)) return undefined;
  return builtFrom(stage).some(mayCopyAccounts) ? undefined : meant;
}

const needsEntry = (name: string | null): name is string =>
  name !== null && name !== '' && !name.includes('$') && !isNumeric(name);

/** The number of distroless images, for people who have no other. */
const number = '65532';
const numberOf = (name: string): string => (isRootName(name) ? '0' : number);

export default dockerfileRule({
  id: 'unresolvable-account',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A name that nothing can look up',
  messages: {
    user: {
      text: 'An image from scratch has no /etc/passwd: {name} means nothing there, and the container does not start. Write a number.',
      equivalents: ['tally:named-identity-in-passwdless-stage'],
    },
    owner: {
      text: 'An image from scratch has no /etc/passwd: the build cannot look up {name}, and fails. Write a number.',
      equivalents: ['tally:named-identity-in-passwdless-stage'],
    },
    misspelt: {
      text: 'The image has no account {name}: looking it up fails. Write {meant}, which it has.',
    },
  },
  docs: {
    why: 'Names of accounts are looked up in `/etc/passwd` and `/etc/group` of the image. One that begins with `scratch` has neither, until somebody copies them: `unable to find user app: no matching entries in passwd file`.',
    remedy:
      'Write numbers: `USER 65532:65532`, which is the number that distroless images use, or copy `/etc/passwd` and `/etc/group` from a stage that has the account.',
    references: ['https://docs.docker.com/reference/dockerfile/#user'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Which number the name was to stand for is not known; files mounted later may belong to it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13 AS build\nRUN make\nFROM scratch\nCOPY --chown=«app:app» --from=build /app /app\nUSER «app»\nENTRYPOINT ["/app"]\n',
        fixed:
          'FROM debian:13 AS build\nRUN make\nFROM scratch\nCOPY --chown=65532:65532 --from=build /app /app\nUSER 65532\nENTRYPOINT ["/app"]\n',
      },
      {
        note: 'Misspelt.',
        code: 'FROM nginx:1.30\nCOPY --chown=«ngnix»:nginx a /a\nRUN useradd appuser\nUSER «appusr»\n',
        fixed: 'FROM nginx:1.30\nCOPY --chown=nginx:nginx a /a\nRUN useradd appuser\nUSER appuser\n',
      },
    ],
    good: [
      {
        note: 'Known, or not known well enough.',
        code: 'FROM node:24\nCOPY --chown=node a /a\nUSER nobody\nFROM example/base:1\nRUN useradd builder\nUSER build\nFROM node:24\nCOPY passwd /etc/\nUSER nodes\n',
      },
      { code: 'FROM scratch\nCOPY --chown=65532 app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]\n' },
      {
        code: 'FROM debian:13 AS build\nFROM scratch\nCOPY --from=build /etc/passwd /etc/passwd\nUSER app\nENTRYPOINT ["/app"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const misspelt = (name: string, within: Span, stage: Stage): void => {
      const meant = needsEntry(name) ? meantBy(name, stage) : undefined;
      const start = within.start + spanText(model.text, within).indexOf(name);
      const at = span(start, start + name.length);
      if (meant === undefined || start < within.start) return;
      report('misspelt', {
        at,
        data: { name, meant },
        fixes: [fix(`Use ${meant}`, 'suggestion', [replace(at, meant)])],
      });
    };
    const inCopy = (copy: CopyInstruction): void => {
      const owner = ownerOf(copy);
      const { stage, index } = copy;
      if (owner === null || stage === null || copy.onbuild !== null) return;
      const { flag, user, group } = owner;
      const at = flag.valueSpan;
      if (at !== null) misspelt(user, at, stage);
      if (!hasNoAccounts(stage, index)) return;
      const name = [user, group].find(needsEntry);
      if (name === undefined || at === null) return;
      const numbers = [user, ...(group === null ? [] : [group])].map(part =>
        isNumeric(part) ? part : numberOf(part),
      );
      const text = numbers.join(':');
      report('owner', { at, data: { name }, fixes: [fix(`Use ${text}`, 'suggestion', [replace(at, text)])] });
    };
    return {
      instruction: {
        COPY: inCopy,
        ADD: inCopy,
        USER({ words: [word], stage, index, onbuild }) {
          if (word === undefined || stage === null || onbuild !== null) return;
          const [user = '', group = null] = word.value.split(':', 2);
          misspelt(user, word.span, stage);
          if (!hasNoAccounts(stage, index)) return;
          const name = [user, group].find(needsEntry);
          // Without a list of accounts root is known all the same.
          if (name === undefined || (isRootName(user) && group === null)) return;
          const text = [user, ...(group === null ? [] : [group])].map(part =>
            isNumeric(part) ? part : numberOf(part),
          );
          const fixes = [fix(`Use ${text.join(':')}`, 'suggestion', [replace(word.span, text.join(':'))])];
          report('user', { at: word.span, data: { name }, fixes });
        },
      },
    };
  },
});
