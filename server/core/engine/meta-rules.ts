// What the engine finds itself: about comments that silence rules, about configuration files, about a rule that failed.
import { emptySpan } from '../text/span.ts';
import type { Finding } from './finding.ts';
import { findingOf } from './report.ts';
import type { Message, Report, RuleInfo } from './rule.ts';

type Messages = Readonly<Record<string, Message>>;

/** A kind of finding without a check of its own: the part of the engine that notices it makes the finding. */
interface MetaRule<M extends Messages> extends RuleInfo {
  finding<K extends keyof M & string>(message: K, report: Report<M[K]>): Finding;
}

type Declared = 'id' | 'severity' | 'profile' | 'title' | 'docs' | 'fix';

function metaRule<const M extends Messages>(
  declared: Pick<RuleInfo, Declared> & { readonly messages: M },
): MetaRule<M> {
  const finding = <K extends keyof M & string>(id: K, report: Report<M[K]>): Finding => {
    const message: M[K] = declared.messages[id];
    return findingOf(declared, id, message, report);
  };
  return {
    ...declared,
    language: 'any',
    category: 'correctness',
    since: '0.1.0',
    status: 'stable',
    options: {},
    needs: [],
    examples: { bad: [], good: [] },
    finding,
  };
}

export const unusedSuppression = metaRule({
  id: 'unused-suppression',
  severity: 'info',
  profile: 'recommended',
  title: 'A comment silences a rule that finds nothing there',
  messages: {
    unused: { text: 'The rule `{rule}` finds nothing here that this comment could silence: remove it.' },
  },
  docs: {
    why: 'The weakness it once excused is gone, or the comment stands in the wrong place. Left behind, it will hide the next weakness of that kind without anybody having decided so.',
    remedy:
      'Remove the id, or the whole comment when no id of it is needed. To silence a rule in the whole file, write `# bulkhead ignore-file=<id> -- reason`.',
    limits:
      'Only comments of Bulkhead are judged, and only those about rules that run. Nothing is said while the file has syntax errors or while something outside the file is still unknown.',
    references: [],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'Removing a comment changes no build, but for one above a text that would become a parser directive.',
  },
});

export const unknownSuppression = metaRule({
  id: 'unknown-suppression',
  severity: 'warning',
  profile: 'recommended',
  title: 'A comment tries to silence a rule that does not exist',
  messages: {
    unknown: { text: 'There is no rule `{rule}`: this silences nothing.{meant}' },
    nameless: { text: 'This comment names no rule: write `# bulkhead ignore=<id>[,<id>] -- reason`.' },
  },
  docs: {
    why: 'A misspelt id silences nothing, while a reader believes that somebody looked at the matter and decided.',
    remedy: 'Write the id as `bulkhead rules` lists it. The fix offers the id that is spelt most alike.',
    references: [],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Only the author knows which rule was meant.',
  },
});

export const unreasonedSuppression = metaRule({
  id: 'unreasoned-suppression',
  severity: 'info',
  profile: 'strict',
  title: 'A comment silences a rule without saying why',
  messages: {
    unreasoned: { text: 'Say why this is accepted: add ` -- ` and a reason.' },
  },
  docs: {
    why: 'Nobody can tell later whether the weakness was accepted knowingly, nor whether what excused it still holds.',
    remedy:
      'Write the reason behind two dashes: `# bulkhead ignore=root-user -- the entrypoint drops root itself`.',
    references: [],
  },
  fix: { availability: 'never', why: 'Only the author knows the reason.' },
});

export const invalidConfiguration = metaRule({
  id: 'invalid-configuration',
  severity: 'warning',
  profile: 'recommended',
  title: 'A configuration file says something that has no meaning',
  messages: {
    syntax: { text: 'This is no YAML: {problem}' },
    'unknown-key': { text: 'There is no setting `{name}` here.{meant}' },
    'unknown-rule': { text: 'There is no rule `{name}`.{meant}' },
    'unknown-option': { text: 'The rule `{rule}` has no option `{name}`.{meant}' },
    'wrong-value': { text: '`{name}` must be {expected}.' },
    'missing-file': {
      text: 'There is no file `{path}`, seen from this file: what it would add is left out. Correct the path.',
    },
  },
  docs: {
    why: 'A setting that is misspelt or of the wrong kind is not applied. The file then promises more, or less, than what happens.',
    remedy: 'Write what the message names. Everything else in the file holds meanwhile.',
    references: [],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Only the author knows which name was meant.',
  },
});

export const internalError = metaRule({
  id: 'internal-error',
  severity: 'info',
  profile: 'recommended',
  title: 'A rule failed on the file',
  messages: {
    failed: {
      text: 'The rule {rule} failed on this file and was left out ({error}). Please report it with the file.',
    },
  },
  docs: {
    why: 'A defect of Bulkhead. The other rules went on; what the failed one would have found is missing.',
    remedy:
      'Report it, with the file where that is possible. Until it is repaired, switch the failed rule off.',
    references: [],
  },
  fix: { availability: 'never', why: 'The defect is not in the file.' },
});

export const metaRules: readonly RuleInfo[] = [
  unusedSuppression,
  unknownSuppression,
  unreasonedSuppression,
  invalidConfiguration,
  internalError,
];

/** A rule that threw: told as a finding, so that a host shows it and goes on. */
export const internalFinding = (rule: string, error: unknown): Finding =>
  internalError.finding('failed', {
    at: emptySpan(0),
    data: { rule, error: error instanceof Error ? error.message : String(error) },
  });
