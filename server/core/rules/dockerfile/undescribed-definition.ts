// undescribed-definition: a comment above an ARG or a stage that `docker build --call=outline` cannot take for its description.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Comment, DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import { insert } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';

/** BuildKit's own check of it is experimental: it has to be asked for. */
const isAskedFor = ({ directives }: DockerfileModel): boolean =>
  directives.some(
    ({ name, value }) =>
      name === 'check' && /(?:^|;)experimental=[^;]*\b(?:InvalidDefinitionDescription|all)\b/.test(value),
  );

interface Definition {
  readonly name: string;
  readonly span: Span;
}

/** What the comment may describe. */
function definitionsIn(instruction: Instruction): readonly Definition[] {
  if (instruction.keyword === 'ARG')
    return instruction.pairs.map(({ name, nameSpan: span }) => ({ name, span }));
  if (instruction.keyword !== 'FROM' || instruction.name === null) return [];
  const { value, span } = instruction.name;
  return [{ name: value.toLowerCase(), span }];
}

const describes = ({ text }: Comment, definitions: readonly Definition[]): boolean =>
  definitions.some(({ name }) => text.startsWith(`${name} `));

export default dockerfileRule({
  id: 'undescribed-definition',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A comment that does not say what it describes',
  messages: {
    nameless: {
      text: 'The comment above is not shown as the description of {name}, since it does not begin with that name. Begin with it, or leave an empty line below.',
      equivalents: ['buildkit:InvalidDefinitionDescription'],
    },
  },
  docs: {
    why: '`docker build --call=outline` and `--call=targets` list arguments and stages with their descriptions: the comment line above, if it begins with the name.',
    remedy:
      'Begin the comment with the name of the argument or stage, or part it from the instruction by an empty line, as the repair does. The rule runs where the Dockerfile asks for it with `# check=experimental=InvalidDefinitionDescription`.',
    references: ['https://docs.docker.com/reference/build-checks/invalid-definition-description/'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'A comment changes nothing that is built.' },
  examples: {
    bad: [
      {
        code: '# check=experimental=InvalidDefinitionDescription\n# which release\nARG «VERSION»=1\n# build compiles\nFROM alpine:3.24 AS build\n',
        fixed:
          '# check=experimental=InvalidDefinitionDescription\n# which release\n\nARG VERSION=1\n# build compiles\nFROM alpine:3.24 AS build\n',
      },
    ],
    good: [
      { code: '# which release\nARG VERSION=1\nFROM alpine:3.24\n' },
      {
        code: '# check=experimental=all;skip=JSONArgsRecommended\n# VERSION is the release\nARG VERSION=1\n\n# The rest\n\nFROM alpine:3.24 AS build\n# anything\nRUN true\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const asked = isAskedFor(model);
    const visit = (instruction: Instruction): void => {
      if (!asked) return;
      const above = instruction.comments.filter(({ span }) => span.start < instruction.span.start).at(-1);
      const definitions = definitionsIn(instruction);
      const [first] = definitions;
      if (above === undefined || first === undefined || describes(above, definitions)) return;
      const lineStart = model.text.lastIndexOf('\n', instruction.span.start) + 1;
      const edit = insert(lineStart, model.layout.eol);
      const fixes = [fix('Leave an empty line below the comment', 'safe', [edit])];
      report('nameless', { at: first.span, data: { name: first.name }, fixes });
    };
    return { instruction: { FROM: visit, ARG: visit } };
  },
});
