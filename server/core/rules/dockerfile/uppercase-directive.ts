// uppercase-directive: a parser directive with capitals in its name.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { replace } from '../../text/edit.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'uppercase-directive',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A parser directive in capitals',
  messages: {
    upper: {
      text: 'The directive {written} is in capitals: everybody, and many tools, look for {name}. Write it in lower case.',
      equivalents: ['dockerfile-utils:CASING_DIRECTIVE'],
    },
  },
  docs: {
    why: 'BuildKit takes `# Syntax=` and `# SYNTAX=` for the same as `# syntax=`. Scripts that raise the version of the syntax, editors and other builders often do not.',
    remedy: 'Write the name of the directive in lower case.',
    references: ['https://docs.docker.com/reference/dockerfile/#parser-directives'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Letter case of directives means nothing to a build.' },
  examples: {
    bad: [
      {
        code: '# «Syntax»=docker/dockerfile:1\n# «ESCAPE»=`\nFROM alpine:3.24\n',
        fixed: '# syntax=docker/dockerfile:1\n# escape=`\nFROM alpine:3.24\n',
      },
    ],
    good: [{ code: '# syntax=docker/dockerfile:1\nFROM alpine:3.24\n' }],
  },
  check: ({ report }) => ({
    file({ text, directives }) {
      for (const { name, span: whole } of directives) {
        const start = whole.start + text.slice(whole.start, whole.end).toLowerCase().indexOf(name);
        const at = span(start, start + name.length);
        const written = text.slice(at.start, at.end);
        if (written === name) continue;
        const fixes = [fix(`Write ${name}`, 'safe', [replace(at, name)])];
        report('upper', { at, data: { written, name }, fixes });
      }
    },
  }),
});
