// todo-comment: a comment that says what is still to be done.
import { dockerfileRule } from '../../engine/rule.ts';
import { span, spanText } from '../../text/span.ts';

export default dockerfileRule({
  id: 'todo-comment',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A comment that says what is still to be done',
  messages: {
    todo: {
      text: 'A {word} in a comment is read by whoever opens the file, and done by nobody. Do it, or write it where work is planned.',
      equivalents: ['sonar:S1135'],
    },
  },
  docs: {
    why: 'What is to be done stands in a list that people work through. In a comment it is forgotten, and later nobody knows whether it still holds.',
    remedy: 'Do it, or open an issue and name that in the comment.',
    references: ['https://cwe.mitre.org/data/definitions/546.html'],
  },
  fix: { availability: 'never', why: 'What is to be done takes somebody to do it.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\n# «TODO»: use the slim one\nRUN apk add curl \\\n  # later, fixme and «todo» (jq)\n  bash\n',
      },
    ],
    good: [
      {
        code: 'FROM alpine:3.24\n# The todos of users are kept in /data, see method_todo\nCOPY todo.txt /data/\n',
      },
    ],
  },
  check: ({ report }) => ({
    file({ text, comments }) {
      for (const comment of comments) {
        const found = /(?<![\w-])TODO(?![\w-])/i.exec(spanText(text, comment.span));
        if (found === null) continue;
        const [word] = found;
        const at = comment.span.start + found.index;
        report('todo', { at: span(at, at + word.length), data: { word } });
      }
    },
  }),
});
