// What BuildKit refuses: every row is refused, or accepted where no place is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DockerfileProblem } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { laterProblemsIn } from '../../server/core/model/dockerfile/problems.ts';
import { at } from './dockerfile/show.ts';

/** The stage of the first problem, the words of its message that matter, and its place. */
type Refusal = [stage: DockerfileProblem['stage'], message: RegExp, place: string];
type Rows = readonly (readonly [text: string, refusal?: Refusal])[];

// biome-ignore format: one row a case
const files: Rows = [
  ['FROM a'],
  ['', ['parse', /no instructions/, '']],
  ['# c\n\n', ['parse', /no instructions/, '']],
  ['ARG A=1', ['instruction', /no FROM/, 'ARG']],
  ['RUN a\nRUN b', ['instruction', /RUN cannot stand before/, 'RUN']],
  ['ARG A\nFROM a'],
  ['ARG A\nRUN a\nFROM b', ['instruction', /RUN cannot stand before/, 'RUN']],
  ['# escape=`\n# escape=`\nFROM a', ['parse', /"escape" may be given once/, '# escape=`']],
  ['# escape=ab\nFROM a', ['parse', /escape character/, 'ab']],
  [`FROM a\nRUN ${'x'.repeat(70_000)}`, ['parse', /longer than/, `RUN ${'x'.repeat(70_000)}`]],
  [`FROM a\nRUN ${'é'.repeat(30_000)} \\\n${'é'.repeat(30_000)}`],
  ['FROM a\nFRMO b', ['instruction', /"FRMO"\. Did you mean FROM\?/, 'FRMO']],
  ['FROM a\nXYZZY b', ['instruction', /"XYZZY"\.$/, 'XYZZY']],
  ['FROM a\nRNU b', ['instruction', /Did you mean RUN\?/, 'RNU']],
];

// biome-ignore format: one row a case
const splitting: Rows = [
  ['FROM a\nCMD ["a", 1]', ['parse', /strings only/, '["a", 1]']],
  ['FROM a\nHEALTHCHECK CMD [["a"]]', ['parse', /strings only/, '[["a"]]']],
  ['FROM a\nONBUILD CMD [1]', ['parse', /strings only/, '[1]']],
  ['FROM a\nCMD ["a",]'],
  ['FROM a\nRUN cat <<E\nx', ['parse', /E alone is missing/, '<<E']],
  ['FROM a\nRUN echo $((1 << 2))', ['parse', /heredoc/, '<< 2))']],
  ['FROM a\nENV A', ['parse', /ENV needs a name and a value/, 'A']],
  ['FROM a\nLABEL A=1 B', ['parse', /"B" has no "="/, 'B']],
  ['FROM a\nONBUILD ENV A', ['parse', /ENV needs a name and a value/, 'A']],
  ['FOO\nFROM a\nENV A', ['parse', /ENV needs/, 'A']],
];

// biome-ignore format: one row a case
const argumentsOfInstructions: Rows = [
  ['FROM a b', ['instruction', /FROM takes/, 'b']],
  ['FROM a AS b c d', ['instruction', /FROM takes/, 'c d']],
  ['FROM', ['instruction', /FROM needs an argument/, 'FROM']],
  ['FROM a of b', ['instruction', /stands AS, not "of"/, 'of']],
  ['FROM a as 1b', ['instruction', /"1b" is no name/, '1b']],
  ['FROM a AS B-c_d.1'],
  ['FROM a\nRUN'],
  ['FROM a\nCMD'],
  ['FROM a\nENTRYPOINT []'],
  ['FROM a\nUSER', ['instruction', /USER needs an argument/, 'USER']],
  ['FROM a\nARG', ['instruction', /ARG needs an argument/, 'ARG']],
  ['FROM a\nENV', ['instruction', /ENV needs an argument/, 'ENV']],
  ['FROM a\nENV =b', ['instruction', /A name is missing in ENV/, '=b']],
  ['FROM a\nARG A =b', ['instruction', /A name is missing in ARG/, '=b']],
  ['FROM a\nCOPY b', ['instruction', /COPY needs a source/, 'COPY b']],
  ['FROM a\nADD', ['instruction', /ADD needs a source/, 'ADD']],
  ['FROM a\nCOPY b <<E\nE', ['instruction', /destination of COPY/, '<<E']],
  ['FROM a\nVOLUME ["/a", " "]', ['instruction', /path/, '" "']],
  ['FROM a\nSHELL []', ['instruction', /the list is empty/, 'SHELL']],
  ['FROM a\nSHELL', ['instruction', /SHELL needs an argument/, 'SHELL']],
  ['FROM a\nSHELL /bin/sh', ['instruction', /JSON list/, 'SHELL /bin/sh']],
  ['FROM a\nONBUILD', ['instruction', /ONBUILD needs/, 'ONBUILD']],
  ['FROM a\nONBUILD FROM b', ['instruction', /cannot hold FROM/, 'FROM']],
  ['FROM a\nONBUILD ONBUILD RUN b', ['instruction', /cannot hold ONBUILD/, 'ONBUILD']],
  ['FROM a\nONBUILD MAINTAINER b', ['instruction', /cannot hold MAINTAINER/, 'MAINTAINER']],
  ['FROM a\nONBUILD FOO b'],
  ['FROM a\nHEALTHCHECK', ['instruction', /HEALTHCHECK needs/, 'HEALTHCHECK']],
  ['FROM a\nHEALTHCHECK CMD', ['instruction', /needs a command/, 'CMD']],
  ['FROM a\nHEALTHCHECK NONE a', ['instruction', /takes no arguments/, 'a']],
  ['FROM a\nHEALTHCHECK curl a', ['instruction', /"curl" is no kind/, 'curl']],
];

