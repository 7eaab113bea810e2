// workdir-in-system-folder: WORKDIR where the container's engine mounts what belongs to the kernel.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { replace } from '../../text/edit.ts';

const kernel =
  '{folder} belongs to the kernel: it is mounted anew for each container, so that nothing stays there, and a process that starts in it can reach the host through some runtimes. Use a folder of your own.';

export default dockerfileRule({
  id: 'workdir-in-system-folder',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A working folder that belongs to the system',
  messages: {
    kernel: { text: kernel, equivalents: ['trivy:DS-0030'] },
    sys: { text: kernel },
    machine: {
      text: '{folder} belongs to the start of a machine, and to the repair of its disk: a container has neither, and tools take what lies there for theirs. Use a folder of your own.',
      severity: 'info',
      equivalents: ['trivy:DS-0030'],
    },
  },
  docs: {
    why: '`/proc`, `/sys` and `/dev` are mounted when a container starts: files that the build puts there are never seen again. `WORKDIR /proc/self/fd/8` was the way out of the container in runc before 1.1.12 (CVE-2024-21626): it led to the file system of the host.',
    remedy: 'Take a folder of your own, such as `/app`, which the repair writes.',
    references: [
      'https://nvd.nist.gov/vuln/detail/CVE-2024-21626',
      'https://docs.docker.com/reference/dockerfile/#workdir',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which folder was meant, the file does not say. One that a variable or a WORKDIR before it leads to is left alone.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nWORKDIR «/proc/self/fd/8»\n',
        fixed: 'FROM alpine:3.24\nWORKDIR /app\n',
      },
      {
        note: 'Where it leads to counts.',
        code: 'FROM alpine:3.24\nENV FD=/proc/self/fd\nWORKDIR «$FD/7»\nWORKDIR «"/sys"»\nWORKDIR «/boot/app»\n',
        fixed: 'FROM alpine:3.24\nENV FD=/proc/self/fd\nWORKDIR $FD/7\nWORKDIR "/app"\nWORKDIR /app\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nWORKDIR /development\nWORKDIR /srv/proc\n' }],
  },
  check: ({ report }) => ({
    instruction: {
      WORKDIR({ words: [word], after, onbuild }) {
        if (word === undefined) return;
        const held = onbuild === null && after.workdir.known ? after.workdir.value : word.value;
        const folder = /^\/(?:proc|sys|dev|boot|initrd|lost\+found)(?=\/|$)/.exec(held)?.[0];
        if (folder === undefined) return;
        const start = word.raw.startsWith('"') || word.raw.startsWith("'") ? 1 : 0;
        const inside = { start: word.span.start + start, end: word.span.end - start };
        const isWritten = word.value.startsWith(folder);
        const fixes = isWritten ? [fix('Write /app', 'suggestion', [replace(inside, '/app')])] : [];
        report(messageFor(folder), { at: word.span, data: { folder }, fixes });
      },
    },
  }),
});

function messageFor(folder: string): 'kernel' | 'sys' | 'machine' {
  if (folder === '/sys') return 'sys';
  return folder === '/proc' || folder === '/dev' ? 'kernel' : 'machine';
}
