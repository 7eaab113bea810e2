// account-password: a password for an account of the image.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { accountCall } from '../../insight/accounts.ts';
import type { DockerfileModel, RunInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { removeArgument } from '../../repairs/commands.ts';
import { removeInstruction } from '../../repairs/removal.ts';

/** The instruction goes where it does nothing else. */
function removal(model: DockerfileModel, run: RunInstruction, { pipeline }: ShellCommand): Fix[] {
  const members = pipeline?.commands ?? [];
  const isAll = run.script.complete && run.script.commands.every(command => members.includes(command));
  const hasComments = run.comments.some(({ span }) => span.start > run.span.start);
  if (!isAll || hasComments || run.onbuild !== null) return [];
  return [fix('Remove the instruction', 'unsafe', [removeInstruction(model, run)])];
}

/** `-p text`, `-ptext`, `--password text`, `--password=text`: the words of it. */
function passwordWords({ args }: ShellCommand): readonly ShellWord[] {
  const at = args.findIndex(({ raw }) => /^(?:-p|--password(?:=|$))/.test(raw));
  const isSplit = /^(?:-p|--password)$/.test(args[at]?.raw ?? '');
  return at < 0 ? [] : args.slice(at, at + (isSplit ? 2 : 1));
}

export default dockerfileRule({
  id: 'account-password',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A password for an account of the image',
  messages: {
    chpasswd: {
      text: 'chpasswd puts a password into the image, or takes it away: whoever has the image can try it, and all containers share it. Containers need no passwords; leave it out.',
      equivalents: ['checkov:CKV2_DOCKER_17'],
    },
    option: {
      text: '{program} puts a password into the image: whoever has the image can try it, and all containers share it. Containers need no passwords; leave it out.',
    },
    passwd: {
      text: 'passwd changes a password of the image, which all containers share. Containers need no passwords; leave it out.',
    },
  },
  docs: {
    why: 'A password in an image is the same in every container, stands in the build history, and its hash in `/etc/shadow` can be tried out by anybody who pulls the image. An empty one opens `su` to everybody inside.',
    remedy:
      'Leave it out: processes are started under an account by `USER` and need no login. For maintenance there is `docker exec --user`.',
    limits: 'For a container that is a login server, such as one for SSH, use keys.',
    references: ['https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Whoever logs in with the password no longer can. Within a longer command the call is left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN echo "app:secret" | «chpasswd»\nRUN apt-get update && «chpasswd» < users\nUSER nobody\n',
        fixed: 'FROM debian:13\nRUN apt-get update && chpasswd < users\nUSER nobody\n',
      },
      {
        code: 'FROM debian:13\nRUN «useradd» -m -p "$HASH" app && «usermod» --password= root\nRUN «passwd» -d root\nUSER app\n',
        fixed: 'FROM debian:13\nRUN useradd -m app && usermod root\nRUN passwd -d root\nUSER app\n',
      },
    ],
    good: [
      {
        note: 'Locking is the opposite.',
        code: 'FROM debian:13\nRUN useradd -m app && passwd -l app && passwd --lock root\nUSER app\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const option = (command: ShellCommand, { keyword }: { readonly keyword: string }): void => {
      const { name, nameWord } = command;
      const call = accountCall(command);
      if (keyword !== 'RUN' || name === null || nameWord === null || call === null) return;
      if (!call.options.has('p') && !call.options.has('password')) return;
      const edits = passwordWords(command).map(word => removeArgument(model, command, word));
      const fixes = edits.length === 0 ? [] : [fix('Leave the password out', 'unsafe', edits)];
      report('option', { at: nameWord.span, data: { program: name }, fixes });
    };
    return {
      command: {
        chpasswd(command, run) {
          if (run.keyword !== 'RUN' || command.nameWord === null) return;
          report('chpasswd', { at: command.nameWord.span, fixes: removal(model, run, command) });
        },
        passwd({ nameWord, args }, { keyword }) {
          if (keyword !== 'RUN' || nameWord === null) return;
          if (args.some(({ raw }) => /^-(?:[lSa]|-(?:lock|status|all|help))$/.test(raw))) return;
          report('passwd', { at: nameWord.span });
        },
        useradd: option,
        usermod: option,
      },
    };
  },
});