// biome-ignore format: one row a case
const flags: Rows = [
  ['FROM --platform=a b'],
  ['FROM --plattform=a b', ['instruction', /FROM has no flag --plattform\. Did you mean --platform\?/, '--plattform=a']],
  ['FROM a\nCMD --a b', ['instruction', /CMD has no flag --a\.$/, '--a']],
  ['FROM a\nCOPY --from=b --link --parents --chmod=1 --chown=2 --exclude=x --exclude=y a b'],
  ['FROM a\nADD --keep-git-dir=true --checksum=$SUM --unpack=FALSE --link --chmod=1 --chown=2 --exclude=x https://a.b/c b'],
  ['FROM a\nADD --from=b c d', ['instruction', /ADD has no flag --from/, '--from=b']],
  ['FROM a\nCOPY --CHOWN=b c d', ['instruction', /no flag --CHOWN\. Did you mean --chown\?/, '--CHOWN=b']],
  ['FROM a\nCOPY --chown=b --chown=c d e', ['instruction', /once only/, '--chown=c']],
  ['FROM a\nCOPY --chown b c', ['instruction', /--chown needs a value/, '--chown']],
  ['FROM a\nCOPY --link=b c d', ['instruction', /true or false/, '--link=b']],
  ['FROM a\nCOPY --link= c d', ['instruction', /--link needs a value/, '--link=']],
  ['FROM a\nCOPY --constructor=b c d', ['instruction', /no flag --constructor/, '--constructor=b']],
  ['FROM a\nARG --a b'],
  ['FROM a\nSTOPSIGNAL --a TERM'],
  ['FROM a\nHEALTHCHECK --a NONE'],
  ['FROM a\nHEALTHCHECK --interval=1h30m --timeout=1.5s --start-period=0 --start-interval=300ms --retries=0 CMD b'],
  ['FROM a\nHEALTHCHECK --interval=5 CMD b', ['instruction', /unit is missing in the duration "5"/, '--interval=5']],
  ['FROM a\nHEALTHCHECK --interval=1x CMD b', ['instruction', /"x" in the duration "1x" is no unit/, '--interval=1x']],
  ['FROM a\nHEALTHCHECK --interval=soon CMD b', ['instruction', /"soon" is no duration/, '--interval=soon']],
  ['FROM a\nHEALTHCHECK --timeout=100us CMD b', ['instruction', /at least 1ms/, '--timeout=100us']],
  ['FROM a\nHEALTHCHECK --timeout=-1s CMD b', ['instruction', /at least 1ms/, '--timeout=-1s']],
  ['FROM a\nHEALTHCHECK --retries=-1 CMD b', ['instruction', /cannot be negative/, '--retries=-1']],
  ['FROM a\nHEALTHCHECK --retries=many CMD b', ['instruction', /"many" is no number/, '--retries=many']],
  ['FROM a\nRUN --network=none --security=insecure --device=a b'],
  ['FROM a\nRUN --network=bridge b', ['instruction', /"bridge" is no network/, '--network=bridge']],
  ['FROM a\nRUN --security=none b', ['instruction', /"none" is no security mode/, '--security=none']],
];

