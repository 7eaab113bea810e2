// Offers: what a person can choose at a place of a checked document. Nothing is edited and no message made here.
import { allowedBy, type Finding, type Safety } from '../core/engine/finding.ts';
import type { PinAsk } from '../core/engine/image-questions.ts';
import { suppress } from '../core/engine/suppressions/write.ts';
import { showRuleCommand } from '../core/protocol/messages.ts';
import { type Span, touches } from '../core/text/span.ts';
import { fixAllKind, hardenKind, quickFixKind, suppressKind } from './action-kinds.ts';
import type { Check } from './checks.ts';
import type { FixAllChoice } from './fix-all.ts';
import type { Change } from './workspace-edit.ts';

/** Stands in a new suppression until the person writes the reason over it. */
const reasonPlaceholder = 'say why';

/** An image by where it is named, and what is asked about it. */
export interface PinPlace {
  readonly start: number;
  readonly ask: PinAsk;
}

export interface Offer {
  readonly title: string;
  readonly kind: string;
  /** Null where it is about the whole file. */
  readonly finding: Finding | null;
  readonly isPreferred: boolean;
  readonly does:
    | { readonly kind: 'change'; readonly change: Change }
    | { readonly kind: 'fix-all'; readonly choice: FixAllChoice }
    | { readonly kind: 'look-up'; readonly finding: Finding }
    | ({ readonly kind: 'pin' } & PinPlace)
    /** A command of the client, or of ours. */
    | { readonly kind: 'command'; readonly command: string; readonly argument: unknown };
}

const quickFix = (
  title: string,
  finding: Finding,
  does: Offer['does'],
  { isPreferred = false, kind = quickFixKind }: Partial<Pick<Offer, 'isPreferred' | 'kind'>> = {},
): Offer => ({ title, kind, finding, isPreferred, does });

export function repairs(touched: readonly Finding[]): Offer[] {
  return touched.flatMap(finding => {
    const preferred = finding.fixes.find(({ safety }) => safety === 'safe');
    return finding.fixes.map(fix =>
      quickFix(fix.title, finding, { kind: 'change', change: fix }, { isPreferred: fix === preferred }),
    );
  });
}

/** What has to be looked up before it can be repaired. */
const lookUps = (touched: readonly Finding[]): Offer[] =>
  touched.flatMap(finding =>
    finding.lookUp ? quickFix(finding.lookUp.title, finding, { kind: 'look-up', finding }) : [],
  );

/** For a rule with several repairs in the file; as daring as the first one that it offers here. */
function repairsOfRules(touched: readonly Finding[], all: readonly Finding[]): Offer[] {
  return touched.flatMap(finding => {
    const { rule } = finding;
    const upTo = finding.fixes[0]?.safety;
    if (upTo === undefined || upTo === 'suggestion') return [];
    const repairable = all.filter(
      other => other.rule === rule && other.fixes.some(({ safety }) => allowedBy(upTo, safety)),
    );
    if (repairable.length < 2) return [];
    return quickFix(`Fix all ${rule} in this file`, finding, { kind: 'fix-all', choice: { rule, upTo } });
  });
}

function suppressions({ model }: Check, touched: readonly Finding[]): Offer[] {
  if (!model) return [];
  const offer = (title: string, finding: Finding, scope: 'here' | 'file'): Offer[] => {
    const edits = suppress(model, finding, scope, reasonPlaceholder);
    if (edits.length === 0) return [];
    return [
      quickFix(title, finding, { kind: 'change', change: { edits, files: [] } }, { kind: suppressKind }),
    ];
  };
  return touched.flatMap(finding => [
    ...offer(`Ignore ${finding.rule} here`, finding, 'here'),
    ...offer(`Ignore ${finding.rule} in this file`, finding, 'file'),
  ]);
}

/** One action for the safe repairs of the file, one for all that need no choice. */
function repairsOfFile({ findings }: Check): Offer[] {
  const offer = (title: string, kind: string, upTo: Safety): Offer[] => {
    const isDue = findings.some(({ fixes }) => fixes.some(({ safety }) => allowedBy(upTo, safety)));
    if (!isDue) return [];
    const does = { kind: 'fix-all', choice: { upTo } } as const;
    return [{ title, kind, finding: null, isPreferred: false, does }];
  };
  return [
    ...offer('Apply all safe fixes of Bulkhead', fixAllKind, 'safe'),
    ...offer('Apply all fixes of Bulkhead, also those that may change behaviour', hardenKind, 'unsafe'),
  ];
}

/** The best first: repairs, then what silences, then what explains. */
export function offersAt(check: Check, place: Span): Offer[] {
  const touched = check.findings.filter(({ span }) => touches(span, place));
  const seen = new Set<string>();
  const oneOfRule = touched.filter(({ rule }) => !seen.has(rule) && seen.add(rule));
  return [
    ...repairs(touched),
    ...lookUps(touched),
    ...repairsOfRules(oneOfRule, check.findings),
    ...repairsOfFile(check),
    ...suppressions(check, oneOfRule),
    ...oneOfRule.map(finding =>
      quickFix(`Show rule ${finding.rule}`, finding, {
        kind: 'command',
        command: showRuleCommand,
        argument: finding.rule,
      }),
    ),
  ];
}
