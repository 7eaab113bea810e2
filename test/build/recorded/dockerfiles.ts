// The Dockerfiles of which the builds beside this file were recorded: Docker 20.10.24 with and without BuildKit, podman
// 4.3.1, BuildKit 0.21.1 by its own client and through buildx 0.23.0.

export const dockerfiles: Readonly<Record<string, string>> = {
  ok: 'ARG V=1\nFROM alpine:3 AS build\nARG V\nWORKDIR /src\nCOPY a.txt .\nRUN echo building && \\\n    sleep 1\n\nFROM alpine:3\nENV A=b\nCOPY --from=build /src/a.txt /a.txt\nUSER 1000\nHEALTHCHECK CMD ["true"]\nCMD ["cat", "/a.txt"]\n',
  failrun:
    'FROM alpine:3 AS build\nRUN echo one\nRUN echo two && \\\n    echo oops >&2 && \\\n    false\nFROM alpine:3\nCOPY --from=build / /\n',
  failexec: 'FROM alpine:3\nRUN ["/bin/missing", "x"]\n',
  syntax: 'FROM alpine:3\nRUN echo one\n\nRUNN echo two\n',
  syntax2: 'FROM alpine:3\nCOPY a.txt\n',
  syntax3: 'RUN echo\nFROM alpine:3\n',
  syntax4: 'FROM alpine:3\nEXPOSE 80/foo\nENV A\n',
  empty: '# nothing\n',
  nobase: 'FROM missing/nowhere:1\nRUN true\n',
  nofile: 'FROM alpine:3\nWORKDIR /x\nCOPY missing.txt /\n',
  warn: 'from alpine:3 as Build\nMAINTAINER me\nENV TOKEN=abc\nWORKDIR x\nFROM alpine:3\nARG PASSWORD\nRUN echo $NOPE\nCMD echo hello\nCMD cat $FOO\n',
  secret: 'FROM alpine:3\nRUN --mount=type=secret,id=token,required=true cat /run/secrets/token | wc -c\n',
  target: 'FROM alpine:3 AS a\nRUN true\n',
  mountflag: 'FROM alpine:3\nRUN --mout=type=cache,target=/x true\n',
};
