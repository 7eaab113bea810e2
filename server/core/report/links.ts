// Links: where the pages of the rules are to be read.

const pages = 'https://github.com/bulkhead/bulkhead/blob/main/docs/rules';

export const rulePageUrl = (rule: string): string => `${pages}/${rule}.md`;
