// A client of the protocol, small enough to see through: requests, notifications, and waiting for what the server sends.

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** How messages go to the server and come from it. */
export interface Channel {
  send(message: Message): void;
  /** Called once, before anything is sent. */
  receive(listener: (message: Message) => void): void;
}

/** What the client says to a request of the server, by method; null where nothing is said. */
export type Answers = Readonly<Record<string, (params: never) => unknown>>;

export interface Client {
  request<Result>(method: string, params: unknown): Promise<Result>;
  /** A request that can be taken back. */
  cancellable<Result>(method: string, params: unknown): { readonly result: Promise<Result>; cancel(): void };
  notify(method: string, params: unknown): void;
  /** The first message of this method that fits and that nobody has taken: one that is there, or one to come. */
  next<Params>(method: string, fits?: (params: Params) => boolean): Promise<Params>;
  /** All messages of this method so far, taken or not. */
  received<Params>(method: string): readonly Params[];
}

interface Waiting {
  readonly method: string;
  readonly fits: (params: never) => boolean;
  readonly resolve: (params: unknown) => void;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

class ServerError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export function createClient(channel: Channel, answers: Answers = {}): Client {
  const pending = new Map<unknown, Pending>();
  const waiting = new Set<Waiting>();
  const untaken: Message[] = [];
  const all: Message[] = [];
  let lastId = 0;

  const arrived = ({ id, method, params, result, error }: Message): void => {
    if (method === undefined) {
      const request = pending.get(id);
      pending.delete(id);
      if (error) request?.reject(new ServerError(error.code, error.message));
      else request?.resolve(result);
      return;
    }
    if (id !== undefined) channel.send({ id, result: answers[method]?.(params as never) ?? null });
    all.push({ method, params });
    const taker = [...waiting].find(other => other.method === method && other.fits(params as never));
    if (!taker) {
      untaken.push({ method, params });
      return;
    }
    waiting.delete(taker);
    taker.resolve(params);
  };
  channel.receive(arrived);

  const notify = (method: string, params: unknown): void => channel.send({ method, params });
  const cancellable = <Result>(method: string, params: unknown) => {
    const id = ++lastId;
    const result = new Promise<Result>((resolve, reject) =>
      pending.set(id, { resolve: answer => resolve(answer as Result), reject }),
    );
    channel.send({ id, method, params });
    return { result, cancel: () => notify('$/cancelRequest', { id }) };
  };
  return {
    notify,
    cancellable,
    request: <Result>(method: string, params: unknown) => cancellable<Result>(method, params).result,
    next: <Params>(method: string, fits: (params: Params) => boolean = () => true) => {
      const at = untaken.findIndex(message => message.method === method && fits(message.params as Params));
      const [found] = at < 0 ? [] : untaken.splice(at, 1);
      if (found) return Promise.resolve(found.params as Params);
      return new Promise<Params>(resolve =>
        waiting.add({ method, fits, resolve: params => resolve(params as Params) }),
      );
    },
    received: <Params>(method: string) =>
      all.filter(message => message.method === method).map(({ params }) => params as Params),
  };
}
