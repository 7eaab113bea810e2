// malformed-label-key: a key of a label that Docker keeps for itself, or that is not written as keys are.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { inheritsVariable } from '../../insight/environment.ts';
import type { KeyValue, VariablesInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';

const wellFormed = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)(?:\.|$)/;

/** Keys in Docker's namespaces that are for everybody's images. */
const published = /^com\.docker\.(?:image\.source\.entrypoint$|extensions?\.)/;

/** A variable that the file sets, or perhaps its base; any other `$` is a character that keys do not have. */
const isFilledIn = ({ before, stage }: VariablesInstruction, key: string): boolean =>
  Array.from(key.matchAll(/\$\{?(\w+)/g)).some(
    ([, name = '']) =>
      before.variable(name) !== undefined || (stage !== null && inheritsVariable(stage, name) !== false),
  );

/** The key in lower case, with hyphens for everything else. */
const keyMeant = (key: string): string =>
  key
    .replace(/(?<=[a-z0-9])(?=[A-Z][a-z])/g, '-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/-*\.[-.]*/g, '.')
    .replace(/^[^a-z]+|[^a-z0-9]+$/g, '');

function fixesFor({ stage }: VariablesInstruction, { name, nameSpan, value }: KeyValue): Fix[] {
  const meant = keyMeant(name);
  const isTaken = stage?.instructions.some(
    other => other.keyword === 'LABEL' && other.pairs.some(pair => pair.name === meant),
  );
  if (!wellFormed.test(meant) || isTaken || value === null || name.includes('$')) return [];
  return [fix(`Write ${meant}`, 'unsafe', [replace(nameSpan, meant)])];
}

export default dockerfileRule({
  id: 'malformed-label-key',
  category: 'style',
  severity: 'hint',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A key of a label that is not written as keys are',
  messages: {
    reserved: {
      text: '{key} is in a namespace that Docker keeps for itself: its tools may read or overwrite it. Use the reversed name of a domain of your own.',
      equivalents: ['hadolint:DL3048', 'tally:labels/valid-key'],
    },
    malformed: {
      text: '{key} is not written as keys of labels are: tools that filter by labels may not accept it. Use lower-case letters and digits, parted by single dots and hyphens.',
      equivalents: ['hadolint:DL3048', 'tally:labels/valid-key'],
    },
  },
  docs: {
    why: 'Keys of labels are shared by all tools that look at an image. Those that begin with `com.docker`, `io.docker` and `org.dockerproject` belong to Docker. Others are lower-case letters and digits with single dots and hyphens between them: case, blanks and underscores are where the keys of one team drift apart.',
    remedy:
      'Write the key in lower case with hyphens, behind the reversed name of a domain where others use the image too. The repair does so, unless the key is there already.',
    references: ['https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Whoever asks for the old key gets nothing. Which namespace is yours, only you know.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nLABEL «Maintainer»="core@example.com" \\\n      «"build_date"»=today «com..example--»=1 «"my team"»=core\n',
        fixed:
          'FROM alpine:3.24\nLABEL maintainer="core@example.com" \\\n      build-date=today com.example=1 my-team=core\n',
      },
      {
        note: 'No variable of that name is set.',
        code: 'FROM alpine:3.24\nLABEL «com.example.$cost»=1\n',
        fixed: 'FROM alpine:3.24\nLABEL com.example.$cost=1\n',
      },
      {
        note: 'Namespaces of Docker.',
        code: 'FROM alpine:3.24\nLABEL «com.docker.team»=core com.docker.image.source.entrypoint=Dockerfile\n',
      },
    ],
    good: [
      { code: 'FROM alpine:3.24\nARG PREFIX=com.example\nLABEL $PREFIX.team=core\n' },
      {
        code: 'FROM alpine:3.24\nLABEL maintainer="core@example.com" com.example.cost-centre=42 org.opencontainers.image.title=app\n',
      },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      LABEL(label) {
        for (const pair of label.pairs) {
          const { name: key, nameSpan: at } = pair;
          if (isFilledIn(label, key)) continue;
          if (reserved.test(key) && !published.test(key)) report('reserved', { at, data: { key } });
          else if (!wellFormed.test(key))
            report('malformed', { at, data: { key }, fixes: fixesFor(label, pair) });
        }
      },
    },
  }),
});
