// needless-add: ADD where COPY does the same, and nothing else.
import type { Safety } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { type SourceKind, sourceKind } from '../../insight/copy-sources.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';

/** Flags that only ADD has. */
const ownFlags = new Set(['checksum', 'keep-git-dir', 'unpack']);

const local = new Set<SourceKind>(['plain', 'other-archive', 'unknown']);

/** The name says that ADD finds nothing to unpack: a folder, or a file of another kind. */
const isPlainlyNoArchive = (path: string): boolean => /(?:^|\/)(?:\.{0,2}|[^/*?[]*\.\w+)$/.test(path);

const safetyOf = ({ sources }: CopyInstruction, kinds: readonly SourceKind[]): Safety => {
  if (kinds.includes('unknown')) return 'suggestion';
  return sources.every(({ value }) => isPlainlyNoArchive(value)) ? 'safe' : 'unsafe';
};

export default dockerfileRule({
  id: 'needless-add',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'ADD where COPY serves',
  messages: {
    plain: {
      text: 'ADD copies this as COPY does, but unpacks or downloads whatever looks like an archive or an address. Use COPY, which only ever copies.',
      equivalents: [
        'hadolint:DL3020',
        'trivy:DS-0005',
        'checkov:CKV_DOCKER_4',
        'kics:add_instead_of_copy',
        'sonar:S7029',
      ],
    },
    'not-unpacked': {
      text: 'ADD unpacks tar archives alone: {source} is copied as it is. Use COPY, which says so.',
      equivalents: [
        'hadolint:DL3020',
        'trivy:DS-0005',
        'checkov:CKV_DOCKER_4',
        'kics:add_instead_of_copy',
        'semgrep:prefer-copy-over-add',
        'sonar:S7029',
      ],
    },
    unknown: {
      text: 'What {source} holds decides whether ADD copies, unpacks or downloads. Use COPY if it is a file or a folder.',
      severity: 'hint',
      equivalents: [
        'hadolint:DL3020',
        'trivy:DS-0005',
        'checkov:CKV_DOCKER_4',
        'kics:add_instead_of_copy',
        'sonar:S7029',
      ],
    },
  },
  docs: {
    why: '`ADD` looks at what it is given: addresses are fetched, Git repositories cloned, tar archives of the build context unpacked, by their content and not by their name. Who reads `ADD app.jar /` has to know that a jar is none of these. `COPY` copies.',
    remedy:
      'Use `COPY` for files and folders. `ADD` is right for tar archives that are to be unpacked, for repositories, and for downloads with `--checksum`.',
    limits: 'Archives are told by their names. A compressed file may hold a tar archive, and is left alone.',
    references: [
      'https://docs.docker.com/build/building/best-practices/#add-or-copy',
      'https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Where the name leaves open what the source is, ADD may have unpacked it.',
  },
  examples: {
    bad: [
      {
        code: 'FROM nginx:1.29\n«ADD» --chown=101:101 conf/ /etc/nginx/\n«ADD» app.jar /srv/\n',
        fixed: 'FROM nginx:1.29\nCOPY --chown=101:101 conf/ /etc/nginx/\nCOPY app.jar /srv/\n',
      },
      {
        code: 'FROM debian:13\n«ADD» fonts.zip /usr/share/fonts/\n',
        fixed: 'FROM debian:13\nCOPY fonts.zip /usr/share/fonts/\n',
      },
      {
        note: 'Whoever builds says what it is.',
        code: 'FROM debian:13\nARG JAR\n«ADD» ${JAR} /app.jar\n',
        fixed: 'FROM debian:13\nARG JAR\nCOPY ${JAR} /app.jar\n',
      },
    ],
    good: [
      { code: 'FROM scratch\nADD rootfs.tar.xz /\n' },
      {
        code: 'FROM debian:13\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.tgz /tmp/\nADD git@github.com:user/repo.git#v1.2 /src/\n',
      },
      { code: 'FROM debian:13\nARG V=1.2\nADD app-$V.tar /srv/\n', note: 'Unpacked, whatever the variable.' },
    ],
  },
  check: ({ model, report }) => ({
    instruction: {
      ADD(add) {
        const { sources, heredocs, flags, keywordSpan: at } = add;
        if (sources.length + heredocs.length === 0 || flags.some(({ name }) => ownFlags.has(name))) return;
        const kinds = sources.map(source => sourceKind(add, source));
        if (!kinds.every(kind => local.has(kind))) return;
        const isLower = model.text[at.start] === 'a';
        const edit = replace(at, isLower ? 'copy' : 'COPY');
        const fixes = [fix('Use COPY', safetyOf(add, kinds), [edit])];
        const source = (kind: SourceKind): string => sources[kinds.indexOf(kind)]?.value ?? '';
        if (kinds.includes('unknown')) {
          report('unknown', { at, data: { source: source('unknown') }, fixes });
        } else if (kinds.includes('other-archive')) {
          report('not-unpacked', { at, data: { source: source('other-archive') }, fixes });
        } else {
          report('plain', { at, fixes });
        }
      },
    },
  }),
});
