// JSON schemas of the configuration file and of the editor's setting for rules, made from what the rules declare.
import { optionSchema } from '../options.ts';
import { profiles, type RuleInfo } from '../rule.ts';
import { otherTools } from '../settings.ts';
import { composeSetsSchema } from './compose-sets.ts';
import { failOnWords, ruleWords } from './config.ts';
import { scanSchema } from './scan-schema.ts';
import { sizeSchema } from './size.ts';

const severitySchema = { enum: ruleWords };

function ruleSchema({ title, options }: RuleInfo): object {
  const entries = Object.entries(options).map(([name, option]) => [name, optionSchema(option)]);
  return {
    description: title,
    anyOf: [
      severitySchema,
      {
        type: 'object',
        additionalProperties: false,
        properties: { severity: severitySchema, ...Object.fromEntries(entries) },
      },
    ],
  };
}

/** The value of `rules` in the file, and of `bulkhead.rules` in an editor. */
export const ruleSettingsSchema = (infos: readonly RuleInfo[]) => ({
  type: 'object',
  description: 'Severities and options of rules, by id.',
  additionalProperties: false,
  properties: Object.fromEntries(infos.map(info => [info.id, ruleSchema(info)])),
});

const globs = (description: string): object => ({
  type: ['array', 'string'],
  items: { type: 'string' },
  description,
});

const profile = { enum: profiles, description: 'The set of rules that run.' };
const target = {
  type: 'string',
  description:
    'The stage that ships, as `docker build --target` names it; the last one where there is none of that name.',
};
const rules = { $ref: '#/definitions/rules' };

export const configSchema = (infos: readonly RuleInfo[]): object => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of Bulkhead',
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    profile,
    target,
    rules,
    size: sizeSchema,
    'rules-version': {
      type: 'string',
      pattern: '^\\d+\\.\\d+(\\.\\d+)?$',
      description: 'Rules that came with a later version stay off until they are named.',
    },
    exclude: globs('Files and folders that are not read.'),
    overrides: {
      type: 'array',
      description: 'Settings for some of the files; later ones win.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['files'],
        properties: { files: globs('The files it holds for.'), profile, target, rules, size: sizeSchema },
      },
    },
    'fail-on': { enum: failOnWords, description: 'The severity from which a run on the command line fails.' },
    'ignore-other-tools': {
      anyOf: [{ type: 'boolean' }, { type: 'array', items: { enum: otherTools } }],
      description:
        'Comments of other tools that silence findings are not honoured: of all tools, or of those listed.',
    },
    scan: scanSchema,
    'compose-sets': composeSetsSchema,
  },
  definitions: { rules: ruleSettingsSchema(infos) },
});
