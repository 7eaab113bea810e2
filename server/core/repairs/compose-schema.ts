// Repairs of what the Compose schema refuses: the text that was most likely meant, in its own place.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { removeEntries } from '../model/compose/edit.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import type { SchemaProblem } from '../model/compose/schema/problem.ts';
import type { Shape } from '../model/compose/schema/shape.ts';
import { fitsAsText } from '../model/compose/schema/texts.ts';
import { fillPair, insertPair } from '../model/yaml/insert.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../model/yaml/node.ts';
import { quoted, quoteScalar } from '../model/yaml/quote.ts';
import { columnOf } from '../model/yaml/style.ts';
import type { NewValue } from '../model/yaml/write.ts';
import { insert, replace } from '../text/edit.ts';
import { spanText } from '../text/span.ts';

/** What is written at the very place, no alias of it. */
function writtenNode({ holder, node }: SchemaProblem): YamlNode | null {
  const written = holder?.kind === 'pair' ? holder.pair.value : holder?.list.items[holder.index];
  return written === node ? node : null;
}

const inFlow = ({ holder }: SchemaProblem): boolean =>
  holder?.kind === 'pair' ? holder.map.flow : (holder?.list.flow ?? false);

/** A scalar in place of what stands there, in quotes where YAML would read it as no text. */
function writeText(model: ComposeModel, problem: SchemaProblem, node: YamlNode, text: string): Fix[] {
  if (node.anchor !== null || node.tag !== null) return [];
  const style = node.kind === 'scalar' && node.style !== 'plain' ? node.style : null;
  const written =
    style === 'single' || style === 'double'
      ? quoted(text, style === 'single' ? "'" : '"')
      : quoteScalar(text, model.style, inFlow(problem));
  return [fix(`Write ${written}`, 'suggestion', [replace(node.span, written)])];
}

/** A number or boolean that is to be text: the very characters in quotes. */
function quote(model: ComposeModel, { span, text }: YamlScalar): Fix[] {
  const written = quoted(spanText(model.text, span), model.style.quote);
  return text === '' ? [] : [fix(`Write ${written}`, 'safe', [replace(span, written)])];
}

/** Lists in which each entry is `NAME=value`. */
const listsOfPairs = new Set([
  'environment',
  'labels',
  'args',
  'annotations',
  'sysctls',
  'additional_contexts',
]);

/** A pair where a text belongs: `NAME=value` in lists of those, elsewhere the very characters in quotes. */
function pairAsText(model: ComposeModel, problem: SchemaProblem, { pairs, flow }: YamlMap): Fix[] {
  const [pair] = pairs;
  const value = pair?.value;
  if (!pair || pairs.length > 1 || value?.kind !== 'scalar' || value.anchor !== null || value.tag !== null)
    return [];
  const source = spanText(model.text, pair.span);
  if (/[\r\n]/.test(source) || (flow && !inFlow(problem))) return [];
  const list = problem.path.at(-2);
  const isPair = typeof list === 'string' && listsOfPairs.has(list);
  const written = isPair
    ? quoteScalar(`${pair.key.text}=${value.text}`, model.style, inFlow(problem))
    : quoted(source, model.style.quote);
  return [fix(`Write ${written}`, 'suggestion', [replace(pair.span, written)])];
}

/** One entry where a list belongs: a list of that entry. */
function wrap({ text, style }: ComposeModel, node: YamlScalar): Fix[] {
  const source = spanText(text, node.span);
  if (!/^[^\r\n]*\S[^\r\n]*$/.test(source) || node.anchor !== null || node.tag !== null) return [];
  const needsQuotes = node.style === 'plain' && /[,[\]{}]/.test(source);
  const written = `[${needsQuotes ? quoted(source, style.quote) : source}]`;
  return [fix(`Write ${written}`, 'safe', [replace(node.span, written)])];
}

const takesTexts = ({ items }: Shape): boolean => items?.types.includes('string') === true;

/** What a boolean means for the restart policy. */
const policies: Readonly<Record<string, string>> = { true: 'unless-stopped', false: 'no' };

function typeFixes(model: ComposeModel, problem: SchemaProblem): Fix[] {
  const { shape, meant, path } = problem;
  const node = writtenNode(problem);
  if (node === null || shape === null) return [];
  if (meant !== null) return writeText(model, problem, node, meant);
  const takesText = shape.types.includes('string');
  if (node.kind === 'map') return takesText ? pairAsText(model, problem, node) : [];
  if (node.kind !== 'scalar') return [];
  if (takesText && path.at(-1) === 'restart' && typeof node.value === 'boolean') {
    return writeText(model, problem, node, policies[String(node.value)] ?? 'no');
  }
  if (takesText && typeof node.value !== 'string') {
    return fitsAsText(shape, node.text) ? quote(model, node) : [];
  }
  return shape.types.includes('array') && takesTexts(shape) ? wrap(model, node) : [];
}

