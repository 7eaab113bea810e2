// What builders say that take one instruction after the other: Docker's older builder, and buildah, which podman builds with.
import type { BuildEvent, BuildStep, LogReader, ToldProblem } from './step.ts';
import { StepList } from './step-list.ts';
import { failureText } from './text.ts';

interface Step {
  readonly id: string;
  readonly name: Pick<BuildStep, 'stage' | 'number' | 'total' | 'text'>;
}

/** One of the two: how it begins a step, and what it says that no program in the image has said. */
interface Dialect {
  step(line: string): Step | null;
  readonly cached: RegExp;
  readonly done: RegExp;
  /** Neither a step nor output. */
  readonly aside: RegExp;
  /** What ends it. */
  readonly failure: RegExp;
}

const stepOf = (stage: string | undefined, number = '', total: string | undefined, text = ''): Step => ({
  id: `${stage ?? ''} ${number}`,
  name: {
    stage: stage ?? null,
    number: Number(number),
    total: total === undefined ? null : Number(total),
    text,
  },
});

const docker: Dialect = {
  step(line) {
    const [, number, total, text] = /^Step (\d+)\/(\d+) : (.*)$/s.exec(line) ?? [];
    return number === undefined ? null : stepOf(undefined, number, total, text);
  },
  cached: /^ ---> Using cache$/,
  done: /^ ---> [0-9a-f]{12}$/,
  aside: /^ ---> |^Removing intermediate container|^Successfully (?:built|tagged) |^Sending build context/,
  failure:
    /(The command '.*' returned a non-zero code: \d+)$|^(?:Error response from daemon|ERROR|Error): (.*)$/s,
};

const buildah: Dialect = {
  step(line) {
    const found = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)(?:\/(\d+))?: (.*)$/s.exec(line);
    return found && stepOf(found[1], found[2], found[3], found[4]);
  },
  cached: /^--> Using cache /,
  done: /^--> [0-9a-f]{7,64}$/,
  aside: /^(?:\[\d+\/\d+\] )?COMMIT\b|^Successfully tagged |^[0-9a-f]{64}$|^time="/,
  failure: /^Error: (?:error )?(?:building at STEP ".*?": )?(.*)$/s,
};

const dialectOf = (line: string): Dialect | undefined =>
  [docker, buildah].find(({ step }) => step(line) !== null);

/** The reader for a log that has this line; null where no builder of this kind says so. */
export function sequentialLog(line: string): SequentialLog | null {
  const dialect = dialectOf(line);
  if (dialect?.step(line)?.name.number === 1) return new SequentialLog(dialect);
  return docker.aside.test(line) ? new SequentialLog(docker) : null;
}

export class SequentialLog implements LogReader {
  readonly #list = new StepList();
  readonly #warnings = new Map<string, ToldProblem>();
  readonly #dialect: Dialect;
  #current: Step | null = null;
  /** The last line that was said, and the last one that tells of a failure. */
  #last = '';
  #failure: string | null = null;
  #now = 0;

  constructor(dialect: Dialect = docker) {
    this.#dialect = dialect;
  }

  get steps(): readonly BuildStep[] {
    return this.#list.steps;
  }

  read(line: string, at: number): BuildEvent[] {
    this.#now = at;
    const { step: read, cached, done, aside, failure } = this.#dialect;
    const step = read(line);
    if (step && this.#isNext(step)) return this.#begin(step, at);
    if (line.trim() !== '') this.#last = line;
    const told = failure.exec(line);
    // A program can say so too: who does last has the word.
    if (told) this.#failure = told.slice(1).find(text => text !== undefined) ?? line;
    const current = this.#current;
    if (cached.test(line) && current) return this.#list.end(current.id, 'cached', at, 0);
    if (done.test(line) && current) return this.#end(at);
    if (aside.test(line)) {
      this.#warn(line);
      return [];
    }
    return current ? this.#list.print(current.id, line) : [{ kind: 'output', step: null, text: line }];
  }

  /** A program that prints what looks like a step would have to know which one comes next. */
  #isNext({ name }: Step): boolean {
    const last = this.#current?.name;
    return !last || name.number === 1 || name.number === (last.number ?? 0) + 1;
  }

  #begin(step: Step, at: number): BuildEvent[] {
    const ended = this.#end(at);
    this.#current = step;
    this.#failure = null;
    return [...ended, ...this.#list.begin(step.id, step.name, at)];
  }

  #end(at: number): BuildEvent[] {
    const { id } = this.#current ?? {};
    const isOpen = id !== undefined && this.#list.find(id)?.state === 'running';
    return isOpen ? this.#list.end(id, 'done', at) : [];
  }

  /** Of buildah: `time="..." level=warning msg="..."`. */
  #warn(line: string): void {
    const [, quoted = ''] = /^time="[^"]*" level=warning msg=("(?:[^"\\]|\\.)*")$/.exec(line) ?? [];
    const message = quoted.slice(1, -1).replace(/\\(.)/g, '$1');
    if (message === '' || this.#warnings.has(message)) return;
    const step = this.#list.find(this.#current?.id ?? '') ?? null;
    this.#warnings.set(message, { severity: 'warning', code: 'buildah', message, lines: null, step });
  }

  problems(hasFailed: boolean): ToldProblem[] {
    const warnings = [...this.#warnings.values()];
    if (!hasFailed) return warnings;
    const { id } = this.#current ?? {};
    if (id !== undefined) this.#list.end(id, 'failed', this.#now);
    const step = this.#list.failed;
    const words = this.#failure ?? this.#last;
    const line = /parse error (?:on )?line (\d+)/.exec(words)?.[1];
    const message = words.replace(
      /^dockerfile parse error (?:on )?line \d+: |^failed to parse Dockerfile: /,
      '',
    );
    const output = this.#list.outputOf(step).filter(said => !said.includes(words));
    return [
      {
        severity: 'error',
        code: 'build-failed',
        message: failureText(message, output),
        lines: line === undefined ? null : [Number(line), Number(line)],
        step,
      },
      ...warnings,
    ];
  }
}
