// shell-in-scratch: RUN without a shell to run it.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { lacksShell } from '../../insight/shell-presence.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { RunInstruction } from '../../model/dockerfile/model.ts';
import { listOf, onlyProgram } from '../../repairs/exec-form.ts';

/** A single program by its path, with words that need no shell to be understood. */
function execForm({ script, heredocs }: RunInstruction): Fix[] {
  const words = heredocs.length > 0 ? null : onlyProgram(script);
  const [program] = words ?? [];
  if (words === null || !program?.value?.startsWith('/')) return [];
  return [fix('Start the program without a shell', 'suggestion', listOf(words, program.span.start))];
}

export default dockerfileRule({
  id: 'shell-in-scratch',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A command in an image without a shell',
  messages: {
    'no-shell': {
      text: 'RUN needs /bin/sh, and nothing has put a shell into this image, which begins with {base}: the build fails. Run it in an earlier stage and copy the result.',
      equivalents: ['tally:shell-run-in-scratch'],
    },
  },
  docs: {
    why: '`scratch` is empty, and distroless images hold no shell. `RUN` in its usual form starts `/bin/sh -c`, which is not there: `exec: "/bin/sh": no such file or directory`.',
    remedy:
      'Do the work in an earlier stage and copy what comes out of it. A program that is already there can be started without a shell, by a JSON list; the repair writes one where the command is no more than a program and its arguments.',
    limits:
      'A `COPY` or `ADD` of folders of programs, archives and whole file systems is taken to bring a shell.',
    references: [
      'https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Most commands need a shell or programs of a base image: where they run instead is a matter of design.',
  },
  examples: {
    bad: [
      {
        code: 'FROM scratch\nCOPY app /app\nRUN «chmod +x /app»\n',
        fixed: 'FROM scratch\nCOPY app /app\nRUN chmod +x /app\n',
      },
      {
        code: 'FROM scratch\nCOPY app /app\nRUN «/app --init "a b"»\n',
        fixed: 'FROM scratch\nCOPY app /app\nRUN ["/app", "--init", "a b"]\n',
      },
      {
        code: 'FROM gcr.io/distroless/static-debian12:nonroot\nRUN «adduser app»\n',
        fixed: 'FROM gcr.io/distroless/static-debian12:nonroot\nRUN adduser app\n',
      },
    ],
    good: [
      { code: 'FROM scratch\nCOPY app /app\nRUN ["/app", "--init"]\n' },
      { code: 'FROM scratch\nADD rootfs.tar.xz /\nRUN apk --version\n' },
      { code: 'FROM scratch\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\nRUN echo hello\n' },
    ],
  },
  check: ({ report }) => ({
    instruction: {
      RUN(run) {
        const { stage, json, index, words } = run;
        if (json || stage === null || run.onbuild !== null || !lacksShell(stage, index)) return;
        const [text] = words;
        if (text === undefined || text.value === '') return;
        const base = inspectStage(stage).base ?? '';
        report('no-shell', { at: text.span, data: { base }, fixes: execForm(run) });
      },
    },
  }),
});
