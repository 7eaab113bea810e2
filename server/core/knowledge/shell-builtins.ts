// Commands that a shell carries out itself: no program of that name can be started without one.

export const shellBuiltins: ReadonlySet<string> = new Set(
  '. : alias bg break builtin cd command continue declare eval exec exit export fg getopts hash jobs let local pushd popd read readonly return set shift shopt source times trap type typeset ulimit umask unalias unset wait'.split(
    ' ',
  ),
);
