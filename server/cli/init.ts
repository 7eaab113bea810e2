// `bulkhead init`: a configuration to start from.
import { writeFile } from 'node:fs/promises';
import { initialConfiguration } from '../core/engine/config/initial.ts';
import { reasonOf } from '../node/text-file.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';

const fileName = '.bulkhead.yaml';

export const initCommand = command(
  {
    name: 'init',
    operands: '',
    summary: `Write a ${fileName} to start from`,
    notes: '',
    flags: {},
  },
  async (_, terminal) => {
    try {
      await writeFile(fileName, initialConfiguration, { flag: 'wx' });
    } catch (error) {
      throw new Failure(`${fileName} ${reasonOf(error)}.`);
    }
    terminal.out(`Wrote ${fileName}. It changes nothing yet: its lines are there to be uncommented.\n`);
    return 0;
  },
);
