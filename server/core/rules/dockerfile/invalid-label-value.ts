// invalid-label-value: a label that is not in the format of its key.
import type { Fix } from '../../engine/finding.ts';
import { option } from '../../engine/options.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import {
  isInFormat,
  type LabelFormat,
  labelSchemaDescription,
  ociFormats,
  readLabelSchema,
  valueMeant,
} from '../../knowledge/label-formats.ts';
import type { Word } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';

function fixesFor({ value, raw, span: at }: Word, format: LabelFormat): Fix[] {
  const meant = valueMeant(value, format);
  if (meant === undefined || raw.includes('\n')) return [];
  const [quote = ''] = /^["']/.exec(raw) ?? [];
  return [fix(`Write ${meant}`, 'suggestion', [replace(at, quote + meant + quote)])];
}

export default dockerfileRule({
  id: 'invalid-label-value',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A label that is not in the format of its key',
  messages: {
    empty: {
      text: 'The label {key} is empty: whoever asks for it learns nothing. Give it a value.',
      equivalents: ['hadolint:DL3051'],
    },
    url: {
      text: '"{value}" is no URL, as {key} has to be: tools cannot follow it. Write it with its scheme.',
      equivalents: ['hadolint:DL3052'],
    },
    rfc3339: {
      text: '"{value}" is no time of RFC 3339, as {key} has to be: tools cannot read it. Write it as 2026-01-31T12:00:00Z.',
      equivalents: ['hadolint:DL3053'],
    },
    spdx: {
      text: '"{value}" is no SPDX licence expression, as {key} has to be: licence scanners cannot tell what it means. Write the identifier from the SPDX list.',
      equivalents: ['hadolint:DL3054'],
    },
    hash: {
      text: '"{value}" is no git hash, as {key} has to be: nobody finds the commit by it. Write 7 to 40 hexadecimal digits.',
      equivalents: ['hadolint:DL3055'],
    },
    semver: {
      text: '"{value}" is no semantic version, as {key} has to be: tools cannot compare it. Write it as 1.2.3.',
      equivalents: ['hadolint:DL3056'],
    },
    email: {
      text: '"{value}" is no e-mail address, as {key} has to be: nobody can be reached by it. Write it as name@example.com.',
      equivalents: ['hadolint:DL3058'],
    },
  },
  docs: {
    why: 'Labels are read by machines: registries link `org.opencontainers.image.source`, scanners take the licence from `org.opencontainers.image.licenses`, update bots compare times and versions. A value in another format is passed over without a word.',
    remedy:
      'Write the value in the format of its key. OCI gives its own keys a format; those of your project stand in `labelSchema`, or in `label-schema` of a `.hadolint.yaml`. The repair writes what was most likely meant.',
    limits: 'Values that come from variables are not looked at.',
    references: [
      'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
      'https://spdx.org/licenses/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What was meant is a guess, and often only the author knows.',
  },
  options: { labelSchema: option.strings([], labelSchemaDescription) },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\nLABEL org.opencontainers.image.source=«"github.com/example/app"» \\\n      org.opencontainers.image.licenses=«"Apache 2.0"» \\\n      org.opencontainers.image.created=«"2026-01-31"»\n',
        fixed:
          'FROM alpine:3.24\nLABEL org.opencontainers.image.source="https://github.com/example/app" \\\n      org.opencontainers.image.licenses="Apache-2.0" \\\n      org.opencontainers.image.created="2026-01-31T00:00:00Z"\n',
      },
      {
        note: 'Labels of the project.',
        options: {
          labelSchema: ['commit: hash', 'version: semver', 'contact: email', 'team: text'],
        },
        code: 'FROM alpine:3.24\nLABEL commit=«main» version=«v1.2» contact=«support» team=«""»\n',
        fixed: 'FROM alpine:3.24\nLABEL commit=main version=1.2.0 contact=support team=""\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.24\nARG REVISION\nLABEL org.opencontainers.image.source=https://github.com/example/app \\\n      org.opencontainers.image.licenses="(MIT OR Apache-2.0) AND LicenseRef-ours" \\\n      org.opencontainers.image.revision=$REVISION\n',
      },
      {
        note: 'A key without a format.',
        code: 'FROM alpine:3.24\nLABEL org.opencontainers.image.authors="The team" version="2026 spring"\n',
      },
    ],
  },
  check: ({ options, report }) => {
    const own = readLabelSchema(options.labelSchema);
    return {
      instruction: {
        LABEL({ pairs }) {
          for (const { name: key, value: word, nameSpan } of pairs) {
            const format = own.get(key) ?? ociFormats.get(key);
            const value = word?.value ?? '';
            if (format === undefined || value.includes('$')) continue;
            const at = word?.span ?? nameSpan;
            if (value.trim() === '') {
              if (own.has(key)) report('empty', { at, data: { key } });
            } else if (format !== 'text' && word !== null && !isInFormat(value, format)) {
              report(format, { at, data: { key, value }, fixes: fixesFor(word, format) });
            }
          }
        },
      },
    };
  },
});
