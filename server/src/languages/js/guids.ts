export const guidOf = (..._: unknown[]): string | undefined => undefined;
