// Messages to and from a server process, over the channel that Node makes. Of Node itself nothing is used here.
import type { ChildProcess } from 'node:child_process';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageTransports,
} from 'vscode-languageclient/browser';

class ProcessReader extends AbstractMessageReader {
  readonly #process: ChildProcess;

  constructor(process: ChildProcess) {
    super();
    this.#process = process;
    process.on('error', error => this.fireError(error));
    process.on('close', () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    const receive = (message: unknown): void => callback(message as Message);
    this.#process.on('message', receive);
    return { dispose: () => this.#process.off('message', receive) };
  }
}

class ProcessWriter extends AbstractMessageWriter {
  readonly #process: ChildProcess;

  constructor(process: ChildProcess) {
    super();
    this.#process = process;
    process.on('error', error => this.fireError(error));
    process.on('close', () => this.fireClose());
  }

  async write(message: Message): Promise<void> {
    this.#process.send(message, error => {
      if (error) this.fireError(error, message, 1);
    });
  }

  end(): void {}
}

export const processTransports = (process: ChildProcess): MessageTransports => ({
  reader: new ProcessReader(process),
  writer: new ProcessWriter(process),
});
