// shell-as-process: a list that starts a shell, which waits for the program instead of becoming it.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { ProcessInstruction } from '../../model/dockerfile/model.ts';
import { execBefore, lastCommand } from '../../repairs/exec-form.ts';

export default dockerfileRule({
  id: 'shell-as-process',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A shell that stays the first process',
  messages: {
    waits: {
      text: 'The shell stays the first process and passes no signals on to {program}, which is killed instead of stopped. Put `exec` in front of it.',
    },
  },
  docs: {
    why: '`["sh", "-c", "migrate && app"]` leaves two processes: the shell, which gets the signals, and the program, which does not. `docker stop` waits ten seconds and kills both; what the program had in hand is lost.',
    remedy:
      'Put `exec` in front of the last command: the program takes the place of the shell, and is process 1. What comes before it runs as it did.',
    limits:
      'Some shells do that by themselves for a text that is a single command; which one an image has cannot be seen. Start scripts are not read.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#exec-form-entrypoint-example',
      'https://docs.docker.com/build/building/best-practices/#entrypoint',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The program gets signals that it did not get before.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCMD ["/bin/bash", "-c", "migrate && «app» --port \\"$PORT\\""]\n',
        fixed: 'FROM debian:13\nCMD ["/bin/bash", "-c", "migrate && exec app --port \\"$PORT\\""]\n',
      },
      {
        code: 'FROM debian:13\nENTRYPOINT ["sh", "-c", "«$APP» >/log"]\n',
        fixed: 'FROM debian:13\nENTRYPOINT ["sh", "-c", "exec $APP >/log"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13\nCMD ["sh", "-c", "migrate && exec app"]\n' },
      { code: 'FROM debian:13\nCMD ["sh", "-c", "app | log"]\nENTRYPOINT ["/entrypoint.sh"]\n' },
      { note: 'The shell is what is wanted.', code: 'FROM debian:13\nCMD ["bash"]\n' },
    ],
  },
  check: ({ report }) => {
    const visit = ({ json, words, script }: ProcessInstruction): void => {
      const option = json ? words.findIndex(({ value }) => /^-[a-z]*c$/.test(value)) : -1;
      const text = words[option + 1];
      if (option < 1 || text === undefined) return;
      const last = lastCommand(script, text.span.end - 1);
      if (last?.nameWord == null || last.span.start < text.span.start) return;
      const data = { program: last.name ?? last.nameWord.raw };
      const fixes = [fix('Put exec in front of it', 'unsafe', [execBefore(last)])];
      report('waits', { at: last.nameWord.span, data, fixes });
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit } };
  },
});
