/** The entry of a table by a name that somebody else wrote: `constructor` and `toString` are names like any other. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
	Object.hasOwn(table, name) ? table[name] : undefined;
