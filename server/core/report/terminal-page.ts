// Markdown as a terminal shows it: as much of it as the rules' pages are made of.
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

const indentation = '  ';

function codeBlock(language: string, code: string, { palette }: Style): string {
  const draw = (line: string): string => {
    const shown = `${indentation}${indentation}${line}`;
    if (language === 'diff' && line.startsWith('+')) return palette.good(shown);
    return language === 'diff' && line.startsWith('-') ? palette.gone(shown) : shown;
  };
  return code
    .split('\n')
    .map(line => draw(line).trimEnd())
    .join('\n');
}

/** A heading, a list or a paragraph. */
function proseBlock(block: string, { palette, width }: Style): string {
  const [, marks, heading] = /^(#+) (.*)$/.exec(block) ?? [];
  if (heading !== undefined) return palette.strong(marks === '#' ? heading : `${heading}:`);
  return block
    .split(/\n(?=- )/)
    .flatMap(item => {
      const isItem = item.startsWith('- ');
      const words = (isItem ? item.slice(2) : item).replaceAll('\n', ' ');
      return wrap(words, width, isItem ? `${indentation}• ` : indentation);
    })
    .join('\n')
    .replace(/`[^`]+`/g, palette.info);
}

export function terminalPage(markdown: string, style: Style): string {
  const pieces = markdown.split(/^```(\w*)\n([\s\S]*?)\n?```$/m);
  const blocks: string[] = [];
  for (let i = 0; i < pieces.length; i += 3) {
    const [prose = '', language, code] = pieces.slice(i, i + 3);
    const paragraphs = prose.split(/\n{2,}/).map(block => block.trim());
    blocks.push(...paragraphs.filter(block => block !== '').map(block => proseBlock(block, style)));
    if (code !== undefined) blocks.push(codeBlock(language ?? '', code, style));
  }
  return `${blocks.join('\n\n')}\n`;
}
