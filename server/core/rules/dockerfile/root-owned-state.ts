// root-owned-state: data that outlives the container, written by root.
import { dockerfileRule } from '../../engine/rule.ts';
import { absolutePath, destinationOf } from '../../insight/copy-target.ts';
import { mentions } from '../../insight/run-effects.ts';
import { runsAs } from '../../insight/runs-as.ts';
import { inspectStage } from '../../insight/stage.ts';
import type { Instruction, Stage } from '../../model/dockerfile/model.ts';
import type { Span } from '../../text/span.ts';

const dataFolder = /^\/(?:data|srv|var\/(?:lib|log|cache|run|spool)\/.+)(?:\/|$)/;

const isTemporary = (path: string): boolean => /^\/(?:var\/)?tmp\/?$/.test(path);

interface State {
  readonly at: Span;
  readonly path: string;
}

/** What an instruction says of folders for data: volumes, then working folders and places that files are copied to. */
function stateIn(instruction: Instruction): State[] {
  const { keyword, words, before } = instruction;
  if (keyword === 'VOLUME') {
    return words.flatMap(({ span: at, value: path }) => (isTemporary(path) ? [] : [{ at, path }]));
  }
  const [first] = words;
  const path =
    keyword === 'WORKDIR' && first !== undefined
      ? absolutePath(first.value, before)
      : keyword === 'COPY' || keyword === 'ADD'
        ? destinationOf(instruction)
        : null;
  const word = keyword === 'WORKDIR' ? first : words.at(-1);
  return path !== null && word !== undefined && dataFolder.test(path) ? [{ at: word.span, path }] : [];
}

/** Folders that a command makes. */
function madeIn(instruction: Instruction): State[] {
  if (instruction.keyword !== 'RUN') return [];
  return instruction.script.commands.flatMap(({ name, args }) =>
    name !== 'mkdir'
      ? []
      : args.flatMap(({ value, span: at }) =>
          value !== null && dataFolder.test(value) ? [{ at, path: value }] : [],
        ),
  );
}

/** A first look: paths with variables are put together from what stands in ENV and ARG. */
const mayHoldState = (instruction: Instruction): boolean =>
  instruction.keyword === 'VOLUME' || mentions(instruction, /data|srv|var/);

const firstState = ({ chain }: Stage): State | undefined => {
  const own = chain.flatMap(({ instructions }) => instructions);
  if (!own.some(mayHoldState)) return undefined;
  const volumes = own.filter(({ keyword }) => keyword === 'VOLUME').flatMap(stateIn);
  return volumes[0] ?? own.flatMap(stateIn)[0] ?? own.flatMap(madeIn)[0];
};

export default dockerfileRule({
  id: 'root-owned-state',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Data that root writes',
  messages: {
    state: {
      text: '{path} holds data that outlives the container, and root writes it: what gets into the process changes all of it, and files of root are left on the host. Run as an account that owns this folder.',
      equivalents: ['tally:stateful-root-runtime'],
    },
  },
  docs: {
    why: 'A process of root that is broken into is bad; one that holds a volume is worse. It can change or lock all data, plant files that other containers and backups pick up, and leaves files on the host that only root can remove.',
    remedy:
      'Create an account, give it the folder before `VOLUME` (`RUN install -d -o app -g app /data`), and set `USER`. The rule `root-user` offers that as a repair.',
    limits: 'An entrypoint that changes to another account is seen where its tool is named or installed.',
    references: ['https://docs.docker.com/reference/dockerfile/#volume'],
  },
  fix: {
    availability: 'never',
    why: 'The repair is that of `root-user`, which finds the same image at another place.',
  },
  examples: {
    bad: [
      { code: 'FROM debian:13\nWORKDIR /srv\nVOLUME «/cache» /data\nCMD ["app"]\n' },
      { code: 'FROM debian:13\nWORKDIR «/var/lib/app»\nCMD ["app"]\n' },
      { code: 'FROM debian:13\nRUN mkdir -p /opt/x «/var/log/app»\nCMD ["app"]\n' },
    ],
    good: [
      { code: 'FROM debian:13\nVOLUME /data\nUSER 10001\nCMD ["app"]\n' },
      { code: 'FROM debian:13\nVOLUME /data\nENTRYPOINT ["gosu", "app", "app"]\n' },
      { code: 'FROM debian:13\nWORKDIR /app\nCOPY . .\nCMD ["app"]\n' },
    ],
  },
  check: ({ report }) => ({
    stage(stage) {
      if (!stage.isFinal) return;
      const state = firstState(stage);
      if (state === undefined || runsAs(inspectStage(stage)).kind !== 'root') return;
      report('state', { at: state.at, data: { path: state.path } });
    },
  }),
});