// biome-ignore format: one row a case
const mounts: Rows = [
  ['FROM a\nRUN --mount=type=bind,from=b,source=/c,target=/d,rw e'],
  ['FROM a\nRUN --mount=type=cache,target=/b,sharing=locked,id=c,mode=0755,uid=1,gid=1,ro=false d'],
  ['FROM a\nRUN --mount=type=tmpfs,target=/b,size=10m c'],
  ['FROM a\nRUN --mount=type=secret,id=b,env=C,required d'],
  ['FROM a\nRUN --mount=type=ssh b'],
  ['FROM a\nRUN --mount=type=$T,target=/b,sharing=$S c'],
  ['FROM a\nRUN --mount= b', ['instruction', /separated by commas/, '--mount=']],
  ['FROM a\nRUN --mount=target=a\\"b c', ['instruction', /separated by commas/, '--mount=target=a\\"b']],
  ['FROM a\nRUN --mount=from=$B c', ['instruction', /takes no variables/, 'from=$B']],
  ['FROM a\nRUN --mount=typ=tmpfs b', ['build', /no option "typ"\. Did you mean type\?/, 'typ=tmpfs']],
  ['FROM a\nRUN --mount=type=volume b', ['build', /"volume" is no value/, 'type=volume']],
  ['FROM a\nRUN --mount=type=cache,target d', ['build', /"target" needs a value/, 'target']],
  ['FROM a\nRUN --mount=type=bind,size=1 b', ['build', /"size" is not for mounts of the type bind/, 'size=1']],
  ['FROM a\nRUN --mount=type=tmpfs,size=big b', ['build', /"big" is no value/, 'size=big']],
  ['FROM a\nRUN --mount=type=cache,mode=9 b', ['build', /"9" is no value/, 'mode=9']],
  ['FROM a\nRUN --mount=type=cache,ro=maybe b', ['build', /"maybe" is no value/, 'ro=maybe']],
  ['FROM a\nRUN --mount=type=secret b', ['build', /needs an "id"/, '--mount=type=secret']],
  ['FROM a\nRUN --mount=type=secret,id=b,src=c d', ['build', /either "id" or "source"/, '--mount=type=secret,id=b,src=c']],
  ['FROM a\nRUN --mount=type=secret,id=b,from=c d', ['build', /no "from"/, '--mount=type=secret,id=b,from=c']],
];

for (const [group, rows] of Object.entries({ files, splitting, argumentsOfInstructions, flags, mounts })) {
  for (const [text, refusal] of rows) {
    test(`${group}: ${JSON.stringify(text).slice(0, 100)}`, () => {
      const model = parseDockerfile(text);
      const [first] = model.problems;
      if (refusal === undefined || first === undefined) {
        assert.equal(first?.message, refusal?.[1]);
        return;
      }
      const [stage, message, place] = refusal;
      assert.equal(first.stage, stage);
      assert.match(first.message, message);
      assert.equal(at(model, first.span), place);
    });
  }
}

test('all problems are told, those first at which a build would stop', () => {
  const model = parseDockerfile('FROM a\nRUN --mount=typ=a b\nFOO\nCOPY --x c\nENV A\nCMD [1]\n');
  assert.deepEqual(
    model.problems.map(({ stage, span }) => `${stage} ${at(model, span)}`),
    ['parse A', 'parse [1]', 'instruction FOO', 'instruction COPY --x c', 'instruction --x', 'build typ=a'],
  );
});

test('behind ONBUILD BuildKit splits only: the rest stops those that build on the image', () => {
  const model = parseDockerfile('FROM a\nONBUILD COPY --x c\nONBUILD ENV A\nONBUILD FOO\nONBUILD EXPOSE b\n');
  const triggers = model.instructions.flatMap(each =>
    each.keyword === 'ONBUILD' ? (each.trigger ?? []) : [],
  );
  assert.deepEqual(
    triggers.flatMap(trigger => laterProblemsIn(model, trigger)).map(({ span }) => at(model, span)),
    ['COPY --x c', '--x', 'b'],
  );
  assert.deepEqual(
    model.problems.map(({ span }) => at(model, span)),
    ['A'],
  );
});
