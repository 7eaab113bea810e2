// The line about secrets: where a service and its image have theirs from.
import { meantBy } from '../../model/compose/effective.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { Evidence, Value } from '../checklist.ts';
import { cis, type Line, owasp } from '../line.ts';
import type { ServiceSubject } from '../subject.ts';
import { atKey, inFile, listed, told, unknownDockerfile, untold } from '../values.ts';

/** The names under `secrets`, short and long form. */
function secretNames({ model, service }: ServiceSubject): string[] {
  const node = service.get('secrets')?.node;
  const long = node?.kind === 'sequence' ? node.items.map(item => meantBy(item)) : [];
  const sources = long.flatMap(item =>
    item.kind === 'map' ? item.pairs.filter(({ key }) => key.text === 'source') : [],
  );
  const named = sources.flatMap(({ value }) => (value?.kind === 'scalar' ? value.text : []));
  return [...itemsOf(model, service, 'secrets').map(({ text }) => text), ...named];
}

/** What is written in is counted, and shown by nobody. */
function written(evidence: readonly Evidence[]): Value | null {
  const [first] = evidence;
  if (!first) return null;
  const { finding, where } = first;
  return told(
    evidence.length === 1 ? 'one is written in' : `${evidence.length} are written in`,
    inFile(finding.span, where),
  );
}

function secretsOf(subject: ServiceSubject, evidence: readonly Evidence[]): Value {
  const found = written(evidence);
  if (found) return found;
  const { service, isBuilt, dockerfile } = subject;
  const names = secretNames(subject);
  if (isBuilt && !dockerfile) return untold(unknownDockerfile, atKey(service, 'build'));
  if (names.length > 0) return told(`from files: ${listed(names)}`, atKey(service, 'secrets'));
  const hasVariables = service.get('environment') !== undefined || service.get('env_file') !== undefined;
  if (!hasVariables) return told('it is given none', inFile(service.nameSpan));
  return told('in variables', atKey(service, service.get('environment') ? 'environment' : 'env_file'));
}

export const secretsOutside: Line = {
  id: 'secrets-outside',
  title: 'Secrets from outside',
  why: 'What stands in the file or in a layer of the image, everybody has who has the repository or the image, and that for good.',
  references: [cis('4.10'), owasp(12, 'utilize-docker-secrets-for-sensitive-data-management')],
  rules: {
    compose: [
      'compose-plaintext-secret',
      'compose-secret-in-command',
      'compose-secret-in-build',
      'compose-secret-in-label',
      'compose-secret-in-option',
      'compose-committed-env-file',
      'compose-insecure-default',
    ],
    dockerfile: [
      'secret-in-env',
      'secret-in-arg',
      'secret-in-run',
      'secret-in-copy',
      'secret-in-label',
      'copied-credentials',
      'account-password',
      'readable-secret-mount',
    ],
  },
  service: secretsOf,
  image: ({ insight: { stage } }, evidence) =>
    written(evidence) ?? told('none is found in it', inFile(stage.from.span)),
};
