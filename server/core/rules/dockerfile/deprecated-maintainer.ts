// deprecated-maintainer: the author given by MAINTAINER.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import { removeInstruction } from '../../repairs/removal.ts';
import { keywordLike } from '../../repairs/writing.ts';
import { replace } from '../../text/edit.ts';

const ociKey = 'org.opencontainers.image.authors';
const customKey = 'maintainer';

export default dockerfileRule({
  id: 'deprecated-maintainer',
  category: 'style',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'MAINTAINER instead of a label',
  messages: {
    maintainer: {
      text: 'MAINTAINER is deprecated, and tools that read labels do not find it. Name the authors in a label.',
      equivalents: [
        'buildkit:MaintainerDeprecated',
        'hadolint:DL4000',
        'trivy:DS-0022',
        'checkov:CKV_DOCKER_6',
        'kics:maintainer_instruction_being_used',
        'semgrep:maintainer-is-deprecated',
        'sonar:S6586',
        'dockerfile-utils:DEPRECATED_MAINTAINER',
      ],
    },
  },
  docs: {
    why: '`MAINTAINER` has been deprecated since Docker 1.13. It writes a field of the image that registries, scanners and `docker inspect --format` with labels do not look at, and BuildKit warns of it at each build.',
    remedy: `Write \`LABEL ${ociKey}="..."\`, the key that registries show. The second repair takes the older \`maintainer\`, which some companies' checks ask for.`,
    references: [
      'https://docs.docker.com/reference/build-checks/maintainer-deprecated/',
      'https://docs.docker.com/reference/dockerfile/#maintainer-deprecated',
      'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'The name moves from a field that nobody reads to a label; nothing that runs depends on it. There is none before the first FROM, where no label may stand.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\n«MAINTAINER» Jo Doe <jo@example.com>\nRUN make\n',
        fixed: 'FROM debian:13\nLABEL org.opencontainers.image.authors="Jo Doe <jo@example.com>"\nRUN make\n',
        variants: {
          'Write LABEL maintainer': 'FROM debian:13\nLABEL maintainer="Jo Doe <jo@example.com>"\nRUN make\n',
        },
      },
      {
        note: 'There is a label already.',
        code: 'FROM debian:13\n# Who to ask.\n«MAINTAINER» jo@example.com\nLABEL maintainer="jo@example.com"\n',
        fixed: 'FROM debian:13\n# Who to ask.\nLABEL maintainer="jo@example.com"\n',
      },
      {
        note: 'No label may stand there.',
        code: '«MAINTAINER» jo@example.com\nFROM debian:13\n',
        fixed: 'MAINTAINER jo@example.com\nFROM debian:13\n',
      },
    ],
    good: [{ code: 'FROM debian:13\nLABEL org.opencontainers.image.authors="jo@example.com"\n' }],
  },
  check: ({ model, report }) => ({
    instruction: {
      MAINTAINER(maintainer) {
        report('maintainer', { at: maintainer.keywordSpan, fixes: fixesFor(model, maintainer) });
      },
    },
  }),
});

function fixesFor(model: DockerfileModel, maintainer: Instruction): Fix[] {
  const { stage, onbuild, body, span: at } = maintainer;
  // What people put into quotes, MAINTAINER keeps with the quotes.
  const name = body.text.replace(/^(["'])(.*)\1$/, '$2');
  if (stage === null || name === '') return [];
  const hasLabel = stage.instructions.some(
    other => other.keyword === 'LABEL' && other.pairs.some(pair => [ociKey, customKey].includes(pair.name)),
  );
  if (hasLabel && onbuild === null)
    return [fix('Remove MAINTAINER', 'safe', [removeInstruction(model, maintainer)])];
  const label = keywordLike(model, 'LABEL');
  const value = name.replace(/["\\$`]/g, special =>
    special === '`' && model.escape !== '`' ? special : model.escape + special,
  );
  return [ociKey, customKey].map(key =>
    fix(`Write LABEL ${key}`, 'safe', [replace(at, `${label} ${key}="${value}"`)]),
  );
}
