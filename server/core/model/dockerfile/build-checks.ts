// What BuildKit refuses when it comes to build an instruction: images, modes, signals, sources.
import { type Edit, remove, replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';
import { isImageReference } from '../image-reference.ts';
import { hint, nearest } from './meant.ts';
import type { CopyInstruction, Flag, FromInstruction, PlainInstruction } from './model.ts';
import { checkMounts } from './mount-checks.ts';
import type { ParsedInstruction } from './parsed.ts';
import { checkPorts } from './port-checks.ts';
import type { Report } from './report.ts';
import { signalNames, signalOf } from './signals.ts';
import { checkWords } from './word-checks.ts';

export function checkBuild(instruction: ParsedInstruction, escapeChar: string, report: Report): void {
  checkWords(instruction, escapeChar, report);
  switch (instruction.keyword) {
    case 'FROM':
      checkImage(instruction, report);
      checkPlatform(instruction, report);
      break;
    case 'RUN':
      checkMounts(instruction, report);
      break;
    case 'ADD':
    case 'COPY':
      checkFiles(instruction, report);
      break;
    case 'EXPOSE':
      checkPorts(instruction, report);
      break;
    case 'STOPSIGNAL':
      checkSignal(instruction, report);
      break;
  }
}

/** Variables are for the build to fill in; quotes that do not match are told of elsewhere. */
const isLiteral = (raw: string): boolean => !/\$[\w{@*#?!-]|["'\\`]/.test(raw);

function checkImage({ image, stage, words }: FromInstruction, report: Report): void {
  if (image === null || words.length === 2 || !isLiteral(image.raw) || stage?.base.kind !== 'image') return;
  if (isImageReference(image.raw)) return;
  const meant = meantImage(image.raw);
  report('invalid-image', {
    at: image.span,
    data: { image: image.raw, hint: hint(meant) },
    meant: meant === null ? [] : [replace(image.span, meant)],
  });
}

/** System, architecture and variant, as the platforms of containerd are read. */
const platformForm = /^[\w.-]+(?:\/[\w.-]+){0,2}$/;

function checkPlatform({ platform }: FromInstruction, report: Report): void {
  if (platform === null || platform.value === null || platform.value === '' || !isLiteral(platform.raw))
    return;
  if (platformForm.test(platform.value.replace(/^\w+\([\w.+-]*\)/, 'os'))) return;
  report('invalid-platform', { at: platform.span, data: { platform: platform.value } });
}

/** Without what a browser puts in front of it, and in lower case. */
function meantImage(image: string): string | null {
  const [, path = '', rest = ''] = /^(?:https?:\/\/)?([^:@]*(?::\d+\/[^:@]*)?)(.*)$/.exec(image) ?? [];
  const meant = path.toLowerCase() + rest;
  return isImageReference(meant) ? meant : null;
}

function checkFiles(copy: CopyInstruction, report: Report): void {
  for (const flag of copy.flags) {
    if (flag.value === null || !isLiteral(flag.raw)) continue;
    if (flag.name === 'chmod') checkMode(flag, report);
    else if (flag.name === 'from') checkSource(copy, flag, report);
    else if (flag.name === 'chown') checkOwner(copy, flag, report);
    else if (flag.name === 'checksum') checkChecksum(copy, flag, report);
  }
  if (copy.keyword === 'COPY') checkAddresses(copy, report);
}

const symbolicMode = /^[ugoa]*(?:[-+=][rwxXstugo]*)+(?:,[ugoa]*(?:[-+=][rwxXstugo]*)+)*$/;

function checkMode({ value, span: at }: Flag, report: Report): void {
  const mode = value ?? '';
  const isOctal = /^[0-7]+$/.test(mode) && Number.parseInt(mode, 8) <= 0o7777;
  if (mode !== '' && !isOctal && !symbolicMode.test(mode)) report('invalid-mode', { at, data: { mode } });
}

function checkSource({ keyword, from }: CopyInstruction, { value, span: at }: Flag, report: Report): void {
  const image = value ?? '';
  if (keyword !== 'COPY' || image === '' || from?.stage || /^\d+$/.test(image) || isImageReference(image))
    return;
  report('invalid-copy-source', { at, data: { image } });
}

function checkOwner({ flags }: CopyInstruction, { value, span: at }: Flag, report: Report): void {
  const link = flags.find(({ name }) => name === 'link');
  if (link === undefined || /^false$/i.test(link.value ?? '') || /^\d*(?::\d*)?$/.test(value ?? '')) return;
  report('linked-by-name', { at, data: { example: '1000:1000' } });
}

const isRemote = (source: string): boolean => /^(?:https?|git|ssh):\/\/|^git@/.test(source);

/** The checksum of a repository is a commit. */
const isDownload = (source: string): boolean =>
  /^https?:\/\//.test(source) && !/\.git(?:[#?].*)?$/.test(source) && !source.includes('$');

const digest = /^(?:sha256:[\da-f]{64}|sha384:[\da-f]{96}|sha512:[\da-f]{128})$/;

function checkChecksum(
  { keyword, sources, heredocs }: CopyInstruction,
  { value, span: at }: Flag,
  report: Report,
): void {
  const [source] = sources;
  if (keyword !== 'ADD' || source === undefined) return;
  if (sources.length + heredocs.length > 1) report('several-checksums', { at });
  else if (
    !source.value.includes('$') &&
    !isRemote(source.value) &&
    !source.value.startsWith('github.com/')
  ) {
    report('local-checksum', { at });
  } else if (value !== null && isDownload(source.value) && !digest.test(value)) {
    report('invalid-checksum', { at, data: { checksum: value } });
  }
}

function checkAddresses({ sources, keywordSpan }: CopyInstruction, report: Report): void {
  for (const { value, span: at } of sources) {
    if (isRemote(value)) report('remote-copy', { at, meant: [replace(keywordSpan, 'ADD')] });
  }
}

function checkSignal({ words, body }: PlainInstruction, report: Report): void {
  const [word] = words;
  if (word === undefined || word.raw.includes('$') || signalOf(word.value) !== null) return;
  const { raw, value, span: at } = word;
  const [, first = '', blanks = ''] = /^([^\s"']+)(\s+)\S/.exec(raw) ?? [];
  if (blanks !== '') {
    const extra = fileSpan(body, span(first.length + blanks.length, raw.length));
    const meant: Edit[] = [remove(span(at.start + first.length, at.end))];
    report('extra-argument', { at: extra, data: { keyword: 'STOPSIGNAL' }, meant });
    return;
  }
  const name = nearest(value.replace(/^SIG/i, ''), signalNames);
  const signal = name && `SIG${name}`;
  const meant = signal === null ? [] : [replace(at, signal)];
  report('invalid-signal', { at, data: { signal: value, hint: hint(signal) }, meant });
}
