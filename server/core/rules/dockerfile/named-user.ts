// named-user: USER with a name, where a number says the same to everybody.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { isNumeric, isRootName } from '../../insight/owner.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { UserInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'named-user',
  category: 'security',
  settledBy: ['user'],
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'USER with a name',
  messages: {
    name: {
      text: 'The number of {user} stands in the image alone: Kubernetes cannot tell that it is not root (`runAsNonRoot` refuses to start it), and mounted files show other owners. Name the number.',
      equivalents: ['hadolint:DL3066'],
    },
  },
  docs: {
    why: 'Outside the container nobody reads its `/etc/passwd`. Kubernetes with `runAsNonRoot` refuses an image whose user is a name, as it cannot know that the name does not stand for 0, and a package update may give the name another number.',
    remedy:
      'Create the account with a number (`useradd --uid 10001`) and write `USER 10001`. The repair takes the number that the file or the table of official images states.',
    references: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://docs.docker.com/reference/dockerfile/#user',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The number is known where the account is created with one, or comes with an official image.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN groupadd -g 10001 app && useradd -u 10001 -g app app\nUSER «app»:app\nCMD ["app"]\n',
        fixed:
          'FROM debian:13\nRUN groupadd -g 10001 app && useradd -u 10001 -g app app\nUSER 10001:app\nCMD ["app"]\n',
      },
      {
        note: 'The tool chose the number.',
        code: 'FROM alpine:3.24\nRUN adduser -S app\nUSER «app»\n',
        fixed: 'FROM alpine:3.24\nRUN adduser -S app\nUSER app\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nUSER 10001:app\n' },
      {
        note: 'Only the last one of the image counts, and root is 0 everywhere.',
        code: 'FROM debian:13 AS build\nUSER build\nFROM debian:13\nUSER app\nUSER root\nARG UID\nUSER $UID\n',
      },
      { code: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nUSER ContainerUser\n' },
    ],
  },
  check: ({ model, report }) => {
    let last: UserInstruction | null = null;
    return {
      instruction: {
        USER(instruction) {
          if (instruction.onbuild === null) last = instruction;
        },
      },
      end() {
        const instruction = last as UserInstruction | null;
        const [word] = instruction?.words ?? [];
        if (instruction === null || word === undefined || word.value.includes('$')) return;
        const { stage } = instruction;
        const [name = ''] = word.value.split(':', 1);
        const isLeft = stage !== null && !model.finalStage?.chain.includes(stage);
        if (isLeft || isNumeric(name) || isRootName(name)) return;
        const start = word.span.start + Math.max(word.raw.indexOf(name), 0);
        const at = span(start, start + name.length);
        const insight = stage && inspectStage(stage);
        // Accounts of Windows have no such numbers.
        if (insight?.system?.family === 'windows') return;
        const uid = insight?.accounts.find(account => account.name === name)?.uid;
        const isPlain = spanText(model.text, at) === name;
        const fixes =
          uid == null || !isPlain ? [] : [fix(`Use ${uid}`, 'unsafe', [replace(at, String(uid))])];
        report('name', { at: isPlain ? at : word.span, data: { user: name }, fixes });
      },
    };
  },
});
