// The language client: the library's, over whatever channel leads to the server.
import {
  BaseLanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from 'vscode-languageclient/browser';

export interface Server {
  /** Starts it and says how it is spoken to; called again for each start. `log` takes what it prints. */
  connect(log: (text: string) => void): Promise<MessageTransports>;
}

class BulkheadClient extends BaseLanguageClient {
  readonly #server: Server;

  constructor(server: Server, options: LanguageClientOptions) {
    super('bulkhead', 'Bulkhead', options);
    this.#server = server;
  }

  protected override createMessageTransports(): Promise<MessageTransports> {
    return this.#server.connect(text => this.outputChannel.append(text));
  }
}

export type Client = BaseLanguageClient;

export async function restart(client: Client): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
}

export const createClient = (server: Server, options: LanguageClientOptions): Client =>
  new BulkheadClient(server, options);
