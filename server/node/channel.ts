// Entry of the language server that the extension starts: over the channel that Node makes between two processes.
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createConnection,
  createServer,
} from '../lsp/connection.ts';
import { machine } from './machine.ts';

type Message = Parameters<Parameters<AbstractMessageReader['listen']>[0]>[0];

class ChannelReader extends AbstractMessageReader {
  listen(callback: (message: Message) => void): { dispose(): void } {
    process.on('message', callback);
    return { dispose: () => process.off('message', callback) };
  }
}

class ChannelWriter extends AbstractMessageWriter {
  /** Where nobody listens any more, the process is about to end: there is no one to complain to. */
  async write(message: Message): Promise<void> {
    process.send?.(message, undefined, undefined, () => {});
  }

  end(): void {}
}

const connection = createConnection(new ChannelReader(), new ChannelWriter());
let isShutDown = false;
connection.onShutdown(() => {
  isShutDown = true;
});
connection.onExit(() => process.exit(isShutDown ? 0 : 1));
// The editor is gone, however it ended.
process.on('disconnect', () => process.exit(1));

createServer(connection, machine, () => import('../lsp/session.ts'));
