// compose-default-root: a service that runs as root because nobody says otherwise.
import type { Fix } from '../../engine/finding.ts';
import { composeRule, fix } from '../../engine/rule.ts';
import { asOfText } from '../../insight/image-facts.ts';
import { inspectService, type ServiceInsight } from '../../insight/service.ts';
import { imageUser } from '../../insight/service-user.ts';
import { rootlessTag } from '../../knowledge/image-privileges.ts';
import { addKey } from '../../model/compose/edit.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { familiarName } from '../../model/image-reference.ts';
import { moveTo } from '../../repairs/pin.ts';
import { pinServiceFixes } from '../../repairs/pin-service.ts';
import { accountOf, anyAccount } from '../../repairs/service-user.ts';
import { spanText } from '../../text/span.ts';

function fixesOf(model: ComposeModel, service: Service, insight: ServiceInsight): Fix[] {
  const { image } = insight;
  const rootless = image ? rootlessTag(familiarName(image), image.tag) : undefined;
  if (image && rootless !== undefined && !service.get('command') && !service.get('entrypoint')) {
    const isLiteral = spanText(model.text, image.span) === image.text;
    return pinServiceFixes({ reference: image, isLiteral }, moveTo(rootless));
  }
  const account = accountOf(insight);
  const choices = account === null ? [anyAccount] : [account, anyAccount];
  return choices.flatMap(user => {
    const edits = addKey(model, service, ['user'], user);
    return edits ? [fix(`Run as ${user}`, user === anyAccount ? 'suggestion' : 'unsafe', edits)] : [];
  });
}

export default composeRule({
  id: 'compose-default-root',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A service that runs as root by default',
  needs: ['dockerfile'],
  messages: {
    image: {
      text: '{service} runs as root, as {image} does{asOf} when nobody says otherwise: a flaw in it is a flaw with all rights in the container. Name an account with `user`.',
    },
    built: {
      text: '{service} runs as root, since its Dockerfile names no other account{asOf}: a flaw in it is a flaw with all rights in the container. Add USER there, or name an account with `user`.',
    },
  },
  docs: {
    why: 'An image without USER runs as root. Root owns every file in the container and writes to whatever is mounted, with its own rights on the host; most services need neither.',
    remedy:
      'Where the image is your own, add USER to its Dockerfile: it then holds wherever the image runs. Where it is not, say `user:` with an account of the image or a number, and give it the folders that it writes to.',
    limits:
      'Images outside the table and Dockerfiles elsewhere are not judged. Images whose entrypoint or server steps down by itself are not reported.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#user',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-2-set-a-user',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Files that belong to root have to be given to the account.',
  },
  examples: {
    bad: [
      {
        note: 'The image brings an account that nobody uses.',
        code: 'services:\n  «api»:\n    image: node:24.19-slim\n    command: ["node", "server.js"]\n',
        fixed:
          'services:\n  api:\n    image: node:24.19-slim\n    command: ["node", "server.js"]\n    user: node\n',
      },
      {
        note: 'By the Dockerfile.',
        code: 'services:\n  «api»:\n    build: ./api\n',
        files: { 'api/Dockerfile': 'FROM debian:13.1-slim\nCMD ["/srv/api"]\n' },
        fixed: 'services:\n  api:\n    build: ./api\n    user: "1000:1000"\n',
      },
    ],
    good: [
      {
        note: 'Their entrypoint and their server step down.',
        code: 'services:\n  db:\n    image: postgres:18.6\n  web:\n    image: nginx:1.30\n',
      },
      { note: 'Nothing is known of the image.', code: 'services:\n  app:\n    image: example/app:1\n' },
    ],
  },
  check: ({ model, facts, report }) => ({
    service(service) {
      if (service.get('user')?.node != null) return;
      const insight = inspectService(model, service, path => facts.get('dockerfile', path));
      if (imageUser(insight).kind !== 'root') return;
      const at = service.nameSpan;
      const fixes = fixesOf(model, service, insight);
      if (insight.built) {
        const { stage, facts } = insight.built;
        const asOf = stage.final.user.setAt === null ? asOfText(facts) : '';
        report('built', { at, data: { service: service.name, asOf }, fixes });
      } else {
        const image = insight.image?.text ?? '';
        const asOf = asOfText(insight.facts);
        report('image', { at, data: { service: service.name, image, asOf }, fixes });
      }
    },
  }),
});
