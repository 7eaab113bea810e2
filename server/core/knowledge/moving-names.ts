// Names of branches and tags that point to something else every day.

const moving =
  /^(?:refs\/heads\/.+|(?:origin\/)?(?:main|master|trunk|develop(?:ment)?|dev|head|latest|stable|nightly|edge|next|canary|unstable|testing))$/i;

export const isMovingName = (name: string): boolean => moving.test(name);
