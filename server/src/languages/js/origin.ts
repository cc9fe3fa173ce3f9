export const originOf = (..._: unknown[]): undefined => undefined;
