// changed-copy: chmod or chown of what a COPY has just brought, which stores it a second time.
import { dockerfileRule } from '../../engine/rule.ts';
import { changeOf } from '../../insight/changes.ts';
import { copiedTo } from '../../insight/copied-paths.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { sayWhileCopying } from '../../repairs/while-copying.ts';

export default dockerfileRule({
  id: 'changed-copy',
  category: 'size',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'Mode or owner changed after copying',
  messages: {
    mode: {
      text: 'A layer cannot change a file, only hold another one: with its new mode, {path} is stored a second time. Say --chmod where it is copied.',
      equivalents: ['tally:prefer-copy-chmod'],
    },
    owner: {
      text: 'A layer cannot change a file, only hold another one: with its new owner, {path} is stored a second time. Say --chown where it is copied.',
    },
    tree: {
      text: 'A layer cannot change a file, only hold another one: all that lies below {path} is stored a second time. Say --{tool} where it is copied, and run what makes the rest as that account.',
    },
  },
  docs: {
    why: 'Layers are stacked. To change the mode or the owner of a file in a lower one, the whole file is stored again in the upper one: `RUN chown -R app /app` behind `COPY . /app` doubles the application in the image, on every pull.',
    remedy:
      '`COPY --chmod=755 --chown=app:app` sets both while copying. For files that a RUN makes, change the account with `USER` before, or change the owner in the same RUN.',
    limits: 'Only where the layer is shipped, and only paths that are written out.',
    references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'For a folder the flag sets everything in it, and `+x` becomes 755. Where a RUN has made files there too, or the account does not exist yet when the COPY runs, a person has to say how.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY entrypoint.sh /usr/local/bin/\nRUN apt-get update && «chmod» +x /usr/local/bin/entrypoint.sh\n',
        fixed: 'FROM debian:13\nCOPY --chmod=755 entrypoint.sh /usr/local/bin/\nRUN apt-get update\n',
      },
      {
        code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY --chmod=0644 dist ./\nRUN «chown» -R node:node /app\nUSER node\n',
        fixed: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY --chown=node:node --chmod=0644 dist ./\nUSER node\n',
      },
      {
        note: 'What npm installs is doubled as well.',
        code: 'FROM node:24.9-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN «chown» -R node:node .\nUSER node\n',
        fixed:
          'FROM node:24.9-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN chown -R node:node .\nUSER node\n',
      },
      {
        code: 'FROM debian:13\nCOPY app.conf /etc/app.conf\nRUN «chown» 1000 /etc/app.conf\n',
        fixed: 'FROM debian:13\nCOPY --chown=1000 app.conf /etc/app.conf\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nCOPY --chmod=755 run.sh /usr/local/bin/\nRUN mkdir /data && chown 1000 /data\nUSER 1000\n',
      },
      {
        code: 'FROM golang:1.27 AS build\nCOPY run.sh /\nRUN chmod +x /run.sh\nFROM scratch\nCOPY --from=build /run.sh /\nUSER 65532\n',
        note: 'Not in a layer that is shipped.',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, run: Instruction): void => {
      const change = run.keyword === 'RUN' && command.nameWord ? changeOf(run, command) : null;
      if (run.keyword !== 'RUN' || change === null || command.nameWord === null) return;
      const found = change.paths.map(path => (path === null ? [] : copiedTo(model, run, path)));
      const at = command.nameWord.span;
      const hit = found.findIndex(copies => copies.length > 0);
      const path = change.paths[hit];
      if (path == null || !leavesLayer(run)) return;
      const fixes = sayWhileCopying(model, run, command, change, found);
      if (change.isRecursive && fixes.length === 0) {
        report('tree', { at, data: { path, tool: change.tool }, fixes });
      } else if (change.tool === 'chmod') {
        report('mode', { at, data: { path }, fixes });
      } else {
        report('owner', { at, data: { path }, fixes });
      }
    };
    return { command: { chmod: visit, chown: visit } };
  },
});
