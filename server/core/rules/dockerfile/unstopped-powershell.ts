// unstopped-powershell: PowerShell, as SHELL or called in a RUN, that goes on behind errors.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { Instruction, RunInstruction, Word } from '../../model/dockerfile/model.ts';
import { insert } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';

const preference = '$ErrorActionPreference';
const stop = `${preference} = 'Stop';`;

/** ONBUILD may hold one. */
const mayBeShell = ({ keyword }: Instruction): boolean => keyword === 'SHELL' || keyword === 'ONBUILD';

/** PowerShell takes any beginning of the word. */
const takesCommand = ({ value }: Word): boolean => /^-c[a-z]*$/i.test(value);

/** It does several things, and does not see to its errors itself. */
const isCareless = (text: string): boolean => /[;\n]\s*[^\s"']/.test(text) && !text.includes(preference);

function goesOn({ body, heredocs, json, script }: RunInstruction): boolean {
  if (json || script.kind !== 'powershell') return false;
  return (heredocs.length > 0 ? heredocs.map(({ content }) => content) : [body.text]).some(isCareless);
}

/** `powershell -Command "..."` in another shell, up to where the script begins. */
const calling = /^@?((?:\S*[\\/])?(?:powershell|pwsh)(?:\.exe)?)\s(?:[^;"']*\s)?-c[a-z]*\s+(["']?)/i;

function fixesFor(command: Word, prelude: Word | undefined): Fix[] {
  const edit = prelude ? insert(prelude.span.start + 1, `${stop} `) : insert(command.span.end, `, "${stop}"`);
  return [fix('Stop at the first error', 'unsafe', [edit])];
}

export default dockerfileRule({
  id: 'unstopped-powershell',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'PowerShell goes on behind errors',
  messages: {
    'goes-on': {
      text: "PowerShell goes on behind a command that failed, and the build ends well with half of it done. Begin the script with `$ErrorActionPreference = 'Stop';`.",
      equivalents: ['tally:powershell/error-action-preference'],
    },
  },
  docs: {
    why: 'Most errors of PowerShell do not end a script: a download fails, what unpacks it fails after it, and the last command decides whether the layer is kept.',
    remedy:
      "Say `$ErrorActionPreference = 'Stop';` in SHELL, once for every RUN behind it, as the repair does. With PowerShell 7.4 add `$PSNativeCommandUseErrorActionPreference = $true;` to have programs that fail count too.",
    limits: 'What the scripts do is not read: only whether they hold more than one command.',
    references: [
      'https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_preference_variables#erroractionpreference',
      'https://learn.microsoft.com/en-us/virtualization/windowscontainers/manage-docker/optimize-windows-dockerfile',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A build that went on behind an error fails afterwards. Where a shell of Linux calls PowerShell, its quotes decide what may be written.',
  },
  examples: {
    bad: [
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell", «"-Command"»]\nRUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip\n',
        fixed:
          'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip\n',
      },
      {
        code: 'FROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04\nSHELL ["pwsh", "-NoLogo", "-c", «"$ProgressPreference = \'SilentlyContinue\';"»]\nRUN <<EOF\nInstall-Module Pester\nInvoke-Pester\nEOF\n',
        fixed:
          'FROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04\nSHELL ["pwsh", "-NoLogo", "-c", "$ErrorActionPreference = \'Stop\'; $ProgressPreference = \'SilentlyContinue\';"]\nRUN <<EOF\nInstall-Module Pester\nInvoke-Pester\nEOF\n',
      },
      {
        note: 'Called from another shell.',
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN «powershell» -NoProfile -Command "New-Item a; New-Item b"\nFROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04\nRUN «pwsh» -c "Install-Module a; Test-Module a"\n',
        fixed:
          'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN powershell -NoProfile -Command "$ErrorActionPreference = \'Stop\'; New-Item a; New-Item b"\nFROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04\nRUN pwsh -c "Install-Module a; Test-Module a"\n',
      },
    ],
    good: [
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN powershell -Command New-Item a\nRUN powershell -Command "New-Item b;"\n',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN New-Item a; New-Item b\n',
      },
      {
        note: 'One command, and one that sees to it itself.',
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell", "-Command"]\nRUN New-Item a\nRUN $ErrorActionPreference = \'Stop\'; New-Item a; New-Item b\n',
      },
    ],
  },
  check: ({ report }) => {
    const called = ({ body, json, script: { kind } }: RunInstruction): void => {
      const [whole, program = '', quote = ''] = calling.exec(body.text) ?? [];
      if (whole === undefined || json || kind === 'powershell' || !isCareless(body.text.slice(whole.length)))
        return;
      // Another shell would part the commands, or fill in the variable.
      if (kind !== 'cmd' && quote === '') return;
      const start = fileSpan(body, span(whole.length, whole.length)).start;
      const fixes =
        kind === 'cmd' ? [fix('Stop at the first error', 'unsafe', [insert(start, `${stop} `)])] : [];
      const at = whole.indexOf(program);
      report('goes-on', { at: fileSpan(body, span(at, at + program.length)), fixes });
    };
    return {
      instruction: { RUN: called },
      file({ instructions }) {
        if (!instructions.some(mayBeShell)) return;
        /** By where it stands: every SHELL that has nothing yet to make it stop. */
        const careless = new Map<number, Instruction>();
        for (const written of instructions) {
          const instruction = written.keyword === 'ONBUILD' ? written.trigger : written;
          if (instruction?.keyword === 'RUN') {
            const shell = careless.get(instruction.before.shell.setAt?.start ?? -1);
            const at = shell?.words.findIndex(takesCommand) ?? -1;
            const [command, prelude] = shell?.words.slice(at) ?? [];
            if (shell === undefined || at < 1 || command === undefined || !goesOn(instruction)) continue;
            careless.delete(shell.span.start);
            report('goes-on', { at: (prelude ?? command).span, fixes: fixesFor(command, prelude) });
          } else if (instruction?.keyword === 'SHELL') {
            if (!instruction.words.some(({ value }) => value.includes(preference)))
              careless.set(instruction.span.start, instruction);
          }
        }
      },
    };
  },
});