/** What Compose itself takes where only the name is given. */
const usualValues: Readonly<Record<string, NewValue>> = {
  condition: 'service_started',
  capabilities: { list: ['gpu'], inline: true },
};

function missingKeyFixes(model: ComposeModel, { node, meant, holder }: SchemaProblem): Fix[] {
  const value = meant === null ? undefined : usualValues[meant];
  if (meant === null || value === undefined || node?.kind !== 'map') return [];
  const isWritten = holder?.kind === 'item' ? holder.list.items.includes(node) : holder?.pair.value === node;
  const edits = isWritten ? insertPair(model, node, meant, value) : null;
  return edits ? [fix(`Add ${meant}`, 'suggestion', edits)] : [];
}

function missingValueFixes(model: ComposeModel, { holder, shape, span }: SchemaProblem): Fix[] {
  const needed = shape?.required.find(key => Object.hasOwn(usualValues, key));
  const value = needed === undefined ? undefined : usualValues[needed];
  if (holder?.kind === 'pair' && needed !== undefined && value !== undefined && !holder.map.flow) {
    const edits = fillPair(model, holder.pair, { map: { [needed]: value } });
    return edits ? [fix(`Add ${needed}`, 'suggestion', edits)] : [];
  }
  const edits = removeEntries(model, [holder?.kind === 'pair' ? holder.pair.key.span : span]);
  return edits ? [fix('Take it out', 'suggestion', edits)] : [];
}

function keyFixes({ meant, holder, span }: SchemaProblem): Fix[] {
  if (meant === null || holder?.kind !== 'pair') return [];
  const isThere = holder.map.pairs.some(({ key }) => key.text === meant);
  return isThere ? [] : [fix(`Write ${meant}`, 'suggestion', [replace(span, meant)])];
}

function repeatedFixes(model: ComposeModel, { holder }: SchemaProblem): Fix[] {
  const where = holder?.kind === 'item' ? holder.list.itemSpans[holder.index] : undefined;
  const edits = where && removeEntries(model, [where]);
  return edits ? [fix('Take the second one out', 'safe', edits)] : [];
}

function keyInQuotes({ text, style }: ComposeModel, { span }: SchemaProblem): Fix[] {
  const key = spanText(text, span);
  return key === '' ? [] : [fix('Put the key in quotes', 'safe', [replace(span, quoted(key, style.quote))])];
}

/** Everything one step further in, below `services`. */
function newFormatFixes({ text, style, root, problems }: ComposeModel): Fix[] {
  // Who moves lines that cannot be read moves them to where they may mean something else.
  if (problems.length > 0) return [];
  const [first] = root?.pairs ?? [];
  const last = root?.pairs.at(-1);
  if (!root || !first || !last || root.flow || columnOf(text, first.span.start) > 0) return [];
  const indent = ' '.repeat(style.step);
  const lines = [...text.slice(first.span.start, last.span.end).matchAll(/(?<=\n)(?![ \t]*\r?(?:\n|$))/g)];
  const edits = [
    insert(first.span.start, `services:${style.eol}${indent}`),
    ...lines.map(({ index }) => insert(first.span.start + index, indent)),
  ];
  return [fix('Put everything under services', 'suggestion', edits)];
}

/** Repairs of one problem, the best first; none where only its author knows what was meant. */
export function schemaFixes(model: ComposeModel, problem: SchemaProblem): Fix[] {
  const { code, meant } = problem;
  const node = writtenNode(problem);
  switch (code) {
    case 'first-format':
      return newFormatFixes(model);
    case 'unknown-key':
      return keyFixes(problem);
    case 'bare-key':
      return keyInQuotes(model, problem);
    case 'wrong-type':
      return typeFixes(model, problem);
    case 'wrong-text':
    case 'unknown-value':
      return node && meant !== null ? writeText(model, problem, node, meant) : [];
    case 'missing-value':
      return missingValueFixes(model, problem);
    case 'missing-key':
      return missingKeyFixes(model, problem);
    case 'repeated':
      return repeatedFixes(model, problem);
    case 'invalid-name':
    case 'out-of-range':
      return [];
  }
}
