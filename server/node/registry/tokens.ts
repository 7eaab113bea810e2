// Tokens: what a registry that asks who we are gets to see. Passwords go to the registry itself, or to the service for
// tokens that it names where nobody in between could name another, and to nobody else.
import type { Challenge } from '../../core/registry/challenge.ts';
import { readToken, type Token } from '../../core/registry/readings.ts';
import type { Addresses } from './addresses.ts';
import type { CertificateStore, Certificates } from './certificates.ts';
import type { Account } from './credentials.ts';
import { exchange, NoAnswer } from './exchange.ts';
import { RegistryProblem } from './problem.ts';

const limits = { time: 15_000, size: 200_000 };

export interface Wanted {
  /** As it is called in references. */
  readonly registry: string;
  readonly origin: URL;
  /** Of the repository. */
  readonly path: string;
  readonly account: Account | null;
  readonly signal: AbortSignal | undefined;
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const refused = (registry: string): RegistryProblem =>
  new RegistryProblem(
    `${registry} does not accept the password that is stored for it. Log in anew: docker login ${registry}.`,
  );

function serviceAt(realm: string, { registry, origin }: Wanted, addresses: Addresses): URL {
  const wrong = new RegistryProblem(
    `${registry} sends us to a service for tokens that cannot be trusted. Ask whoever runs the registry for one that is reached by HTTPS.`,
  );
  try {
    const url = new URL(realm, origin);
    if (!addresses.mayLead(origin, url)) throw wrong;
    url.username = '';
    url.password = '';
    return url;
  } catch {
    throw wrong;
  }
}

interface TokenRequest extends Wanted {
  readonly service: URL;
  readonly certificates: Certificates;
  readonly parameters: Readonly<Record<string, string>>;
}

async function requestToken({
  service,
  certificates,
  parameters,
  account,
  signal,
}: TokenRequest): Promise<Token | number> {
  const ask = (): ReturnType<typeof exchange> => {
    if (account?.kind === 'identity') {
      const body = new URLSearchParams({
        ...parameters,
        grant_type: 'refresh_token',
        client_id: 'bulkhead',
        refresh_token: account.token,
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const asked = { method: 'POST', url: service, headers, body: body.toString(), certificates } as const;
      return exchange(asked, limits, signal);
    }
    const url = new URL(service);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const headers = account ? { authorization: basic(account.user, account.password) } : {};
    return exchange({ method: 'GET', url, headers, certificates }, limits, signal);
  };
  const { status, body } = await ask().catch(error => {
    throw error instanceof NoAnswer ? new NoAnswer(`has a service for tokens that ${error.message}`) : error;
  });
  return (status === 200 ? readToken(body.toString('utf8')) : null) ?? status;
}

/**
 * Whether the service may see the password of the registry. One under another name may where the registry has named it by
 * HTTPS; it is then reached by HTTPS too, as `mayLead` sees to, and docker and podman do no other.
 */
const mayKnow = (service: URL, { origin }: Wanted): boolean =>
  service.hostname === origin.hostname || origin.protocol === 'https:';

/** The token, with the moment from which on it is not used any more. */
async function bearer(
  { parameters }: Challenge,
  wanted: Wanted,
  addresses: Addresses,
  certificates: CertificateStore,
): Promise<{ readonly value: string; readonly until: number }> {
  const { registry, origin, path } = wanted;
  const service = serviceAt(parameters.get('realm') ?? '', wanted, addresses);
  const isTrusted = mayKnow(service, wanted);
  const account = isTrusted ? wanted.account : null;
  const named = parameters.get('service');
  const answer = await requestToken({
    ...wanted,
    account,
    service,
    certificates: await certificates.of(service, origin),
    parameters: { ...(named && { service: named }), scope: `repository:${path}:pull` },
  });
  if (typeof answer !== 'number') {
    return { value: `Bearer ${answer.token}`, until: Date.now() + (answer.lifetime - 10) * 1_000 };
  }
  if (account && (answer === 401 || answer === 403 || answer === 400)) throw refused(registry);
  if (wanted.account && !isTrusted) {
    throw new RegistryProblem(
      `${registry} names without encryption that its password be sent to ${service.hostname}: it was not sent. Reach the registry by HTTPS.`,
    );
  }
  throw new RegistryProblem(
    answer === 200
      ? `The service for tokens of ${registry} gives an answer that makes no sense. Try again later.`
      : `The service for tokens of ${registry} refuses (${answer}). If the image is not public, log in: docker login ${registry}.`,
  );
}

export interface Tokens {
  /** What is sent along without having been asked; undefined where nothing is known. */
  known(wanted: Wanted): string | undefined;
  /** The answer to a registry that asks. `isAgain`: it has refused what it was given. */
  answer(challenges: readonly Challenge[], wanted: Wanted, isAgain: boolean): Promise<string>;
}

export function createTokens(addresses: Addresses, certificates: CertificateStore): Tokens {
  const tokens = new Map<string, { readonly value: string; readonly until: number }>();
  const keyOf = ({ origin, path }: Wanted): string => `${origin.origin} ${path}`;
  return {
    known(wanted) {
      const token = tokens.get(keyOf(wanted));
      return token && token.until > Date.now() ? token.value : undefined;
    },
    async answer(challenges, wanted, isAgain) {
      const { registry, account } = wanted;
      const asked = (scheme: string): Challenge | undefined =>
        challenges.find(challenge => challenge.scheme === scheme);
      const tokenAsked = asked('bearer');
      if (!isAgain && tokenAsked) {
        const token = await bearer(tokenAsked, wanted, addresses, certificates);
        tokens.set(keyOf(wanted), token);
        return token.value;
      }
      if (!isAgain && asked('basic') && account?.kind === 'password') {
        const value = basic(account.user, account.password);
        tokens.set(keyOf(wanted), { value, until: Number.POSITIVE_INFINITY });
        return value;
      }
      if (isAgain && asked('basic') && account) throw refused(registry);
      throw new RegistryProblem(
        `${registry} shows ${wanted.path} only to those who may see it. Log in with such an account: docker login ${registry}.`,
      );
    },
  };
}
