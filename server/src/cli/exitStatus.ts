/** Nothing at warning or above; findings; wrong use or something that could not be read. */
export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;
