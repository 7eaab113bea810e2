// Whole messages: the header of a message goes out together with its body, which wakes the editor once and not twice.
import { Writable } from 'node:stream';

/** For messages whose header is written as text and whose body as bytes, one after the other. */
export function wholeMessages(output: Writable): Writable {
  let header = '';
  const messages = new Writable({
    decodeStrings: false,
    write(part: string | Buffer, _encoding, done) {
      if (typeof part === 'string') {
        header += part;
        done();
      } else {
        output.write(Buffer.concat([Buffer.from(header), part]), done);
        header = '';
      }
    },
  });
  // What fails in a write is told by it.
  output.on('error', () => {});
  output.on('close', () => messages.destroy());
  return messages;
}
