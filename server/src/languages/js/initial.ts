export const initialValues = (..._: unknown[]): never[] => [];
