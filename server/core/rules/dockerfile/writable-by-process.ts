// writable-by-process: --chown that gives programs and settings to the account of the process.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { modeOfCopy } from '../../insight/mode-changes.ts';
import { isRootName, ownerOf } from '../../insight/owner.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { removeFlag } from '../../repairs/flags.ts';

/** `664` and `g+w`: the group may write. */
const groupWrites = (mode: string): boolean =>
  /^[0-7]*[2367][0-7]$/.test(mode) || /(?:^|,)[uo]*[ga][ugoa]*[+=][rxX]*w/.test(mode);

export default dockerfileRule({
  id: 'writable-by-process',
  category: 'security',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Files that the process may change',
  messages: {
    owned: {
      text: 'What is copied here belongs to {user}: a process that is broken into can change its own programs and settings. Leave them to root, and give away only what has to be written.',
      equivalents: ['sonar:S6504', 'kics:chown_flag_exists'],
    },
    group: {
      text: 'The mode {mode} lets the group {group} change what is copied here. Take its right to write away.',
      equivalents: ['sonar:S6504', 'kics:chown_flag_exists'],
    },
    needless: {
      text: 'Files from the build context are {owner} anyway. Remove the flag.',
      equivalents: ['kics:chown_flag_exists'],
    },
  },
  docs: {
    why: 'A process that can write its own program, its scripts or its settings gives an attacker a place to stay. With files of root that everybody may read, an ordinary account runs the same and changes nothing.',
    remedy:
      'Leave `--chown` out for programs and settings, and give the account only the folders it has to write: data, caches, sockets.',
    limits:
      'What a file is for cannot be told from its name, so every `--chown` is shown. The rule is for images that are to be hardened to the last: it is part of the profile `all` alone.',
    references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'A process that has to write there no longer can. The owner that files have anyway is removed safely.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nCOPY «--chown=app:app» . /app\nCOPY «--chown=root:root» \\\n  b /b\nCOPY --chown=0:www --chmod=«664» c /c\n',
        fixed: 'FROM debian:13\nCOPY . /app\nCOPY \\\n  b /b\nCOPY --chown=0:www --chmod=664 c /c\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nCOPY . /app\nCOPY --chown=root:www --chmod=640 c /c\nCOPY --chown=$OWNER d /d\n',
      },
      {
        note: 'Another stage may have given them to somebody.',
        code: 'FROM debian:13 AS a\nFROM a\nCOPY --from=a --chown=0:0 /b /b\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (copy: CopyInstruction): void => {
      const owner = ownerOf(copy);
      if (owner === null) return;
      const { flag, user, group } = owner;
      const removal = [removeFlag(model, flag)];
      if (!isRootName(user)) {
        // Behind USER the owner is written on purpose: without it the account cannot write.
        const isOfUser = copy.before.user.known && !isRootName(copy.before.user.value);
        const fixes = isOfUser ? [] : [fix('Leave the files to root', 'suggestion', removal)];
        report('owned', { at: flag.span, data: { user }, fixes });
        return;
      }
      const change = modeOfCopy(copy);
      const isRootGroup = group === null || isRootName(group);
      if (!isRootGroup && change !== null && groupWrites(change.mode)) {
        report('group', { at: change.span, data: { mode: change.mode, group } });
      } else if (isRootGroup && copy.from === null && user !== '') {
        const fixes = [fix('Remove the flag', 'safe', removal)];
        report('needless', { at: flag.span, data: { owner: flag.value ?? user }, fixes });
      }
    };
    return { instruction: { COPY: visit, ADD: visit } };
  },
});
