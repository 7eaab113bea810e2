// `bulkhead pin`: writes down exactly which images files pull, as their registries say.
import { type ImageAnswers, isPlatform, readImageQuestion } from '../core/engine/image-questions.ts';
import { parse } from '../core/engine/language.ts';
import { carryOut, type PinPlan, type PinResult, planPins, questionsOf } from '../core/repairs/pin-plan.ts';
import { hiddenDiff, paintDiff } from '../core/report/patch.ts';
import { type PinnedFile, pinReport, pinSummary } from '../core/report/pin-text.ts';
import { applyEdits } from '../core/text/edit.ts';
import { lintDocument } from '../host/check.ts';
import { FileProblem } from '../node/file-problem.ts';
import { diskFiles } from '../node/files.ts';
import { registryFinder } from '../node/registry/finder.ts';
import { rememberedFiles } from '../node/remembered.ts';
import { overwriteFile } from '../node/write.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';
import { type Input, isStandardInput, readInputs } from './inputs.ts';
import { deliver, outputFlags, reportStyle, styleOf } from './reports.ts';
import { commonFlags, notExcluded, openSession, type Session } from './session.ts';
import { tell } from './terminal.ts';

interface Pinned {
  readonly input: Input;
  readonly text: string;
  readonly result: PinResult;
}

async function ask(plans: readonly PinPlan[], isFresh: boolean): Promise<ImageAnswers> {
  const questions = [...new Set(plans.flatMap(questionsOf))].flatMap(text => readImageQuestion(text) ?? []);
  const finder = registryFinder({
    projects: [process.cwd()],
    freshness: isFresh ? 'fresh' : 'usual',
  });
  return finder.find(questions);
}

/** Secrets of the file are hidden in its patch. */
async function patchOf({ project, catalogue }: Session, { input, text }: Pinned): Promise<string> {
  if (text === input.text) return '';
  const [before, after] = await Promise.all(
    [input.text, text].map(version => lintDocument(project, catalogue, { ...input, text: version })),
  );
  return hiddenDiff(
    input.path,
    { text: input.text, sensitive: before?.sensitive ?? [] },
    { text, sensitive: after?.sensitive ?? [] },
  );
}

async function write({ input, text }: Pinned): Promise<void> {
  if (text === input.text) return;
  if (input.lossy) {
    throw new FileProblem(input.path, 'is not UTF-8 text and was not rewritten: save it as UTF-8 first');
  }
  await overwriteFile(input.location, text);
}

const reported = ({ input, result }: Pinned): PinnedFile => ({
  path: input.path,
  text: input.text,
  images: result.outcomes.map(({ image, kind, says }) => ({
    name: image.reference.text,
    start: image.at.start,
    kind,
    says,
  })),
});

export const pinCommand = command(
  {
    name: 'pin',
    operands: '[PATH...]',
    summary: 'Write down exactly which images Dockerfiles and Compose files pull',
    notes: `\
Asks the registries of the images, with the accounts of docker login or podman login. A tag becomes the tag
that says most of the same image: node:lts-slim becomes node:24.9.0-slim. With --digest it stays, and the digest stands
behind it: node:lts-slim@sha256:..., of all platforms together where no --platform is named. Images that have a digest
are left alone without --update. A PATH is what it is for bulkhead lint. With - the pinned text is printed. When the
printed text or patch takes standard output, the report goes to standard error.

Answers are kept for ten minutes in the cache folder of the user; --update always asks. Proxies are taken from
HTTPS_PROXY, HTTP_PROXY and NO_PROXY; mirrors, and hosts that speak plain HTTP, from daemon.json and podman's
registries.conf.

Exit codes: 0 every image says what was asked for, 1 images left that have no place for it, 2 the run itself failed, also
where a registry gave no answer.`,
    flags: {
      digest: flag.switch('Digests in place of exact versions'),
      update: flag.switch('Renew the digests that are there; with --digest also add those that are missing'),
      platform: flag.value('OS/ARCH', 'The digest of the image for this platform, such as linux/arm64'),
      'dry-run': flag.switch('Write nothing; print the changes as a patch'),
      config: commonFlags.config,
      'no-config': commonFlags['no-config'],
      'stdin-filename': commonFlags['stdin-filename'],
      ...outputFlags,
    },
  },
  async ({ flags, operands }, terminal) => {
    const { digest, update, platform } = flags;
    if (platform !== undefined && !isPlatform(platform))
      throw new Failure(`--platform ${platform} is no platform. Write it as linux/amd64.`);
    if (platform !== undefined && !digest && !update)
      throw new Failure('--platform chooses a digest. Add --digest or --update.');
    const files = rememberedFiles(diskFiles);
    const session = await openSession({ ...flags, target: undefined, 'fail-on': undefined }, files);
    const { inputs, problems: unread } = await readInputs(operands, flags['stdin-filename'], terminal);
    const chosen = await notExcluded(session, inputs);
    const plans = chosen.map(({ text, language }) =>
      planPins(parse(text, language), { digest, update, platform }),
    );
    const answers = await ask(plans, update);
    const pinned = chosen.map((input, index): Pinned => {
      const result = carryOut(input.text, plans[index] ?? [], answers);
      return { input, result, text: applyEdits(input.text, result.edits) };
    });

    const problems = [...unread];
    const isDry = flags['dry-run'];
    const isText = isStandardInput(operands);
    const style = styleOf(flags.color, terminal);
    for (const file of pinned) {
      if (isDry) terminal.out(paintDiff(await patchOf(session, file), style));
      else if (isText) terminal.out(file.text);
      else {
        await write(file).catch(error => {
          if (!(error instanceof FileProblem)) throw error;
          problems.push(error.message);
        });
      }
    }
    for (const problem of problems) tell(terminal, problem);
    if (inputs.length === 0) return 2;
    const shown = pinned.map(reported);
    const reportedStyle = reportStyle(flags, terminal);
    const report = [
      pinReport(shown, isDry, reportedStyle),
      flags.quiet ? '' : pinSummary(shown, isDry, reportedStyle),
    ];
    const print = isDry || isText ? terminal.err : terminal.out;
    await deliver(report.filter(part => part !== '').join('\n'), flags.output, print);
    const kinds = shown.flatMap(({ images }) => images.map(({ kind }) => kind));
    if (problems.length > 0 || kinds.includes('failed')) return 2;
    return kinds.includes('left') ? 1 : 0;
  },
);
