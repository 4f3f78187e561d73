/** The version of the product, which a second start and clients compare; a test holds it to package.json. */
export const VERSION = '0.1.0';
