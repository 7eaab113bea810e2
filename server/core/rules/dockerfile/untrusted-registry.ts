// untrusted-registry: an image from a registry that the project does not trust.
import { option } from '../../engine/options.ts';
import { dockerfileRule } from '../../engine/rule.ts';
import { sourcesOf } from '../../insight/sources.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import { parseImageReference } from '../../model/image-reference.ts';
import type { Span } from '../../text/span.ts';

const hub = 'docker.io';
const hubNames = new Set([hub, 'hub.docker.com', 'index.docker.io', 'registry-1.docker.io']);

/** `*` stands for anything at the start or at the end: `*.example.com`; Docker Hub goes by any of its names. */
function trusts(pattern: string, registry: string): boolean {
  if (registry === hub && hubNames.has(pattern)) return true;
  if (pattern === '*' || pattern === registry) return true;
  if (pattern.startsWith('*')) return registry.endsWith(pattern.slice(1));
  return pattern.endsWith('*') && registry.startsWith(pattern.slice(0, -1));
}

export default dockerfileRule({
  id: 'untrusted-registry',
  category: 'security',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'An image from a registry outside the list',
  messages: {
    untrusted: {
      text: '{image} comes from {registry}, which is not among the trusted registries of this project. Take it from one of those.',
      equivalents: ['hadolint:DL3026'],
    },
  },
  options: {
    trustedRegistries: option.strings(
      [],
      'The registries that images may come from: `docker.io`, `ghcr.io`, `*.example.com`, `eu.example.*`. Empty: all. Read from `trustedRegistries` of a `.hadolint.yaml` too.',
    ),
  },
  docs: {
    why: 'Whoever can publish to the registry decides what runs in your build and in your containers. A project that mirrors and scans its images wants none that went around it.',
    remedy:
      'Set `trustedRegistries` to the registries that images may come from. Images in `FROM`, `COPY --from` and `RUN --mount=from=` are looked at; without the option the rule is silent.',
    limits: 'A registry in a variable without a default is not known.',
    references: ['https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html'],
  },
  fix: {
    availability: 'never',
    why: 'Whether, and under which name, another registry has the image is not known here.',
  },
  examples: {
    bad: [
      {
        options: { trustedRegistries: ['registry.example.com:5000', '*.example.org'] },
        code: 'FROM «debian:13» AS base\nRUN --mount=type=bind,from=«ghcr.io/example/tool:1»,target=/t /t/run\nFROM eu.example.org/debian:13\nCOPY --from=«example.org/a:1» /a /a\nCOPY --from=base /b /b\n',
      },
      {
        options: { trustedRegistries: ['ghcr.io'] },
        code: 'ARG REGISTRY=quay.io\nFROM «${REGISTRY}/team/base:1»\n',
      },
    ],
    good: [
      {
        options: { trustedRegistries: ['hub.docker.com', 'ghcr.io'] },
        code: 'FROM debian:13 AS base\nFROM docker.io/library/debian:13\nFROM ghcr.io/example/tool:1\nFROM scratch\nCOPY --from=base / /\nCOPY --from=0 / /\n',
      },
      {
        options: { trustedRegistries: ['eu.example.*'] },
        code: 'FROM eu.example.com/debian:13\nFROM eu.example.org:5000/debian:13\n',
      },
      { note: 'Without the option every registry will do.', code: 'FROM quay.io/example/tool:1\n' },
    ],
  },
  check: ({ model, options: { trustedRegistries }, report }) => {
    if (trustedRegistries.length === 0) return {};
    const judge = (image: string, at: Span): void => {
      const { registry } = parseImageReference(image, 0);
      const host = registry === null || hubNames.has(registry) ? hub : registry;
      if (trustedRegistries.some(pattern => trusts(pattern, host))) return;
      report('untrusted', { at, data: { image, registry: host } });
    };
    const visit = (instruction: Instruction): void => {
      for (const { kind, written, span, stage } of sourcesOf(model, instruction)) {
        if (stage !== null || kind === 'FROM' || written.includes('$') || /^(?:\d+|scratch)$/.test(written))
          continue;
        judge(written, span);
      }
    };
    return {
      instruction: {
        FROM({ reference, image, stage }) {
          if (image && reference.known && stage?.base.kind === 'image')
            judge(reference.value.text, image.span);
        },
        COPY: visit,
        RUN: visit,
      },
    };
  },
});
