// Looking versions up: what a person has asked for by an action, with what stood in the way said in a message.
import type { Connection, MessageActionItem, MessageType } from 'vscode-languageserver';
import type { Finding, Fix, LookUp } from '../core/engine/finding.ts';
import type { LookupReach } from '../core/engine/package-versions.ts';
import type { FoundVersions } from '../host/versions.ts';
import type { Check } from './checks.ts';

/** Afterwards the facts are known. */
export type LookUpVersions = (questions: readonly string[]) => Promise<void>;

const warning: MessageType = 2;
const information: MessageType = 3;

const fetchIndex: MessageActionItem = { title: 'Fetch from the Network' };

export function versionLookUp(connection: Connection, versions: FoundVersions): LookUpVersions {
  /** Nothing goes out to the network without a word from the person. */
  const mayConnect = async (problems: readonly string[]): Promise<boolean> => {
    const message = `${problems.join(' ')} A container of the image can ask its repositories.`;
    const answer = await connection.sendRequest<MessageActionItem | null>('window/showMessageRequest', {
      type: information,
      message,
      actions: [fetchIndex],
    });
    return answer?.title === fetchIndex.title;
  };

  const lookUp = async (questions: readonly string[], reach: LookupReach): Promise<void> => {
    const { problems, needsNetwork } = await versions.lookUp(questions, reach);
    if (problems.length === 0) return;
    if (!needsNetwork || reach === 'network') {
      await connection.sendNotification('window/showMessage', { type: warning, message: problems.join(' ') });
      return;
    }
    const open = questions.filter(question => versions.known(question) === null);
    if (await mayConnect(problems)) await lookUp(open, 'network');
  };
  return questions => lookUp(questions, 'local');
}

/** A finding, by its rule and where it starts. */
export interface FindingPlace {
  readonly rule: string;
  readonly start: number;
}

/** The best fix of a finding once its versions are known; null where there is still none. */
export async function fixByLookUp(
  lookUp: (asked: LookUp) => Promise<void>,
  { rule, start }: FindingPlace,
  current: () => Promise<Check>,
): Promise<{ readonly document: Check['document']; readonly fix: Fix } | null> {
  const find = ({ findings }: Check): Finding | undefined =>
    findings.find(finding => finding.rule === rule && finding.span.start === start);
  const asked = find(await current())?.lookUp;
  if (asked) await lookUp(asked);
  if (asked?.onlyTells) return null;
  const after = await current();
  const [fix] = find(after)?.fixes ?? [];
  return fix ? { document: after.document, fix } : null;
}
