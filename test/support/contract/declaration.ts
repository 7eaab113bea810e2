// The contract's first part: what a rule says about itself, before it is run.
import { fits } from '../../../server/core/engine/options.ts';
import type { Example, Rule } from '../../../server/core/engine/rule.ts';

const kebabCase = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const version = /^\d+\.\d+\.\d+$/;
const equivalent = /^[a-z][a-z0-9-]*:\S+$/;

export const allExamples = ({ examples }: Rule): readonly Example[] => [...examples.bad, ...examples.good];

function* wording({ title, docs, fix, messages, options }: Rule): Generator<[name: string, text: string]> {
  yield ['title', title];
  yield ['docs.why', docs.why];
  yield ['docs.remedy', docs.remedy];
  yield ['fix.why', fix.why];
  for (const [id, { text }] of Object.entries(messages)) yield [`messages.${id}`, text];
  for (const [name, { description }] of Object.entries(options)) yield [`options.${name}`, description];
}

function* wordingProblems(rule: Rule): Generator<string> {
  for (const [name, text] of wording(rule)) {
    if (text.trim() === '') yield `${name} is empty`;
    if (/\bshould\b/i.test(text)) yield `${name} says "should": say what is wrong, why, and what to do`;
  }
  if (rule.title.endsWith('.')) yield 'title ends with a full stop';
  for (const reference of rule.docs.references) {
    if (!/^https:\/\/[^\s/]+\/?\S*$/.test(reference)) yield `the reference ${reference} is no https address`;
  }
  if (rule.docs.references.length === 0) yield 'docs.references is empty';
}

function* optionProblems(rule: Rule): Generator<string> {
  const tried = new Set<string>();
  for (const { options = {} } of allExamples(rule)) {
    for (const [name, value] of Object.entries(options)) {
      const option = rule.options[name];
      if (!option) yield `an example sets ${name}, which is no option of the rule`;
      else if (!fits(option, value)) yield `an example gives the option ${name} a value that does not fit`;
      tried.add(name);
    }
  }
  for (const name of Object.keys(rule.options)) {
    if (!tried.has(name)) yield `no example sets the option ${name}`;
  }
}

function* exampleProblems(rule: Rule): Generator<string> {
  const { bad, good } = rule.examples;
  if (bad.length === 0) yield 'there is no bad example';
  if (good.length === 0) yield 'there is no good example';
  for (const [index, { code }] of bad.entries()) {
    if (!code.includes('«')) yield `bad example ${index + 1} has no «mark»`;
  }
  for (const [index, example] of good.entries()) {
    if (example.code.includes('«')) yield `good example ${index + 1} has a «mark»`;
    if (example.fixed !== undefined) yield `good example ${index + 1} has a fixed text`;
  }
  const seen = new Set<string>();
  for (const { code, options, files } of allExamples(rule)) {
    const key = JSON.stringify([code, options, files]);
    if (seen.has(key)) yield `an example stands there twice: ${JSON.stringify(code)}`;
    seen.add(key);
  }
}

export function* declarationProblems(rule: Rule): Generator<string> {
  if (!kebabCase.test(rule.id)) yield `the id ${rule.id} is not in kebab-case`;
  if (!version.test(rule.since)) yield `since is ${rule.since}, not a version such as 0.1.0`;
  for (const [id, { equivalents = [] }] of Object.entries(rule.messages)) {
    for (const name of equivalents) {
      if (!equivalent.test(name)) yield `the equivalent ${name} of messages.${id} is not written tool:id`;
    }
  }
  yield* wordingProblems(rule);
  yield* optionProblems(rule);
  yield* exampleProblems(rule);
}
