// What only a build needs: packages that hold compilers and the like, and commands that make a program out of sources.

const packages = new Set(
  'alpine-sdk autoconf automake bazel bison build-base build-essential cargo clang clang++ cmake cpp flex g++ gcc gcc-c++ gcc-gfortran gfortran golang golang-go gradle libtool linux-headers make maven meson musl-dev nasm ninja ninja-build openjdk-8-jdk openjdk-11-jdk openjdk-17-jdk openjdk-21-jdk rustc rustup rpm-build yasm'.split(
    ' ',
  ),
);

export const isBuildTool = (name: string): boolean =>
  packages.has(name) || /^(?:clang|g\+\+|gcc)-\d+$/.test(name);

/** Programs that need a compiler, or may. */
export const buildPrograms: ReadonlySet<string> = new Set(
  'bundle bundler c++ cargo cc clang cmake configure g++ gcc gem go gradle make meson mvn ninja npm npx pecl pip pip3 pnpm poetry python python3 rustc uv yarn'.split(
    ' ',
  ),
);

const scriptRunners = new Set(['npm', 'yarn', 'pnpm', 'bun']);
const verbs: Readonly<Record<string, RegExp>> = {
  cargo: /^(?:build|install)$/,
  dotnet: /^(?:build|publish)$/,
  go: /^(?:build|install)$/,
  gradle: /^(?:build|assemble|bootJar|jar|shadowJar|installDist)$/,
  gradlew: /^(?:build|assemble|bootJar|jar|shadowJar|installDist)$/,
  mvn: /^(?:package|install|verify|deploy)$/,
  mvnw: /^(?:package|install|verify|deploy)$/,
  mix: /^release$/,
  ng: /^build$/,
  next: /^build$/,
  sbt: /^(?:assembly|stage|dist|package)$/,
  stack: /^(?:build|install)$/,
  swift: /^build$/,
  vite: /^build$/,
  zig: /^build/,
};

/** Where the arguments say that the command makes a program, or the files of a site; -1 where they do not. */
export function buildVerbAt(program: string | null, args: readonly (string | null)[]): number {
  if (scriptRunners.has(program ?? '')) {
    const at = args.findIndex(word => word !== null && !word.startsWith('-') && word !== 'run');
    return /^build(?::|$)/.test(args[at] ?? '') ? at : -1;
  }
  const pattern = verbs[program ?? ''];
  return pattern === undefined ? -1 : args.findIndex(word => pattern.test(word ?? ''));
}
