// The version of the product.

/** The build puts it in from package.json; a run from the sources has none. */
export const version = process.env.BULKHEAD_VERSION ?? '0.0.0';
