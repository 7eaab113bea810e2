// The JSON schema of `scan` in the configuration file.
import { scanFailOnWords, scanSeverities } from './scan.ts';

const text = { type: 'string' };

export const scanSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'What is said of the vulnerabilities that a scanner finds in images.',
  properties: {
    severity: { enum: scanSeverities, description: 'The least severity that is shown; all by default.' },
    'fixable-only': { type: 'boolean', description: 'Only those are shown that a newer version is without.' },
    'fail-on': {
      enum: scanFailOnWords,
      description: 'The severity from which `bulkhead scan` fails; `high` by default.',
    },
    ignore: {
      type: 'array',
      description: 'Vulnerabilities that are accepted.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'reason'],
        properties: {
          id: { ...text, description: '`CVE-2024-12345`, or the id that the scanner gives.' },
          package: { ...text, description: 'Only in this package.' },
          reason: { ...text, description: 'Why it does no harm here.' },
          expires: {
            ...text,
            pattern: '^\\d{4}-\\d{2}-\\d{2}$',
            description: 'The last day on which it is accepted.',
          },
        },
      },
    },
    vex: {
      type: ['array', 'string'],
      items: text,
      description: 'Files in the form of OpenVEX or CycloneDX, relative to the folder of the configuration.',
    },
  },
};
