// The kinds of our code actions.

export const quickFixKind = 'quickfix';
export const suppressKind = 'quickfix.suppress';
export const fixAllKind = 'source.fixAll.bulkhead';
/** Apart from `source.fixAll`: these repairs may change behaviour, and run on save only where they are named. */
export const hardenKind = 'source.harden.bulkhead';

/** On the name of a service. */
export const hardenServiceKind = 'refactor.rewrite.harden.bulkhead';

/** On the name of an image. */
export const pinKind = 'refactor.rewrite.pin.bulkhead';

export const actionKinds = [quickFixKind, suppressKind, fixAllKind, hardenKind, hardenServiceKind, pinKind];
