// The kinds of our code actions.

export const quickFixKind = 'quickfix';
export const suppressKind = 'quickfix.suppress';
export const fixAllKind = 'source.fixAll.bulkhead';

export const actionKinds = [quickFixKind, suppressKind, fixAllKind];
