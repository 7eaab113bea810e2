// apt-key: a key that vouches for packages of all repositories.
import { dockerfileRule } from '../../engine/rule.ts';
import { span } from '../../text/span.ts';

export default dockerfileRule({
  id: 'apt-key',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'preview',
  title: 'A key for all repositories',
  messages: {
    used: {
      text: 'With apt-key the owner of this key vouches for every package of every repository, and neither Debian 13 nor Ubuntu 26.04 has the program. Put the key into /etc/apt/keyrings, and name it by `signed-by=` in the source.',
    },
  },
  docs: {
    why: 'apt-key adds to the keys that apt trusts whatever it fetches, the packages of the distribution included: whoever holds the key of a small repository can replace `bash`. It was deprecated for that; Debian 12 and Ubuntu 24.04 are the last releases that have it.',
    remedy:
      '`ADD --checksum=… https://example.com/key.asc /etc/apt/keyrings/example.asc`, and in the source `deb [signed-by=/etc/apt/keyrings/example.asc] https://example.com/ stable main`.',
    references: [
      'https://manpages.debian.org/bookworm/apt/apt-key.8.en.html#DEPRECATION',
      'https://wiki.debian.org/DebianRepository/UseThirdParty',
    ],
  },
  fix: {
    availability: 'never',
    why: 'The source has to name the key as well, and may stand in another file.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:12\nRUN curl -fsSL https://example.com/key.asc | «apt-key add» - && sudo «apt-key adv» --keyserver keys.example.com --recv-keys 0F3A\n',
      },
    ],
    good: [
      { code: 'FROM debian:12\nRUN apt-key list && apt-key --keyring /usr/share/keyrings/a.gpg add a.asc\n' },
    ],
  },
  check: ({ report }) => ({
    command: {
      'apt-key'({ nameWord, args }, { keyword }) {
        const verb = args.find(({ value }) => value === 'add' || value === 'adv');
        if (keyword !== 'RUN' || !nameWord || !verb || args.some(({ value }) => value === '--keyring'))
          return;
        report('used', { at: span(nameWord.span.start, verb.span.end) });
      },
    },
  }),
});
