// Dockerfiles that use much of the language, to be cut and mixed.

export const samples: readonly string[] = [
  `# syntax=docker/dockerfile:1
# check=skip=none

ARG VERSION=22 \\
    VARIANT
FROM --platform=$BUILDPLATFORM node:\${VERSION}-\${VARIANT:-slim} AS Build
# Where it lives
WORKDIR /app
ENV PATH="/app/bin:$PATH" \\
    # a note
    NODE_ENV=production

COPY --chown=node:node --chmod=644 package.json "package lock.json" ./
RUN --mount=type=cache,target=/root/.npm,sharing=locked \\
    --mount=type=secret,id=npm,env=TOKEN <<EOF
set -e
npm ci   # all of it
EOF
RUN apt-get update && \\

    apt-get install -y --no-install-recommends \\
      # for the check
      curl \\
  && rm -rf /var/lib/apt/lists/*

FROM build AS test
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cat <<-"A" <<B > /x
\t\tone $TWO
\tA
three
B
ONBUILD COPY --from=build /app /app

FROM scratch
LABEL org.example.title="A \\"title\\"" 'b c'=d
COPY --from=build --link /app /app
COPY ["a b", "c"]
USER 1000:1000
EXPOSE 8080/tcp 9000-9010 $PORT
VOLUME ["/data"]
HEALTHCHECK --interval=30s --timeout=3s CMD ["/app/check", "--port", "8080"]
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/app/run"]
CMD ["--serve"]
`,
  `\ufeff# escape=\`\r
FROM mcr.microsoft.com/windows/servercore:ltsc2022\r
SHELL ["powershell", "-Command"]\r
RUN Get-Item C:\\ ; \`\r
    # inside\r
    Remove-Item C:\\x -Recurse\r
WORKDIR C:\\app\r
ENV A=b\`"c D=\${A:+x\${B:-y}}\r
MAINTAINER me\r
ADD --checksum=sha256:0 https://example.org/a.zip C:\\\r
`,
  `from a as b\nrun echo \${a%%*} \${b/c/d} "\${e:-'f'}" <<< x\nfoo bar\nonbuild onbuild run x\nenv old value with spaces\narg "q=r" s\nhealthcheck none\n\\\n\ncmd [ "a", 1 ]\nuser \u00a0é😀\\`,
];
